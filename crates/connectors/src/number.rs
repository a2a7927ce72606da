//! Decimal texts: moving the point and spelling out exponents. Works on digits only, never through
//! a float.

/// `text` times ten to the power `places`, as plain decimal text. `None` if `text` is no plain
/// decimal or the result would be absurdly long.
pub(crate) fn shift(text: &str, places: i32) -> Option<String> {
    const LONGEST: usize = 400;
    let (sign, body) = match text.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", text),
    };
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) || body.len() > LONGEST {
        return None;
    }
    let distance = usize::try_from(places.unsigned_abs()).ok().filter(|n| *n <= LONGEST)?;
    let zeros = "0".repeat(distance);
    let digits = if places >= 0 {
        format!("{whole}{fraction}{zeros}")
    } else {
        format!("{zeros}{whole}{fraction}")
    };
    let point = if places >= 0 { whole.len() + distance } else { whole.len() };
    let (whole, fraction) = digits.split_at_checked(point)?;
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    Some(if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    })
}

/// A JSON number without its exponent (`1.5e3` is `1500`); other texts stay as they are.
pub(crate) fn without_exponent(text: &str) -> String {
    let spelled = || {
        let (digits, exponent) = text.split_once(['e', 'E'])?;
        shift(digits, exponent.parse().ok()?)
    };
    spelled().unwrap_or_else(|| text.to_owned())
}

/// The shortest decimal text that reads back as the same number. `None` unless it is finite.
pub(crate) fn shortest(number: f64) -> Option<String> {
    number.is_finite().then(|| format!("{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_moves_exactly() {
        let cases = [
            ("0.35", 2, Some("35")),
            ("0.07", 2, Some("7")),
            ("-0.0512", 2, Some("-5.12")),
            ("1", 2, Some("100")),
            ("1234.5", -3, Some("1.2345")),
            ("0", 5, Some("0")),
            ("1e5", 2, None),
            ("", 2, None),
        ];
        for (text, places, expected) in cases {
            assert_eq!(shift(text, places).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn exponents_are_spelled_out() {
        for (text, expected) in [
            ("1.5e3", "1500"),
            ("25E-4", "0.0025"),
            ("12", "12"),
            ("1e99999", "1e99999"),
            ("e", "e"),
        ] {
            assert_eq!(without_exponent(text), expected);
        }
    }

    #[test]
    fn the_shortest_text_of_an_excel_number() {
        assert_eq!(shortest(0.1 + 0.2).as_deref(), Some("0.30000000000000004"));
        assert_eq!(shortest(1e21).as_deref(), Some("1000000000000000000000"));
        assert_eq!(shortest("7.0000000000000007E-2".parse().unwrap()).as_deref(), Some("0.07"));
        assert_eq!(shortest(f64::NAN), None);
    }
}
