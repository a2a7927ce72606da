//! The keys of one installation as a text for a file. Does not open the file: who may read it is
//! settled by whoever keeps it.
//!
//! ```text
//! tidu-keys-1
//! seal 1f0c22d9 <64 hexadecimal digits>
//! mac 77ab01e3 <64 hexadecimal digits>
//! ```
//! The last key of a kind is the newest: a key is replaced by adding a line, and the older stays so
//! that what was sealed with it can still be opened. Empty lines and lines with `#` are skipped.

use std::fmt;

use crate::digest::Digest;
use crate::error::Unavailable;
use crate::hex::{from_hex, hex};
use crate::hmac::Hmac;
use crate::key::Key;
use crate::mac::{Mac, MacRing};
use crate::sm4_ccm::Sm4Ccm;

const HEADER: &str = "tidu-keys-1";

/// Key material: keys to seal secrets with, keys to tag records with. The last is the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    seal: Vec<Key>,
    mac: Vec<Key>,
}

/// Why a text is not a key file; lines are counted from 1. Never repeats what could be a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeysError {
    /// The first line is not `tidu-keys-1`.
    Header,
    /// A line is not `seal ID KEY` or `mac ID KEY`.
    Line(usize),
    /// The key in this line is not 64 lower-case hexadecimal digits.
    Digits(usize),
    /// The key in this line does not have the id that stands before it: one of the two was mistyped.
    Id(usize),
    /// The key in this line is there twice.
    Twice(usize),
    /// No key of this kind.
    Missing(&'static str),
}

impl Keys {
    /// New keys, one of each kind.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn random() -> Result<Self, Unavailable> {
        Ok(Self { seal: vec![Key::random()?], mac: vec![Key::random()?] })
    }

    /// The same keys and a newer one of each kind, which is used from now on.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn renewed(mut self) -> Result<Self, Unavailable> {
        self.seal.push(Key::random()?);
        self.mac.push(Key::random()?);
        Ok(self)
    }

    /// Reads the text of a key file.
    ///
    /// # Errors
    /// When it is not one; says the line.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
        lines.next().filter(|(_, line)| *line == HEADER).ok_or(KeysError::Header)?;
        let mut keys = Self { seal: Vec::new(), mac: Vec::new() };
        for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let (kind, id, digits) = match words.as_slice() {
                ["seal", id, digits] => (&mut keys.seal, id, digits),
                ["mac", id, digits] => (&mut keys.mac, id, digits),
                _ => return Err(KeysError::Line(number)),
            };
            let key = Key::from_bytes(from_hex(digits).ok_or(KeysError::Digits(number))?);
            if key.id() != **id {
                return Err(KeysError::Id(number));
            }
            if kind.contains(&key) {
                return Err(KeysError::Twice(number));
            }
            kind.push(key);
        }
        for (kind, found) in [("seal", &keys.seal), ("mac", &keys.mac)] {
            if found.is_empty() {
                return Err(KeysError::Missing(kind));
            }
        }
        Ok(keys)
    }

    /// The text for the file. **Contains the secrets.**
    pub fn to_text(&self) -> String {
        let lines = |kind: &'static str, keys: &[Key]| -> String {
            keys.iter().map(|key| format!("{kind} {} {}\n", key.id(), hex(key.secret()))).collect()
        };
        format!("{HEADER}\n{}{}", lines("seal", &self.seal), lines("mac", &self.mac))
    }

    /// The provider that seals small secrets with these keys: SM4 in software.
    pub fn sealer(&self) -> Sm4Ccm {
        Sm4Ccm::new(self.seal.iter().rev().cloned().collect())
    }

    /// The provider that tags records with these keys: the newest key over `digest` tags, and what any
    /// key tagged over any digest can be checked.
    pub fn macs(&self, digest: &'static dyn Digest) -> MacRing {
        let others = crate::DIGESTS.into_iter().filter(|other| other.name() != digest.name());
        let digests: Vec<&'static dyn Digest> = std::iter::once(digest).chain(others).collect();
        let pairs =
            digests.iter().flat_map(|digest| self.mac.iter().rev().map(|key| (*digest, key)));
        MacRing::new(
            pairs.map(|(digest, key)| -> Box<dyn Mac> { Box::new(Hmac::new(digest, key.clone())) }),
        )
    }
}

