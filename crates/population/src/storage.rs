//! How a file may store what a column says, and what its types are called in SQL, the language of
//! those who make such files. Types only.

use arrow::datatypes::DataType;
use enterprise::Kind;

use crate::form::{Form, Part};
use crate::shape::Holds;

/// Why a type cannot be read.
pub(crate) enum Unfit {
    /// Another type altogether, of the column or of this part of it.
    Type { part: String, found: DataType, wanted: String },
    /// A record lacks this part.
    Lacking(String),
}

/// Whether the column can be read from this type.
pub(crate) fn fits(holds: &Holds, found: &DataType) -> Result<(), Unfit> {
    let wrong = |good: bool| {
        if good || *found == DataType::Null {
            return Ok(());
        }
        Err(Unfit::Type { part: String::new(), found: found.clone(), wanted: wanted(holds) })
    };
    match holds {
        Holds::Special(special) => form_fits(special.form(), found, ""),
        Holds::Fact(indicator, _) => match indicator.kind {
            Kind::Money | Kind::Ratio | Kind::Number { .. } => wrong(is_exact(found)),
            Kind::Date => wrong(is_day(found)),
            Kind::Flag => wrong(*found == DataType::Boolean),
            Kind::Choice(_) | Kind::Industry => wrong(is_text(found)),
        },
    }
}

fn form_fits(form: Form, found: &DataType, part: &str) -> Result<(), Unfit> {
    let good = match form {
        Form::Text | Form::Code => is_text(found),
        Form::Day => is_day(found),
        Form::Flag => *found == DataType::Boolean,
        Form::Whole | Form::Year => is_exact(found),
        Form::Texts => match item(found) {
            Some(item) => return form_fits(Form::Text, item, part),
            None => false,
        },
        Form::Records(parts) => match item(found) {
            Some(DataType::Struct(fields)) => return parts_fit(parts, fields, part),
            Some(DataType::Null) => true,
            _ => false,
        },
    };
    if good || *found == DataType::Null {
        return Ok(());
    }
    Err(Unfit::Type { part: part.to_owned(), found: found.clone(), wanted: form_name(form) })
}

fn parts_fit(parts: &[Part], fields: &arrow::datatypes::Fields, path: &str) -> Result<(), Unfit> {
    for part in parts {
        let path =
            if path.is_empty() { part.name.to_owned() } else { format!("{path}.{}", part.name) };
        match fields.find(part.name) {
            Some((_, field)) => form_fits(part.form, field.data_type(), &path)?,
            None if part.required => return Err(Unfit::Lacking(path)),
            None => {}
        }
    }
    Ok(())
}

/// The type of a list's items.
pub(crate) fn item(list: &DataType) -> Option<&DataType> {
    match list {
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            Some(item.data_type())
        }
        _ => None,
    }
}

fn is_exact(found: &DataType) -> bool {
    found.is_integer() || found.is_decimal()
}

fn is_day(found: &DataType) -> bool {
    matches!(found, DataType::Date32 | DataType::Date64)
}

fn is_text(found: &DataType) -> bool {
    match found {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, value) => is_text(value),
        _ => false,
    }
}

/// The type that a column should have, in SQL.
pub(crate) fn wanted(holds: &Holds) -> String {
    match holds {
        Holds::Special(special) => form_name(special.form()),
        Holds::Fact(indicator, _) => match &indicator.kind {
            Kind::Money => "DECIMAL(18,2)".to_owned(),
            Kind::Ratio => "DECIMAL(18,6)".to_owned(),
            Kind::Number { decimals: 0, .. } => "BIGINT".to_owned(),
            Kind::Number { decimals, .. } => format!("DECIMAL(18,{decimals})"),
            Kind::Date => "DATE".to_owned(),
            Kind::Flag => "BOOLEAN".to_owned(),
            Kind::Choice(_) | Kind::Industry => "VARCHAR".to_owned(),
        },
    }
}

fn form_name(form: Form) -> String {
    match form {
        Form::Text | Form::Code => "VARCHAR".to_owned(),
        Form::Day => "DATE".to_owned(),
        Form::Flag => "BOOLEAN".to_owned(),
        Form::Whole => "BIGINT".to_owned(),
        Form::Year => "SMALLINT".to_owned(),
        Form::Texts => "VARCHAR[]".to_owned(),
        Form::Records(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| format!("\"{}\" {}", part.name, form_name(part.form)))
                .collect();
            format!("STRUCT({})[]", parts.join(", "))
        }
    }
}

/// What a type is called in SQL; Arrow's word where there is none.
pub(crate) fn sql_name(found: &DataType) -> String {
    match found {
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Int8 => "TINYINT".to_owned(),
        DataType::Int16 => "SMALLINT".to_owned(),
        DataType::Int32 => "INTEGER".to_owned(),
        DataType::Int64 => "BIGINT".to_owned(),
        DataType::Float16 | DataType::Float32 => "FLOAT".to_owned(),
        DataType::Float64 => "DOUBLE".to_owned(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "VARCHAR".to_owned(),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => "BLOB".to_owned(),
        DataType::Date32 | DataType::Date64 => "DATE".to_owned(),
        DataType::Timestamp(..) => "TIMESTAMP".to_owned(),
        DataType::Time32(_) | DataType::Time64(_) => "TIME".to_owned(),
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale) => format!("DECIMAL({precision},{scale})"),
        DataType::Dictionary(_, value) => sql_name(value),
        DataType::Struct(_) => "STRUCT".to_owned(),
        DataType::Map(..) => "MAP".to_owned(),
        other => match item(other) {
            Some(item) => format!("{}[]", sql_name(item)),
            None => other.to_string(),
        },
    }
}
