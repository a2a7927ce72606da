//! What is no fact, lists of records above all: their parts are found by name, whatever their order, and brought to the types of
//! a canonical batch. What the records mean is checked elsewhere.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int16Array, ListArray, StructArray, new_null_array};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field};
use enterprise::{Problem, ProblemKind};

use super::{codes, days, numbers, texts};
use crate::form::{Form, Part, fields};
use crate::refused::At;
use crate::says::refused;
use crate::storage::item;

/// The canonical array of this form.
pub(super) fn read(form: Form, array: &ArrayRef, at: &mut At<'_>) -> Option<ArrayRef> {
    if *array.data_type() == DataType::Null {
        return Some(new_null_array(&form.data_type(), array.len()));
    }
    Some(match form {
        Form::Text => Arc::new(texts::texts(array, at)?),
        Form::Code => Arc::new(codes::codes(array, at)?),
        Form::Day => Arc::new(days::days(array, at)?),
        Form::Whole => Arc::new(numbers::whole(array, at)?),
        Form::Year => Arc::new(years(array, at)?),
        Form::Flag => {
            let flags = array.as_boolean_opt();
            if flags.is_none() {
                at.mismatch(array.data_type());
            }
            Arc::new(flags?.clone())
        }
        Form::Texts => list(form, array, at, |items, at| {
            let texts = read(Form::Text, items, at)?;
            for index in (0..texts.len()).filter(|index| texts.is_null(*index)) {
                at.refuse(index, || lacking(""));
            }
            Some(texts)
        })?,
        Form::Records(parts) => list(form, array, at, |items, at| records(parts, items, at))?,
    })
}

/// A list whose items are read by `items`.
fn list(
    form: Form,
    array: &ArrayRef,
    at: &mut At<'_>,
    items: impl FnOnce(&ArrayRef, &mut At<'_>) -> Option<ArrayRef>,
) -> Option<ArrayRef> {
    let lists = as_list(array, at)?;
    let (offsets, nulls) = (lists.offsets().clone(), lists.nulls().cloned());
    let outer = at.row_of;
    let row_of = |index: usize| outer(owner(&offsets, nulls.as_ref(), index)?);
    let mut at = At { findings: at.findings, column: at.column, row_of: &row_of };
    let items = items(lists.values(), &mut at)?;
    let DataType::List(field) = form.data_type() else { return None };
    match ListArray::try_new(field, offsets.clone(), items, nulls.clone()) {
        Ok(list) => Some(Arc::new(list)),
        Err(error) => {
            at.mismatch(&error);
            None
        }
    }
}

fn as_list(array: &ArrayRef, at: &mut At<'_>) -> Option<ListArray> {
    if let Some(list) = array.as_list_opt::<i32>() {
        return Some(list.clone());
    }
    let Some(item) = item(array.data_type()) else {
        at.mismatch(array.data_type());
        return None;
    };
    let wanted = DataType::List(Arc::new(Field::new("element", item.clone(), true)));
    match cast(array, &wanted) {
        Ok(list) => list.as_list_opt::<i32>().cloned(),
        Err(error) => {
            at.mismatch(&error);
            None
        }
    }
}

/// Which list the item at `index` belongs to; none if it is in no list.
fn owner(offsets: &OffsetBuffer<i32>, nulls: Option<&NullBuffer>, index: usize) -> Option<usize> {
    let index = i32::try_from(index).ok()?;
    let list = offsets.partition_point(|offset| *offset <= index).checked_sub(1)?;
    let inside = list + 1 < offsets.len() && nulls.is_none_or(|nulls| nulls.is_valid(list));
    inside.then_some(list)
}

fn records(parts: &'static [Part], items: &ArrayRef, at: &mut At<'_>) -> Option<ArrayRef> {
    if *items.data_type() == DataType::Null {
        for index in 0..items.len() {
            at.refuse(index, || lacking(""));
        }
        return Some(new_null_array(&DataType::Struct(fields(parts)), items.len()));
    }
    let Some(found) = items.as_struct_opt() else {
        at.mismatch(items.data_type());
        return None;
    };
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(parts.len());
    for part in parts {
        let column = match found.column_by_name(part.name) {
            Some(column) => read(part.form, column, at)?,
            None => new_null_array(&part.form.data_type(), found.len()),
        };
        if part.required && column.null_count() > 0 {
            for index in (0..column.len()).filter(|index| column.is_null(*index)) {
                if found.is_valid(index) {
                    at.refuse(index, || lacking(part.name));
                }
            }
        }
        columns.push(column);
    }
    for index in (0..found.len()).filter(|index| found.is_null(*index)) {
        at.refuse(index, || lacking(""));
    }
    match StructArray::try_new(fields(parts), columns, found.nulls().cloned()) {
        Ok(records) => Some(Arc::new(records)),
        Err(error) => {
            at.mismatch(&error);
            None
        }
    }
}

fn years(array: &ArrayRef, at: &mut At<'_>) -> Option<Int16Array> {
    let whole = numbers::whole(array, at)?;
    let mut years = Vec::with_capacity(whole.len());
    for (index, year) in whole.iter().enumerate() {
        let fits = year.map(i16::try_from);
        if matches!(fits, Some(Err(_))) {
            at.refuse(index, || numbers::not_whole(&year.unwrap_or_default().to_string()));
        }
        years.push(fits.and_then(Result::ok));
    }
    Some(Int16Array::from(years))
}

/// A record without a part that it needs, or none at all where one should be.
fn lacking(part: &str) -> Problem {
    if part.is_empty() {
        return refused(
            ProblemKind::WrongType,
            ("列表中有空的一项", "the list has an empty entry"),
            ("请删去这一项", "leave the entry out"),
        );
    }
    refused(
        ProblemKind::WrongType,
        (format!("列表中有一项缺少“{part}”"), format!("an entry of the list lacks `{part}`")),
        (format!("请补上“{part}”"), format!("add `{part}`")),
    )
}
