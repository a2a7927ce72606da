//! In which order a list is wanted: the name of a column, with a minus before it for large first.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use store::Sorted;

/// Something that rows can be sorted by.
pub(crate) trait Column: Copy + Sized + 'static {
    /// All of them with their names.
    const ALL: &'static [(&'static str, Self)];
}

impl Column for store::person::By {
    const ALL: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("login", Self::Login), ("created", Self::Created)];
}

impl Column for store::organisation::By {
    const ALL: &'static [(&'static str, Self)] = &[
        ("entered", Self::Entered),
        ("name", Self::Name),
        ("kind", Self::Kind),
        ("uscc", Self::Code),
        ("district", Self::District),
    ];
}

/// By what firms can be sorted.
#[derive(Clone, Copy, Default)]
pub(crate) enum FirmsBy {
    #[default]
    Code,
    Name,
    Revenue,
    Shortfall,
    Score,
}

impl Column for FirmsBy {
    const ALL: &'static [(&'static str, Self)] = &[
        ("code", Self::Code),
        ("name", Self::Name),
        ("revenue", Self::Revenue),
        ("shortfall", Self::Shortfall),
        ("score", Self::Score),
    ];
}

/// An order.
#[derive(Clone, Copy)]
pub(crate) struct Sort<By>(pub Sorted<By>);

impl<'de, By: Column> Deserialize<'de> for Sort<By> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let (name, down) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text.as_str(), false),
        };
        let found = By::ALL.iter().find(|(one, _)| *one == name);
        let (_, by) = found.ok_or_else(|| D::Error::custom("no such column"))?;
        Ok(Self(Sorted { by: *by, down }))
    }
}

impl<By: Column> JsonSchema for Sort<By> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Sort".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<String> =
            By::ALL.iter().flat_map(|(name, _)| [(*name).to_owned(), format!("-{name}")]).collect();
        json_schema!({ "type": "string", "enum": names })
    }
}
