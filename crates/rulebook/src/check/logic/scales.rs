//! Score tables: entries that say the same, levels that are never reached, steps beyond the range.

use rules::{Entry, Exact, Scale, ScoreItem, ScoreTable};

use crate::check::logic::alternatives::neighbours;
use crate::check::logic::conjunction::{MOST_OTHERS, check_conjunction};
use crate::check::logic::implied::{is_trivial, settles};
use crate::check::logic::node::Node;
use crate::check::logic::placed::Placing;
use crate::check::logic::possible::Possible;
use crate::check::logic::report::Report;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::read::table::{Table, Value};

pub(crate) fn check_score(
    report: &Report<'_>,
    placing: Placing<'_, '_>,
    table: &Table<'_>,
    score: &ScoreTable,
) {
    let by_id =
        |value: &Value<'_>| -> Option<String> { Some(value.table()?.word("id")?.text.to_owned()) };
    for value in table.list("group") {
        let Some(id) = by_id(&value) else { continue };
        let Some(group) = score.groups.iter().find(|group| group.id == id) else { continue };
        let Some(inner) = value.table() else { continue };
        for value in inner.list("item") {
            let Some(id) = by_id(&value) else { continue };
            let Some(item) = group.items.iter().find(|item| item.id == id) else { continue };
            if let Some(inner) = value.table() {
                check_item(report, placing, &inner, item);
            }
        }
    }
}

fn check_item(report: &Report<'_>, placing: Placing<'_, '_>, table: &Table<'_>, item: &ScoreItem) {
    let Scale::Best(sides) = &item.scale else {
        return check_scale(report, placing, table, &item.scale);
    };
    for (value, side) in table.list("best").iter().zip(sides) {
        if let Some(inner) = value.table() {
            check_scale(report, placing, &inner, &side.scale);
        }
    }
}

fn check_scale(report: &Report<'_>, placing: Placing<'_, '_>, table: &Table<'_>, scale: &Scale) {
    match scale {
        Scale::Tally { entries, .. } => {
            let nodes = nodes(placing, table, "tally", entries);
            for (a, b) in neighbours(&nodes) {
                if a.name == b.name {
                    report.duplicate(b, a);
                }
            }
            nodes.iter().for_each(|node| check_conjunction(report, [node], None));
        }
        Scale::Levels { entries, .. } => {
            let nodes = nodes(placing, table, "levels", entries);
            check_levels(report, &nodes);
            nodes.iter().for_each(|node| check_conjunction(report, [node], None));
        }
        Scale::Steps { value, each, points, cap } => {
            let highest = rules::range(placing.rulebook, value).ok().and_then(|range| range.high);
            let steps = highest.and_then(|high| high.over(each.value));
            let won = steps.and_then(|steps| {
                steps.floor_at(1).and_then(|steps| steps.max(0).checked_mul(points.0))
            });
            if let (Some(steps), Some(won)) = (steps, won)
                && won < cap.0
            {
                beyond(report, table, steps, won);
            }
        }
        Scale::Bands { .. } | Scale::Best(_) | Scale::Given(_) => {}
    }
}

/// Steps of which the range has too few.
fn beyond(report: &Report<'_>, table: &Table<'_>, steps: Exact, won: i64) {
    let inner = table.get("steps").and_then(|value| value.table());
    let Some(inner) = inner else { return };
    let steps = steps.floor_at(1).unwrap_or_default().max(0);
    let span = inner.get("cap").map_or_else(|| inner.head(), |cap| cap.span());
    let won = enterprise::format_decimal(won, 100);
    report.sink.report(
        Diagnostic::new(
            Code::NeverReached,
            span,
            format!("按指标取值范围最多 {steps} 级，共 {won} 分，达不到上限"),
            format!("over the range of the value there are at most {steps} steps, {won} points: the cap is never reached"),
        )
        .help("核对每级的单位和指标的 range", "check the unit of a step and the range of the indicator"),
    );
}

fn nodes(
    placing: Placing<'_, '_>,
    table: &Table<'_>,
    key: &'static str,
    entries: &[Entry],
) -> Vec<Node> {
    let list = table.list(key);
    let placed = list.iter().filter_map(|value| {
        let inner = value.table()?;
        let id = inner.word("id")?;
        let entry = entries.iter().find(|entry| entry.id == id.text)?;
        Some(placing.condition(table, &inner.word("when")?, &entry.when, &[]))
    });
    placed.collect()
}

fn check_levels(report: &Report<'_>, levels: &[Node]) {
    for (index, level) in levels.iter().enumerate() {
        if is_trivial(level) {
            continue;
        }
        let earlier = levels.get(..index).unwrap_or_default();
        let earlier: Vec<&Node> = earlier
            .iter()
            .rev()
            .filter(|other| !is_trivial(other) && other.span != level.span)
            .take(MOST_OTHERS)
            .collect();
        let same = earlier.iter().find(|other| other.name == level.name);
        let wider = earlier.iter().find(|other| settles(&level.met, other));
        if let Some(other) = same {
            report.duplicate(level, other);
        } else if let Some(other) = wider {
            report.never_reached(level, &[*other]);
        } else {
            let left = earlier.iter().fold(Possible::anything(), |left, other| {
                let rest = left.and(&other.not_met);
                // Levels that cannot fail together say nothing about this one.
                if rest.is_nothing() { left } else { rest }
            });
            if left.clashes_with(&level.met) {
                let shares = |other: &&&Node| {
                    other.subjects.iter().any(|subject| level.subjects.contains(subject))
                };
                let others: Vec<&Node> = earlier.iter().filter(shares).copied().collect();
                report.never_reached(level, &others);
            }
        }
    }
}
