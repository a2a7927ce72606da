//! What was taken for granted about days to come, in words: one line for all facts that repeat the
//! same year, so that a page of assumptions stays short.

use std::ops::RangeInclusive;

use enterprise::{Catalogue, Text};
use jiff::civil::Date;
use rules::Carry;

use crate::join;

/// How facts of days to come were filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Same(i16),
    Grown(i16),
    Nothing,
    NoEvents(Date),
}

/// Assumptions that share a line: the same way, for the same years.
type Line = (How, RangeInclusive<i16>);

/// The assumptions, grouped: what is repeated, what grows, what does not happen.
pub fn carry(assumed: &[Carry], catalogue: &Catalogue) -> Vec<Text> {
    let mut lines: Vec<(Line, Vec<Text>)> = Vec::new();
    for (line, what) in spans(assumed) {
        let label = match line.0 {
            How::NoEvents(_) => event(catalogue, what),
            _ => indicator(catalogue, what),
        };
        match lines.iter_mut().find(|(known, _)| *known == line) {
            Some((_, labels)) => labels.push(label),
            None => lines.push((line, vec![label])),
        }
    }
    // Stable: what stands together stays in the order of the catalogue.
    lines.sort_by_key(|((how, years), _)| match how {
        How::Same(_) => (0, *years.start(), *years.end()),
        How::Grown(_) => (1, *years.start(), *years.end()),
        How::Nothing => (2, *years.start(), *years.end()),
        How::NoEvents(_) => (3, 0, 0),
    });
    lines.iter().map(|(line, labels)| words(line, labels)).collect()
}

/// Each indicator with the years in a row that it was filled in for, each kind of event.
fn spans(assumed: &[Carry]) -> Vec<(Line, &str)> {
    let mut found: Vec<(Line, &str)> = Vec::new();
    for step in assumed {
        let (how, what, year) = match step {
            Carry::Same { key, from } => (How::Same(*from), &key.indicator, key.year),
            Carry::Grown { key, from } => (How::Grown(*from), &key.indicator, key.year),
            Carry::Nothing { key } => (How::Nothing, &key.indicator, key.year),
            Carry::NoEvents { kind, after } => (How::NoEvents(*after), kind, None),
        };
        let year = year.unwrap_or_default();
        let before = found.iter_mut().find(|((known, years), of)| {
            (*known, *of) == (how, what) && years.end().saturating_add(1) == year
        });
        match before {
            Some(((_, years), _)) => *years = *years.start()..=year,
            None => found.push(((how, year..=year), what)),
        }
    }
    found
}

fn words((how, years): &Line, labels: &[Text]) -> Text {
    let what = join(labels, "、", "; ");
    let (zh, en) = span(years);
    match how {
        How::Same(from) => Text::new(
            format!("{zh}年度按 {from} 年度沿用：{}", what.zh),
            format!("{en} taken to be as in {from}: {}", what.en),
        ),
        How::Grown(from) => Text::new(
            format!("{zh}年度在 {from} 年度基础上逐年加一：{}", what.zh),
            format!("{en} counted on from {from}, one more each year: {}", what.en),
        ),
        How::Nothing => Text::new(
            format!("{zh}年度暂按没有：{}", what.zh),
            format!("{en} taken to bring none: {}", what.en),
        ),
        How::NoEvents(after) => Text::new(
            format!("{after} 之后不再发生：{}", what.zh),
            format!("none after {after}: {}", what.en),
        ),
    }
}

fn span(years: &RangeInclusive<i16>) -> (String, String) {
    let (first, last) = (years.start(), years.end());
    if first == last {
        return (format!("{first} "), first.to_string());
    }
    (format!("{first}—{last} "), format!("{first} to {last}"))
}

fn indicator(catalogue: &Catalogue, id: &str) -> Text {
    catalogue.indicator(id).map_or_else(|| Text::new(id, id), |known| known.label.clone())
}

fn event(catalogue: &Catalogue, id: &str) -> Text {
    match catalogue.event(id) {
        _ if id == "*" => Text::new("各类事件", "events of every kind"),
        Some(known) => known.label.clone(),
        None => Text::new(id, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use enterprise::FactKey;
    use jiff::civil::date;

    fn key(id: &str, year: i16) -> FactKey {
        FactKey { indicator: id.to_owned(), year: Some(year) }
    }

    fn said(assumed: &[Carry]) -> Vec<(String, String)> {
        let lines = carry(assumed, &Catalogue::default());
        lines.into_iter().map(|line| (line.zh, line.en)).collect()
    }

    fn same(id: &str, year: i16, from: i16) -> Carry {
        Carry::Same { key: key(id, year), from }
    }

    #[test]
    fn what_repeats_the_same_year_shares_a_line() {
        let assumed = [same("revenue", 2026, 2025), same("profit", 2026, 2025)];
        assert_eq!(
            said(&assumed),
            [(
                "2026 年度按 2025 年度沿用：revenue、profit".to_owned(),
                "2026 taken to be as in 2025: revenue; profit".to_owned()
            )]
        );
    }

    #[test]
    fn years_in_a_row_are_one_span_and_others_stand_apart() {
        let assumed = [
            same("revenue", 2026, 2025),
            same("revenue", 2027, 2025),
            same("profit", 2026, 2025),
            same("profit", 2028, 2027),
        ];
        let zh: Vec<String> = said(&assumed).into_iter().map(|(zh, _)| zh).collect();
        assert_eq!(
            zh,
            [
                "2026 年度按 2025 年度沿用：profit",
                "2026—2027 年度按 2025 年度沿用：revenue",
                "2028 年度按 2027 年度沿用：profit"
            ]
        );
    }

    #[test]
    fn what_grows_and_what_does_not_happen_is_said_last() {
        let assumed = [
            Carry::NoEvents { kind: "*".into(), after: date(2026, 6, 30) },
            Carry::NoEvents { kind: "accident".into(), after: date(2026, 6, 30) },
            Carry::Grown { key: key("years", 2026), from: 2025 },
            Carry::Grown { key: key("years", 2027), from: 2025 },
            Carry::Nothing { key: key("equity", 2026) },
            Carry::Nothing { key: key("equity", 2027) },
            same("revenue", 2026, 2025),
        ];
        let said = said(&assumed);
        let zh: Vec<&str> = said.iter().map(|(zh, _)| zh.as_str()).collect();
        assert_eq!(
            zh,
            [
                "2026 年度按 2025 年度沿用：revenue",
                "2026—2027 年度在 2025 年度基础上逐年加一：years",
                "2026—2027 年度暂按没有：equity",
                "2026-06-30 之后不再发生：各类事件、accident"
            ]
        );
        assert_eq!(
            said.last().map(|(_, en)| en.as_str()),
            Some("none after 2026-06-30: events of every kind; accident")
        );
    }

    #[test]
    fn nothing_assumed_says_nothing() {
        assert!(said(&[]).is_empty());
    }
}
