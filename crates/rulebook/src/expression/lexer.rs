//! Expression text to tokens.

use std::ops::Range;

use crate::expression::ast::SyntaxError;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub kind: TokenKind,
    pub at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TokenKind {
    /// A name or a keyword.
    Word(String),
    /// Digits, separators and a point, as written.
    Number(String),
    /// A unit behind a number (`万元`, `%`, `项`).
    Unit(String),
    /// A quoted id.
    Quoted(String),
    /// An operator or a bracket.
    Sign(&'static str),
}

const SIGNS: [&str; 18] =
    [">=", "<=", "≥", "≤", ">", "<", "=", "+", "-", "*", "/", "(", ")", "[", "]", "{", "}", ";"];

/// Splits an expression into tokens.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut position = 0;
    while let Some(rest) = text.get(position..)
        && let Some(first) = rest.chars().next()
    {
        if first.is_whitespace() {
            position += first.len_utf8();
            continue;
        }
        let (kind, length) = if first.is_ascii_alphabetic() || first == '_' {
            let length = length_of(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            (TokenKind::Word(rest.get(..length).unwrap_or_default().to_owned()), length)
        } else if first.is_ascii_digit() {
            let length = length_of(rest, |c| c.is_ascii_digit() || c == '.');
            (TokenKind::Number(rest.get(..length).unwrap_or_default().to_owned()), length)
        } else if first == '"' {
            let Some(end) = rest.get(1..).and_then(|inner| inner.find('"')) else {
                return Err(error(
                    position..text.len(),
                    "引号没有结束",
                    "this quote is never closed",
                ));
            };
            (TokenKind::Quoted(rest.get(1..=end).unwrap_or_default().to_owned()), end + 2)
        } else if first == ',' {
            (TokenKind::Sign(","), 1)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            let meant = match *sign {
                "≥" => ">=",
                "≤" => "<=",
                other => other,
            };
            (TokenKind::Sign(meant), sign.len())
        } else if first == '%' || first == '‰' || is_han(first) {
            let length = length_of(rest, |c| c == '%' || c == '‰' || is_han(c));
            (TokenKind::Unit(rest.get(..length).unwrap_or_default().to_owned()), length)
        } else {
            let at = position..position + first.len_utf8();
            return Err(error(
                at,
                &format!("表达式中不能有“{first}”"),
                &format!("`{first}` has no meaning in an expression"),
            ));
        };
        tokens.push(Token { kind, at: position..position + length });
        position += length;
    }
    Ok(tokens)
}

fn length_of(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

pub(crate) fn error(at: Range<usize>, zh: &str, en: &str) -> SyntaxError {
    SyntaxError { at, zh: zh.to_owned(), en: en.to_owned(), too_deep: false }
}
