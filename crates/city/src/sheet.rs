//! The facts of a block of rows, by columns: values and whether they are known.

use crate::cast::Cast;
use crate::column::Column;
use crate::make;

/// The facts of a block of rows.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub values: Vec<Vec<i64>>,
    pub known: Vec<Vec<bool>>,
}

impl Sheet {
    /// Draws every column for every row.
    pub(crate) fn draw(columns: &[Column], casts: &[Cast], today: i32) -> Self {
        let mut sheet = Self { values: Vec::new(), known: Vec::new() };
        for column in columns {
            let mut values = Vec::with_capacity(casts.len());
            let mut known = Vec::with_capacity(casts.len());
            for (row, cast) in casts.iter().enumerate() {
                // Nobody will see it, nor anything that is made from it.
                if cast.knows & column.reach == 0 {
                    values.push(0);
                    known.push(false);
                    continue;
                }
                let made = |place: usize| sheet.value(place, row);
                values.push(make::value(column, cast, today, made));
                known.push(is_known(column, cast));
            }
            sheet.values.push(values);
            sheet.known.push(known);
        }
        sheet
    }

    /// What a column came to, known or not.
    pub(crate) fn value(&self, column: usize, row: usize) -> i64 {
        self.values.get(column).and_then(|values| values.get(row)).copied().unwrap_or(0)
    }

    /// Whether a value is known.
    pub(crate) fn is_known(&self, column: usize, row: usize) -> bool {
        self.known.get(column).and_then(|known| known.get(row)).copied().unwrap_or(false)
    }

    /// Puts a value in place.
    pub(crate) fn set(&mut self, column: usize, row: usize, value: i64) {
        if let Some(place) = self.values.get_mut(column).and_then(|values| values.get_mut(row)) {
            *place = value;
        }
    }

    /// Makes a value known or unknown.
    pub(crate) fn know(&mut self, column: usize, row: usize, is: bool) {
        if let Some(place) = self.known.get_mut(column).and_then(|known| known.get_mut(row)) {
            *place = is;
        }
    }
}

fn is_known(column: &Column, cast: &Cast) -> bool {
    cast.knows & column.source != 0
        && column.key.year.is_none_or(|year| cast.founding_year <= year)
        && !column.year.part(1).of(cast.row).chance(column.gap.of(cast.class))
}
