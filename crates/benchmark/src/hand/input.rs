//! The columns that the loops read, borrowed from a canonical batch.

use arrow::array::{Array, AsArray, BooleanArray, ListArray, RecordBatch};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::{Date32Type, Int64Type, UInt16Type};
use population::{Shape, Special};

use super::lanes::{BLOCK, Bits, WORDS};
use crate::plain::Plain;

/// A column of facts.
#[derive(Clone, Copy)]
pub(super) enum Values<'b> {
    Numbers(&'b [i64]),
    Days(&'b [i32]),
    Flags(&'b BooleanBuffer),
    Options(&'b [u16]),
}

/// A column of facts and which of them are known.
#[derive(Clone, Copy)]
pub(super) struct Facts<'b> {
    pub values: Values<'b>,
    nulls: Option<&'b NullBuffer>,
}

/// Everything that is read.
pub(super) struct Input<'b> {
    pub facts: Vec<Facts<'b>>,
    pub titles: Option<&'b ListArray>,
    pub all_titles: Option<&'b BooleanArray>,
    pub denied: Option<&'b ListArray>,
    pub events: Option<&'b ListArray>,
    pub complete: Option<&'b ListArray>,
    pub judgements: Option<&'b ListArray>,
}

impl<'b> Input<'b> {
    /// The columns of a law; none if one is not as it should be.
    pub fn of(plain: &Plain, shape: &Shape, batch: &'b RecordBatch) -> Option<Self> {
        let column = |place: usize| batch.columns().get(place);
        let special = |special| shape.column(special).and_then(column);
        let list = |name| special(name).and_then(|array| array.as_list_opt::<i32>());
        let facts = plain.columns.iter().map(|wanted| {
            let array = column(shape.fact(wanted.indicator, wanted.year)?)?;
            let values = if let Some(numbers) = array.as_primitive_opt::<Int64Type>() {
                Values::Numbers(numbers.values())
            } else if let Some(days) = array.as_primitive_opt::<Date32Type>() {
                Values::Days(days.values())
            } else if let Some(options) = array.as_primitive_opt::<UInt16Type>() {
                Values::Options(options.values())
            } else {
                Values::Flags(array.as_boolean_opt()?.values())
            };
            Some(Facts { values, nulls: array.nulls() })
        });
        Some(Self {
            facts: facts.collect::<Option<Vec<_>>>()?,
            titles: list(Special::Titles),
            all_titles: special(Special::TitlesComplete).and_then(|array| array.as_boolean_opt()),
            denied: list(Special::TitlesDenied),
            events: list(Special::Events),
            complete: list(Special::Complete),
            judgements: list(Special::Judgements),
        })
    }
}

impl Facts<'_> {
    /// The known ones of so many rows from `start` on.
    pub fn known(&self, start: usize, rows: usize) -> Bits {
        match self.nulls {
            Some(nulls) => words(nulls.inner(), start, rows),
            None => first(rows),
        }
    }
}

/// Bits of so many rows from `start` on.
pub(super) fn words(from: &BooleanBuffer, start: usize, rows: usize) -> Bits {
    let mut bits = [0; WORDS];
    let part = from.slice(start, rows);
    for (bits, word) in bits.iter_mut().zip(part.bit_chunks().iter_padded()) {
        *bits = word;
    }
    bits
}

/// The first rows of a block.
pub(super) fn first(rows: usize) -> Bits {
    let mut bits = [u64::MAX; WORDS];
    if rows < BLOCK {
        for (word, bits) in bits.iter_mut().enumerate() {
            let here = rows.saturating_sub(word * 64).min(64);
            *bits = if here == 64 { u64::MAX } else { (1u64 << here) - 1 };
        }
    }
    bits
}
