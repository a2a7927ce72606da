//! Columns of a result as Parquet, quickly. A result has hundreds of columns of few different values:
//! Parquet's general writer looks every value up in a hash table and spends several times what finding
//! the verdicts takes. Here words are dictionaries already and small numbers are counted out, so that
//! mostly bits are packed. What these files say is what the general writer would say; columns of other
//! kinds are left to it.

mod chunk;
mod hybrid;
mod numbers;
mod words;

use arrow::array::{Array as _, ArrayRef, AsArray as _};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Decimal64Type, Int64Type, UInt8Type, UInt16Type, UInt64Type};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescPtr;

pub(crate) use chunk::{Chunk, compression};

/// A column of a row group, if it is of a kind that is quickly told.
pub(crate) fn column(column: &ColumnDescPtr, array: &ArrayRef) -> Result<Option<Chunk>> {
    match array.data_type() {
        DataType::Dictionary(key, value) if **value == DataType::Utf8 => {
            let array = array.as_any_dictionary();
            let words = array.values().as_string::<i32>();
            let nulls = array.keys().nulls();
            match **key {
                DataType::UInt8 => {
                    let keys = array.keys().as_primitive::<UInt8Type>().values();
                    words::encode(column, keys, nulls, words).map(Some)
                }
                DataType::UInt16 => {
                    let keys = array.keys().as_primitive::<UInt16Type>().values();
                    words::encode(column, keys, nulls, words).map(Some)
                }
                _ => Ok(None),
            }
        }
        DataType::UInt64 => {
            numbers::encode(column, array.as_primitive::<UInt64Type>().values(), array.nulls())
        }
        DataType::Decimal64(..) => {
            numbers::encode(column, array.as_primitive::<Decimal64Type>().values(), array.nulls())
        }
        DataType::Int64 => {
            numbers::encode(column, array.as_primitive::<Int64Type>().values(), array.nulls())
        }
        _ => Ok(None),
    }
}

/// The values that are there.
fn present<T: Copy>(values: &[T], nulls: Option<&NullBuffer>) -> Option<Vec<T>> {
    let nulls = nulls.filter(|nulls| nulls.null_count() > 0)?;
    let mut present = Vec::with_capacity(values.len() - nulls.null_count());
    for (start, end) in nulls.valid_slices() {
        present.extend_from_slice(values.get(start..end).unwrap_or_default());
    }
    Some(present)
}

fn too_many() -> ParquetError {
    ParquetError::General("more values than a page can have".to_owned())
}

#[cfg(test)]
mod tests;
