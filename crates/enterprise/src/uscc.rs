//! The unified social credit code (统一社会信用代码, GB 32100-2015).

use std::fmt;
use std::str::FromStr;

use crate::problem::{Problem, ProblemKind};
use crate::text::Text;

/// An 18-character code whose check character has been verified.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uscc(String);

/// Why a text is not a unified social credit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UsccError {
    /// Not 18 characters long.
    Length(usize),
    /// A character that the code does not use (I, O, S, V, Z and everything else), at this place from 1.
    Character(usize, char),
    /// The check character should have been another one.
    Check {
        /// What the first 17 characters require.
        expected: char,
        /// What stands there.
        found: char,
    },
}

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

const NO_VALUE: u8 = u8::MAX;

/// The value of each byte in the code's alphabet.
const VALUES: [u8; 256] = {
    let alphabet = ALPHABET.as_bytes();
    let mut values = [NO_VALUE; 256];
    let mut value = 0;
    // A constant is evaluated by the compiler, which refuses an index that is out of bounds.
    #[allow(clippy::indexing_slicing)]
    while value < alphabet.len() {
        values[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    values
};

impl Uscc {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `text` is a code exactly as it is stored: upper-case, without blanks, with the right check
    /// character. Allocates nothing: populations ask it for every row.
    pub fn is_code(text: &str) -> bool {
        let bytes = text.as_bytes();
        let (mut sum, mut wrong) = (0, bytes.len() != 18);
        // The check character makes the weighted sum a multiple of 31; its own weight is 1.
        for (byte, weight) in bytes.iter().zip(WEIGHTS.iter().chain(&[1])) {
            let value = VALUES.get(usize::from(*byte)).copied().unwrap_or(NO_VALUE);
            wrong |= value == NO_VALUE;
            sum += u32::from(value) * weight;
        }
        !wrong && sum.is_multiple_of(31)
    }

    /// The check character that the first 17 characters of `text` require.
    ///
    /// # Errors
    /// When one of them is missing or is not of the code's alphabet.
    pub fn check_character(text: &str) -> Result<char, UsccError> {
        let mut sum = 0;
        let mut seen = 0;
        for (place, (character, weight)) in text.chars().zip(WEIGHTS).enumerate() {
            let value = value_of(character).ok_or(UsccError::Character(place + 1, character))?;
            sum += value * weight;
            seen += 1;
        }
        if seen < WEIGHTS.len() {
            return Err(UsccError::Length(seen));
        }
        let index = (31 - sum % 31) % 31;
        ALPHABET.chars().nth(index as usize).ok_or(UsccError::Length(seen))
    }

    /// Whether the embedded organisation code (places 9 to 17) passes its own older check (GB 11714).
    /// A failure is a reason to look again, not to refuse.
    pub fn organisation_code_checks(&self) -> bool {
        const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
        let organisation: Vec<char> = self.0.chars().skip(8).take(9).collect();
        let sum: u32 = organisation
            .iter()
            .zip(ORGANISATION_WEIGHTS)
            .map(|(character, weight)| character.to_digit(36).unwrap_or(0) * weight)
            .sum();
        let expected = match 11 - sum % 11 {
            10 => 'X',
            11 => '0',
            digit => char::from_digit(digit, 10).unwrap_or('0'),
        };
        organisation.last() == Some(&expected)
    }
}

fn value_of(character: char) -> Option<u32> {
    ALPHABET.chars().position(|c| c == character).and_then(|index| u32::try_from(index).ok())
}

impl FromStr for Uscc {
    type Err = UsccError;

    /// Accepts lower-case letters and surrounding blanks; the stored code is upper-case.
    fn from_str(text: &str) -> Result<Self, UsccError> {
        let code = text.trim().to_ascii_uppercase();
        let length = code.chars().count();
        if length != 18 {
            return Err(UsccError::Length(length));
        }
        let expected = Self::check_character(&code)?;
        let found = code.chars().nth(17).unwrap_or_default();
        if value_of(found).is_none() {
            return Err(UsccError::Character(18, found));
        }
        if found != expected {
            return Err(UsccError::Check { expected, found });
        }
        Ok(Self(code))
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A code in 12 bytes: the first 17 characters in base 36 take 88 bits; the last one follows from them.
/// Two codes have the same only if they are the same.
pub fn packed_code(code: &str) -> [u32; 3] {
    let number = code.chars().take(17).fold(0u128, |number, character| {
        number.wrapping_mul(36).wrapping_add(u128::from(character.to_digit(36).unwrap_or(0)))
    });
    // Three truncating casts that together keep every bit.
    [number as u32, (number >> 32) as u32, (number >> 64) as u32]
}

/// Why `text` is no code.
pub fn uscc_problem(text: &str, error: &UsccError) -> Problem {
    let given: String = text.trim().chars().take(40).collect();
    let (zh, en) = match error {
        UsccError::Length(length) => (
            format!("统一社会信用代码应为 18 位，“{given}”是 {length} 位"),
            format!("the unified social credit code has 18 characters, `{given}` has {length}"),
        ),
        UsccError::Character(place, character) => (
            format!(
                "“{given}”第 {place} 位“{character}”不是统一社会信用代码的字符（不用 I、O、S、V、Z）"
            ),
            format!(
                "character {place} of `{given}`, `{character}`, is not used in the code (no I, O, S, V, Z)"
            ),
        ),
        UsccError::Check { expected, found } => (
            format!("“{given}”的校验位不对：按前 17 位应为“{expected}”，而不是“{found}”"),
            format!(
                "the check character of `{given}` is wrong: the first 17 require `{expected}`, not `{found}`"
            ),
        ),
    };
    Problem::refused(
        ProblemKind::Uscc,
        Text::new(zh, en),
        Text::new("请对照营业执照核对整个代码", "compare the whole code with the business licence"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: [&str; 4] =
        ["91370202MA0000000Y", "91370211MA00000013", "91370281MACDEFGH2K", "92370285MA3ABCDE79"];

    #[test]
    fn the_check_character_decides() {
        for code in VALID {
            assert!(code.parse::<Uscc>().is_ok(), "{code}");
            assert!(Uscc::is_code(code), "{code}");
            for other in ALPHABET.chars().filter(|c| !code.ends_with(*c)) {
                let wrong: String = code.chars().take(17).chain([other]).collect();
                assert!(matches!(wrong.parse::<Uscc>(), Err(UsccError::Check { .. })), "{wrong}");
                assert!(!Uscc::is_code(&wrong), "{wrong}");
            }
        }
    }

    #[test]
    fn the_older_embedded_check_only_warns() {
        for code in VALID {
            let code: Uscc = code.parse().unwrap();
            assert!(!code.organisation_code_checks());
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!("9137".parse::<Uscc>(), Err(UsccError::Length(4)));
        assert_eq!("9137020IMA0000000Y".parse::<Uscc>(), Err(UsccError::Character(8, 'I')));
        assert!(" 91370202ma0000000y ".parse::<Uscc>().is_ok());
        for text in
            ["91370202ma0000000y", " 91370202MA0000000Y", "91370202MA0000000", "", "统一社会信"]
        {
            assert!(!Uscc::is_code(text), "{text}");
        }
    }
}
