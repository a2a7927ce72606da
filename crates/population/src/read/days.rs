//! Days. A moment within a day is no day.

use arrow::array::{Array, ArrayRef, AsArray, Date32Array};
use arrow::buffer::ScalarBuffer;
use arrow::datatypes::{DataType, Date32Type, Date64Type};
use arrow::util::display::array_value_to_string;
use enterprise::{Problem, ProblemKind};

use crate::day::DAYS;
use crate::refused::At;
use crate::says::{refused, shown};

const MILLISECONDS: i64 = 86_400_000;

pub(super) fn days(array: &ArrayRef, at: &mut At<'_>) -> Option<Date32Array> {
    let days = match array.data_type() {
        DataType::Date32 => array.as_primitive::<Date32Type>().clone(),
        DataType::Date64 => {
            let moments = array.as_primitive::<Date64Type>();
            let mut days = Vec::with_capacity(moments.len());
            for (index, moment) in moments.values().iter().enumerate() {
                let day = i32::try_from(moment.div_euclid(MILLISECONDS));
                if moment.rem_euclid(MILLISECONDS) != 0 && moments.is_valid(index) {
                    at.refuse(index, || no_day(array, index));
                }
                days.push(day.unwrap_or(i32::MAX));
            }
            Date32Array::new(ScalarBuffer::from(days), moments.nulls().cloned())
        }
        other => {
            at.mismatch(other);
            return None;
        }
    };
    let any = days.values().iter().fold(false, |any, day| any | !DAYS.contains(day));
    if any {
        for (index, day) in days.values().iter().enumerate() {
            if !DAYS.contains(day) && days.is_valid(index) {
                at.refuse(index, || no_day(array, index));
            }
        }
    }
    Some(days)
}

fn no_day(array: &ArrayRef, index: usize) -> Problem {
    // What lies outside the calendar has no words but its number.
    let text = match (array_value_to_string(array, index), array.as_primitive_opt::<Date32Type>()) {
        (Ok(text), _) if !text.starts_with("ERROR") => shown(&text),
        (_, Some(days)) => format!("1970-01-01 + {}", days.value(index)),
        _ => String::new(),
    };
    refused(
        ProblemKind::OutOfRange,
        (format!("“{text}”不是可用的日期"), format!("`{text}` is not a date that can stand here")),
        ("年份应为四位，且不带时刻", "a year has four digits, and there is no time of day"),
    )
}
