//! Bands and cases must cover every value once: finds holes and overlaps, edge by edge.

use std::cmp::Ordering;

use rules::{Band, Condition, Exact, Limit, Measure, Operator, Quantity};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::resolve::Resolver;
use crate::read::table::Table;

/// A stretch of values; a missing edge reaches as far as values go.
struct Stretch {
    low: Option<(Exact, bool)>,
    high: Option<(Exact, bool)>,
    span: Span,
}

impl Stretch {
    /// Whether no value of the range lies in it.
    fn misses(&self, range: &rules::Range) -> bool {
        let beyond = |bound: Option<Exact>, edge: Option<(Exact, bool)>, wanted: Ordering| {
            let Some((bound, (edge, closed))) = bound.zip(edge) else { return false };
            bound.compare(edge).is_some_and(|order| order == wanted || (order.is_eq() && !closed))
        };
        beyond(range.high, self.low, Ordering::Less)
            || beyond(range.low, self.high, Ordering::Greater)
    }
}

/// Which diagnostics a hole and an overlap are.
#[derive(Clone, Copy)]
struct Codes {
    hole: Code,
    overlap: Code,
    unit: (&'static str, &'static str),
}

const BANDS: Codes =
    Codes { hole: Code::BandHole, overlap: Code::BandOverlap, unit: ("档位", "band") };
const CASES: Codes =
    Codes { hole: Code::CaseHole, overlap: Code::CaseOverlap, unit: ("情形", "case") };

pub(crate) fn check_bands(
    resolver: &Resolver<'_>,
    table: &Table<'_>,
    value: &Quantity,
    bands: &[Band],
    spans: &[Span],
) {
    let stretches: Option<Vec<Stretch>> = bands
        .iter()
        .zip(spans)
        .map(|(band, span)| stretch(band.edges.iter().map(|(op, limit)| (*op, limit)), span))
        .collect();
    let measure = bands.iter().flat_map(|band| &band.edges).map(|(_, limit)| &limit.measure).next();
    if let (Some(stretches), Some(measure)) = (stretches, measure) {
        check(resolver, table, value, stretches, measure, BANDS);
    }
}

/// Cases are checked as bands of the one quantity that they all compare with limits. Answers whether
/// the conditions have that form.
pub(crate) fn check_cases(
    resolver: &Resolver<'_>,
    table: &Table<'_>,
    whens: &[(&Condition, Span)],
) -> bool {
    if are_opposites(whens) || are_all_options(whens) {
        return true;
    }
    let mut value: Option<&Quantity> = None;
    let mut measure = None;
    let mut stretches = Vec::new();
    for (when, span) in whens {
        let parts = match when {
            Condition::All(parts) => parts.iter().collect(),
            single => vec![*single],
        };
        let mut edges = Vec::new();
        for part in parts {
            let Condition::Compare(comparison) = part else { return false };
            let Quantity::Limit(limit) = &comparison.right else { return false };
            if **value.get_or_insert(&comparison.left) != comparison.left {
                return false;
            }
            measure = Some(&comparison.measure);
            edges.push((comparison.operator, &**limit));
        }
        match stretch(edges.into_iter(), span) {
            Some(stretch) => stretches.push(stretch),
            None => return false,
        }
    }
    if let (Some(value), Some(measure)) = (value, measure) {
        check(resolver, table, value, stretches, measure, CASES);
    }
    true
}

/// One condition and its negation: exactly one of them holds.
fn are_opposites(whens: &[(&Condition, Span)]) -> bool {
    let negates = |one: &Condition, other: &Condition| matches!(one, Condition::Not(inner) if **inner == *other);
    matches!(whens, [(one, _), (other, _)] if negates(one, other) || negates(other, one))
}

/// Every option of one choice in exactly one case.
fn are_all_options(whens: &[(&Condition, Span)]) -> bool {
    let mut seen: Vec<usize> = Vec::new();
    let mut fact = None;
    for (when, _) in whens {
        let (member, negated) = match when {
            Condition::Member(member) => (member, false),
            Condition::Not(inner) => match &**inner {
                Condition::Member(member) => (member, true),
                _ => return false,
            },
            _ => return false,
        };
        if **fact.get_or_insert(&member.fact) != member.fact {
            return false;
        }
        let enterprise::Kind::Choice(choices) = &member.fact.indicator.kind else { return false };
        for option in 0..choices.len() {
            if member.options.contains(&option) != negated {
                if seen.contains(&option) {
                    return false;
                }
                seen.push(option);
            }
        }
    }
    let all = fact.map(|fact| match &fact.indicator.kind {
        enterprise::Kind::Choice(choices) => choices.len(),
        _ => 0,
    });
    all == Some(seen.len())
}

fn stretch<'l>(edges: impl Iterator<Item = (Operator, &'l Limit)>, span: &Span) -> Option<Stretch> {
    let mut stretch = Stretch { low: None, high: None, span: span.clone() };
    for (operator, limit) in edges {
        let (edge, closed) =
            (limit.value, !matches!(operator, Operator::MoreThan | Operator::LessThan));
        if matches!(operator, Operator::AtLeast | Operator::MoreThan | Operator::Equal) {
            stretch.low = tighter(stretch.low, (edge, closed), Ordering::Less)?;
        }
        if matches!(operator, Operator::AtMost | Operator::LessThan | Operator::Equal) {
            stretch.high = tighter(stretch.high, (edge, closed), Ordering::Greater)?;
        }
    }
    Some(stretch)
}