impl KeysError {
    /// In Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Header => format!("不是密钥文件：首行应为 {HEADER}"),
            Self::Line(line) => format!("第 {line} 行应为“seal 或 mac、编号、密钥”"),
            Self::Digits(line) => format!("第 {line} 行的密钥应为 64 位小写十六进制数"),
            Self::Id(line) => format!("第 {line} 行的密钥与编号不符，可能抄错"),
            Self::Twice(line) => format!("第 {line} 行的密钥重复"),
            Self::Missing(kind) => format!("缺少 {kind} 密钥"),
        }
    }

    /// In English.
    pub fn en(&self) -> String {
        match self {
            Self::Header => format!("not a key file: the first line has to be {HEADER}"),
            Self::Line(line) => format!("line {line} has to be `seal` or `mac`, an id, a key"),
            Self::Digits(line) => {
                format!("the key in line {line} has to be 64 lower-case hexadecimal digits")
            }
            Self::Id(line) => {
                format!("the key in line {line} does not fit its id: one of them was mistyped")
            }
            Self::Twice(line) => format!("the key in line {line} is there twice"),
            Self::Missing(kind) => format!("there is no {kind} key"),
        }
    }
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

impl std::error::Error for KeysError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_reads_back() {
        let keys = Keys::random().and_then(Keys::renewed).unwrap();
        let text = keys.to_text();
        assert_eq!(Keys::parse(&text), Ok(keys.clone()));
        let kept = text.replacen('\n', "\r\n# 2026-11\r\n\r\n", 1);
        assert_eq!(Keys::parse(&kept), Ok(keys));
    }

    #[test]
    fn a_wrong_key_file_is_refused_with_its_line() {
        let digits = "00".repeat(32);
        let id = Key::from_bytes([0; 32]).id();
        for (text, error) in [
            ("", KeysError::Header),
            ("tidu-keys-2\n", KeysError::Header),
            ("tidu-keys-1\n", KeysError::Missing("seal")),
            ("tidu-keys-1\nseal ID KEY", KeysError::Missing("mac")),
            ("tidu-keys-1\n\nsign ID KEY", KeysError::Line(3)),
            ("tidu-keys-1\nseal KEY", KeysError::Line(2)),
            ("tidu-keys-1\nseal ID KEY0", KeysError::Digits(2)),
            ("tidu-keys-1\nseal 00000000 KEY", KeysError::Id(2)),
            ("tidu-keys-1\nmac ID KEY\nmac ID KEY", KeysError::Twice(3)),
        ] {
            let text = text.replace("KEY", &digits).replace("ID", &id);
            assert_eq!(Keys::parse(&text), Err(error), "{text}");
        }
    }

    #[test]
    fn no_one_sees_a_key_by_printing_it_or_what_holds_it() {
        let keys = Keys::random().unwrap();
        let secrets = [&keys.seal, &keys.mac].map(|kind| hex(kind[0].secret()));
        let macs = keys.macs(&crate::Sm3);
        let wrong = Keys::parse(&keys.to_text().replace("seal ", "seal 0")).unwrap_err();
        for text in [
            format!("{keys:?}"),
            format!("{:?}", keys.sealer()),
            format!("{macs:?}"),
            format!("{wrong:?} {wrong}"),
        ] {
            assert!(secrets.iter().all(|secret| !text.contains(secret)), "{text}");
            let bytes = format!("{:?}", keys.seal[0].secret());
            assert!(!text.contains(&bytes));
        }
    }
}
