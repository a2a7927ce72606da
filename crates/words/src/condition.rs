//! Tests of the law in words: what must hold, without what a subject's facts say about it.

use enterprise::{Indicator, Kind, Text};
use rules::{
    Comparison, ConditionResult, FactRef, Happened, Holds, Member, Quantity, Test, Window,
};

use crate::quantity::{self, Years};
use crate::{join, quantity::quantity as words_of, relative};

fn opposite(words: &Text) -> Text {
    Text::new(format!("不满足：{}", words.zh), format!("not: {}", words.en))
}

/// `营业收入 2025 ≥ 5000 万元`
pub fn compare(comparison: &Comparison, years: Years) -> Text {
    let (left, right) = (words_of(&comparison.left, years), right(comparison, years));
    let sign = format!(" {} ", comparison.operator.sign());
    join(&[left, right], &sign, &sign)
}

/// What a comparison holds its left side against.
pub fn right(comparison: &Comparison, years: Years) -> Text {
    match &comparison.right {
        Quantity::Limit(limit) => quantity::limit_in(limit, &comparison.measure),
        other => words_of(other, years),
    }
}

/// A yes-or-no fact.
pub fn flag(fact: &FactRef, years: Years, holds: bool) -> Text {
    let label = quantity::fact(fact, years);
    if holds {
        Text::new(format!("{}：是", label.zh), format!("{}: yes", label.en))
    } else {
        Text::new(format!("{}：否", label.zh), format!("{}: no", label.en))
    }
}

/// A choice against the options that are admitted.
pub fn member(member: &Member, years: Years, holds: bool) -> Text {
    let label = quantity::fact(&member.fact, years);
    let options = options(&member.fact, &member.options);
    if holds {
        Text::new(
            format!("{}为{}", label.zh, spaced(&options.zh)),
            format!("{} is {}", label.en, options.en),
        )
    } else {
        Text::new(
            format!("{}不为{}", label.zh, spaced(&options.zh)),
            format!("{} is not {}", label.en, options.en),
        )
    }
}

/// With a blank before it where letters follow Chinese characters.
pub(crate) fn spaced(words: &str) -> String {
    let blank =
        if words.starts_with(|first: char| first.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{blank}{words}")
}

/// The names of options, `中型、小型或微型`.
pub fn options(fact: &FactRef, indices: &[usize]) -> Text {
    choices(&fact.indicator, indices)
}

/// The names of an indicator's options.
pub fn choices(indicator: &Indicator, indices: &[usize]) -> Text {
    let Kind::Choice(choices) = &indicator.kind else { return Text::default() };
    let names: Vec<&Text> = indices
        .iter()
        .filter_map(|index| choices.get(*index))
        .map(|choice| &choice.label)
        .collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            let rest = join(rest.iter().copied(), "、", ", ");
            Text::new(format!("{}或{}", rest.zh, last.zh), format!("{} or {}", rest.en, last.en))
        }
        Some((last, _)) => (*last).clone(),
        None => Text::default(),
    }
}

/// A title as prerequisite.
pub fn holds(title: &Holds, holds: bool) -> Text {
    let label = &title.label;
    if holds {
        Text::new(
            format!("持有有效的{}称号", quoted(&label.zh)),
            format!("holds a valid title: {}", label.en),
        )
    } else {
        Text::new(
            format!("没有有效的{}称号", quoted(&label.zh)),
            format!("holds no valid title: {}", label.en),
        )
    }
}

/// An event in a window.
pub fn happened(happened: &Happened, years: Years, holds: bool) -> Text {
    let (window, label) = (event_window(happened.window, years), &happened.event.label);
    let qualified = match &happened.attribute {
        None => Text::default(),
        Some((attribute, operator, limit)) => {
            let limit = quantity::limit(limit);
            let sign = operator.sign();
            Text::new(
                format!("（{} {sign} {}）", attribute.label.zh, limit.zh),
                format!(" ({} {sign} {})", attribute.label.en, limit.en),
            )
        }
    };
    let (zh, en) = if holds { ("有", "") } else { ("无", "no ") };
    Text::new(
        format!("{}{zh}{}{}", window.zh, quoted(&label.zh), qualified.zh),
        format!("{en}{}{} {}", inside(&label.en, holds), qualified.en, window.en),
    )
}

/// English words that stand behind another one; a name keeps its capital.
pub(crate) fn inside(words: &str, first: bool) -> String {
    let mut parts = words.split(' ');
    let is_plain =
        |word: &str| word.chars().skip(1).all(|letter| letter.is_lowercase() || letter == '-');
    let starts_small = |word: &str| word.starts_with(char::is_lowercase);
    let lowers = !first
        && parts.next().is_some_and(|word| word.chars().count() > 1 && is_plain(word))
        && parts.next().is_none_or(starts_small);
    let mut rest = words.chars();
    match rest.next() {
        Some(initial) if lowers => format!("{}{}", initial.to_lowercase(), rest.as_str()),
        _ => words.to_owned(),
    }
}

/// How far back an event counts.
pub fn event_window(window: Window, years: Years) -> Text {
    match (window, years) {
        (window, Years::Relative) => relative::window(window),
        (Window::Months(months), _) => {
            Text::new(format!("近 {months} 个月"), format!("in {months} months"))
        }
        (Window::SinceStartOf(offset), Years::From(base)) => {
            let year = base.saturating_add(offset);
            Text::new(format!("{year} 年以来"), format!("since the start of {year}"))
        }
        (Window::SinceStartOf(0), Years::Unsaid) => {
            Text::new("上一年以来", "since the start of last year")
        }
        (Window::SinceStartOf(offset), Years::Unsaid) => {
            let years = 1 - i32::from(offset);
            Text::new(
                format!("{years} 年前年初以来"),
                format!("since the start of the year {years} years ago"),
            )
        }
    }
}

/// In Chinese quotation marks, unless the words bring their own.
pub fn quoted(words: &str) -> String {
    if words.contains('“') { words.to_owned() } else { format!("“{words}”") }
}

/// What a result tested, in words.
pub fn tested(test: &Test<'_>, years: Years, holds: bool) -> Text {
    match test {
        Test::Compare(compared) => {
            let words = compare(compared.comparison, years);
            if holds { words } else { opposite(&words) }
        }
        Test::Member { member, .. } => self::member(member, years, holds),
        Test::Flag { fact, .. } => flag(fact, years, holds),
        Test::Holds { holds: title, .. } => self::holds(title, holds),
        Test::Happened { happened, .. } => self::happened(happened, years, holds),
        Test::Not(inner) => tested(&inner.test, years, !holds),
        Test::All(parts) => of_results(parts, years, holds, ("，且 ", " and ")),
        Test::AtLeast(1, parts) => of_results(parts, years, holds, ("，或 ", " or ")),
        Test::AtLeast(k, parts) => {
            let words = of_results(parts, years, true, ("；", "; "));
            let words = Text::new(
                format!("以下至少 {k} 项：{}", words.zh),
                format!("at least {k} of: {}", words.en),
            );
            if holds { words } else { opposite(&words) }
        }
    }
}

fn of_results(
    parts: &[ConditionResult<'_>],
    years: Years,
    holds: bool,
    (zh, en): (&str, &str),
) -> Text {
    let parts: Vec<Text> = parts.iter().map(|part| tested(&part.test, years, true)).collect();
    let words = join(&parts, zh, en);
    if holds { words } else { opposite(&words) }
}
