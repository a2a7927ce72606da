//! From a canonical batch to what stands in the file: money in yuan as a decimal, choices by their ids.
//! The values themselves are not copied where the file has them as they are.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, AsArray, DictionaryArray, Int64Array, RecordBatch, RecordBatchOptions, StringArray,
};
use arrow::datatypes::{
    DataType, Decimal64Type, Decimal128Type, Field, Int64Type, Schema, SchemaRef, UInt16Type,
};
use arrow::error::ArrowError;
use enterprise::{Choice, Kind};
use parquet::errors::ParquetError;

use super::WriteError;
use crate::shape::{Column, Holds, Shape};

const NARROW: u8 = 18;
/// A 64-bit integer has 19 digits at most.
const WIDE: u8 = 20;
const NARROWEST_TOO_WIDE: u64 = 1_000_000_000_000_000_000;

/// The schema of the file.
pub(super) fn file_schema(shape: &Shape) -> SchemaRef {
    let fields = shape.columns.iter().zip(shape.schema().fields()).map(|(column, field)| {
        let data_type = match digits(column) {
            Some(digits) if column.wide => DataType::Decimal128(WIDE, digits),
            Some(digits) => DataType::Decimal64(NARROW, digits),
            None => match &column.holds {
                Holds::Fact(indicator, _) if matches!(indicator.kind, Kind::Choice(_)) => {
                    DataType::Dictionary(Box::new(DataType::UInt16), Box::new(DataType::Utf8))
                }
                _ => field.data_type().clone(),
            },
        };
        Field::new(&column.name, data_type, true)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The decimals of a column that is a decimal number in the file; counts are plain integers.
fn digits(column: &Column) -> Option<i8> {
    let Holds::Fact(indicator, _) = &column.holds else { return None };
    match indicator.kind {
        Kind::Money => Some(2),
        Kind::Ratio => Some(6),
        Kind::Number { decimals, .. } if decimals > 0 => i8::try_from(decimals).ok(),
        _ => None,
    }
}

/// The batch as the file has it.
pub(super) fn stored(
    columns: &[Column],
    schema: &SchemaRef,
    canonical: &RecordBatch,
) -> Result<RecordBatch, WriteError> {
    let mut arrays = Vec::with_capacity(columns.len());
    for (column, array) in columns.iter().zip(canonical.columns()) {
        arrays.push(store(column, array)?);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(canonical.num_rows()));
    RecordBatch::try_new_with_options(Arc::clone(schema), arrays, &options).map_err(unstorable)
}

fn store(column: &Column, array: &ArrayRef) -> Result<ArrayRef, WriteError> {
    if let Some(digits) = digits(column) {
        let numbers = array.as_primitive_opt::<Int64Type>().ok_or_else(|| foreign(column))?;
        return decimals(column, numbers, digits);
    }
    match &column.holds {
        Holds::Fact(indicator, _) => match &indicator.kind {
            Kind::Choice(options) => choices(column, array, options),
            _ => Ok(Arc::clone(array)),
        },
        Holds::Special(_) => Ok(Arc::clone(array)),
    }
}

fn decimals(column: &Column, numbers: &Int64Array, digits: i8) -> Result<ArrayRef, WriteError> {
    if column.wide {
        let wide = numbers.unary::<_, Decimal128Type>(i128::from);
        let wide = wide.with_precision_and_scale(WIDE, digits).map_err(unstorable)?;
        return Ok(Arc::new(wide));
    }
    let too_wide = |number: i64| number.unsigned_abs() >= NARROWEST_TOO_WIDE;
    if numbers.values().iter().fold(false, |any, number| any | too_wide(*number))
        && numbers.iter().flatten().any(too_wide)
    {
        return Err(WriteError::TooWide(column.name.clone()));
    }
    let narrow = numbers.reinterpret_cast::<Decimal64Type>();
    Ok(Arc::new(narrow.with_precision_and_scale(NARROW, digits).map_err(unstorable)?))
}

fn choices(column: &Column, array: &ArrayRef, options: &[Choice]) -> Result<ArrayRef, WriteError> {
    let chosen = array.as_primitive_opt::<UInt16Type>().ok_or_else(|| foreign(column))?;
    let ids: StringArray = options.iter().map(|option| Some(option.id.as_str())).collect();
    let words = DictionaryArray::try_new(chosen.clone(), Arc::new(ids)).map_err(unstorable)?;
    Ok(Arc::new(words))
}

fn foreign(column: &Column) -> WriteError {
    unstorable(ArrowError::SchemaError(format!("{}: not a canonical column", column.name)))
}

fn unstorable(error: ArrowError) -> WriteError {
    WriteError::Format(ParquetError::ArrowError(error.to_string()))
}
