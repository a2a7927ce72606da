//! One row of a canonical batch as the facts that the simple evaluator reads: what a facts document of
//! the same content would give, but for the sources, which a population does not have.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Int32Type, Int64Type, UInt16Type};
use enterprise::{
    Completeness, Event, Fact, Facts, Judgement, Kind, Relation, Source, Title, Value,
};
use jiff::civil::Date;

use crate::day::day_of;
use crate::records::{Lists, day_at, text_at};
use crate::shape::{Holds, Shape};
use crate::special::Special;

impl Shape {
    /// The facts of a row of a canonical batch. Nothing is known of a row that is not there.
    pub fn subject(&self, canonical: &RecordBatch, row: usize) -> Facts {
        let mut facts = Facts::default();
        if row >= canonical.num_rows() {
            return facts;
        }
        for (column, array) in self.columns.iter().zip(canonical.columns()) {
            match &column.holds {
                Holds::Fact(indicator, key) => {
                    if let Some(value) = value(&indicator.kind, array, row) {
                        let fact = Fact { value, source: Source::default() };
                        facts.set(&key.indicator, key.year, fact);
                    }
                }
                Holds::Special(special) => {
                    // A column that is not as it should be says nothing.
                    let _ = take(*special, array, row, &mut facts);
                }
            }
        }
        facts
    }

    /// The text of a column that says who the subject is.
    pub fn identity<'a>(
        &self,
        special: Special,
        canonical: &'a RecordBatch,
        row: usize,
    ) -> Option<&'a str> {
        let array = canonical.columns().get(self.column(special)?)?;
        text_at(array.as_string_opt::<i32>()?, row)
    }
}

fn value(kind: &Kind, array: &ArrayRef, row: usize) -> Option<Value> {
    if array.is_null(row) {
        return None;
    }
    Some(match kind {
        Kind::Money | Kind::Ratio | Kind::Number { .. } => {
            Value::Number(array.as_primitive_opt::<Int64Type>()?.value(row))
        }
        Kind::Date => Value::Date(day_of(array.as_primitive_opt::<Date32Type>()?.value(row))?),
        Kind::Flag => Value::Flag(array.as_boolean_opt()?.value(row)),
        Kind::Choice(_) => {
            Value::Choice(usize::from(array.as_primitive_opt::<UInt16Type>()?.value(row)))
        }
        Kind::Industry => {
            let codes = array.as_dictionary_opt::<Int32Type>()?;
            let word = usize::try_from(codes.keys().value(row)).ok()?;
            Value::Code(text_at(codes.values().as_string_opt::<i32>()?, word)?.to_owned())
        }
    })
}

fn take(special: Special, array: &ArrayRef, row: usize, facts: &mut Facts) -> Option<()> {
    match special {
        Special::Uscc => {
            facts.uscc = text_at(array.as_string_opt::<i32>()?, row).and_then(|c| c.parse().ok());
        }
        Special::Name => {
            facts.name = text_at(array.as_string_opt::<i32>()?, row).map(str::to_owned);
        }
        Special::Id | Special::Subject | Special::Conflicts => {}
        Special::TitlesComplete => facts.titles_complete = array.as_boolean_opt()?.value(row),
        Special::TitlesDenied => {
            let lists = Lists::of(array)?;
            let ids = lists.texts()?;
            let ids = lists.items(row).filter_map(|item| text_at(ids, item));
            facts.titles_denied = ids.map(str::to_owned).collect();
        }
        _ => records(special, &Lists::of(array)?, row, facts)?,
    }
    Some(())
}

fn records(special: Special, lists: &Lists<'_>, row: usize, facts: &mut Facts) -> Option<()> {
    let text = |part: &str, item: usize| text_at(lists.text(part)?, item).map(str::to_owned);
    let day = |part: &str, item: usize| -> Option<Date> { day_of(day_at(lists.day(part)?, item)?) };
    let items = lists.items(row);
    match special {
        Special::Titles => facts.titles.extend(items.filter_map(|item| {
            let (programme, from) = (text("programme", item)?, day("from", item)?);
            Some(Title { programme, from, to: day("to", item) })
        })),
        Special::Events => {
            let numbers = lists.named_numbers("attributes")?;
            facts.events.extend(items.filter_map(|item| {
                let attributes = numbers.of(item).map(|(id, value)| (id.to_owned(), value));
                let attributes = attributes.collect();
                Some(Event { kind: text("kind", item)?, date: day("date", item)?, attributes })
            }));
        }
        Special::Complete => facts.complete.extend(items.filter_map(|item| {
            let (kind, until) = (text("kind", item)?, day("until", item)?);
            Some(Completeness { kind, from: day("from", item), until })
        })),
        Special::Judgements => {
            let met = lists.flag("met")?;
            facts.judgements.extend(items.filter_map(|item| {
                Some(Judgement {
                    owner: text("owner", item)?,
                    criterion: text("criterion", item)?,
                    met: met.is_valid(item).then(|| met.value(item))?,
                    by: text("by", item),
                    on: day("on", item),
                    note: text("note", item),
                })
            }));
        }
        Special::Relations => facts.relations.extend(items.filter_map(|item| {
            Some(Relation { kind: text("kind", item)?, other: text("other", item)? })
        })),
        _ => {}
    }
    Some(())
}
