//! Every number of a version, and the version with one of them moved by a step. For asking whether
//! any worked example notices.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use rules::{
    Body, Classification, Comparison, Condition, Criterion, Exact, Group, Limit, Measure, Points,
    Quantity, Scale, ScoreGroup, ScoreTable, Version, Window,
};

use crate::example::nudge_benefit::{BenefitKnob, benefit_knobs, nudge_benefit};

/// A number that can be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Knob {
    /// A named threshold of a criterion or score item.
    Limit(Arc<str>, Arc<str>, String),
    /// The months of an event window of a criterion.
    Months(Arc<str>, Arc<str>),
    /// A band edge of a score item, by its value as written.
    Edge(Arc<str>, String),
    /// The n-th points or cap of a score item.
    Points(Arc<str>, usize),
    /// The pass mark, or the floor of a group.
    Mark(Option<Arc<str>>),
    /// The first or last day of the n-th period.
    Day(usize, bool),
    /// The n-th tier edge of the n-th metric of a group.
    Tier(Arc<str>, usize, usize),
    /// How long the title is valid.
    Validity,
    /// A number of a benefit.
    Benefit(BenefitKnob),
}

/// All numbers of a version.
pub(crate) fn knobs(version: &Version) -> Vec<Knob> {
    let mut knobs = Vec::new();
    for (index, applies) in version.applies.iter().enumerate() {
        knobs.push(Knob::Day(index, true));
        if applies.to.is_some() {
            knobs.push(Knob::Day(index, false));
        }
    }
    knobs.extend(criteria_knobs(&version.criteria));
    knobs.extend(criteria_knobs(&version.preferences));
    knobs.extend(version.validity.iter().map(|_| Knob::Validity));
    knobs.extend(benefit_knobs(&version.benefits).into_iter().map(Knob::Benefit));
    if let Some(table) = &version.score {
        knobs.push(Knob::Mark(None));
        for group in &table.groups {
            if group.floor.is_some() {
                knobs.push(Knob::Mark(Some(group.id.as_str().into())));
            }
            for item in &group.items {
                let id: Arc<str> = item.id.as_str().into();
                for limit in &item.limits {
                    knobs.push(Knob::Limit("score".into(), id.clone(), limit.name.clone()));
                }
                let mut scale = item.scale.clone();
                let mut points = 0;
                each_points(&mut scale, &mut |_| points += 1);
                knobs.extend((0..points).map(|index| Knob::Points(id.clone(), index)));
                let mut edges: Vec<String> = Vec::new();
                each_edge(&mut scale, &mut |limit| {
                    if !edges.contains(&limit.written) {
                        edges.push(limit.written.clone());
                    }
                });
                knobs.extend(edges.into_iter().map(|edge| Knob::Edge(id.clone(), edge)));
            }
        }
    }
    knobs
}

/// The thresholds and windows of criteria.
pub(crate) fn criteria_knobs(criteria: &[Criterion]) -> Vec<Knob> {
    let mut knobs = Vec::new();
    for criterion in criteria.iter().flat_map(Criterion::walk) {
        let (owner, id) = name(criterion);
        for limit in &criterion.limits {
            knobs.push(Knob::Limit(owner.clone(), id.clone(), limit.name.clone()));
        }
        if let Body::Require(condition) = &criterion.body
            && has_window(condition)
        {
            knobs.push(Knob::Months(owner, id));
        }
    }
    knobs
}

/// All numbers of a classification.
pub(crate) fn tier_knobs(classification: &Classification) -> Vec<Knob> {
    let mut knobs = Vec::new();
    for group in &classification.groups {
        for (index, metric) in group.metrics.iter().enumerate() {
            let id: Arc<str> = group.id.as_str().into();
            knobs.extend((0..metric.tiers.len()).map(|tier| Knob::Tier(id.clone(), index, tier)));
        }
    }
    knobs
}

