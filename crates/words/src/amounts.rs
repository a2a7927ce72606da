//! Exact numbers as decimals: plain ones for programs, readable ones with their unit for people.
//! Shows only; what is rounded here has been decided before.

use enterprise::{Text, format_decimal};
use rules::{Distance, Exact, Measure, Operator, Points};

/// A decimal and whether it is the exact value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    /// The digits.
    pub text: String,
    /// Whether nothing was cut off.
    pub exact: bool,
}

const WAN: i64 = 1_000_000;
const YI: i64 = 10_000_000_000;
const MILLION: i64 = 100_000_000;

/// The value as programs read it: money in yuan, a ratio as it is, a count in its unit. Cut after
/// the sixth decimal where it does not end before.
pub fn plain(value: Exact, measure: &Measure) -> Decimal {
    let scale = match measure {
        Measure::Money => 100,
        _ => 1,
    };
    for decimals in [0, 2, 4, 6] {
        let factor = 10i64.pow(decimals);
        let Some(wanted) = factor.checked_div(scale).filter(|wanted| *wanted > 0) else { continue };
        if let Some(exactly) = value.exactly_at(wanted) {
            return Decimal { text: format_decimal(exactly, factor), exact: true };
        }
    }
    match value.floor_at(1_000_000 / scale) {
        Some(cut) => Decimal { text: format_decimal(cut, 1_000_000), exact: false },
        None => {
            let whole = value.numerator() / value.denominator();
            Decimal { text: (whole / i128::from(scale)).to_string(), exact: false }
        }
    }
}

/// Points as a decimal.
pub fn points(points: Points) -> String {
    format_decimal(points.0, 100)
}

/// The value with its unit, as people read it.
pub fn readable(value: Exact, measure: &Measure) -> Text {
    readable_beside(value, None, measure)
}

/// The same beside the edge that it is held against: never so rounded that it seems to lie on it.
pub fn readable_beside(value: Exact, edge: Option<Exact>, measure: &Measure) -> Text {
    match measure {
        Measure::Money => match value.floor_at(1) {
            Some(fen) => money(fen),
            None => both(format!("{} 元", plain(value, measure).text)),
        },
        Measure::Ratio => both(format!("{} %", grouped(&cut(value, edge, 100)))),
        Measure::Count { unit, .. } => {
            let number = grouped(&cut(value, edge, 1));
            let with = |unit: &str| format!("{number} {unit}").trim_end().to_owned();
            let one = if number == "1" { unit.en.strip_suffix('s') } else { None };
            Text::new(with(&unit.zh), with(one.unwrap_or(&unit.en)))
        }
        Measure::Other => both(grouped(&cut(value, edge, 1))),
    }
}

/// An amount of money.
pub fn money(fen: i64) -> Text {
    money_beside(fen, &[fen])
}

/// The same in the unit, and with the separators, that suit all the amounts that stand beside it.
pub(crate) fn money_beside(fen: i64, beside: &[i64]) -> Text {
    let reaches = |unit: i64| beside.iter().any(|one| one.unsigned_abs() >= unit.unsigned_abs());
    let write = |unit: i64| {
        let long = beside.iter().any(|one| (one / unit).unsigned_abs() > 9999);
        let decimal = format_decimal(fen, unit);
        if long { separated(&decimal) } else { decimal }
    };
    let zh = if fen == 0 || !reaches(WAN) {
        format!("{} 元", write(100))
    } else if beside.iter().all(|one| one % YI == 0) {
        format!("{} 亿元", write(YI))
    } else {
        format!("{} 万元", write(WAN))
    };
    let en = if fen != 0 && reaches(MILLION) {
        format!("CNY {} m", write(MILLION))
    } else {
        format!("CNY {}", write(100))
    };
    Text::new(zh, en)
}

