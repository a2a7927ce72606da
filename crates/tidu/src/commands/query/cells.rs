//! Values of a query as text, as JSON and as cells.

use arrow::array::{Array, ArrayRef, AsArray as _};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

/// The column without a dictionary.
pub(super) fn plain(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match column.data_type() {
        DataType::Dictionary(_, values) => cast(column, values),
        _ => Ok(ArrayRef::clone(column)),
    }
}

/// Writes values as text; nothing for a missing one.
pub(super) fn texts(column: &dyn Array) -> Result<ArrayFormatter<'_>, ArrowError> {
    static OPTIONS: FormatOptions<'static> = FormatOptions::new();
    ArrayFormatter::try_new(column, &OPTIONS)
}

/// Whether values are numbers, which stand to the right.
pub(super) fn is_number(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_number(values),
        kind => kind.is_numeric(),
    }
}

/// A value as JSON, of which the parts stay in their order.
pub(super) enum Json {
    Value(Value),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Array(values) => serializer.collect_seq(values),
            Self::Object(parts) => {
                serializer.collect_map(parts.iter().map(|(key, part)| (key, part)))
            }
        }
    }
}

/// A value as JSON: numbers exactly as they are, days and everything else without a type as text.
pub(super) fn json(column: &ArrayRef, row: usize) -> Result<Json, ArrowError> {
    if column.is_null(row) {
        return Ok(Json::Value(Value::Null));
    }
    let list = |values: ArrayRef| {
        let values = (0..values.len()).map(|index| json(&values, index));
        values.collect::<Result<Vec<_>, _>>().map(Json::Array)
    };
    match column.data_type() {
        DataType::Null => Ok(Json::Value(Value::Null)),
        DataType::Boolean => Ok(Json::Value(Value::Bool(column.as_boolean().value(row)))),
        DataType::Dictionary(..) => json(&plain(column)?, row),
        DataType::List(_) => list(column.as_list::<i32>().value(row)),
        DataType::LargeList(_) => list(column.as_list::<i64>().value(row)),
        DataType::Struct(fields) => {
            let parts = fields.iter().zip(column.as_struct().columns());
            let parts = parts.map(|(field, part)| Ok((field.name().clone(), json(part, row)?)));
            parts.collect::<Result<Vec<_>, ArrowError>>().map(Json::Object)
        }
        kind => {
            let text = texts(column)?.value(row).to_string();
            let number = kind.is_numeric().then(|| serde_json::from_str::<Number>(&text).ok());
            Ok(Json::Value(number.flatten().map_or(Value::String(text), Value::Number)))
        }
    }
}
