//! Industry codes of GB/T 4754-2017 as text. Knows the sections and their divisions, not the
//! thousand classes below them.

use std::fmt;

/// An industry code: a section letter, or two to four digits with the section they lie in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndustryCode {
    section: char,
    digits: String,
}

/// The letters of all sections (门类) of GB/T 4754-2017.
pub const SECTIONS: std::ops::RangeInclusive<char> = 'A'..='T';

/// The section (门类) of a two-digit division (大类).
pub fn section_of_division(division: u8) -> Option<char> {
    Some(match division {
        1..=5 => 'A',
        6..=12 => 'B',
        13..=43 => 'C',
        44..=46 => 'D',
        47..=50 => 'E',
        51..=52 => 'F',
        53..=60 => 'G',
        61..=62 => 'H',
        63..=65 => 'I',
        66..=69 => 'J',
        70 => 'K',
        71..=72 => 'L',
        73..=75 => 'M',
        76..=79 => 'N',
        80..=82 => 'O',
        83 => 'P',
        84..=85 => 'Q',
        86..=90 => 'R',
        91..=96 => 'S',
        97 => 'T',
        _ => return None,
    })
}

impl IndustryCode {
    /// Reads `C`, `34`, `3484` or `C3484`. A letter that contradicts the digits is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let letter = text.chars().next().filter(char::is_ascii_uppercase);
        let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
        if text.len() - digits.len() > 1 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let section = match digits.len() {
            0 => letter.filter(|letter| ('A'..='T').contains(letter))?,
            2..=4 => section_of_division(digits.get(..2)?.parse().ok()?)?,
            _ => return None,
        };
        if letter.is_some_and(|letter| letter != section) {
            return None;
        }
        Some(Self { section, digits: digits.to_owned() })
    }

    /// How many characters of this code a group's code (`C`, `54`, `591`) matches: 0 if it does not.
    pub fn match_length(&self, group: &str) -> usize {
        let is_section = group.len() == 1 && group.starts_with(self.section);
        if is_section {
            1
        } else if group.len() >= 2 && self.digits.starts_with(group) {
            group.len()
        } else {
            0
        }
    }

    /// Whether `group` is a part of this code, so that the code is too coarse to tell.
    pub fn is_wider_than(&self, group: &str) -> bool {
        if group.len() < 2 || group.len() <= self.digits.len() {
            return false;
        }
        if self.digits.is_empty() {
            let division = group.get(..2).and_then(|d| d.parse().ok());
            return division.and_then(section_of_division) == Some(self.section);
        }
        group.starts_with(&self.digits)
    }
}

impl fmt::Display for IndustryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.section, self.digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes_with_and_without_the_letter() {
        for (text, read) in [
            ("C3484", Some("C3484")),
            ("3484", Some("C3484")),
            ("01", Some("A01")),
            ("c", Some("C")),
            ("A3484", None),
            ("3", None),
            ("98", None),
            ("CC34", None),
            ("34840", None),
            ("", None),
        ] {
            let code = IndustryCode::parse(text).map(|code| code.to_string());
            assert_eq!(code.as_deref(), read, "{text}");
        }
    }

    #[test]
    fn prefixes_match_by_length() {
        let code = IndustryCode::parse("5910").unwrap();
        assert_eq!(code.match_length("591"), 3);
        assert_eq!(code.match_length("59"), 2);
        assert_eq!(code.match_length("G"), 1);
        assert_eq!(code.match_length("54"), 0);
        assert!(IndustryCode::parse("59").unwrap().is_wider_than("591"));
        assert!(IndustryCode::parse("G").unwrap().is_wider_than("591"));
        assert!(!code.is_wider_than("591"));
    }
}
