//! What columns other than facts look like: plain ones and lists of records. Only their types;
//! what may stand in them is checked elsewhere.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields};

/// The type of a column or of a part of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    /// A unified social credit code.
    Code,
    Day,
    Flag,
    Whole,
    Year,
    /// A list of texts.
    Texts,
    /// A list of records.
    Records(&'static [Part]),
}

/// A part of a record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub name: &'static str,
    pub form: Form,
    /// Whether a record without it says nothing.
    pub required: bool,
}

const fn required(name: &'static str, form: Form) -> Part {
    Part { name, form, required: true }
}

const fn optional(name: &'static str, form: Form) -> Part {
    Part { name, form, required: false }
}

pub(crate) const TITLES: &[Part] =
    &[required("programme", Form::Text), required("from", Form::Day), optional("to", Form::Day)];

pub(crate) const EVENTS: &[Part] = &[
    required("kind", Form::Text),
    required("date", Form::Day),
    optional("attributes", Form::Records(ATTRIBUTES)),
];

pub(crate) const ATTRIBUTES: &[Part] =
    &[required("id", Form::Text), required("value", Form::Whole)];

pub(crate) const COMPLETE: &[Part] =
    &[required("kind", Form::Text), optional("from", Form::Day), required("until", Form::Day)];

pub(crate) const JUDGEMENTS: &[Part] = &[
    required("owner", Form::Text),
    required("criterion", Form::Text),
    required("met", Form::Flag),
    optional("by", Form::Text),
    optional("on", Form::Day),
    optional("note", Form::Text),
];

pub(crate) const RELATIONS: &[Part] =
    &[required("kind", Form::Text), required("other", Form::Code)];

pub(crate) const CONFLICTS: &[Part] = &[
    required("indicator", Form::Text),
    optional("year", Form::Year),
    optional("source", Form::Text),
    required("value", Form::Text),
];

impl Form {
    /// The type in a canonical batch.
    pub fn data_type(self) -> DataType {
        match self {
            Self::Text | Self::Code => DataType::Utf8,
            Self::Day => DataType::Date32,
            Self::Flag => DataType::Boolean,
            Self::Whole => DataType::Int64,
            Self::Year => DataType::Int16,
            Self::Texts => list_of(DataType::Utf8),
            Self::Records(parts) => list_of(DataType::Struct(fields(parts))),
        }
    }
}

/// The fields of a record.
pub(crate) fn fields(parts: &[Part]) -> Fields {
    parts.iter().map(|part| Field::new(part.name, part.form.data_type(), true)).collect()
}

/// `element` is what the Parquet format calls it.
pub(crate) fn list_of(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("element", item, true)))
}
