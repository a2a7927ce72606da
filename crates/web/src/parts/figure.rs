//! Numbers as people read them: grouped digits, 万 and 亿, never through a float.

use std::fmt;

use crate::Lang;
use crate::lang::Say;

/// A number with a fixed point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Figure {
    /// The number without its point.
    value: i64,
    /// How many of its digits stand behind the point.
    places: u8,
    /// How many of these are shown.
    shown: u8,
}

impl Figure {
    /// How many.
    pub fn count(value: i64) -> Self {
        Self { value, places: 0, shown: 0 }
    }

    /// An amount in fen in the unit of the reader's language, `unit.money`: 万元, CNY m.
    pub fn money(fen: i64, say: Say) -> Self {
        let places = match say.0 {
            Lang::Zh => 6,
            Lang::En => 8,
        };
        Self { value: fen, places, shown: 2 }
    }

    /// A ratio in parts per million, shown in percent.
    pub fn percent(ppm: i64) -> Self {
        Self { value: ppm, places: 4, shown: 2 }
    }

    /// A decimal as it is written: all its places are shown. None for what is no number.
    pub fn written(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits: String =
            whole.chars().filter(|sign| *sign != ',').chain(part.chars()).collect();
        let places = u8::try_from(part.len()).ok().filter(|places| *places < 10)?;
        Some(Self { value: digits.parse().ok()?, places, shown: places })
    }

    /// Whether there is nothing of it.
    pub fn is_zero(self) -> bool {
        self.value == 0
    }

    /// With so many places shown.
    pub fn shown(self, shown: u8) -> Self {
        Self { shown: shown.min(self.places), ..self }
    }

    /// As spreadsheets have numbers: shown there only, nothing is decided by it.
    #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
    pub fn float(self) -> f64 {
        self.value as f64 / 10f64.powi(i32::from(self.places))
    }

    /// How a spreadsheet shows it.
    pub fn pattern(self) -> String {
        match self.shown {
            0 => "#,##0".to_owned(),
            shown => format!("#,##0.{}", "0".repeat(usize::from(shown))),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cut = 10u128.pow(u32::from(self.places - self.shown));
        let size = u128::from(self.value.unsigned_abs());
        // Half goes up, as people do it by hand.
        let rounded = (size + cut / 2) / cut;
        let one = 10u128.pow(u32::from(self.shown));
        let sign = if self.value < 0 && rounded > 0 { "−" } else { "" };
        write!(out, "{sign}{}", grouped(rounded / one))?;
        if self.shown > 0 {
            write!(out, ".{:0width$}", rounded % one, width = usize::from(self.shown))?;
        }
        Ok(())
    }
}

/// An amount in fen with its unit, as a text has it: 1,234.5 万元, CNY 12.35 m.
pub(crate) fn amount(fen: i64, say: Say) -> String {
    let figure = Figure::money(fen, say);
    match say.0 {
        Lang::Zh => format!("{figure} 万元"),
        Lang::En => format!("CNY {figure} m"),
    }
}

/// Digits in groups of three.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A whole number in few signs, for axes: 1.5万, 2亿.
pub(crate) fn short(number: i64, say: Say) -> String {
    let size = number.unsigned_abs();
    let scales: &[(u64, &str)] = match say.0 {
        Lang::Zh => &[(100_000_000, "亿"), (10_000, "万")],
        Lang::En => &[(1_000_000_000, "bn"), (1_000_000, "m"), (10_000, "k")],
    };
    let sign = if number < 0 { "−" } else { "" };
    for (scale, name) in scales {
        if size >= *scale {
            // The word for ten thousand in English says thousand.
            let scale = if *name == "k" { 1000 } else { *scale };
            let hundredths = u128::from(size) * 100 / u128::from(scale);
            let (whole, rest) = (hundredths / 100, hundredths % 100);
            let rest = match rest {
                0 => String::new(),
                rest if rest % 10 == 0 => format!(".{}", rest / 10),
                rest => format!(".{rest:02}"),
            };
            return format!("{sign}{}{rest}{name}", grouped(whole));
        }
    }
    format!("{sign}{}", grouped(u128::from(size)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_rounded_as_by_hand() {
        let table = [
            (Figure::count(0), "0"),
            (Figure::count(1234567), "1,234,567"),
            (Figure::count(-12), "−12"),
            (Figure::money(12_345_678_950, Say(Lang::Zh)), "12,345.68"),
            (Figure::money(12_345_678_950, Say(Lang::En)), "123.46"),
            (Figure::money(-4_999, Say(Lang::Zh)), "0.00"),
            (Figure::money(5_000, Say(Lang::Zh)), "0.01"),
            (Figure::percent(34_550), "3.46"),
            (Figure::percent(1_000_000).shown(0), "100"),
            (Figure::count(i64::MIN), "−9,223,372,036,854,775,808"),
        ];
        for (figure, text) in table {
            assert_eq!(figure.to_string(), text);
        }
        assert_eq!(Figure::money(150, Say(Lang::Zh)).pattern(), "#,##0.00");
        assert_eq!(amount(12_345_678_950, Say(Lang::Zh)), "12,345.68 万元");
        assert_eq!(amount(-12_345_678_950, Say(Lang::En)), "CNY −123.46 m");
    }

    #[test]
    fn what_is_written_stays_a_number_with_its_places() {
        for (text, shown) in
            [("200", "200"), ("1,500", "1,500"), ("0.50", "0.50"), ("-3", "−3"), ("12.5", "12.5")]
        {
            assert_eq!(Figure::written(text).map(|one| one.to_string()).as_deref(), Some(shown));
        }
        for text in ["", "二", "2 万", "1.2.3", "0.12345678901"] {
            assert_eq!(Figure::written(text), None, "{text}");
        }
    }

    #[test]
    fn axes_say_ten_thousands_and_hundred_millions() {
        let table = [
            (0, "0", "0"),
            (9_999, "9,999", "9,999"),
            (10_000, "1万", "10k"),
            (15_000, "1.5万", "15k"),
            (2_100_000, "210万", "2.1m"),
            (120_000_000, "1.2亿", "120m"),
            (1_234_000_000, "12.34亿", "1.23bn"),
            (-20_000, "−2万", "−20k"),
        ];
        for (number, zh, en) in table {
            assert_eq!(
                (short(number, Say(Lang::Zh)), short(number, Say(Lang::En))),
                (zh.into(), en.into())
            );
        }
    }
}
