//! Rust text cut into comments, string literals and code, so that a rule looks only where it should.
//! It is no parser: it knows where literals and comments end, and nothing of what code means.

use std::str::Chars;

/// A word or a single sign of code, or the inside of a string literal, with the line it starts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) line: usize,
    pub(super) text: String,
}

/// Words (names, keywords, numbers) and signs, without comments and literals.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    cut(source).code
}

/// The insides of string literals as written, escapes and all.
pub(super) fn literals(source: &str) -> Vec<Token> {
    cut(source).literals
}

/// Where a run of tokens occurs, as an index.
pub(super) fn positions(tokens: &[Token], pattern: &[&str]) -> Vec<usize> {
    if pattern.is_empty() {
        return Vec::new();
    }
    let matches =
        |window: &[Token]| window.iter().zip(pattern).all(|(token, text)| token.text == *text);
    (0..)
        .zip(tokens.windows(pattern.len()))
        .filter(|(_, window)| matches(window))
        .map(|(position, _)| position)
        .collect()
}

/// Where a run of tokens occurs, as a line.
pub(super) fn find(tokens: &[Token], pattern: &[&str]) -> Vec<usize> {
    positions(tokens, pattern)
        .into_iter()
        .filter_map(|position| tokens.get(position).map(|token| token.line))
        .collect()
}

#[derive(Default)]
struct Parts {
    code: Vec<Token>,
    literals: Vec<Token>,
}

fn cut(source: &str) -> Parts {
    let mut parts = Parts::default();
    let mut cursor = Cursor { rest: source.chars(), line: 1 };
    while let Some(next) = cursor.peek() {
        let line = cursor.line;
        if cursor.sees("//") {
            cursor.take_while(|letter| letter != '\n');
        } else if cursor.sees("/*") {
            cursor.skip_block_comment();
        } else if let Some(opening) = opening_of_literal(cursor.rest.as_str()) {
            let text = cursor.take_literal(opening);
            parts.literals.push(Token { line, text });
        } else if next == '\'' {
            cursor.skip_char_or_lifetime();
        } else if is_of_word(next) {
            let text = cursor.take_while(is_of_word);
            parts.code.push(Token { line, text });
        } else {
            cursor.bump();
            if !next.is_whitespace() {
                let text = next.to_string();
                parts.code.push(Token { line, text });
            }
        }
    }
    parts
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// How a string literal begins: the characters up to its first quote, and the hashes that close a raw one.
struct Opening {
    length: usize,
    raw: bool,
    hashes: usize,
}

fn opening_of_literal(rest: &str) -> Option<Opening> {
    let unprefixed = rest.strip_prefix(['b', 'c']).unwrap_or(rest);
    let (raw, after_prefix) = match unprefixed.strip_prefix('r') {
        Some(after) => (true, after),
        None => (false, unprefixed),
    };
    let hashes = match raw {
        true => after_prefix.chars().take_while(|sign| *sign == '#').count(),
        false => 0,
    };
    if after_prefix.chars().nth(hashes) != Some('"') {
        return None;
    }
    let prefix = rest.len().saturating_sub(after_prefix.len());
    Some(Opening { length: prefix.saturating_add(hashes).saturating_add(1), raw, hashes })
}

struct Cursor<'a> {
    rest: Chars<'a>,
    line: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn sees(&self, text: &str) -> bool {
        self.rest.as_str().starts_with(text)
    }

    fn bump(&mut self) -> Option<char> {
        let letter = self.rest.next();
        if letter == Some('\n') {
            self.line = self.line.saturating_add(1);
        }
        letter
    }

    fn skip(&mut self, letters: usize) {
        for _ in 0..letters {
            self.bump();
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(letter) = self.peek().filter(|letter| wanted(*letter)) {
            text.push(letter);
            self.bump();
        }
        text
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            if self.sees("/*") {
                depth = depth.saturating_add(1);
                self.skip(2);
            } else if self.sees("*/") {
                depth = depth.saturating_sub(1);
                self.skip(2);
            } else if self.bump().is_none() {
                return;
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn take_literal(&mut self, opening: Opening) -> String {
        self.skip(opening.length);
        let closing = format!("\"{}", "#".repeat(opening.hashes));
        let mut text = String::new();
        while !self.sees(&closing) {
            let Some(letter) = self.bump() else {
                return text;
            };
            text.push(letter);
            if letter == '\\' && !opening.raw {
                text.extend(self.bump());
            }
        }
        self.skip(closing.len());
        text
    }

    /// `'a'` and `'\n'` are characters; `'a` is a lifetime, whose name is left to be read as a word.
    fn skip_char_or_lifetime(&mut self) {
        self.bump();
        if self.peek() == Some('\\') {
            self.skip(2);
            self.take_while(|letter| letter != '\'');
            self.bump();
        } else if self.rest.clone().nth(1) == Some('\'') {
            self.skip(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, code: &str, literals: &[&str]) {
        let parts = cut(source);
        let words = |tokens: &[Token]| -> Vec<String> {
            tokens.iter().map(|token| token.text.clone()).collect()
        };
        assert_eq!(words(&parts.code).join(" "), code, "{source}");
        assert_eq!(words(&parts.literals), literals, "{source}");
    }

    #[test]
    fn comments_are_left_out() {
        check("a // b \"c\"\nd", "a d", &[]);
        check("a /* b /* c */ \" */ d", "a d", &[]);
        check("a / b", "a / b", &[]);
        check("a /* never closed", "a", &[]);
    }

    #[test]
    fn string_literals_of_every_kind() {
        check(r#"f("a // b")"#, "f ( )", &["a // b"]);
        check(r#"x = "a\"b\\";"#, "x = ;", &[r#"a\"b\\"#]);
        check("x = r\"a\\\";", "x = ;", &["a\\"]);
        check("r##\"a\"#b\"##;", ";", &["a\"#b"]);
        check("b\"a\" c\"b\" br#\"c\"# cr\"d\"", "", &["a", "b", "c", "d"]);
        check("\"\" \"企业\"", "", &["", "企业"]);
    }

    #[test]
    fn names_that_look_like_a_prefix() {
        check("r#type b r c br", "r # type b r c br", &[]);
        check("bar\"a\"", "bar", &["a"]);
    }

    #[test]
    fn characters_and_lifetimes() {
        check("'\"' + '\\'' + b'x' + '\\u{4f01}'", "+ + b +", &[]);
        check("&'a str, 'static", "& a str , static", &[]);
        check("f('a', 'b')", "f ( , )", &[]);
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let source = "a\n/* \n */ \"b\n\" c\n// d\n'\n' e";
        let lines: Vec<(usize, String)> =
            cut(source).code.into_iter().map(|token| (token.line, token.text)).collect();
        assert_eq!(lines, [(1, "a".into()), (4, "c".into()), (7, "e".into())]);
        let literal = literals(source);
        assert_eq!(literal.first().map(|literal| literal.line), Some(3));
    }

    #[test]
    fn runs_of_tokens() {
        let tokens = tokens("a::b;\na :: b; a:b");
        assert_eq!(find(&tokens, &["a", ":", ":", "b"]), [1, 2]);
        assert!(find(&tokens, &["c"]).is_empty());
        assert!(find(&tokens, &[]).is_empty());
    }
}
