//! One change in words: from where to where, by when, what for.

use enterprise::{Indicator, Kind, Text, Value, format_decimal};
use rules::plan::{Serves, Step, Undefined};
use rules::{Document, Operator};

use crate::amounts::{self, grouped, percent_up, points};
use crate::quantity::with_year;
use crate::{gap, indicator, join, provenance};

/// So many digits shorter makes a number rounder.
const ROUNDER: usize = 3;

/// The figure that changes, with its year: `研发费用 2026`.
pub fn figure(step: &Step<'_>) -> Text {
    with_year(&step.indicator.label, step.key.year)
}

/// From where to where: `600 万元（暂按 2025 年度） → 至少 650 万元`.
pub fn change(step: &Step<'_>) -> Text {
    let edge = rounder(&step.indicator, &step.to, step.bound).map(Value::Number);
    let beside = [&step.from, edge.as_ref().unwrap_or(&step.to)];
    let goal = goal_beside(&step.indicator, &step.to, step.bound, &beside);
    let from = value_beside(&step.indicator, &step.from, &beside);
    let carried = match step.carried_from {
        Some(year) => {
            Text::new(format!("（暂按 {year} 年度）"), format!(" (taken to be as in {year})"))
        }
        None => Text::default(),
    };
    Text::new(
        format!("{}{} → {}", from.zh, carried.zh, goal.zh),
        format!("{}{} → {}", from.en, carried.en, goal.en),
    )
}

/// What a value has to come to: `至少 650 万元`. Where the next value beyond the edge is a rounder
/// number, that one is named: below 2660 万元 is the same as at most 2659.999999 万元.
pub fn goal(known: &Indicator, to: &Value, bound: Operator) -> Text {
    let edge = rounder(known, to, bound).map(Value::Number);
    goal_beside(known, to, bound, &[edge.as_ref().unwrap_or(to)])
}

fn goal_beside(known: &Indicator, to: &Value, bound: Operator, beside: &[&Value]) -> Text {
    let round = rounder(known, to, bound);
    let shown = round.map_or_else(|| to.clone(), Value::Number);
    let words = value_beside(known, &shown, beside);
    let (zh, en) = match (bound, round.is_some()) {
        _ if matches!(to, Value::Flag(_) | Value::Code(_)) => ("", ""),
        (Operator::AtLeast, false) => ("至少 ", "at least "),
        (Operator::AtLeast | Operator::MoreThan, _) => ("超过 ", "more than "),
        (Operator::AtMost, false) => ("至多 ", "at most "),
        (Operator::AtMost | Operator::LessThan, _) => ("低于 ", "less than "),
        (Operator::Equal, _) => ("", ""),
    };
    // Characters need no blank between them.
    let zh = if matches!(to, Value::Number(_)) { zh } else { zh.trim_end() };
    Text::new(format!("{zh}{}", words.zh), format!("{en}{}", words.en))
}

/// The next value beyond the edge, if it is a rounder number.
pub(super) fn rounder(known: &Indicator, to: &Value, bound: Operator) -> Option<i64> {
    let beyond = match (to, bound) {
        (Value::Number(to), Operator::AtMost) => to.checked_add(1),
        (Value::Number(to), Operator::AtLeast) => to.checked_sub(1),
        _ => None,
    }?;
    let digits = |stored: &Value| value(known, stored).zh.len();
    (digits(&Value::Number(beyond)) + ROUNDER <= digits(to)).then_some(beyond)
}

/// A stored value with its unit, every digit of it.
pub fn value(known: &Indicator, stored: &Value) -> Text {
    value_beside(known, stored, &[stored])
}

