//! Units of expressions: what may be added, compared and divided. No numbers here.

use std::collections::BTreeMap;

use enterprise::{DecimalError, Kind, QuantityError, Text};
use rules::{Exact, Measure};

/// The unit of a quantity as powers of its parts: money / people is money¹ · 人⁻¹.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Unit {
    money: i8,
    counted: BTreeMap<String, (i8, Text)>,
}

impl Unit {
    /// A bare number or a ratio.
    pub fn ratio() -> Self {
        Self::default()
    }

    pub fn money() -> Self {
        Self { money: 1, ..Self::default() }
    }

    pub fn counted(unit: &Text) -> Self {
        let counted = BTreeMap::from([(unit.zh.clone(), (1, unit.clone()))]);
        Self { money: 0, counted }
    }

    pub fn of(kind: &Kind) -> Option<Self> {
        match kind {
            Kind::Money => Some(Self::money()),
            Kind::Ratio => Some(Self::ratio()),
            Kind::Number { unit, .. } => Some(Self::counted(unit)),
            _ => None,
        }
    }

    pub fn times(mut self, other: &Self, sign: i8) -> Self {
        self.money = self.money.saturating_add(other.money.saturating_mul(sign));
        for (name, (power, unit)) in &other.counted {
            let entry = self.counted.entry(name.clone()).or_insert((0, unit.clone()));
            entry.0 = entry.0.saturating_add(power.saturating_mul(sign));
        }
        self.counted.retain(|_, (power, _)| *power != 0);
        self
    }

    /// How values of this unit are shown; `decimals` for counted things.
    pub fn measure(&self, decimals: u8) -> Measure {
        match (self.money, self.counted.len(), self.counted.values().next()) {
            (0, 0, _) => Measure::Ratio,
            (1, 0, _) => Measure::Money,
            (0, 1, Some((1, unit))) => Measure::Count { unit: unit.clone(), decimals },
            _ => Measure::Other,
        }
    }

    /// The unit in words.
    pub fn words(&self) -> Text {
        match self.measure(0) {
            Measure::Money => Text::new("金额", "money"),
            Measure::Ratio => Text::new("比率", "a ratio"),
            Measure::Count { unit, .. } if unit.zh.is_empty() => {
                Text::new("没有单位的数", "a bare number")
            }
            Measure::Count { unit, .. } => unit,
            Measure::Other => {
                let mut parts = Vec::new();
                if self.money != 0 {
                    parts.push(format!("元^{}", self.money));
                }
                parts.extend(
                    self.counted.iter().map(|(name, (power, _))| format!("{name}^{power}")),
                );
                let words = parts.join("·");
                Text::new(words.clone(), words)
            }
        }
    }

    /// The counting word, if it is counted things alone.
    pub fn counting_word(&self) -> Option<&str> {
        match (self.money, self.counted.len(), self.counted.first_key_value()) {
            (0, 1, Some((word, _))) => Some(word),
            _ => None,
        }
    }

    /// Whether values of both can be added and compared.
    pub fn agrees(&self, other: &Self) -> bool {
        let powers = |unit: &Self| -> Vec<(String, i8)> {
            unit.counted.iter().map(|(name, (power, _))| (name.clone(), *power)).collect()
        };
        self.money == other.money && powers(self) == powers(other)
    }
}

/// A quantity of the law as it is written: `1500 万元`, `3 %`, `4 项`.
pub(crate) struct Written {
    pub value: Exact,
    pub unit: Unit,
    pub decimals: u8,
}

/// Reads a quantity whose unit says what it is. A bare number is a rank or the like: it agrees with no
/// indicator.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn quantity(text: &str) -> Result<Written, QuantityError> {
    let text = text.trim();
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    let split = text.find(|c: char| !digit(c)).unwrap_or(text.len());
    let (number, name) = text.split_at_checked(split).unwrap_or((text, ""));
    let (number, name) = (number.trim(), name.trim());
    let too_fine = QuantityError::Decimal(DecimalError::TooManyDigits);
    let decimals = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let decimals = u8::try_from(decimals).ok().filter(|decimals| *decimals <= 6).ok_or(too_fine)?;
    let counted = Kind::Number { decimals, unit: Text::new(name, name) };
    let kind = [Kind::Money, Kind::Ratio]
        .into_iter()
        .find(|kind| enterprise::Unit::parse(name, kind).is_some())
        .unwrap_or(counted);
    let is_word = name.chars().all(char::is_alphabetic);
    if !number.is_empty() && matches!(kind, Kind::Number { .. }) && !is_word {
        return Err(QuantityError::WrongUnit(name.to_owned()));
    }
    let stored = enterprise::parse_quantity(text, &kind, None)?;
    let value = match kind {
        Kind::Money => Some(Exact::whole(stored)),
        _ => Exact::scaled(stored, kind.scale()),
    };
    let (value, unit) = value.zip(Unit::of(&kind)).ok_or(QuantityError::NotAQuantity)?;
    Ok(Written { value, unit, decimals })
}