/// Moves one number of a version by a step.
pub(crate) fn nudge(version: &mut Version, knob: &Knob, up: bool) {
    match knob {
        Knob::Limit(owner, id, limit) if &**owner == "score" => {
            for item in items(&mut version.score).filter(|item| item.id == **id) {
                for known in item.limits.iter().filter(|known| known.name == *limit) {
                    let moved = Arc::new(moved(known, up));
                    each_condition(&mut item.scale, &mut |condition| {
                        replace(condition, known, &moved)
                    });
                }
            }
        }
        Knob::Limit(..) | Knob::Months(..) => {
            nudge_criteria(&mut version.criteria, knob, up);
            nudge_criteria(&mut version.preferences, knob, up);
        }
        Knob::Validity => {
            version.validity = version.validity.as_ref().map(|limit| moved(limit, up));
        }
        Knob::Benefit(knob) => nudge_benefit(&mut version.benefits, knob, up),
        Knob::Edge(id, written) => {
            for item in items(&mut version.score).filter(|item| item.id == **id) {
                each_edge(&mut item.scale, &mut |limit| {
                    if limit.written == *written {
                        *limit = moved(limit, up);
                    }
                });
            }
        }
        Knob::Points(id, wanted) => {
            for item in items(&mut version.score).filter(|item| item.id == **id) {
                let mut index = 0;
                each_points(&mut item.scale, &mut |points| {
                    if index == *wanted {
                        points.0 += if up { 100 } else { -100 };
                    }
                    index += 1;
                });
            }
        }
        Knob::Mark(group) => {
            let Some(table) = &mut version.score else { return };
            let signed = |step: i64| if up { step } else { -step };
            match group {
                None => table.pass.points.0 += signed(grain(table.groups.iter())),
                Some(id) => {
                    for group in table.groups.iter_mut().filter(|group| group.id == **id) {
                        let step = signed(grain([&*group].into_iter()));
                        if let Some(floor) = &mut group.floor {
                            floor.points.0 += step;
                        }
                    }
                }
            }
        }
        Knob::Day(index, first) => {
            let Some(applies) = version.applies.get_mut(*index) else { return };
            if *first {
                applies.from = next_day(applies.from, up);
            } else {
                applies.to = applies.to.map(|to| next_day(to, up));
            }
        }
        Knob::Tier(..) => {}
    }
}

/// Moves one threshold or window of criteria by a step.
pub(crate) fn nudge_criteria(criteria: &mut [Criterion], knob: &Knob, up: bool) {
    match knob {
        Knob::Limit(owner, id, limit) => each_criterion(criteria, &mut |criterion| {
            move_case_edge(criterion, owner, id, limit, up);
            if criterion.owner != **owner || criterion.id != **id {
                return;
            }
            let Some(known) = criterion.limits.iter().find(|known| known.name == *limit).cloned()
            else {
                return;
            };
            let moved = Arc::new(moved(&known, up));
            each_criterion(std::slice::from_mut(criterion), &mut |criterion| {
                if let Some(when) = &mut criterion.when {
                    replace(when, &known, &moved);
                }
                if let Body::Require(condition) = &mut criterion.body {
                    replace(condition, &known, &moved);
                }
            });
        }),
        Knob::Months(owner, id) => each_criterion(criteria, &mut |criterion| {
            if criterion.owner == **owner
                && criterion.id == **id
                && let Body::Require(condition) = &mut criterion.body
            {
                windows(condition, up);
            }
        }),
        _ => {}
    }
}

/// Moves one tier edge of a classification by a step.
pub(crate) fn nudge_tier(classification: &mut Classification, knob: &Knob, up: bool) {
    let Knob::Tier(id, metric, tier) = knob else { return };
    for group in classification.groups.iter_mut().filter(|group| group.id == **id) {
        if let Some((_, limit)) =
            group.metrics.get_mut(*metric).and_then(|metric| metric.tiers.get_mut(*tier))
        {
            *limit = moved(limit, up);
        }
    }
}

/// The smallest difference between two totals that these groups can give: a mark that moves by less
/// moves past nobody.
fn grain<'g>(groups: impl Iterator<Item = &'g ScoreGroup>) -> i64 {
    fn common(a: i64, b: i64) -> i64 {
        if b == 0 { a.abs() } else { common(b, a % b) }
    }
    let mut grain = 0;
    for item in groups.flat_map(|group| &group.items) {
        each_points(&mut item.scale.clone(), &mut |points| grain = common(grain, points.0));
        if let Scale::Given(fact) = &item.scale {
            grain = common(grain, 100 / fact.indicator.kind.scale().clamp(1, 100));
        }
    }
    grain.max(1)
}

