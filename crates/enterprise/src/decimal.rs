//! Decimal text to scaled integers and back. Exact: no digit is dropped, none is invented.

/// Why a text is not a decimal number of the wanted scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecimalError {
    /// Not a number at all.
    NotANumber,
    /// More digits than the scale can hold exactly (a fraction of a fen, a seventh digit of a ratio).
    TooManyDigits,
    /// Outside the range of 64-bit integers at this scale.
    TooLarge,
}

/// Reads `text` as a decimal number times `scale`, exactly.
///
/// Accepts a sign, thousands separators in groups of three (`1,234,567.8`) and a fraction.
/// `parse_decimal("1.5", 100)` is 150.
pub fn parse_decimal(text: &str, scale: i64) -> Result<i64, DecimalError> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let whole = without_separators(whole)?;
    if whole.is_empty() && fraction.is_empty() {
        return Err(DecimalError::NotANumber);
    }
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let mut value: i128 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(i128::from(digit - b'0')))
            .filter(|v| *v < i128::pow(10, 30))
            // So long a text is too large if it is long before the point, too fine if after it.
            .ok_or(if whole.trim_start_matches('0').len() > 19 {
                DecimalError::TooLarge
            } else {
                DecimalError::TooManyDigits
            })?;
    }
    let mut scaled = value.checked_mul(i128::from(scale)).ok_or(DecimalError::TooLarge)?;
    for _ in 0..fraction.len() {
        if scaled % 10 != 0 {
            return Err(DecimalError::TooManyDigits);
        }
        scaled /= 10;
    }
    let signed = if negative { -scaled } else { scaled };
    i64::try_from(signed).map_err(|_| DecimalError::TooLarge)
}

fn without_separators(whole: &str) -> Result<String, DecimalError> {
    if !whole.contains(',') {
        return Ok(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    // `12,34` may be a decimal comma or a slip: refused rather than read as 1234.
    if first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3) {
        return Err(DecimalError::NotANumber);
    }
    Ok(whole.replace(',', ""))
}

/// Writes `value / scale` as the shortest exact decimal; `scale` is a power of ten.
pub fn format_decimal(value: i64, scale: i64) -> String {
    let scale = i128::from(scale.max(1));
    let value = i128::from(value);
    let sign = if value < 0 { "-" } else { "" };
    let whole = value.abs() / scale;
    let mut rest = value.abs() % scale;
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let mut digits = String::new();
    let mut place = scale;
    while rest != 0 {
        place /= 10;
        if place == 0 {
            break;
        }
        digits.push_str(&(rest / place).to_string());
        rest %= place;
    }
    format!("{sign}{whole}.{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_exactly_or_says_why_not() {
        use DecimalError::*;
        let cases = [
            ("51234567.89", 100, Ok(5_123_456_789)),
            ("-0.05", 1_000_000, Ok(-50_000)),
            ("1,234,567.8", 10, Ok(12_345_678)),
            ("1.50", 10, Ok(15)),
            (".5", 10, Ok(5)),
            ("0.001", 100, Err(TooManyDigits)),
            ("12,34", 100, Err(NotANumber)),
            ("1.2.3", 100, Err(NotANumber)),
            ("-", 100, Err(NotANumber)),
            ("", 100, Err(NotANumber)),
            ("1e5", 100, Err(NotANumber)),
            ("九十", 100, Err(NotANumber)),
            ("99999999999999999999999", 100, Err(TooLarge)),
            ("9999999999999999999999999999999999999999999", 100, Err(TooLarge)),
            ("0.3000000000000000000000000000000000000001", 100, Err(TooManyDigits)),
        ];
        for (text, scale, expected) in cases {
            assert_eq!(parse_decimal(text, scale), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_back(value: i64, digits in 0u32..7) {
            let scale = 10i64.pow(digits);
            proptest::prop_assert_eq!(parse_decimal(&format_decimal(value, scale), scale), Ok(value));
        }

        #[test]
        fn any_text_is_answered(text: String) {
            let _ = parse_decimal(&text, 100);
        }
    }
}
