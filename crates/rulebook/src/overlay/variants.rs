//! What is to be set: `ADDRESS=VALUE`, or a file of named variants.

use std::sync::Arc;

use enterprise::Text;
use toml::de::DeTable;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::read::table::{File, Sink, Table, Value, Word};
use crate::syntax::in_chinese;

/// One number to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Which one.
    pub address: String,
    /// To what.
    pub value: String,
    /// Where that is asked for, in a file of variants.
    pub place: Option<Span>,
}

/// Numbers that are set together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variant {
    /// What it is called.
    pub name: String,
    /// What people read, if it says so.
    pub label: Option<Text>,
    /// The settings.
    pub settings: Vec<Setting>,
}

/// Reads `ADDRESS=VALUE`.
pub fn read_setting(text: &str) -> Option<Setting> {
    let (address, value) = text.split_once('=')?;
    let (address, value) = (address.trim(), value.trim());
    let full = !address.is_empty() && !value.is_empty();
    full.then(|| Setting { address: address.to_owned(), value: value.to_owned(), place: None })
}

/// Reads a file of variants: `[variant.stricter]` with `set = { "ADDRESS" = "VALUE" }`.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read_variants(path: &str, text: &str) -> Result<Vec<Variant>, Vec<Diagnostic>> {
    let sink = Sink::default();
    let path: Arc<str> = path.into();
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            let words = error.message().lines().next().unwrap_or_default();
            return Err(vec![Diagnostic::new(
                Code::TomlSyntax,
                Span::new(&path, at),
                format!("文件不是有效的 TOML：{}", in_chinese(words)),
                format!("the file is not valid TOML: {words}"),
            )]);
        }
    };
    let file = File { path: &path, text, sink: &sink };
    let table = Table::of(file, &root);
    let variants = table.need("variant").and_then(|value| value.table());
    table.text("note");
    table.finish();
    let mut found: Vec<Variant> = Vec::new();
    for (name, value) in variants.iter().flat_map(Table::entries) {
        name.check_id(file, '-');
        let Some(table) = value.table() else { continue };
        let label = table.get("label").and_then(|value| value.text());
        let set = table.need("set").and_then(|value| value.table());
        let entries = set.iter().flat_map(Table::entries);
        let settings = entries.filter_map(|(key, value)| setting(&key, &value)).collect();
        table.text("note");
        table.finish();
        found.push(Variant { name: name.text.to_owned(), label, settings });
    }
    let problems = sink.take();
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn setting(key: &Word<'_>, value: &Value<'_>) -> Option<Setting> {
    let place = Span { end: value.span().end, ..key.span.clone() };
    let address = key.text.trim().to_owned();
    Some(Setting { address, value: value.scalar()?, place: Some(place) })
}