/// Whether moving the number this way could matter at all: no points below zero, and no day that
/// another version already has, which the checker reports by itself.
pub(crate) fn is_worth_moving(versions: &[Version], index: usize, knob: &Knob, up: bool) -> bool {
    let Some(version) = versions.get(index) else { return false };
    match knob {
        Knob::Points(id, wanted) if !up => {
            let mut at = 0;
            let mut positive = true;
            for item in
                version.score.iter().flat_map(|table| &table.groups).flat_map(|group| &group.items)
            {
                if item.id == **id {
                    each_points(&mut item.scale.clone(), &mut |points| {
                        positive &= at != *wanted || points.0 > 0;
                        at += 1;
                    });
                }
            }
            positive
        }
        Knob::Day(period, first) if *first != up => {
            let Some(applies) = version.applies.get(*period) else { return false };
            let day = if *first { Some(applies.from) } else { applies.to };
            let taken = |day: Date| {
                let others = versions.iter().enumerate().filter(|(other, _)| *other != index);
                others
                    .flat_map(|(_, other)| &other.applies)
                    .any(|other| other.purpose == applies.purpose && other.covers(day))
            };
            day.is_none_or(|day| !taken(next_day(day, up)))
        }
        _ => true,
    }
}

impl Knob {
    /// The number as people can find it.
    pub fn name(&self) -> String {
        match self {
            Self::Limit(owner, id, limit) => format!("{owner}/{id}.{limit}"),
            Self::Months(owner, id) => format!("{owner}/{id} months"),
            Self::Edge(id, edge) => format!("score/{id} {edge}"),
            Self::Points(id, index) => format!("score/{id} points[{}]", index + 1),
            Self::Mark(None) => "score pass".to_owned(),
            Self::Mark(Some(id)) => format!("score/{id} floor"),
            Self::Day(index, true) => format!("applies[{}].from", index + 1),
            Self::Day(index, false) => format!("applies[{}].to", index + 1),
            Self::Validity => "validity".to_owned(),
            Self::Benefit(knob) => knob.name(),
            Self::Tier(id, metric, tier) => {
                format!("{id} metric[{}].tiers[{}]", metric + 1, tier + 1)
            }
        }
    }
}

fn name(criterion: &Criterion) -> (Arc<str>, Arc<str>) {
    (criterion.owner.as_str().into(), criterion.id.as_str().into())
}

/// An edge between two cases is moved on both sides: moved on one, it would leave a hole or an
/// overlap, which the checker reports by itself. The named case's own side moves with the limit.
fn move_case_edge(criterion: &mut Criterion, owner: &str, id: &str, limit: &str, up: bool) {
    let Body::Group(Group::Cases, cases) = &mut criterion.body else { return };
    let named = cases.iter().find(|case| case.owner == *owner && case.id == *id);
    let edge = named.and_then(|case| {
        let known = case.limits.iter().find(|known| known.name == *limit)?;
        uses(case.when.as_ref()?, known).then_some(known.value)
    });
    let Some(edge) = edge else { return };
    for case in cases.iter_mut().filter(|case| case.id != *id) {
        let Some(when) = &mut case.when else { continue };
        for known in case.limits.iter().filter(|known| known.value == edge) {
            replace(when, known, &Arc::new(moved(known, up)));
        }
    }
}

fn uses(condition: &Condition, limit: &Arc<Limit>) -> bool {
    let mut copy = condition.clone();
    replace(&mut copy, limit, &Arc::new(Limit { name: String::new(), ..Limit::clone(limit) }));
    copy != *condition
}

pub(crate) fn next_day(day: Date, up: bool) -> Date {
    day.checked_add(if up { 1 } else { -1 }.days()).unwrap_or(day)
}

/// The limit one step further: a fen, a ppm, the last decimal that is kept.
pub(crate) fn moved(limit: &Limit, up: bool) -> Limit {
    let scale = match &limit.measure {
        Measure::Money => 1,
        Measure::Ratio | Measure::Other => 1_000_000,
        Measure::Count { decimals, .. } => 10i64.saturating_pow(u32::from(*decimals)),
    };
    let step = Exact::scaled(if up { 1 } else { -1 }, scale).unwrap_or(Exact::ZERO);
    Limit { value: limit.value.plus(step).unwrap_or(limit.value), ..limit.clone() }
}

fn items(score: &mut Option<ScoreTable>) -> impl Iterator<Item = &mut rules::ScoreItem> {
    score.iter_mut().flat_map(|table| &mut table.groups).flat_map(|group| &mut group.items)
}

