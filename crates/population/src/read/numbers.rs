//! Numbers of any exact type to 64-bit integers in stored units. The usual case costs nothing: money
//! as `DECIMAL(18,2)` is fen already.

use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, Int64Array, PrimitiveArray};
use arrow::buffer::ScalarBuffer;
use arrow::datatypes::{
    DataType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Int8Type, Int16Type,
    Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow::util::display::array_value_to_string;
use enterprise::{Indicator, Kind, Problem, ProblemKind, admit_value};

use crate::refused::At;
use crate::says::{refused, shown};

/// The values of an indicator, within its range.
pub(super) fn quantities(
    array: &ArrayRef,
    indicator: &Indicator,
    at: &mut At<'_>,
) -> Option<Int64Array> {
    let digits = match indicator.kind {
        Kind::Money => 2,
        Kind::Ratio => 6,
        Kind::Number { decimals, .. } => i32::from(decimals),
        _ => 0,
    };
    let mut refuse = |at: &mut At<'_>, index: usize| {
        let text = array_value_to_string(array, index).unwrap_or_default();
        at.refuse(index, || unadmitted(indicator, &text));
    };
    let numbers = exact(array, digits, at, &mut refuse)?;
    if let Some((low, high)) = indicator.range {
        outside(&numbers, low, high, &mut |index| refuse(at, index));
    }
    Some(numbers)
}

/// Whole numbers that are no indicator's.
pub(super) fn whole(array: &ArrayRef, at: &mut At<'_>) -> Option<Int64Array> {
    exact(array, 0, at, &mut |at, index| {
        let text = array_value_to_string(array, index).unwrap_or_default();
        at.refuse(index, || not_whole(&text));
    })
}

type Refuse<'a> = &'a mut dyn FnMut(&mut At<'_>, usize);

/// The values times ten to the power of `digits`. A value that is no such integer is refused; its
/// place holds a zero.
fn exact(array: &ArrayRef, digits: i32, at: &mut At<'_>, refuse: Refuse<'_>) -> Option<Int64Array> {
    let array = array.as_ref();
    Some(match array.data_type() {
        DataType::Int64 => longs(array.as_primitive::<Int64Type>().clone(), digits, at, refuse),
        DataType::Decimal64(_, scale) => {
            let same = array.as_primitive::<Decimal64Type>().reinterpret_cast::<Int64Type>();
            longs(same, digits - i32::from(*scale), at, refuse)
        }
        DataType::Decimal32(_, scale) => {
            scaled::<Decimal32Type>(array, digits - i32::from(*scale), some, at, refuse)
        }
        DataType::Decimal128(_, scale) => {
            scaled::<Decimal128Type>(array, digits - i32::from(*scale), some, at, refuse)
        }
        DataType::Decimal256(_, scale) => {
            let narrow = |value: arrow::datatypes::i256| value.to_i128();
            scaled::<Decimal256Type>(array, digits - i32::from(*scale), narrow, at, refuse)
        }
        DataType::Int8 => scaled::<Int8Type>(array, digits, some, at, refuse),
        DataType::Int16 => scaled::<Int16Type>(array, digits, some, at, refuse),
        DataType::Int32 => scaled::<Int32Type>(array, digits, some, at, refuse),
        DataType::UInt8 => scaled::<UInt8Type>(array, digits, some, at, refuse),
        DataType::UInt16 => scaled::<UInt16Type>(array, digits, some, at, refuse),
        DataType::UInt32 => scaled::<UInt32Type>(array, digits, some, at, refuse),
        DataType::UInt64 => scaled::<UInt64Type>(array, digits, some, at, refuse),
        other => {
            at.mismatch(other);
            return None;
        }
    })
}

fn some<N: Into<i128>>(value: N) -> Option<i128> {
    Some(value.into())
}

fn longs(array: Int64Array, shift: i32, at: &mut At<'_>, refuse: Refuse<'_>) -> Int64Array {
    if shift == 0 {
        return array;
    }
    scaled::<Int64Type>(&array, shift, some, at, refuse)
}

fn scaled<T: ArrowPrimitiveType>(
    array: &dyn Array,
    shift: i32,
    widen: impl Fn(T::Native) -> Option<i128>,
    at: &mut At<'_>,
    refuse: Refuse<'_>,
) -> Int64Array {
    let array: &PrimitiveArray<T> = array.as_primitive();
    let factor = 10i128.checked_pow(shift.unsigned_abs());
    let fit = |value: i128| match factor {
        _ if value == 0 => Some(0),
        Some(1) => i64::try_from(value).ok(),
        Some(factor) if shift > 0 => {
            value.checked_mul(factor).and_then(|value| i64::try_from(value).ok())
        }
        Some(factor) if value % factor == 0 => i64::try_from(value / factor).ok(),
        _ => None,
    };
    let mut values = Vec::with_capacity(array.len());
    for (index, value) in array.values().iter().enumerate() {
        let value = widen(*value).and_then(fit);
        if value.is_none() && array.is_valid(index) {
            refuse(at, index);
        }
        values.push(value.unwrap_or_default());
    }
    Int64Array::new(ScalarBuffer::from(values), array.nulls().cloned())
}

/// Tells each value that lies outside.
fn outside(numbers: &Int64Array, low: i64, high: i64, tell: &mut dyn FnMut(usize)) {
    let lies_outside = |value: i64| value < low || value > high;
    // Without a branch for each value: nearly always there is nothing to tell, and what stands under
    // a null is looked at only if it looks wrong.
    let any = numbers.values().iter().fold(false, |any, value| any | lies_outside(*value));
    if !any {
        return;
    }
    for (index, value) in numbers.values().iter().enumerate() {
        if lies_outside(*value) && numbers.is_valid(index) {
            tell(index);
        }
    }
}

/// Why the catalogue does not admit this number; the words are those for a cell of a table.
fn unadmitted(indicator: &Indicator, text: &str) -> Problem {
    match admit_value(indicator, text, None) {
        Err(problem) => *problem,
        Ok(_) => not_whole(text),
    }
}

pub(super) fn not_whole(text: &str) -> Problem {
    let text = shown(text);
    refused(
        ProblemKind::WrongType,
        (
            format!("“{text}”不是这里可用的数"),
            format!("`{text}` is not a number that can stand here"),
        ),
        ("请核对这个数", "check the number"),
    )
}