/// The same written as the values beside it are.
fn value_beside(known: &Indicator, stored: &Value, beside: &[&Value]) -> Text {
    match (stored, &known.kind) {
        (Value::Number(fen), Kind::Money) => {
            let amounts: Vec<i64> = beside.iter().filter_map(|value| number(value)).collect();
            amounts::money_beside(*fen, &amounts)
        }
        (Value::Number(ppm), Kind::Ratio) => {
            let percent = format!("{} %", grouped(&format_decimal(*ppm, 10_000)));
            Text::new(percent.clone(), percent)
        }
        (Value::Number(stored), Kind::Number { unit, .. }) => {
            let number = grouped(&format_decimal(*stored, known.kind.scale()));
            let one = if number == "1" { unit.en.strip_suffix('s') } else { None };
            let with = |unit: &str| format!("{number} {unit}").trim_end().to_owned();
            Text::new(with(&unit.zh), with(one.unwrap_or(&unit.en)))
        }
        _ => indicator::value(known, stored),
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

/// How far a number moves: `增加 50 万元（8.34 %）`. Nothing for what is no number.
pub fn movement(step: &Step<'_>) -> Option<Text> {
    let (Value::Number(from), Value::Number(to)) = (&step.from, &step.to) else {
        return None;
    };
    let round = rounder(&step.indicator, &step.to, step.bound);
    let moved = round.unwrap_or(*to).checked_sub(*from).filter(|moved| *moved != 0)?;
    let size = match step.indicator.kind {
        Kind::Ratio => {
            let points = grouped(&format_decimal(moved.checked_abs()?, 10_000));
            Text::new(format!("{points} 个百分点"), format!("{points} pp"))
        }
        _ => {
            let edge = Value::Number(round.unwrap_or(*to));
            let size = Value::Number(moved.checked_abs()?);
            value_beside(&step.indicator, &size, &[&step.from, &edge, &size])
        }
    };
    let (zh, en) = if moved > 0 { ("增加", "up by") } else { ("减少", "down by") };
    let (beyond_zh, beyond_en) = if round.is_some() { ("以上", " more than") } else { ("", "") };
    let words =
        Text::new(format!("{zh} {}{beyond_zh}", size.zh), format!("{en}{beyond_en} {}", size.en));
    // Percent of a percentage would only confuse.
    let percent = relative(step).filter(|_| step.indicator.kind != Kind::Ratio);
    Some(match percent.map(percent_up) {
        Some(percent) => {
            Text::new(format!("{}（{percent} %）", words.zh), format!("{} ({percent} %)", words.en))
        }
        None => words,
    })
}

/// The movement relative to where it starts, in parts per million rounded up; none from zero.
pub fn relative(step: &Step<'_>) -> Option<i64> {
    let (Value::Number(from), Value::Number(to)) = (&step.from, &step.to) else {
        return None;
    };
    let (from, to) = (i128::from(*from), i128::from(*to));
    let millionfold = (to - from).abs().checked_mul(1_000_000)?;
    let whole = millionfold.checked_div(from.abs())?;
    let rest = millionfold.checked_rem(from.abs())?;
    i64::try_from(whole + i128::from(rest > 0)).ok()
}

/// What going further than a step asks for takes, if it takes more.
pub fn tied(step: &Step<'_>) -> Option<Text> {
    let words = match step.bound {
        Operator::AtMost | Operator::LessThan => {
            Text::new("若降得更低，其他各步须随之调整", "to go lower, other steps have to follow")
        }
        _ => {
            Text::new("若超过此数，其他各步须随之调整", "to go further, other steps have to follow")
        }
    };
    step.tied.then_some(words)
}

/// By when: `2026-12-31 前`.
pub fn by(step: &Step<'_>) -> Text {
    let day = step.by;
    Text::new(format!("最迟 {day}"), format!("by {day}"))
}

/// What it is for: `“研发投入”（附件1 三 · 2 个来源）`, `评分“研发机构” 3 → 5 分`.
pub fn serves(serves: &Serves<'_>, shown: &Document) -> Text {
    let (label, citation) = match serves {
        Serves::Criterion(criterion) => (criterion.label.clone(), &criterion.citation),
        Serves::Part(part) => {
            return Text::new(
                format!("不小于其中的{}", part.label.zh),
                format!("not less than {}, a part of it", part.label.en),
            );
        }
        Serves::Item { item, from, to } => {
            let (label, from, to) = (&item.label, points(*from), points(*to));
            let words = Text::new(
                format!("评分“{}”{from} → {to} 分", label.zh),
                format!("score “{}” {from} → {to} points", label.en),
            );
            (words, &item.citation)
        }
    };
    let clause = provenance::clause(citation, shown);
    let status = provenance::status(&citation.status);
    Text::new(
        format!("{}（{clause} · {}）", label.zh, status.zh),
        format!("{} ({clause} · {})", label.en, status.en),
    )
}

/// What a person decides because a value has no meaning: `资产负债率：除数为零或负数，须人工判断`.
pub fn undefined(undefined: &Undefined<'_>) -> Text {
    let reasons: Vec<Text> = undefined.reasons.iter().map(gap::pending).collect();
    let why = join(&reasons, "；", "; ");
    let label = undefined.label;
    Text::new(format!("{}：{}", label.zh, why.zh), format!("{}: {}", label.en, why.en))
}

/// The first sentence of a note, which says what the figure is.
pub fn first_sentence(note: &Text) -> Text {
    let zh = note.zh.split(['。', '；']).next().unwrap_or_default();
    let en = note.en.split("; ").next().unwrap_or_default();
    let en = en.split(". ").next().unwrap_or_default();
    Text::new(zh.trim(), en.trim().trim_end_matches('.'))
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use enterprise::{Choice, FactKey};
    use jiff::civil::date;

    use super::*;
    use crate::sample;

    fn indicator(kind: Kind) -> Arc<Indicator> {
        Arc::new(sample::indicator("figure", Text::new("数", "figure"), kind))
    }

    pub fn step(kind: Kind, from: Value, to: Value, bound: Operator) -> Step<'static> {
        Step {
            key: FactKey { indicator: "figure".into(), year: Some(2026) },
            indicator: indicator(kind),
            from,
            carried_from: None,
            to,
            bound,
            tied: false,
            by: date(2026, 12, 31),
            serves: Vec::new(),
        }
    }

    fn said(kind: Kind, from: i64, to: i64, bound: Operator) -> (String, String) {
        let step = step(kind, Value::Number(from), Value::Number(to), bound);
        (change(&step).zh, movement(&step).unwrap_or_default().zh)
    }

    #[test]
    fn a_rate_is_never_rounded() {
        let (change, moved) = said(Kind::Ratio, 30_000, 30_001, Operator::AtLeast);
        assert_eq!(change, "3 % → 超过 3 %");
        assert_eq!(moved, "");
        let (change, moved) = said(Kind::Ratio, 25_000, 30_123, Operator::AtLeast);
        assert_eq!(change, "2.5 % → 至少 3.0123 %");
        assert_eq!(moved, "增加 0.5123 个百分点");
    }

    #[test]
    fn an_open_edge_is_named_by_its_round_number() {
        let (change, moved) =
            said(Kind::Money, 3_350_000_000_000, 2_659_999_999_999, Operator::AtMost);
        assert_eq!(change, "335 亿元 → 低于 266 亿元");
        assert_eq!(moved, "减少 69 亿元以上（20.6 %）");
        let (change, moved) = said(Kind::Money, 8_300_000_000, 12_000_000_000, Operator::AtLeast);
        assert_eq!(change, "8,300 万元 → 至少 12,000 万元");
        assert_eq!(moved, "增加 3,700 万元（44.58 %）");
        let (change, _) = said(Kind::Money, 0, 40_000_000_001, Operator::AtLeast);
        assert_eq!(change, "0 元 → 超过 4 亿元");
        let (change, _) = said(Kind::Money, 0, 40_000_000_000, Operator::AtLeast);
        assert_eq!(change, "0 元 → 至少 4 亿元");
        let items = Kind::Number { decimals: 0, unit: Text::new("项", "items") };
        assert_eq!(said(items, 999, 1_001, Operator::AtLeast).0, "999 项 → 至少 1001 项");
    }

    #[test]
    fn what_is_no_number_is_said_plainly() {
        let turned = step(Kind::Flag, Value::Flag(false), Value::Flag(true), Operator::AtLeast);
        assert_eq!(change(&turned).zh, "否 → 是");
        assert_eq!(movement(&turned), None);
        let level =
            |id: &str| Choice { id: id.into(), label: Text::new(id, id), aliases: Vec::new() };
        let levels = Kind::Choice(vec![level("一级"), level("二级")]);
        let up = step(levels, Value::Choice(0), Value::Choice(1), Operator::AtLeast);
        assert_eq!(change(&up).zh, "一级 → 至少二级");
    }

    #[test]
    fn relative_amounts_are_rounded_up_and_need_a_start() {
        let ppm = |from, to| {
            let (from, to) = (Value::Number(from), Value::Number(to));
            relative(&step(Kind::Money, from, to, Operator::AtLeast))
        };
        assert_eq!(ppm(3, 4), Some(333_334));
        assert_eq!(ppm(-4, -3), Some(250_000));
        assert_eq!(ppm(0, 4), None);
        assert_eq!(ppm(i64::MIN, i64::MAX), Some(2_000_000));
    }

    #[test]
    fn a_note_is_cut_behind_its_first_sentence() {
        let note =
            Text::new("当年实缴额，认缴未缴的不计。没有填 0", "Paid in during the year; 0 if none");
        let first = first_sentence(&note);
        assert_eq!(first, Text::new("当年实缴额，认缴未缴的不计", "Paid in during the year"));
    }
}
