//! Which Arrow types to read a file as, so that the usual columns need no conversion: decimals that
//! are 64-bit integers in the file as such, texts with few different words as dictionaries.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use enterprise::{Catalogue, Kind};
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use parquet::basic::Type as Physical;
use parquet::schema::types::Type;

use crate::resolve::meaning;
use crate::shape::{Holds, industry_type};

/// The schema for [`ArrowReaderOptions::with_schema`]; `metadata` is that of the file read without one.
///
/// [`ArrowReaderOptions::with_schema`]: parquet::arrow::arrow_reader::ArrowReaderOptions::with_schema
pub fn reading_schema(metadata: &ArrowReaderMetadata, catalogue: &Catalogue) -> SchemaRef {
    let schema = metadata.schema();
    let stored = metadata.parquet_schema().root_schema().get_fields();
    let fields = schema.fields().iter().enumerate().map(|(index, field)| {
        let found = field.data_type();
        match faster(field, stored.get(index).map(Arc::as_ref), catalogue) {
            Some(wanted) if wanted != *found => {
                Arc::new(field.as_ref().clone().with_data_type(wanted))
            }
            _ => Arc::clone(field),
        }
    });
    let fields: Vec<_> = fields.collect();
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}

/// A type that costs less to read.
fn faster(field: &Field, stored: Option<&Type>, catalogue: &Catalogue) -> Option<DataType> {
    let Ok(Some(Holds::Fact(indicator, _))) = meaning(field.name(), catalogue) else { return None };
    match (&indicator.kind, field.data_type()) {
        (Kind::Choice(_) | Kind::Industry, found) if is_text(found) => Some(industry_type()),
        (_, DataType::Decimal128(precision, scale)) if *precision <= 18 => {
            let Type::PrimitiveType { physical_type, type_length, .. } = stored? else {
                return None;
            };
            let narrow = match physical_type {
                Physical::INT32 | Physical::INT64 => true,
                Physical::FIXED_LEN_BYTE_ARRAY => *type_length <= 8,
                _ => false,
            };
            narrow.then_some(DataType::Decimal64(*precision, *scale))
        }
        _ => None,
    }
}

fn is_text(found: &DataType) -> bool {
    matches!(found, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}
