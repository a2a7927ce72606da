//! Rule files laid out oddly: the same values, other blanks, more comments. Knows just enough TOML to
//! leave strings alone.

use std::collections::BTreeMap;

/// Whether comments and blank lines may be added.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comments {
    Added,
    Kept,
}

/// Where in TOML a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    Comment,
    /// In a string that this ends.
    Quoted(&'static str),
}

/// Splits a text into stretches of one state, in order.
fn stretches(text: &str) -> Vec<(State, &str)> {
    let mut found = Vec::new();
    let (mut state, mut start, mut at) = (State::Plain, 0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let length = rest.chars().next().unwrap().len_utf8();
        let next = match state {
            State::Plain if rest.starts_with('#') => Some((State::Comment, 0)),
            State::Plain => ["'''", "\"\"\"", "'", "\""]
                .into_iter()
                .find(|quote| rest.starts_with(quote))
                .map(|quote| (State::Quoted(quote), 0)),
            State::Comment => rest.starts_with('\n').then_some((State::Plain, 0)),
            State::Quoted(quote)
                if at > start && rest.starts_with(quote) && at >= start + quote.len() =>
            {
                Some((State::Plain, quote.len()))
            }
            State::Quoted(_) => None,
        };
        match next {
            Some((new, with)) => {
                found.push((state, &text[start..at + with]));
                (state, start) = (new, at + with);
                // The opening quote itself.
                at += if let State::Quoted(quote) = new {
                    quote.len()
                } else {
                    with.max(usize::from(with == 0 && new == State::Comment))
                };
            }
            None if matches!(state, State::Quoted(quote) if quote.starts_with('"'))
                && rest.starts_with('\\') =>
            {
                at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            }
            None => at += length,
        }
    }
    found.push((state, &text[start..]));
    found
}

/// Every comment of a text, trimmed, with how often it stands there.
pub(crate) fn comments(text: &str) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for (state, part) in stretches(text) {
        if state == State::Comment {
            *counted.entry(part.trim().to_owned()).or_default() += 1;
        }
    }
    counted
}

/// The same values in another layout, chosen by `choices`.
pub(crate) fn disturbed(text: &str, choices: &[u8], allowed: Comments) -> String {
    let mut choices = choices.iter().copied().cycle();
    let mut number = 0;
    let mut out = String::new();
    for (state, part) in stretches(text) {
        if state != State::Plain {
            out.push_str(part);
            continue;
        }
        for character in part.chars() {
            let choice = choices.next().unwrap();
            match character {
                ' ' | '=' | ',' | '[' | ']' | '{' | '}' if in_header(&out) => out.push(character),
                ' ' => out.push_str([" ", "  ", "\t", " "][usize::from(choice % 4)]),
                '=' | ',' | ']' | '}' => {
                    out.push_str(["", " ", "", "   "][usize::from(choice % 4)]);
                    out.push(character);
                }
                '{' => {
                    out.push(character);
                    out.push_str(["", " ", "\t"][usize::from(choice % 3)]);
                }
                '\n' => {
                    let tight = in_header(&out);
                    if allowed == Comments::Added && choice % 5 == 1 {
                        number += 1;
                        out.push_str(&format!(" # added behind {number}"));
                    } else if !tight {
                        out.push_str(["", " ", "\t "][usize::from(choice % 3)]);
                    }
                    out.push('\n');
                    if allowed == Comments::Added && choice % 7 == 2 {
                        number += 1;
                        out.push_str(&format!("\n   #added above {number}  \n\n"));
                    }
                    out.push_str(["", "  ", "\t"][usize::from(choice / 7 % 3)]);
                }
                other => out.push(other),
            }
        }
    }
    out
}

/// Whether the line so far is a table's header, or may become one.
fn in_header(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default().trim_start();
    line.is_empty() || (line.starts_with('[') && !line.contains('='))
}
