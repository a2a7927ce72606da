//! Subjects to canonical batches, one after another.

use std::borrow::Borrow;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Int64Builder, RecordBatch, RecordBatchOptions,
    StringDictionaryBuilder, UInt16Builder,
};
use arrow::datatypes::Int32Type;
use arrow::error::ArrowError;
use enterprise::{FactKey, Facts, Kind, Value};

use crate::day::day_number;
use crate::lists::{Cell, Cells};
use crate::shape::{Holds, Shape};
use crate::special::Special;

/// Rows of a shape while they are being gathered.
pub struct Rows {
    shape: Shape,
    columns: Vec<Growing>,
    rows: usize,
    unplaced: Option<FactKey>,
}

/// What a population knows of a subject beyond its facts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The identity of a subject without a unified social credit code.
    pub id: Option<&'a str>,
    /// What kind of subject it is, if not an enterprise.
    pub subject: Option<&'a str>,
    /// Values of other sources that were not taken.
    pub conflicts: &'a [Conflict],
}

/// A value of another source that was not taken. Nobody judges by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The indicator's id.
    pub indicator: String,
    /// The fiscal year of a yearly one.
    pub year: Option<i16>,
    /// Whose value it is.
    pub source: Option<String>,
    /// The value, in words.
    pub value: String,
}

enum Growing {
    Numbers(Int64Builder),
    Days(Date32Builder),
    Flags(BooleanBuilder),
    Choices(UInt16Builder),
    Codes(StringDictionaryBuilder<Int32Type>),
    Special(Cells),
}

impl Rows {
    /// No rows yet.
    pub fn new(shape: impl Borrow<Shape>) -> Self {
        let shape = shape.borrow().clone();
        let columns = shape.columns.iter().map(|column| Growing::new(&column.holds)).collect();
        Self { shape, columns, rows: 0, unplaced: None }
    }

    /// Adds a subject. See [`unplaced`](Self::unplaced) for facts that the shape has no column for.
    pub fn push(&mut self, facts: &Facts) {
        self.push_with(facts, &Beside::default());
    }

    /// Adds a subject with what is known of it beyond its facts.
    pub fn push_with(&mut self, facts: &Facts, beside: &Beside<'_>) {
        for (column, growing) in self.shape.columns.iter().zip(&mut self.columns) {
            match &column.holds {
                Holds::Fact(_, key) => {
                    let fact = facts.get(&key.indicator, key.year);
                    growing.fact(fact.map(|fact| &fact.value));
                }
                Holds::Special(special) => {
                    if let Growing::Special(cells) = growing {
                        cells.push(cell(*special, facts, beside));
                    }
                }
            }
        }
        self.rows += 1;
        if self.unplaced.is_none() {
            let lacking = |key: &FactKey| self.shape.fact(&key.indicator, key.year).is_none();
            self.unplaced = facts.iter().map(|(key, _)| key).find(lacking);
        }
    }

    /// How many rows have been gathered since the last batch.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The first fact that was left out because the shape has no column for it.
    pub fn unplaced(&self) -> Option<&FactKey> {
        self.unplaced.as_ref()
    }

    /// The canonical batch of the rows so far; the next one begins anew. Some ten thousand rows are a
    /// good size.
    pub fn finish(&mut self) -> RecordBatch {
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        self.rows = 0;
        let arrays: Result<Vec<ArrayRef>, ArrowError> =
            self.columns.iter_mut().map(Growing::finish).collect();
        let schema = self.shape.schema();
        arrays
            .and_then(|arrays| {
                RecordBatch::try_new_with_options(Arc::clone(schema), arrays, &options)
            })
            // The columns were made for this schema.
            .unwrap_or_else(|_| RecordBatch::new_empty(Arc::clone(schema)))
    }
}

impl Growing {
    fn new(holds: &Holds) -> Self {
        match holds {
            Holds::Special(special) => Self::Special(Cells::new(special.form())),
            Holds::Fact(indicator, _) => match indicator.kind {
                Kind::Money | Kind::Ratio | Kind::Number { .. } => {
                    Self::Numbers(Int64Builder::new())
                }
                Kind::Date => Self::Days(Date32Builder::new()),
                Kind::Flag => Self::Flags(BooleanBuilder::new()),
                Kind::Choice(_) => Self::Choices(UInt16Builder::new()),
                Kind::Industry => Self::Codes(StringDictionaryBuilder::new()),
            },
        }
    }

