//! Units of quantities as people write them (`1500 万元`, `3 %`, `4 项`), and their exact scales.

use crate::decimal::{DecimalError, parse_decimal};
use crate::indicator::Kind;

/// A unit as written. How much it is worth depends on the kind of the quantity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Money, worth this many fen (元 = 100, 万元 = 1 000 000).
    Money(i64),
    /// Ratio, worth this many parts per million (% = 10 000).
    Ratio(i64),
    /// Counted things: the counting word and a multiplier (`人`, 1; `万人`, 10 000).
    Counted(String, i64),
}

/// Why a text is not a quantity of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuantityError {
    /// The number itself is wrong.
    Decimal(DecimalError),
    /// The unit is unknown or belongs to another kind of quantity.
    WrongUnit(String),
    /// The text names one unit, its surroundings (a column header) another.
    Contradicts {
        /// The unit in the text.
        written: String,
        /// The unit of the header.
        expected: String,
    },
    /// This kind of value has no quantity.
    NotAQuantity,
}

impl Unit {
    /// The unit named by `name`, for a quantity of kind `kind`; `None` if it is no unit of that kind.
    pub fn parse(name: &str, kind: &Kind) -> Option<Self> {
        match kind {
            Kind::Money => Some(Self::Money(match name {
                "元" | "yuan" | "人民币元" | "RMB" | "CNY" => 100,
                "千元" => 100_000,
                "万元" | "万" => 1_000_000,
                "百万元" | "百万" => 100_000_000,
                "千万元" | "千万" => 1_000_000_000,
                "亿元" | "亿" => 10_000_000_000,
                _ => return None,
            })),
            Kind::Ratio => Some(Self::Ratio(match name {
                "%" => 10_000,
                "‰" => 1_000,
                "ppm" => 1,
                _ => return None,
            })),
            Kind::Number { unit, .. } => {
                let counting_word = [&unit.zh, &unit.en];
                if counting_word.iter().any(|word| word.as_str() == name) {
                    return Some(Self::Counted(unit.zh.clone(), 1));
                }
                let rest = name.strip_prefix('万')?;
                (rest.is_empty() || counting_word.iter().any(|word| word.as_str() == rest))
                    .then(|| Self::Counted(unit.zh.clone(), 10_000))
            }
            _ => None,
        }
    }

    /// The stored integer of one such unit, for a quantity of kind `kind`.
    fn scale(&self, kind: &Kind) -> i64 {
        match self {
            Self::Money(scale) | Self::Ratio(scale) => *scale,
            Self::Counted(_, times) => times.saturating_mul(kind.scale()),
        }
    }

    /// The unit as an officer writes it.
    pub fn name(&self) -> String {
        match self {
            Self::Money(100) => "元".into(),
            Self::Money(100_000) => "千元".into(),
            Self::Money(1_000_000) => "万元".into(),
            Self::Money(100_000_000) => "百万元".into(),
            Self::Money(1_000_000_000) => "千万元".into(),
            Self::Money(_) => "亿元".into(),
            Self::Ratio(10_000) => "%".into(),
            Self::Ratio(1_000) => "‰".into(),
            Self::Ratio(_) => "ppm".into(),
            Self::Counted(name, 1) => name.clone(),
            Self::Counted(name, _) => format!("万{name}"),
        }
    }
}

/// Reads a quantity of kind `kind` into its stored integer (fen, parts per million, scaled count).
///
/// The number may carry its own unit. `context` is the unit that the surroundings state, such as a
/// column header: it applies to a bare number, and a written unit must be the same one. With
/// neither, money is in yuan, a ratio is a plain decimal (`0.03`), a count is in its own unit.
pub fn parse_quantity(
    text: &str,
    kind: &Kind,
    context: Option<&Unit>,
) -> Result<i64, QuantityError> {
    if !matches!(kind, Kind::Money | Kind::Ratio | Kind::Number { .. }) {
        return Err(QuantityError::NotAQuantity);
    }
    let text = text.trim();
    let text = match kind {
        Kind::Money => text.trim_start_matches(['¥', '￥']).trim_start(),
        _ => text,
    };
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',')))
        .unwrap_or(text.len());
    let (number, unit_name) = text.split_at(end);
    let unit_name = unit_name.trim();
    if number.is_empty() {
        return Err(QuantityError::Decimal(DecimalError::NotANumber));
    }
    let scale = if unit_name.is_empty() {
        context.map_or(kind.scale(), |unit| unit.scale(kind))
    } else {
        let unit = Unit::parse(unit_name, kind)
            .ok_or_else(|| QuantityError::WrongUnit(unit_name.to_owned()))?;
        match context {
            Some(expected) if *expected != unit => {
                return Err(QuantityError::Contradicts {
                    written: unit.name(),
                    expected: expected.name(),
                });
            }
            _ => unit.scale(kind),
        }
    };
    parse_decimal(number, scale).map_err(QuantityError::Decimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn units_as_officers_write_them() {
        let people = Kind::Number { decimals: 0, unit: Text::new("人", "people") };
        let wan = Unit::Money(1_000_000);
        let cases = [
            ("1500 万元", Kind::Money, None, Ok(1_500_000_000)),
            ("1,500.25万", Kind::Money, None, Ok(1_500_250_000)),
            ("1.2亿元", Kind::Money, None, Ok(12_000_000_000)),
            ("￥12,000.00", Kind::Money, None, Ok(1_200_000)),
            ("12", Kind::Money, None, Ok(1_200)),
            ("12", Kind::Money, Some(&wan), Ok(12_000_000)),
            ("12万元", Kind::Money, Some(&wan), Ok(12_000_000)),
            (
                "12元",
                Kind::Money,
                Some(&wan),
                Err(QuantityError::Contradicts {
                    written: "元".into(), expected: "万元".into()
                }),
            ),
            ("3 %", Kind::Ratio, None, Ok(30_000)),
            ("0.03", Kind::Ratio, None, Ok(30_000)),
            ("35", Kind::Ratio, Some(&Unit::Ratio(10_000)), Ok(350_000)),
            ("300 人", people.clone(), None, Ok(300)),
            ("3 元", people, None, Err(QuantityError::WrongUnit("元".into()))),
            ("约三成", Kind::Ratio, None, Err(QuantityError::Decimal(DecimalError::NotANumber))),
            (
                "0.001元",
                Kind::Money,
                None,
                Err(QuantityError::Decimal(DecimalError::TooManyDigits)),
            ),
        ];
        for (text, kind, context, expected) in cases {
            assert_eq!(parse_quantity(text, &kind, context), expected, "{text}");
        }
    }
}