/// The tighter of two edges on one side: `looser` says how the known edge lies to the new one if the
/// new one is tighter.
fn tighter(
    known: Option<(Exact, bool)>,
    new: (Exact, bool),
    looser: Ordering,
) -> Option<Option<(Exact, bool)>> {
    let Some((edge, closed)) = known else { return Some(Some(new)) };
    Some(Some(match edge.compare(new.0)? {
        Ordering::Equal => (edge, closed && new.1),
        order if order == looser => new,
        _ => (edge, closed),
    }))
}

fn check(
    resolver: &Resolver<'_>,
    table: &Table<'_>,
    value: &Quantity,
    mut stretches: Vec<Stretch>,
    measure: &Measure,
    codes: Codes,
) {
    stretches.sort_by(|a, b| lower(a.low, b.low));
    let range = rules::range(resolver.rulebook, value).ok();
    let report = |code: Code, span: &Span, other: Option<&Span>, zh: String, en: String| {
        let mut diagnostic = Diagnostic::new(code, span.clone(), zh, en);
        if let Some(other) = other {
            diagnostic = diagnostic.other(other.clone(), "与此相邻", "next to this one");
        }
        table.file.sink.report(diagnostic);
    };
    let (zh, en) = codes.unit;
    // The conditions of cases are checked as conditions.
    if codes.hole == Code::BandHole
        && let Some(range) = &range
    {
        for stretch in stretches.iter().filter(|stretch| stretch.misses(range)) {
            report(
                Code::NeverTrue,
                &stretch.span,
                None,
                "按指标取值范围，没有值落在此档位".to_owned(),
                "over the range of the value, nothing lies in this band".to_owned(),
            );
        }
    }
    if let Some(first) = stretches.first()
        && let Some((edge, closed)) = first.low
    {
        let lowest = range.as_ref().and_then(|range| range.low);
        let covered = lowest.and_then(|low| low.compare(edge)).is_some_and(|order| {
            order == Ordering::Greater || (order == Ordering::Equal && closed)
        });
        if !covered {
            let at = shown(edge, measure);
            report(
                codes.hole,
                &first.span,
                None,
                format!("低于 {at} 的值不落在任何{zh}"),
                format!("values below {at} lie in no {en}"),
            );
        }
    }
    for pair in stretches.windows(2) {
        let [left, right] = pair else { continue };
        let (Some((end, end_closed)), Some((start, start_closed))) = (left.high, right.low) else {
            report(
                codes.overlap,
                &right.span,
                Some(&left.span),
                format!("两个{zh}重叠"),
                format!("two {en}s overlap"),
            );
            continue;
        };
        let at = shown(start, measure);
        match end.compare(start) {
            Some(Ordering::Less) => {
                let from = shown(end, measure);
                report(
                    codes.hole,
                    &right.span,
                    Some(&left.span),
                    format!("{from} 与 {at} 之间的值不落在任何{zh}"),
                    format!("values between {from} and {at} lie in no {en}"),
                );
            }
            Some(Ordering::Equal) if !end_closed && !start_closed => report(
                codes.hole,
                &right.span,
                Some(&left.span),
                format!("恰为 {at} 的值不落在任何{zh}"),
                format!("the value {at} itself lies in no {en}"),
            ),
            Some(Ordering::Equal) if end_closed && start_closed => report(
                codes.overlap,
                &right.span,
                Some(&left.span),
                format!("恰为 {at} 的值落在两个{zh}"),
                format!("the value {at} itself lies in two {en}s"),
            ),
            Some(Ordering::Equal) => {}
            Some(Ordering::Greater) | None => report(
                codes.overlap,
                &right.span,
                Some(&left.span),
                format!("从 {at} 起两个{zh}重叠"),
                format!("from {at} on two {en}s overlap"),
            ),
        }
    }
    if let Some(last) = stretches.last()
        && let Some((edge, closed)) = last.high
    {
        let highest = range.as_ref().and_then(|range| range.high);
        let covered = highest
            .and_then(|high| high.compare(edge))
            .is_some_and(|order| order == Ordering::Less || (order == Ordering::Equal && closed));
        if !covered {
            let at = shown(edge, measure);
            report(
                codes.hole,
                &last.span,
                None,
                format!("高于 {at} 的值不落在任何{zh}"),
                format!("values above {at} lie in no {en}"),
            );
        }
    }
}

fn lower(a: Option<(Exact, bool)>, b: Option<(Exact, bool)>) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
        (Some((a, a_closed)), Some((b, b_closed))) => {
            a.compare(b).unwrap_or(Ordering::Equal).then(b_closed.cmp(&a_closed))
        }
    }
}

fn shown(value: Exact, measure: &Measure) -> String {
    let decimal = |scale: i64| {
        value.exactly_at(scale).map_or_else(String::new, |v| enterprise::format_decimal(v, scale))
    };
    match measure {
        Measure::Money => format!(
            "{} 元",
            value
                .exactly_at(1)
                .map_or_else(String::new, |fen| enterprise::format_decimal(fen, 100))
        ),
        Measure::Ratio => {
            let percent =
                value.exactly_at(1_000_000).map(|ppm| enterprise::format_decimal(ppm, 10_000));
            format!("{} %", percent.unwrap_or_default())
        }
        Measure::Count { unit, .. } => format!("{} {}", decimal(1_000_000), unit.zh),
        Measure::Other => decimal(1_000_000),
    }
}
