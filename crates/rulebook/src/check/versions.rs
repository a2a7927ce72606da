//! What only shows when versions and programmes are held side by side: overlaps, gaps, cycles.

use std::collections::BTreeMap;

use rules::{Body, Condition, Criterion, Purpose};

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

/// Programmes whose prerequisites lead back to themselves.
pub(crate) fn check_cycles(sink: &Sink, programmes: &BTreeMap<String, (Vec<String>, Span)>) {
    for (id, (_, span)) in programmes {
        let mut path = vec![id.as_str()];
        if let Some(cycle) = way_back(programmes, id, id, &mut path) {
            // Each cycle is told once, at its first programme.
            if cycle.iter().min() != Some(&id.as_str()) {
                continue;
            }
            let way = cycle.join(" → ");
            sink.report(Diagnostic::new(
                Code::PrerequisiteCycle,
                span.clone(),
                format!("项目互为前置条件：{way} → {id}"),
                format!("programmes are each other's prerequisites: {way} → {id}"),
            ));
        }
    }
}

fn way_back<'p>(
    programmes: &'p BTreeMap<String, (Vec<String>, Span)>,
    from: &'p str,
    to: &str,
    path: &mut Vec<&'p str>,
) -> Option<Vec<&'p str>> {
    for next in &programmes.get(from)?.0 {
        if next == to {
            return Some(path.clone());
        }
        if path.contains(&next.as_str()) {
            continue;
        }
        path.push(next);
        if let Some(found) = way_back(programmes, next, to, path) {
            return Some(found);
        }
        path.pop();
    }
    None
}

/// The programmes that `criteria` name as prerequisites.
pub(crate) fn prerequisites(criteria: &[Criterion]) -> Vec<String> {
    let mut found = Vec::new();
    for criterion in criteria.iter().flat_map(Criterion::walk) {
        if let Body::Require(condition) = &criterion.body {
            titles(condition, &mut found);
        }
    }
    found
}

fn titles(condition: &Condition, found: &mut Vec<String>) {
    match condition {
        Condition::Holds(holds) => found.push(holds.programme.clone()),
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            for part in parts {
                titles(part, found);
            }
        }
        Condition::Not(inner) => titles(inner, found),
        _ => {}
    }
}
