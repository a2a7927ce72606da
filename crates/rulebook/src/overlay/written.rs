//! What stands in a value and where: edges with their operators, texts without their quotes.

use crate::diagnostic::Span;
use crate::expression::measure::quantity;
use crate::read::table::{File, Value, Word};

/// One edge of a band, tier or mark.
pub(super) struct Edge<'a> {
    pub operator: &'static str,
    pub written: &'a str,
    pub span: Span,
}

/// The edges in a text such as `>= 70 %, < 80 %`.
pub(super) fn edges<'a>(file: File<'_>, word: &Word<'a>) -> Vec<Edge<'a>> {
    let Some(start) = word.inner_start(file) else { return Vec::new() };
    let mut found = Vec::new();
    let mut offset = 0;
    for part in word.text.split(',') {
        let signs =
            [(">=", "≥"), ("≥", "≥"), ("<=", "≤"), ("≤", "≤"), (">", ">"), ("<", "<"), ("=", "=")];
        let trimmed = part.trim_start();
        let sign = signs.iter().find(|(sign, _)| trimmed.starts_with(sign));
        if let Some((sign, operator)) = sign {
            let rest = trimmed.get(sign.len()..).unwrap_or_default();
            let written = rest.trim();
            let blank = rest.len() - rest.trim_start().len();
            let from = start + offset + (part.len() - trimmed.len()) + sign.len() + blank;
            let span = Span::new(&word.span.file, from..from + written.len());
            found.push(Edge { operator, written, span });
        }
        offset += part.len() + 1;
    }
    found
}

/// What a value says and where, without quotes.
pub(super) fn inner(value: &Value<'_>) -> Option<(String, Span)> {
    if let Some(word) = value.as_word() {
        let start = word.inner_start(value.file)?;
        return Some((
            word.text.to_owned(),
            Span::new(&word.span.file, start..start + word.text.len()),
        ));
    }
    let span = value.span();
    Some((value.file.text.get(span.start..span.end)?.to_owned(), span))
}

/// Whether two texts say the same quantity.
pub(super) fn same(one: &str, two: &str) -> bool {
    one == two
        || match (quantity(one), quantity(two)) {
            (Ok(one), Ok(two)) => one.unit.agrees(&two.unit) && one.value == two.value,
            _ => false,
        }
}