/// How far from the edge: `差 12.5 万元（0.25 %）`, `12.5 m to spare`.
pub fn distance(distance: &Distance, operator: Operator, measure: &Measure) -> Text {
    let short = distance.absolute;
    if !short.is_positive() && !short.is_negative() {
        return match operator {
            Operator::MoreThan => Text::new("恰在线上，须高于", "at the edge, must exceed it"),
            Operator::LessThan => Text::new("恰在线上，须低于", "at the edge, must be below"),
            _ => Text::new("恰好达到", "exactly at the edge"),
        };
    }
    let size = if short.is_negative() { short.negated().unwrap_or(short) } else { short };
    let size = match measure {
        Measure::Ratio => {
            let points = grouped(&cut(size, Some(Exact::ZERO), 100));
            Text::new(format!("{points} 个百分点"), format!("{points} pp"))
        }
        // A mean of whole fen can miss an edge by a part of one: that is not nothing.
        Measure::Money if size.floor_at(1) == Some(0) => {
            Text::new("不足 0.01 元", "less than CNY 0.01")
        }
        // What is missing never seems less, what is to spare never more than it is.
        Measure::Money => about(size, short.is_positive() || operator == Operator::Equal),
        _ => readable_beside(size, Some(Exact::ZERO), measure),
    };
    // A rate is short in points only: percent of a percentage would confuse.
    let relative = distance.ppm.filter(|ppm| *ppm > 0 && *measure != Measure::Ratio);
    let relative = relative.map(percent_up);
    let (zh, en) = match (operator, short.is_positive()) {
        (Operator::AtLeast | Operator::MoreThan | Operator::Equal, true) => ("差", "short by"),
        (Operator::AtMost | Operator::LessThan, true) => ("超", "over by"),
        (Operator::AtMost | Operator::LessThan, false) => ("低", "below by"),
        (_, false) => ("多", "above by"),
    };
    match relative {
        Some(relative) => Text::new(
            format!("{zh} {}（{relative} %）", size.zh),
            format!("{en} {} ({relative} %)", size.en),
        ),
        None => Text::new(format!("{zh} {}", size.zh), format!("{en} {}", size.en)),
    }
}

/// An amount to a hundredth of 万元, where it reaches one: a distance is there to be judged at a glance, and the figures
/// that it lies between stand beside it to the fen.
fn about(size: Exact, up: bool) -> Text {
    let fen = if up { size.ceil_at(1) } else { size.floor_at(1) };
    let Some(fen) = fen else { return readable_beside(size, None, &Measure::Money) };
    let step = if fen < WAN { 1 } else { WAN / 100 };
    let rest = fen.rem_euclid(step);
    let more = if up && rest > 0 { step } else { 0 };
    money((fen - rest).saturating_add(more))
}

/// A relative shortfall in percent, rounded up to the second decimal.
pub(crate) fn percent_up(ppm: i64) -> String {
    let hundredths = ppm.div_euclid(100) + i64::from(ppm.rem_euclid(100) > 0);
    grouped(&format_decimal(hundredths, 100))
}

/// `value * times` to the nearest second decimal, or as many more as keep it apart from the edge.
fn cut(value: Exact, edge: Option<Exact>, times: i64) -> String {
    let apart = edge.is_some_and(|edge| edge != value);
    for decimals in [2, 3, 4, 6, 9] {
        let scale = 10i64.pow(decimals);
        let Some(wanted) = scale.checked_mul(times) else { break };
        let Some(near) = nearest(value, wanted) else { break };
        if !(apart && edge.and_then(|edge| nearest(edge, wanted)) == Some(near)) {
            return format_decimal(near, scale);
        }
    }
    plain(value, &Measure::Other).text
}

/// `value * scale` to the nearest whole number, halves up.
fn nearest(value: Exact, scale: i64) -> Option<i64> {
    let halves = value.floor_at(scale.checked_mul(2)?)?;
    Some(halves.checked_add(1)?.div_euclid(2))
}

/// `1234567.8` as `1,234,567.8`; up to four digits stay as they are.
pub(crate) fn grouped(decimal: &str) -> String {
    let whole = decimal.trim_start_matches('-').split('.').next().unwrap_or_default();
    if whole.len() > 4 { separated(decimal) } else { decimal.to_owned() }
}

/// With a comma before every third digit.
pub fn separated(decimal: &str) -> String {
    let (sign, body) = match decimal.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", decimal),
    };
    let (whole, fraction) = match body.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (body, None),
    };
    let mut text = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        let behind = whole.len() - place;
        if place > 0 && behind % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

