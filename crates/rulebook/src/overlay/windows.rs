//! The months of event windows within an expression, with their places.

use crate::diagnostic::Span;
use crate::expression::lexer::{TokenKind, tokens};
use crate::read::table::{File, Word};

/// The number in each `last N months` of an expression, as written.
pub(super) fn windows(file: File<'_>, word: &Word<'_>) -> Vec<(String, Span)> {
    let (Some(start), Ok(tokens)) = (word.inner_start(file), tokens(word.text)) else {
        return Vec::new();
    };
    let is = |kind: &TokenKind, name: &str| matches!(kind, TokenKind::Word(word) if word == name);
    let mut found = Vec::new();
    for three in tokens.windows(3) {
        let [last, number, months] = three else { continue };
        if let TokenKind::Number(digits) = &number.kind
            && is(&last.kind, "last")
            && is(&months.kind, "months")
        {
            let at = start + number.at.start..start + number.at.end;
            found.push((digits.clone(), Span::new(&word.span.file, at)));
        }
    }
    found
}

/// Whether an expression names this limit or indicator.
pub(super) fn names(word: &Word<'_>, name: &str) -> bool {
    let is = |kind: &TokenKind| matches!(kind, TokenKind::Word(word) if word == name);
    tokens(word.text).is_ok_and(|tokens| tokens.iter().any(|token| is(&token.kind)))
}

/// The first name in an expression: what a metric is called by.
pub(super) fn first_name(word: &Word<'_>) -> Option<String> {
    tokens(word.text).ok()?.into_iter().find_map(|token| match token.kind {
        TokenKind::Word(word) => Some(word),
        _ => None,
    })
}

/// The edges at which something is held against a limit alone, as seen from what is judged.
pub(super) fn held_against(word: &Word<'_>, name: &str) -> Vec<&'static str> {
    let Ok(tokens) = tokens(word.text) else { return Vec::new() };
    let sign = |at: Option<usize>| match at.and_then(|at| tokens.get(at)).map(|token| &token.kind) {
        Some(TokenKind::Sign(sign)) => *sign,
        _ => "",
    };
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !matches!(&token.kind, TokenKind::Word(word) if word == name) {
            continue;
        }
        let (before, after) = (sign(at.checked_sub(1)), sign(at.checked_add(1)));
        let counts = |sign: &str| matches!(sign, "+" | "-" | "*" | "/");
        found.extend(match (before, after) {
            (">=", after) if !counts(after) => Some("≥"),
            ("<=", after) if !counts(after) => Some("≤"),
            (">", after) if !counts(after) => Some(">"),
            ("<", after) if !counts(after) => Some("<"),
            ("=", after) if !counts(after) => Some("="),
            // Turned round, as one reads it.
            (before, ">=") if !counts(before) => Some("≤"),
            (before, "<=") if !counts(before) => Some("≥"),
            (before, ">") if !counts(before) => Some("<"),
            (before, "<") if !counts(before) => Some(">"),
            (before, "=") if !counts(before) => Some("="),
            _ => None,
        });
    }
    found
}
