//! One change in words: from where to where, by when, what for.

use enterprise::{Indicator, Kind, Text, Value, format_decimal};
use rules::plan::{Serves, Step};
use rules::{Document, Operator};

use crate::amounts::{self, grouped, percent_up, points};
use crate::quantity::with_year;
use crate::{indicator, provenance};

/// So many digits shorter makes a number rounder.
const ROUNDER: usize = 3;

/// The figure that changes, with its year: `研发费用 2026`.
pub fn figure(step: &Step<'_>) -> Text {
    with_year(&step.indicator.label, step.key.year)
}

/// From where to where: `600 万元（暂按 2025 年度） → 至少 650 万元`.
pub fn change(step: &Step<'_>) -> Text {
    let goal = goal(&step.indicator, &step.to, step.bound);
    let Some(from) = &step.from else {
        return Text::new(
            format!("现值不详 → {}", goal.zh),
            format!("not known today → {}", goal.en),
        );
    };
    let from = value(&step.indicator, from);
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
    let beyond = match (to, bound) {
        (Value::Number(to), Operator::AtMost) => to.checked_add(1),
        (Value::Number(to), Operator::AtLeast) => to.checked_sub(1),
        _ => None,
    };
    let words = value(known, to);
    let rounder = beyond
        .map(|beyond| value(known, &Value::Number(beyond)))
        .filter(|rounder| rounder.zh.len() + ROUNDER <= words.zh.len());
    let (words, open) = match rounder {
        Some(rounder) => (rounder, true),
        None => (words, false),
    };
    let (zh, en) = match (bound, open) {
        _ if !matches!(to, Value::Number(_) | Value::Choice(_) | Value::Date(_)) => ("", ""),
        (Operator::AtLeast, false) => ("至少 ", "at least "),
        (Operator::AtLeast | Operator::MoreThan, _) => ("超过 ", "more than "),
        (Operator::AtMost, false) => ("至多 ", "at most "),
        (Operator::AtMost | Operator::LessThan, _) => ("低于 ", "less than "),
        (Operator::Equal, _) if matches!(to, Value::Number(_)) => ("按 ", ""),
        (Operator::Equal, _) => ("", ""),
    };
    // More would not do either: other steps reckon with this very number.
    let exact = matches!((bound, to), (Operator::Equal, Value::Number(_)));
    let (after_zh, after_en) = if exact { (" 计", " exactly") } else { ("", "") };
    Text::new(format!("{zh}{}{after_zh}", words.zh), format!("{en}{}{after_en}", words.en))
}

/// A stored value with its unit, every digit of it.
pub fn value(known: &Indicator, stored: &Value) -> Text {
    match (stored, &known.kind) {
        (Value::Number(fen), Kind::Money) => amounts::money(*fen),
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

/// How far a number moves: `增加 50 万元（8.34 %）`. Nothing for what is no number or not known.
pub fn movement(step: &Step<'_>) -> Option<Text> {
    let (Some(Value::Number(from)), Value::Number(to)) = (&step.from, &step.to) else {
        return None;
    };
    let moved = to.checked_sub(*from).filter(|moved| *moved != 0)?;
    let size = match step.indicator.kind {
        Kind::Ratio => {
            let points = grouped(&format_decimal(moved.checked_abs()?, 10_000));
            Text::new(format!("{points} 个百分点"), format!("{points} pp"))
        }
        _ => value(&step.indicator, &Value::Number(moved.checked_abs()?)),
    };
    let (zh, en) = if moved > 0 { ("增加", "up by") } else { ("减少", "down by") };
    let words = Text::new(format!("{zh} {}", size.zh), format!("{en} {}", size.en));
    Some(match relative(step).map(percent_up) {
        Some(percent) => {
            Text::new(format!("{}（{percent} %）", words.zh), format!("{} ({percent} %)", words.en))
        }
        None => words,
    })
}

/// The movement relative to where it starts, in parts per million rounded up; none from zero.
pub fn relative(step: &Step<'_>) -> Option<i64> {
    let (Some(Value::Number(from)), Value::Number(to)) = (&step.from, &step.to) else {
        return None;
    };
    let (from, to) = (i128::from(*from), i128::from(*to));
    let millionfold = (to - from).abs().checked_mul(1_000_000)?;
    let whole = millionfold.checked_div(from.abs())?;
    let rest = millionfold.checked_rem(from.abs())?;
    i64::try_from(whole + i128::from(rest > 0)).ok()
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

/// The first sentence of a note, which says what the figure is.
pub fn first_sentence(note: &Text) -> Text {
    let zh = note.zh.split(['。', '；']).next().unwrap_or_default();
    let en = note.en.split("; ").next().unwrap_or_default();
    let en = en.split(". ").next().unwrap_or_default();
    Text::new(zh.trim(), en.trim().trim_end_matches('.'))
}
