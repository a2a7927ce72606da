//! Bands as what they are: points over values. Two tables of bands are the same if every value gets
//! the same points, however the bands are cut; else the stretches that differ are told.

use std::cmp::Ordering;

use enterprise::Text;
use rules::{Band, Exact, Limit, Points, Quantity};

use crate::change::Direction;
use crate::say;
use words::quantity::{limit_in, measure_of};

/// Values that get other points than before.
pub(crate) struct Stretch {
    /// The values.
    pub values: Text,
    pub before: Option<Points>,
    pub after: Option<Points>,
}

/// A place on the line of values.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// At an edge.
    At(&'a Limit),
    /// Between two edges next to each other; none: without end.
    Between(Option<&'a Limit>, Option<&'a Limit>),
}

/// The stretches of values whose points differ, in rising order.
pub(crate) fn stretches(value: &Quantity, old: &[Band], new: &[Band]) -> Vec<Stretch> {
    let places = places(old.iter().chain(new));
    let mut found: Vec<(Place<'_>, Place<'_>, Option<Points>, Option<Points>)> = Vec::new();
    let mut open = false;
    for place in places {
        let (before, after) = (points(old, place), points(new, place));
        if before == after {
            open = false;
            continue;
        }
        match found.last_mut() {
            Some(last) if open && (last.2, last.3) == (before, after) => last.1 = place,
            _ => found.push((place, place, before, after)),
        }
        open = true;
    }
    found
        .into_iter()
        .map(|(first, last, before, after)| Stretch {
            values: span(first, last, value),
            before,
            after,
        })
        .collect()
}

/// Easier if no value gets fewer points, harder if none gets more.
pub(crate) fn direction(before: Option<Points>, after: Option<Points>) -> Option<Direction> {
    match after.unwrap_or_default().cmp(&before.unwrap_or_default()) {
        Ordering::Less => Some(Direction::Tightened),
        Ordering::Greater => Some(Direction::Relaxed),
        Ordering::Equal => None,
    }
}

/// All edges in rising order, with the stretches between them.
fn places<'a>(bands: impl Iterator<Item = &'a Band>) -> Vec<Place<'a>> {
    let mut edges: Vec<&Limit> =
        bands.flat_map(|band| &band.edges).map(|(_, limit)| limit).collect();
    edges.sort_by(|a, b| a.value.compare(b.value).unwrap_or(Ordering::Equal));
    edges.dedup_by(|a, b| a.value == b.value);
    let mut places = Vec::new();
    let mut below = None;
    for edge in edges {
        places.push(Place::Between(below, Some(edge)));
        places.push(Place::At(edge));
        below = Some(edge);
    }
    places.push(Place::Between(below, None));
    places
}

/// The points at a place.
fn points(bands: &[Band], place: Place<'_>) -> Option<Points> {
    let holds = |band: &&Band| {
        band.edges.iter().all(|(operator, limit)| {
            order(place, limit.value).is_some_and(|order| operator.holds(order))
        })
    };
    bands.iter().find(holds).map(|band| band.points)
}

/// How the values of a place lie to an edge.
fn order(place: Place<'_>, edge: Exact) -> Option<Ordering> {
    match place {
        Place::At(limit) => limit.value.compare(edge),
        // Nothing lies between neighbouring edges: all of it is on one side.
        Place::Between(Some(below), _) if below.value.compare(edge)?.is_ge() => {
            Some(Ordering::Greater)
        }
        Place::Between(..) => Some(Ordering::Less),
    }
}

fn span(first: Place<'_>, last: Place<'_>, value: &Quantity) -> Text {
    let words = |limit: &Limit| limit_in(limit, &measure_of(value, Some(limit)));
    let signed = |sign: &str, limit: &Limit| {
        let words = words(limit);
        Text::new(format!("{sign} {}", words.zh), format!("{sign} {}", words.en))
    };
    let mut parts = Vec::new();
    match (first, last) {
        (Place::At(one), Place::At(other)) if one.value == other.value => {
            parts.push(signed("=", one));
        }
        _ => {
            match first {
                Place::At(limit) => parts.push(signed("≥", limit)),
                Place::Between(Some(limit), _) => parts.push(signed(">", limit)),
                Place::Between(None, _) => {}
            }
            match last {
                Place::At(limit) => parts.push(signed("≤", limit)),
                Place::Between(_, Some(limit)) => parts.push(signed("<", limit)),
                Place::Between(_, None) => {}
            }
        }
    }
    if parts.is_empty() {
        return Text::new("任何数值", "any value");
    }
    let range = words::join(&parts, "，", ", ");
    let what = say::quantity(value);
    Text::new(format!("{} {}", what.zh, range.zh), format!("{} {}", what.en, range.en))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rules::{Citation, Document, Measure, Operator, Status};

    use super::*;

    fn limit(percent: i64) -> Limit {
        Limit {
            name: String::new(),
            value: Exact::scaled(percent, 100).unwrap(),
            measure: Measure::Ratio,
            written: format!("{percent} %"),
            citation: Citation {
                document: Arc::new(Document::default()),
                clause: String::new(),
                status: Status::Reposted,
                note: None,
            },
        }
    }

    fn band(edges: &[(Operator, i64)], points: i64) -> Band {
        let edges = edges.iter().map(|(operator, percent)| (*operator, limit(*percent)));
        Band { edges: edges.collect(), points: Points(points * 100) }
    }

    #[test]
    fn stretches_are_those_whose_points_differ() {
        use Operator::{AtLeast, AtMost, LessThan, MoreThan};
        let ladder = |top: i64, edge: Operator, below: Operator| {
            vec![
                band(&[(edge, top)], 10),
                band(&[(AtLeast, 5), (below, top)], 5),
                band(&[(LessThan, 5)], 0),
            ]
        };
        let ten = ladder(10, AtLeast, LessThan);
        let twelve = ladder(12, AtLeast, LessThan);
        let split = vec![
            band(&[(AtLeast, 10)], 10),
            band(&[(LessThan, 5)], 0),
            band(&[(AtLeast, 7), (LessThan, 10)], 5),
            band(&[(AtLeast, 5), (LessThan, 7)], 5),
        ];
        let open = ladder(10, MoreThan, AtMost);
        type Told<'a> = &'a [(&'a str, i64, i64)];
        let cases: [(&[Band], &[Band], Told<'_>); 4] = [
            (&ten, &ten, &[]),
            (&ten, &split, &[]),
            (&ten, &twelve, &[("1 ≥ 10 %，< 12 %", 10, 5)]),
            (&ten, &open, &[("1 = 10 %", 10, 5)]),
        ];
        for (old, new, expected) in cases {
            let found: Vec<(String, i64, i64)> = stretches(&Quantity::Constant(1), old, new)
                .into_iter()
                .map(|one| (one.values.zh, one.before.unwrap().0 / 100, one.after.unwrap().0 / 100))
                .collect();
            let expected: Vec<(String, i64, i64)> =
                expected.iter().map(|(words, a, b)| ((*words).to_owned(), *a, *b)).collect();
            assert_eq!(found, expected);
        }
    }
}
