//! When a version is in force: its days per purpose, and the days on which two answers to that
//! question differ.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rules::{Applies, Purpose, Version};

use crate::change::Period;

/// The periods of a version, by purpose and day.
pub(crate) fn of(version: &Version) -> Vec<Period> {
    version.applies.iter().map(Period::from).collect()
}

/// The purposes that a version is for, each once.
pub(crate) fn purposes(applies: &[Applies]) -> Vec<Purpose> {
    let mut all: Vec<Purpose> = applies.iter().map(|applies| applies.purpose).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The days for one purpose on which exactly one of two lists applies.
pub(crate) fn differing(purpose: Purpose, old: &[Applies], new: &[Applies]) -> Vec<Period> {
    let covers = |list: &[Applies], day: Date| {
        list.iter().any(|applies| applies.purpose == purpose && applies.covers(day))
    };
    let mut starts: Vec<Date> = old
        .iter()
        .chain(new)
        .filter(|applies| applies.purpose == purpose)
        .flat_map(|applies| [Some(applies.from), applies.to.and_then(next)])
        .flatten()
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let mut found: Vec<Period> = Vec::new();
    let ends = starts.iter().skip(1).map(|next| before(*next)).chain([None]);
    for (from, to) in starts.iter().zip(ends) {
        if covers(old, *from) == covers(new, *from) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.to.and_then(next) == Some(*from) => last.to = to,
            _ => found.push(Period { purpose: Some(purpose), from: Some(*from), to }),
        }
    }
    found
}

/// By purpose and day, each once.
pub(crate) fn sort(periods: &mut Vec<Period>) {
    periods.sort_by_key(|period| (period.purpose, period.from, period.to));
    periods.dedup();
}

/// The day after.
pub(crate) fn next(day: Date) -> Option<Date> {
    day.checked_add(1.day()).ok()
}

/// The day before.
pub(crate) fn before(day: Date) -> Option<Date> {
    day.checked_sub(1.day()).ok()
}

impl From<&Applies> for Period {
    fn from(applies: &Applies) -> Self {
        Self { purpose: Some(applies.purpose), from: Some(applies.from), to: applies.to }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;
    use rules::{Citation, Document, Status};

    use super::*;

    fn applies(from: Date, to: Option<Date>) -> Applies {
        let citation = Citation {
            document: Arc::new(Document::default()),
            clause: String::new(),
            status: Status::Reposted,
            note: None,
        };
        Applies { purpose: Purpose::New, from, to, citation }
    }

    #[test]
    fn only_the_days_that_differ_are_told() {
        let day = |month, day| date(2026, month, day);
        let span = |from, to| (Some(from), to);
        let cases = [
            (vec![applies(day(4, 1), None)], vec![applies(day(4, 1), None)], vec![]),
            (
                vec![applies(day(4, 1), None)],
                vec![applies(day(4, 1), Some(day(6, 30)))],
                vec![span(day(7, 1), None)],
            ),
            (
                vec![applies(day(4, 1), Some(day(6, 30)))],
                vec![applies(day(5, 1), Some(day(8, 31)))],
                vec![span(day(4, 1), Some(day(4, 30))), span(day(7, 1), Some(day(8, 31)))],
            ),
            (vec![], vec![applies(day(4, 1), None)], vec![span(day(4, 1), None)]),
            // One period that is written as two.
            (
                vec![applies(day(4, 1), Some(day(5, 31))), applies(day(6, 1), None)],
                vec![applies(day(4, 1), None)],
                vec![],
            ),
        ];
        for (old, new, expected) in cases {
            for (old, new) in [(&old, &new), (&new, &old)] {
                let found: Vec<_> = differing(Purpose::New, old, new)
                    .into_iter()
                    .map(|period| (period.from, period.to))
                    .collect();
                assert_eq!(found, expected);
            }
        }
    }
}
