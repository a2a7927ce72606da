//! Lists of records while they are being written, record by record.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Int16Builder, Int64Builder, ListArray, StringBuilder,
    StructArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;

use crate::form::{Form, Part, fields};

/// A value of a record.
pub(crate) enum Cell<'a> {
    Nothing,
    Text(&'a str),
    Day(i32),
    Flag(bool),
    Whole(i64),
    Year(i16),
    Records(Vec<Vec<Cell<'a>>>),
}

/// A column being written.
pub(crate) enum Cells {
    Text(StringBuilder),
    Day(Date32Builder),
    Flag(BooleanBuilder),
    Whole(Int64Builder),
    Year(Int16Builder),
    Lists(Lists),
}

/// A column of lists being written. A list of texts has records of one part.
pub(crate) struct Lists {
    form: Form,
    offsets: Vec<i32>,
    valid: Vec<bool>,
    parts: Vec<Cells>,
    records: usize,
}

const TEXTS: &[Part] = &[Part { name: "element", form: Form::Text, required: true }];

impl Cells {
    pub fn new(form: Form) -> Self {
        match form {
            Form::Text | Form::Code => Self::Text(StringBuilder::new()),
            Form::Day => Self::Day(Date32Builder::new()),
            Form::Flag => Self::Flag(BooleanBuilder::new()),
            Form::Whole => Self::Whole(Int64Builder::new()),
            Form::Year => Self::Year(Int16Builder::new()),
            Form::Texts | Form::Records(_) => Self::Lists(Lists::new(form)),
        }
    }

    /// Adds a value; one of another kind is none.
    pub fn push(&mut self, cell: Cell<'_>) {
        match self {
            Self::Text(texts) => texts.append_option(match cell {
                Cell::Text(text) => Some(text),
                _ => None,
            }),
            Self::Day(days) => days.append_option(match cell {
                Cell::Day(day) => Some(day),
                _ => None,
            }),
            Self::Flag(flags) => flags.append_option(match cell {
                Cell::Flag(flag) => Some(flag),
                _ => None,
            }),
            Self::Whole(numbers) => numbers.append_option(match cell {
                Cell::Whole(number) => Some(number),
                _ => None,
            }),
            Self::Year(years) => years.append_option(match cell {
                Cell::Year(year) => Some(year),
                _ => None,
            }),
            Self::Lists(lists) => lists.push(match cell {
                Cell::Records(records) => Some(records),
                _ => None,
            }),
        }
    }

    /// The column, which then begins anew.
    pub fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(texts) => Arc::new(texts.finish()),
            Self::Day(days) => Arc::new(days.finish()),
            Self::Flag(flags) => Arc::new(flags.finish()),
            Self::Whole(numbers) => Arc::new(numbers.finish()),
            Self::Year(years) => Arc::new(years.finish()),
            Self::Lists(lists) => Arc::new(lists.finish()?),
        })
    }
}

impl Lists {
    fn new(form: Form) -> Self {
        let parts = Self::parts(form).iter().map(|part| Cells::new(part.form)).collect();
        Self { form, offsets: vec![0], valid: Vec::new(), parts, records: 0 }
    }

    fn parts(form: Form) -> &'static [Part] {
        match form {
            Form::Records(parts) => parts,
            _ => TEXTS,
        }
    }

    fn push(&mut self, records: Option<Vec<Vec<Cell<'_>>>>) {
        self.valid.push(records.is_some());
        for record in records.unwrap_or_default() {
            let mut record = record.into_iter();
            for part in &mut self.parts {
                part.push(record.next().unwrap_or(Cell::Nothing));
            }
            self.records += 1;
        }
        self.offsets.push(i32::try_from(self.records).unwrap_or(i32::MAX));
    }

    fn finish(&mut self) -> Result<ListArray, ArrowError> {
        let columns: Result<Vec<ArrayRef>, ArrowError> =
            self.parts.iter_mut().map(Cells::finish).collect();
        let columns = columns?;
        let items: ArrayRef = match self.form {
            Form::Records(parts) => Arc::new(StructArray::try_new(fields(parts), columns, None)?),
            _ => columns.into_iter().next().ok_or_else(nothing)?,
        };
        let offsets = std::mem::replace(&mut self.offsets, vec![0]);
        let valid = std::mem::take(&mut self.valid);
        self.records = 0;
        let DataType::List(field) = self.form.data_type() else { return Err(nothing()) };
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        ListArray::try_new(field, offsets, items, Some(NullBuffer::from(valid)))
    }
}

fn nothing() -> ArrowError {
    ArrowError::SchemaError("a list of nothing".to_owned())
}
