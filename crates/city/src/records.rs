//! Lists of records as Arrow wants them: how many each row has, and all of them one after the other.

use std::sync::Arc;

use arrow::array::{ArrayRef, ListArray, StructArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, FieldRef};
use arrow::error::ArrowError;

/// A column of lists of records with these parts.
pub(crate) fn records(
    list: &DataType,
    lengths: Vec<usize>,
    parts: Vec<ArrayRef>,
) -> Result<ArrayRef, ArrowError> {
    let element = element(list)?;
    let DataType::Struct(fields) = element.data_type() else { return Err(not_a_list(list)) };
    let records = StructArray::try_new(fields.clone(), parts, None)?;
    of(element, lengths, Arc::new(records))
}

/// A column of lists of plain values.
pub(crate) fn values(
    list: &DataType,
    lengths: Vec<usize>,
    values: ArrayRef,
) -> Result<ArrayRef, ArrowError> {
    of(element(list)?, lengths, values)
}

/// The type of a part of the records in a list.
pub(crate) fn part(list: &DataType, name: &str) -> Result<DataType, ArrowError> {
    let DataType::Struct(fields) = element(list)?.data_type() else { return Err(not_a_list(list)) };
    let field = fields.iter().find(|field| field.name() == name);
    field.map(|field| field.data_type().clone()).ok_or_else(|| not_a_list(list))
}

fn of(element: &FieldRef, lengths: Vec<usize>, items: ArrayRef) -> Result<ArrayRef, ArrowError> {
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(Arc::new(ListArray::try_new(Arc::clone(element), offsets, items, None)?))
}

fn element(list: &DataType) -> Result<&FieldRef, ArrowError> {
    match list {
        DataType::List(element) => Ok(element),
        _ => Err(not_a_list(list)),
    }
}

fn not_a_list(found: &DataType) -> ArrowError {
    ArrowError::SchemaError(format!("a list of records was expected, not {found}"))
}