fn both(text: String) -> Text {
    Text { zh: text.clone(), en: text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Exact {
        Exact::scaled(numerator, denominator).unwrap()
    }

    #[test]
    fn programs_read_plain_decimals() {
        let cases = [
            (Exact::whole(4_999_999_999), Measure::Money, "49999999.99", true),
            (ratio(1, 2), Measure::Money, "0.005", true),
            (ratio(3, 100), Measure::Ratio, "0.03", true),
            (ratio(1, 3), Measure::Ratio, "0.333333", false),
            (ratio(-1, 3), Measure::Ratio, "-0.333334", false),
            (Exact::whole(4), Measure::Other, "4", true),
        ];
        for (value, measure, text, exact) in cases {
            assert_eq!(plain(value, &measure), Decimal { text: text.into(), exact }, "{text}");
        }
    }

    #[test]
    fn people_read_units() {
        for (fen, zh, en) in [
            (5_000_000_000, "5000 万元", "CNY 50 m"),
            (4_999_999_999, "4999.999999 万元", "CNY 49.99999999 m"),
            (20_000_000_000, "2 亿元", "CNY 200 m"),
            (123_456_780_000, "123,456.78 万元", "CNY 1234.5678 m"),
            (99_999, "999.99 元", "CNY 999.99"),
            (-1_500_000, "-1.5 万元", "CNY -15,000"),
        ] {
            assert_eq!(money(fen), Text::new(zh, en));
        }
    }

    #[test]
    fn a_rounded_value_never_seems_to_lie_on_the_edge() {
        let edge = Some(ratio(3, 100));
        for (value, shown) in [
            (ratio(3, 100), "3 %"),
            (ratio(29_999_999, 1_000_000_000), "2.9999999 %"),
            (ratio(2_999, 100_000), "2.999 %"),
            (ratio(300_000_001, 10_000_000_000), "3.00000001 %"),
            (ratio(1, 3), "33.33 %"),
        ] {
            assert_eq!(readable_beside(value, edge, &Measure::Ratio).zh, shown);
        }
    }

    #[test]
    fn distances_have_a_side() {
        let words = |absolute, ppm, operator, measure| {
            distance(&Distance { absolute, ppm }, operator, &measure)
        };
        let wan = |number: i64| Exact::whole(number * WAN / 10);
        use Operator::{AtLeast, AtMost, MoreThan};
        for (text, zh, en) in [
            (
                words(wan(125), Some(2_500), AtLeast, Measure::Money),
                "差 12.5 万元（0.25 %）",
                "short by CNY 125,000 (0.25 %)",
            ),
            (
                words(wan(-125), Some(-2_500), AtLeast, Measure::Money),
                "多 12.5 万元",
                "above by CNY 125,000",
            ),
            (
                words(Exact::whole(1_178_718_808_301), None, AtLeast, Measure::Money),
                "差 1,178,718.81 万元",
                "short by CNY 11,787.1881 m",
            ),
            (
                words(Exact::whole(-1_178_718_808_301), None, AtLeast, Measure::Money),
                "多 1,178,718.8 万元",
                "above by CNY 11,787.188 m",
            ),
            (
                words(Exact::whole(999_999), None, AtMost, Measure::Money),
                "超 9999.99 元",
                "over by CNY 9999.99",
            ),
            (
                words(Exact::whole(1_000_001), None, AtMost, Measure::Money),
                "超 1.01 万元",
                "over by CNY 10,100",
            ),
            (
                words(ratio(1, 3), Some(1), AtLeast, Measure::Money),
                "差 不足 0.01 元（0.01 %）",
                "short by less than CNY 0.01 (0.01 %)",
            ),
            (
                words(ratio(1, 100), Some(13_334), AtMost, Measure::Ratio),
                "超 1 个百分点",
                "over by 1 pp",
            ),
            (
                words(Exact::ZERO, Some(0), AtLeast, Measure::Ratio),
                "恰好达到",
                "exactly at the edge",
            ),
            (
                words(Exact::ZERO, Some(0), MoreThan, Measure::Ratio),
                "恰在线上，须高于",
                "at the edge, must exceed it",
            ),
        ] {
            assert_eq!(text, Text::new(zh, en));
        }
    }
}
