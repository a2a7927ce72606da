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
