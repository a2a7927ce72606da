//! `tidu fmt`: one layout for rule files. Comments stay where they are; nothing is reordered and no
//! value changes.

use std::ops::Range;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use crate::expression::parser::parse;
use crate::expression::print::print;

/// Keys whose text is an expression.
const EXPRESSIONS: [&str; 6] = ["require", "when", "value", "formula", "given", "amount"];
/// A line may be so long before a list is broken over several lines.
const WIDTH: usize = 100;

/// Why a file cannot be laid out: it is not valid TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// What the reader of TOML says.
    pub message: String,
    /// Where.
    pub at: Option<Range<usize>>,
}

/// Lays out a rule file.
///
/// # Errors
/// When the text is not valid TOML.
pub fn format(text: &str) -> Result<String, FormatError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| FormatError {
            message: error.message().lines().next().unwrap_or_default().to_owned(),
            at: error.span(),
        })?;
    lay_out_table(document.as_table_mut(), true);
    // The last line may end without a line break.
    let trailing = format!("{}\n", document.trailing().as_str().unwrap_or_default());
    let trailing = comments(&trailing, false);
    document.set_trailing(trailing);
    let mut out = document.to_string();
    while out.starts_with('\n') {
        out.remove(0);
    }
    let out = out.trim_end_matches(['\n', ' ', '\t']);
    Ok(if out.is_empty() { String::new() } else { format!("{out}\n") })
}

fn lay_out_table(table: &mut Table, root: bool) {
    if !root && !table.is_implicit() {
        let before = comments(prefix(table.decor()), true);
        let after = trailing_comment(suffix(table.decor()));
        table.decor_mut().set_prefix(before);
        table.decor_mut().set_suffix(after);
    }
    let width = table
        .iter()
        .filter(|(_, item)| item.is_value())
        .map(|(key, _)| key.chars().count())
        .max()
        .unwrap_or_default();
    for (mut key, item) in table.iter_mut() {
        match item {
            Item::Value(value) => {
                let name = key.get().to_owned();
                let before = comments(prefix(key.leaf_decor()), false);
                key.leaf_decor_mut().set_prefix(before);
                let padding = " ".repeat(width.saturating_sub(name.chars().count()) + 1);
                key.leaf_decor_mut().set_suffix(padding);
                let after = trailing_comment(suffix(value.decor()));
                if EXPRESSIONS.contains(&name.as_str()) {
                    lay_out_expression(value);
                }
                lay_out_value(value, width + 3);
                value.decor_mut().set_prefix(" ");
                value.decor_mut().set_suffix(after);
            }
            Item::Table(inner) => lay_out_table(inner, false),
            Item::ArrayOfTables(tables) => {
                for inner in tables.iter_mut() {
                    lay_out_table(inner, false);
                }
            }
            Item::None => {}
        }
    }
}

fn lay_out_value(value: &mut Value, indent: usize) {
    match value {
        Value::Array(array) => lay_out_array(array, indent),
        Value::InlineTable(table) => lay_out_inline(table, indent),
        _ => {}
    }
}

fn lay_out_inline(table: &mut InlineTable, indent: usize) {
    if has_comment(&table.to_string()) {
        return;
    }
    let last = table.len().saturating_sub(1);
    for (index, (mut key, value)) in table.iter_mut().enumerate() {
        let expression = EXPRESSIONS.contains(&key.get());
        key.leaf_decor_mut().set_prefix(" ");
        key.leaf_decor_mut().set_suffix(" ");
        if expression {
            lay_out_expression(value);
        }
        lay_out_value(value, indent);
        value.decor_mut().set_prefix(" ");
        value.decor_mut().set_suffix(if index == last { " " } else { "" });
    }
    table.set_trailing("");
    table.set_trailing_comma(false);
}

fn lay_out_array(array: &mut Array, indent: usize) {
    // A comment between the parts says something about one of them: it keeps its place.
    if has_comment(&array.to_string()) {
        return;
    }
    for (index, value) in array.iter_mut().enumerate() {
        lay_out_value(value, indent);
        value.decor_mut().set_prefix(if index == 0 { "" } else { " " });
        value.decor_mut().set_suffix("");
    }
    array.set_trailing("");
    array.set_trailing_comma(false);
    let tables = array.iter().filter(|value| value.is_inline_table()).count();
    let too_long = array.to_string().trim().chars().count() + indent > WIDTH;
    if array.len() > 1 && (tables > 1 || too_long) {
        for value in array.iter_mut() {
            value.decor_mut().set_prefix("\n  ");
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
}

/// A condition in one layout, in single quotes. What cannot be read, or runs over several lines,
/// stays as it is.
fn lay_out_expression(value: &mut Value) {
    let Some(text) = value.as_str() else { return };
    // A date reads like a subtraction.
    if text.contains('\n') || text.contains('\'') || enterprise::parse_date(text).is_some() {
        return;
    }
    let Ok(expr) = parse(text) else { return };
    // A quantity (`amount = "100 万元"`, a fact's value) is no expression.
    if matches!(expr.node, crate::expression::ast::Node::Number(..)) {
        return;
    }
    if let Ok(laid_out) = format!("'{}'", print(&expr)).parse::<Value>() {
        *value = laid_out;
    }
}

fn prefix(decor: &toml_edit::Decor) -> &str {
    decor.prefix().and_then(|raw| raw.as_str()).unwrap_or_default()
}

fn suffix(decor: &toml_edit::Decor) -> &str {
    decor.suffix().and_then(|raw| raw.as_str()).unwrap_or_default()
}

/// Comment lines before something: trimmed, at most one blank line between them; one blank line
/// before a table header.
fn comments(raw: &str, header: bool) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let all: Vec<&str> = raw.split('\n').collect();
    // What follows the last line break is the indentation of the thing itself.
    let before = all.get(..all.len().saturating_sub(1)).unwrap_or_default();
    for line in before.iter().map(|line| line.trim()) {
        if line.is_empty() && lines.last().is_none_or(|last| last.is_empty()) && !lines.is_empty() {
            continue;
        }
        lines.push(line);
    }
    let has_comment = lines.iter().any(|line| !line.is_empty());
    if header {
        while lines.first().is_some_and(|line| line.is_empty()) {
            lines.remove(0);
        }
        if !has_comment {
            return "\n".to_owned();
        }
        return format!("\n{}\n", lines.join("\n"));
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("{}\n", lines.join("\n"))
}

fn trailing_comment(raw: &str) -> String {
    let comment = raw.trim();
    if comment.starts_with('#') { format!("  {comment}") } else { String::new() }
}

/// Whether TOML text has a comment: a `#` outside of quotes.
fn has_comment(toml: &str) -> bool {
    const QUOTES: [&str; 4] = ["'''", "\"\"\"", "'", "\""];
    let mut rest = toml;
    while let Some(at) = rest.find(['#', '\'', '"']) {
        let (_, found) = rest.split_at(at);
        let Some(quote) = QUOTES.into_iter().find(|quote| found.starts_with(quote)) else {
            return true;
        };
        rest = found.strip_prefix(quote).unwrap_or_default();
        // Up to the closing quote; a basic string may escape one.
        while let Some(next) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix(quote) {
                rest = after;
                break;
            }
            let mut characters = rest.chars();
            characters.next();
            if next == '\\' && quote.starts_with('"') {
                characters.next();
            }
            rest = characters.as_str();
        }
    }
    false
}