    fn fact(&mut self, value: Option<&Value>) {
        match (self, value) {
            (Self::Numbers(column), Some(Value::Number(number))) => column.append_value(*number),
            (Self::Days(column), Some(Value::Date(date))) => column.append_value(day_number(*date)),
            (Self::Flags(column), Some(Value::Flag(flag))) => column.append_value(*flag),
            (Self::Choices(column), Some(Value::Choice(index))) => {
                column.append_option(u16::try_from(*index).ok());
            }
            (Self::Codes(column), Some(Value::Code(code))) => column.append_value(code),
            (Self::Numbers(column), _) => column.append_null(),
            (Self::Days(column), _) => column.append_null(),
            (Self::Flags(column), _) => column.append_null(),
            (Self::Choices(column), _) => column.append_null(),
            (Self::Codes(column), _) => column.append_null(),
            (Self::Special(column), _) => column.push(Cell::Nothing),
        }
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Numbers(column) => Arc::new(column.finish()),
            Self::Days(column) => Arc::new(column.finish()),
            Self::Flags(column) => Arc::new(column.finish()),
            Self::Choices(column) => Arc::new(column.finish()),
            Self::Codes(column) => Arc::new(column.finish()),
            Self::Special(column) => column.finish()?,
        })
    }
}

/// What stands in a column that is no fact. An empty list is none, so that populations of firms
/// without any stay small.
fn cell<'a>(special: Special, facts: &'a Facts, beside: &Beside<'a>) -> Cell<'a> {
    let records: Vec<Vec<Cell<'a>>> = match special {
        Special::Uscc => return text(facts.uscc.as_ref().map(|uscc| uscc.as_str())),
        Special::Id => return text(beside.id),
        Special::Name => return text(facts.name.as_deref()),
        Special::Subject => return text(beside.subject),
        Special::TitlesComplete => return Cell::Flag(facts.titles_complete),
        Special::Titles => {
            let titles = facts.titles.iter();
            let title = titles.map(|title| {
                vec![Cell::Text(&title.programme), date(Some(title.from)), date(title.to)]
            });
            title.collect()
        }
        Special::TitlesDenied => {
            facts.titles_denied.iter().map(|id| vec![Cell::Text(id.as_str())]).collect()
        }
        Special::Events => facts
            .events
            .iter()
            .map(|event| {
                let numbers = event.attributes.iter();
                let numbers: Vec<Vec<Cell<'a>>> = numbers
                    .map(|(id, number)| vec![Cell::Text(id.as_str()), Cell::Whole(*number)])
                    .collect();
                vec![Cell::Text(&event.kind), date(Some(event.date)), list(numbers)]
            })
            .collect(),
        Special::Complete => facts
            .complete
            .iter()
            .map(|known| vec![Cell::Text(&known.kind), date(known.from), date(Some(known.until))])
            .collect(),
        Special::Judgements => facts
            .judgements
            .iter()
            .map(|one| {
                vec![
                    Cell::Text(&one.owner),
                    Cell::Text(&one.criterion),
                    Cell::Flag(one.met),
                    text(one.by.as_deref()),
                    date(one.on),
                    text(one.note.as_deref()),
                ]
            })
            .collect(),
        Special::Relations => facts
            .relations
            .iter()
            .map(|one| vec![Cell::Text(&one.kind), Cell::Text(&one.other)])
            .collect(),
        Special::Conflicts => beside
            .conflicts
            .iter()
            .map(|one| {
                vec![
                    Cell::Text(&one.indicator),
                    one.year.map_or(Cell::Nothing, Cell::Year),
                    text(one.source.as_deref()),
                    Cell::Text(&one.value),
                ]
            })
            .collect(),
    };
    list(records)
}

fn list(records: Vec<Vec<Cell<'_>>>) -> Cell<'_> {
    if records.is_empty() { Cell::Nothing } else { Cell::Records(records) }
}

fn text(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Nothing, Cell::Text)
}

fn date(date: Option<jiff::civil::Date>) -> Cell<'static> {
    date.map_or(Cell::Nothing, |date| Cell::Day(day_number(date)))
}
