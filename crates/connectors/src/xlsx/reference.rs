//! Cell references (`XFD1048576`) and day numbers, with checked arithmetic: both come from the file.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// Row from 1 and column from 0 of a reference such as `C5`.
pub(crate) fn cell(text: &str) -> Option<(u64, u32)> {
    let digits = text.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    let letters = text.strip_suffix(digits)?;
    if letters.is_empty() || letters.len() > 3 || digits.len() > 9 {
        return None;
    }
    let column = letters.chars().try_fold(0u32, |column, letter| {
        letter.to_digit(36).map(|digit| column * 26 + digit - 9)
    })?;
    Some((row(digits)?, column.checked_sub(1)?))
}

/// A row number from 1.
pub(crate) fn row(text: &str) -> Option<u64> {
    let plain =
        !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|row| plain && *row > 0)
}

/// The day that Excel means by a number; a time of day is dropped. `None` for what is no day,
/// among them the 29 February 1900, which Excel knows and the calendar does not.
pub(crate) fn day(number: f64, since_1904: bool) -> Option<Date> {
    let last = 2_958_466.0;
    if !number.is_finite() || !(0.0..last).contains(&number) {
        return None;
    }
    // In range, checked above.
    let days = number.floor() as i64;
    let (epoch, days) = match (since_1904, days) {
        (true, days) => (date(1904, 1, 1), days),
        (false, 0 | 60) => return None,
        (false, days @ 1..=59) => (date(1899, 12, 31), days),
        (false, days) => (date(1899, 12, 30), days),
    };
    epoch.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        assert_eq!(cell("A1"), Some((1, 0)));
        assert_eq!(cell("xfd1048576"), Some((1_048_576, 16_383)));
        for text in ["", "A", "1", "A0", "ZZZZ1", "A99999999999", "A1B", "é1", "A-1"] {
            assert_eq!(cell(text), None, "{text}");
        }
    }

    #[test]
    fn days_in_both_calendars() {
        assert_eq!(day(45_352.0, false), Some(date(2024, 3, 1)));
        assert_eq!(day(45_352.75, false), Some(date(2024, 3, 1)));
        assert_eq!(day(43_890.0, true), Some(date(2024, 3, 1)));
        assert_eq!(day(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(day(59.0, false), Some(date(1900, 2, 28)));
        assert_eq!(day(61.0, false), Some(date(1900, 3, 1)));
        for number in [60.0, 0.5, -1.0, 1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(day(number, false), None, "{number}");
        }
    }
}