fn each_criterion(criteria: &mut [Criterion], each: &mut dyn FnMut(&mut Criterion)) {
    for criterion in criteria {
        each(criterion);
        if let Body::Group(_, children) = &mut criterion.body {
            each_criterion(children, each);
        }
    }
}

fn has_window(condition: &Condition) -> bool {
    match condition {
        Condition::Happened(_) => true,
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().any(has_window)
        }
        Condition::Not(inner) => has_window(inner),
        _ => false,
    }
}

fn windows(condition: &mut Condition, up: bool) {
    match condition {
        Condition::Happened(happened) => {
            happened.window = match happened.window {
                Window::Months(months) if up => Window::Months(months + 1),
                Window::Months(months) => Window::Months(months.saturating_sub(1)),
                Window::SinceStartOf(offset) => {
                    Window::SinceStartOf(offset + if up { 1 } else { -1 })
                }
            };
        }
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            for part in parts {
                windows(part, up);
            }
        }
        Condition::Not(inner) => windows(inner, up),
        _ => {}
    }
}

fn replace(condition: &mut Condition, known: &Arc<Limit>, moved: &Arc<Limit>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            for part in parts {
                replace(part, known, moved);
            }
        }
        Condition::Not(inner) => replace(inner, known, moved),
        Condition::Compare(Comparison { left, right, .. }) => {
            replace_in(left, known, moved);
            replace_in(right, known, moved);
        }
        Condition::Happened(happened) => {
            if let Some((_, _, limit)) = &mut happened.attribute
                && Arc::ptr_eq(limit, known)
            {
                *limit = Arc::clone(moved);
            }
        }
        Condition::Member(_) | Condition::Flag(_) | Condition::Holds(_) => {}
    }
}

pub(crate) fn replace_in(quantity: &mut Quantity, known: &Arc<Limit>, moved: &Arc<Limit>) {
    match quantity {
        Quantity::Limit(limit) if Arc::ptr_eq(limit, known) => *limit = Arc::clone(moved),
        Quantity::Add(left, right)
        | Quantity::Subtract(left, right)
        | Quantity::Multiply(left, right)
        | Quantity::Divide(left, right)
        | Quantity::Growth(left, right)
        | Quantity::CompoundGrowth { end: left, start: right, .. } => {
            replace_in(left, known, moved);
            replace_in(right, known, moved);
        }
        Quantity::Least(parts)
        | Quantity::Greatest(parts)
        | Quantity::SumOverYears(parts)
        | Quantity::MeanOverYears(parts) => {
            for part in parts {
                replace_in(part, known, moved);
            }
        }
        Quantity::Fact(_)
        | Quantity::Limit(_)
        | Quantity::Constant(_)
        | Quantity::Elapsed { .. } => {}
    }
}

fn each_points(scale: &mut Scale, each: &mut dyn FnMut(&mut Points)) {
    match scale {
        Scale::Bands { bands, .. } => bands.iter_mut().for_each(|band| each(&mut band.points)),
        Scale::Steps { points, cap, .. } => {
            each(points);
            each(cap);
        }
        Scale::Tally { entries, cap } => {
            entries.iter_mut().for_each(|entry| each(&mut entry.points));
            each(cap);
        }
        Scale::Levels { entries, otherwise } => {
            entries.iter_mut().for_each(|entry| each(&mut entry.points));
            each(otherwise);
        }
        Scale::Best(sides) => sides.iter_mut().for_each(|side| each_points(&mut side.scale, each)),
        Scale::Given(_) => {}
    }
}

fn each_edge(scale: &mut Scale, each: &mut dyn FnMut(&mut Limit)) {
    match scale {
        Scale::Bands { bands, .. } => {
            bands.iter_mut().flat_map(|band| &mut band.edges).for_each(|(_, limit)| each(limit));
        }
        Scale::Steps { each: step, .. } => each(step),
        Scale::Best(sides) => sides.iter_mut().for_each(|side| each_edge(&mut side.scale, each)),
        Scale::Tally { .. } | Scale::Levels { .. } | Scale::Given(_) => {}
    }
}

fn each_condition(scale: &mut Scale, each: &mut dyn FnMut(&mut Condition)) {
    match scale {
        Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
            entries.iter_mut().for_each(|entry| each(&mut entry.when));
        }
        Scale::Best(sides) => {
            sides.iter_mut().for_each(|side| each_condition(&mut side.scale, each))
        }
        Scale::Bands { .. } | Scale::Steps { .. } | Scale::Given(_) => {}
    }
}
