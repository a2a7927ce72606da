//! The fields of a form or of a query, as they came.

use crate::form::Reader;

/// No form of ours has more.
const MOST: usize = 400;

/// Names and values in the order in which they came.
#[derive(Clone, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

/// Why fields cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unread {
    /// They are more than any form has.
    TooMany,
    /// A name or a value is no text: a broken escape, bytes that are not UTF-8, signs that nobody types.
    NoText,
}

impl Fields {
    /// Reads `name=value&…`, as it is or not at all: what was sent is never guessed at.
    pub fn read(text: &[u8]) -> Result<Self, Unread> {
        let mut all = Vec::new();
        for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if all.len() == MOST {
                return Err(Unread::TooMany);
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let mut half = || decoded(halves.next().unwrap_or_default()).ok_or(Unread::NoText);
            all.push((half()?, half()?));
        }
        Ok(Self(all))
    }

    /// The value of a field, if it is there once.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(one, _)| one == name).map(|(_, value)| value);
        let first = found.next();
        if found.next().is_some() { None } else { first.map(String::as_str) }
    }

    /// The value without room around it; none if nothing is left.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// Names and values in the order in which they came.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// All but some.
    pub fn without(&self, names: &[&str]) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        Self(kept.cloned().collect())
    }

    /// As a form. None if a field is missing, is there twice, or is none of the form's.
    pub fn form<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        // Fields of our own that every form has begin so.
        let own = self.0.iter().filter(|(name, _)| !name.starts_with('_'));
        T::deserialize(Reader::new(own)).ok()
    }

    /// The same as `name=value&…`, with one more.
    pub fn query_with(&self, name: &str, value: &str) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        for (one, kept) in self.0.iter().filter(|(one, kept)| one != name && !kept.is_empty()) {
            out.append_pair(one, kept);
        }
        out.append_pair(name, value);
        out.finish()
    }
}

/// What stands behind escapes. None if that is no text, or has control characters other than those of a text field.
fn decoded(text: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => *other,
        });
    }
    let text = String::from_utf8(bytes).ok()?;
    text.chars().all(is_typed).then_some(text)
}

/// Whether a sign can be typed into a field. U+0000 and its like are kept by one engine and refused by the other.
pub(crate) fn is_typed(sign: char) -> bool {
    !sign.is_control() || matches!(sign, '\t' | '\n' | '\r')
}

/// The same as `name=value&…`, without fields that were left empty.
impl std::fmt::Display for Fields {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.0.iter().filter(|(_, value)| !value.is_empty()) {
            text.append_pair(name, value);
        }
        out.write_str(&text.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_was_sent_or_nothing() {
        let read = |text: &[u8]| {
            let all = Fields::read(text).ok()?;
            Some(all.get("name")?.to_owned())
        };
        let table: [(&[u8], Option<&str>); 14] = [
            (b"name=%E5%BC%A0+%E4%B8%89", Some("张 三")),
            (b"a=1&name=x%26y%3Dz&b", Some("x&y=z")),
            (b"name=a=b", Some("a=b")),
            (b"name=one%0D%0Atwo%09three", Some("one\r\ntwo\tthree")),
            (b"name=", Some("")),
            (b"name", Some("")),
            ("name=张".as_bytes(), Some("张")),
            (b"name=%ff%fe", None),
            (b"name=\xff", None),
            (b"name=%zz", None),
            (b"name=100%", None),
            (b"name=%4", None),
            (b"name=a%00b", None),
            (b"%e5=1&name=x", None),
        ];
        for (text, expected) in table {
            assert_eq!(read(text).as_deref(), expected, "{}", String::from_utf8_lossy(text));
        }
    }
}
