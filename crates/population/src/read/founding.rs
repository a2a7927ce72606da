//! Years before the founding are absent, not unknown: a value in one of them is a mistake.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::Date32Type;
use enterprise::{FOUNDED_ON, Problem, Text, before_founding};
use jiff::civil::Date;

use crate::day::{DAYS, day_number, day_of};
use crate::refused::Findings;
use crate::shape::{Holds, Shape};

pub(super) fn check(shape: &Shape, arrays: &[ArrayRef], findings: &mut Findings) {
    let founded = shape.fact(FOUNDED_ON, None).and_then(|index| arrays.get(index));
    let Some(founded) = founded.and_then(|array| array.as_primitive_opt::<Date32Type>()) else {
        return;
    };
    // Each yearly column with the last day that is not too late to be founded on.
    let yearly: Vec<(usize, i32)> = shape
        .facts()
        .filter_map(|(key, index)| Some((index, day_number(Date::new(key.year?, 12, 31).ok()?))))
        .collect();
    let Some(earliest) = yearly.iter().map(|(_, last)| *last).min() else { return };
    for (row, day) in founded.values().iter().enumerate() {
        // Most firms are older than everything that is known of them; what is no day was told already.
        if *day <= earliest || founded.is_null(row) || !DAYS.contains(day) {
            continue;
        }
        for (index, last) in &yearly {
            if day > last
                && let (Some(array), Some(column)) = (arrays.get(*index), shape.columns.get(*index))
                && array.is_valid(row)
            {
                findings.add(row, &column.name, || too_early(&column.holds, *day));
            }
        }
    }
}

fn too_early(holds: &Holds, founded: i32) -> Problem {
    let founded = day_of(founded).unwrap_or(Date::MAX);
    match holds {
        Holds::Fact(indicator, key) => {
            before_founding(&indicator.label, key.year.unwrap_or_default(), founded)
        }
        Holds::Special(special) => {
            before_founding(&Text::new(special.name(), special.name()), 0, founded)
        }
    }
}
