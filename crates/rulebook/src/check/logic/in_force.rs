//! What a text rests on must be in force as long as the text itself: shared definitions, and the
//! classifications of choices that nobody can give.

use jiff::civil::Date;
use rules::{Applies, Purpose, Rulebook};

use crate::check::logic::node::Node;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::read::table::{Sink, Table, Word};

/// From the first to the last day; without a last day, until further notice.
pub(crate) type Period = (Date, Option<Date>);

/// The days on which a text applies, by purpose; a round is open for all of its purposes at once.
pub(crate) struct InForce<'s> {
    pub sink: &'s Sink,
    pub periods: Vec<(Option<Purpose>, Period)>,
}

impl<'s> InForce<'s> {
    pub fn of_version(sink: &'s Sink, applies: &[Applies]) -> Self {
        let period = |applies: &Applies| (Some(applies.purpose), (applies.from, applies.to));
        Self { sink, periods: applies.iter().map(period).collect() }
    }

    fn wanted(&self, purposes: &[Purpose]) -> Vec<Period> {
        let counts = |purpose: &Option<Purpose>| {
            purposes.is_empty() || purpose.is_none_or(|purpose| purposes.contains(&purpose))
        };
        let wanted = self.periods.iter().filter(|(purpose, _)| counts(purpose));
        wanted.map(|(_, period)| *period).collect()
    }

    /// The version of a definition that `word` uses, which stands in `table`.
    pub fn check_definition(
        &self,
        word: &Word<'_>,
        version: &Span,
        table: &Table<'_>,
        purposes: &[Purpose],
    ) {
        let given = table.list("applies").into_iter().filter_map(|value| {
            let inner = value.table()?;
            Some((inner.get("from")?.date()?, inner.get("to").and_then(|to| to.date())))
        });
        let given: Vec<Period> = given.collect();
        let Some(gap) = first_gap(&self.wanted(purposes), &given) else { return };
        let (zh, en) = said(gap);
        self.sink.report(
            Diagnostic::new(
                Code::NotInForce,
                word.span.clone(),
                format!("所用的定义“{}”{zh}不适用", word.text),
                format!("the definition `{}` does not apply {en}", word.text),
            )
            .other(version.clone(), "所用的是这一版", "this version is used")
            .help(
                "把此文件按日期分成两个版本，或补上定义的 applies",
                "split this file into two versions by date, or extend the `applies` of the definition",
            ),
        );
    }

    /// Tests of choices that only a classification gives.
    pub fn check_classified(&self, rulebook: &Rulebook, node: &Node, purposes: &[Purpose]) {
        node.each_single(&mut |single| {
            for subject in &single.subjects {
                let Some(classifications) = rulebook.classifications.get(&**subject) else {
                    continue;
                };
                // What may be given needs no classification.
                if classifications.iter().any(|known| known.indicator.given) {
                    continue;
                }
                let given: Vec<Period> =
                    classifications.iter().map(|known| (known.from, known.to)).collect();
                let Some(gap) = first_gap(&self.wanted(purposes), &given) else { continue };
                let (zh, en) = said(gap);
                self.sink.report(
                    Diagnostic::new(
                        Code::NotInForce,
                        single.span.clone(),
                        format!("“{subject}”{zh}没有分类标准"),
                        format!("no classification gives `{subject}` {en}"),
                    )
                    .help(
                        "补上那些天有效的分类定义，或缩短此文件的 applies",
                        "add the classification of those days, or shorten the `applies` of this file",
                    ),
                );
            }
        });
    }
}

fn said((from, to): Period) -> (String, String) {
    match to {
        Some(to) if to == from => (format!("在 {from} "), format!("on {from}")),
        Some(to) => (format!("在 {from} 至 {to} "), format!("from {from} to {to}")),
        None => (format!("自 {from} 起"), format!("from {from} on")),
    }
}

/// The first days of `wanted` that none of `given` covers.
fn first_gap(wanted: &[Period], given: &[Period]) -> Option<Period> {
    let mut wanted = wanted.to_vec();
    wanted.sort();
    wanted.into_iter().find_map(|(from, to)| {
        let mut day = from;
        loop {
            let covering = given
                .iter()
                .filter(|(first, last)| *first <= day && last.is_none_or(|last| day <= last));
            // A period without a last day covers everything from here on.
            let reach: Vec<Option<Date>> = covering.map(|(_, last)| *last).collect();
            if reach.is_empty() {
                let next = given.iter().map(|(first, _)| *first).filter(|first| *first > day).min();
                let end = next.and_then(|next| next.yesterday().ok());
                let end = match (end, to) {
                    (Some(end), Some(to)) => Some(end.min(to)),
                    (end, to) => end.or(to),
                };
                return Some((day, end));
            }
            let last = reach.into_iter().collect::<Option<Vec<Date>>>()?.into_iter().max()?;
            if to.is_some_and(|to| to <= last) {
                return None;
            }
            day = last.tomorrow().ok()?;
        }
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn gaps_name_their_days() {
        let day = |number| date(2026, 1, number);
        let given = [(day(5), Some(day(10))), (day(11), Some(day(15))), (day(20), None)];
        let gap = |from, to: Option<i8>| first_gap(&[(day(from), to.map(day))], &given);
        assert_eq!(gap(5, Some(15)), None);
        assert_eq!(gap(21, None), None);
        assert_eq!(gap(1, Some(3)), Some((day(1), Some(day(3)))));
        assert_eq!(gap(1, Some(7)), Some((day(1), Some(day(4)))));
        assert_eq!(gap(12, None), Some((day(16), Some(day(19)))));
        assert_eq!(first_gap(&[(day(1), None)], &[]), Some((day(1), None)));
    }
}
