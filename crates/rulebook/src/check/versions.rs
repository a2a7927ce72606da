//! What only shows when versions and programmes are held side by side: overlaps, gaps, cycles.

use std::collections::{BTreeMap, BTreeSet};

use rules::Purpose;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::read::table::Sink;
use crate::read::version::{ReadVersion, purpose_words};

/// Two versions for one purpose on one day; days between two versions without any.
pub(crate) fn check_periods(sink: &Sink, title: &str, versions: &[ReadVersion]) {
    for purpose in [Purpose::New, Purpose::ReReview, Purpose::Yearly] {
        let mut periods: Vec<_> = versions
            .iter()
            .flat_map(|read| read.version.applies.iter().zip(&read.applies))
            .filter(|(applies, _)| applies.purpose == purpose)
            .collect();
        periods.sort_by_key(|(applies, _)| applies.from);
        let (zh, en) = purpose_words(purpose);
        for pair in periods.windows(2) {
            let [(first, first_span), (second, second_span)] = *pair else { continue };
            let overlaps = first.to.is_none_or(|to| to >= second.from);
            let follows =
                first.to.is_some_and(|to| to.tomorrow().is_ok_and(|next| next >= second.from));
            if overlaps {
                sink.report(
                    Diagnostic::new(
                        Code::VersionOverlap,
                        Span::clone(second_span),
                        format!("“{title}”的{zh}在 {} 有两个版本", second.from),
                        format!("two versions for {en} on {}", second.from),
                    )
                    .label("此版本开始时", "this one begins")
                    .other(
                        Span::clone(first_span),
                        "此版本仍然有效",
                        "while this one is still in force",
                    )
                    .help("给前一个版本写上 to", "give the earlier version a `to`"),
                );
            } else if !follows {
                let last = first.to.map(|to| to.to_string()).unwrap_or_default();
                sink.report(
                    Diagnostic::new(
                        Code::VersionGap,
                        Span::clone(second_span),
                        format!("“{title}”的{zh}在 {last} 之后、{} 之前没有版本", second.from),
                        format!("no version for {en} after {last} and before {}", second.from),
                    )
                    .other(
                        Span::clone(first_span),
                        "前一个版本",
                        "the version before",
                    ),
                );
            }
        }
    }
}

/// Programmes whose prerequisites lead back to themselves: each programme is walked through once.
pub(crate) fn check_cycles(sink: &Sink, programmes: &BTreeMap<String, (Vec<String>, Span)>) {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in programmes.keys() {
        // The way from the start, each with the prerequisites that are still to be followed.
        let mut way: Vec<(&str, &[String])> = vec![(start, needs(programmes, start))];
        let mut on_way: BTreeSet<&str> = BTreeSet::from([start.as_str()]);
        while let Some((id, open)) = way.last_mut() {
            let id = *id;
            let Some((next, rest)) = open.split_first() else {
                done.insert(id);
                on_way.remove(id);
                way.pop();
                continue;
            };
            *open = rest;
            if on_way.contains(next.as_str()) {
                let cycle = way.iter().map(|(id, _)| *id).skip_while(|id| *id != next).collect();
                report_cycle(sink, programmes, cycle);
            } else if !done.contains(next.as_str()) {
                on_way.insert(next);
                way.push((next, needs(programmes, next)));
            }
        }
    }
}

fn needs<'p>(programmes: &'p BTreeMap<String, (Vec<String>, Span)>, id: &str) -> &'p [String] {
    programmes.get(id).map(|(needs, _)| needs.as_slice()).unwrap_or_default()
}

/// Tells a cycle at its first programme.
fn report_cycle(
    sink: &Sink,
    programmes: &BTreeMap<String, (Vec<String>, Span)>,
    mut cycle: Vec<&str>,
) {
    let first = (0..cycle.len()).min_by_key(|index| cycle.get(*index)).unwrap_or_default();
    cycle.rotate_left(first);
    let Some(id) = cycle.first() else { return };
    let Some((_, span)) = programmes.get(*id) else { return };
    let way = cycle.join(" → ");
    sink.report(Diagnostic::new(
        Code::PrerequisiteCycle,
        span.clone(),
        format!("项目互为前置条件：{way} → {id}"),
        format!("programmes are each other's prerequisites: {way} → {id}"),
    ));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn cycles(needs: &[(&str, &[&str])]) -> Vec<String> {
        let span = |index: usize| Span::new(&Arc::from("x"), index..index + 1);
        let programmes = needs.iter().enumerate().map(|(index, (id, needs))| {
            let needs = needs.iter().map(|need| (*need).to_owned()).collect();
            ((*id).to_owned(), (needs, span(index)))
        });
        let sink = Sink::default();
        check_cycles(&sink, &programmes.collect());
        sink.take().into_iter().map(|found| found.message.en).collect()
    }

    #[test]
    fn cycles_are_told_at_their_first_programme() {
        assert!(cycles(&[("a", &["b", "c"]), ("b", &["d"]), ("c", &["d"]), ("d", &[])]).is_empty());
        let found = cycles(&[("a", &["c"]), ("b", &["d"]), ("c", &["b", "x"]), ("d", &["c"])]);
        assert_eq!(found, ["programmes are each other's prerequisites: b → d → c → b"]);
        assert_eq!(cycles(&[("a", &["a"])]).len(), 1);
    }

    /// Diamonds double the ways from end to end at every step; each programme is still seen once.
    #[test]
    fn many_ways_take_no_longer() {
        let ids: Vec<String> = (0..3000).map(|index| format!("p{index:04}")).collect();
        let needs: Vec<Vec<&str>> = (0..ids.len())
            .map(|index| ids.iter().skip(index + 1).take(2).map(String::as_str).collect())
            .collect();
        let all: Vec<(&str, &[&str])> =
            ids.iter().zip(&needs).map(|(id, needs)| (id.as_str(), needs.as_slice())).collect();
        assert!(cycles(&all).is_empty());
    }
}
