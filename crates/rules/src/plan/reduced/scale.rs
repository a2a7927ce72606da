//! Scales of points reduced to what can still change, and which moves could win more points.

use crate::amount::Amount;
use crate::condition::{FactRef, Operator, Quantity};
use crate::exact::Exact;
use crate::score::{Band, Points, Scale};
use crate::test_score::{band_of, steps_won};
use crate::truth::Truth;

use super::formula::{Formula, lacks_data};
use super::nearest::towards;
use super::test::{Test, together};
use super::variable::{Place, Values, Variables};
use super::{Move, Reducer};

/// Points as bounds, and whether it is data that keeps them apart.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Won {
    pub low: i64,
    pub high: i64,
    pub lacks_data: bool,
}

/// A scale over variables.
#[derive(Debug, Clone)]
pub(super) enum Earning<'r> {
    /// By the value: bands or steps.
    Value {
        value: Formula,
        scale: &'r Scale,
        /// Whether the value has a meaning where things stand.
        defined: bool,
    },
    /// Points for each entry that holds.
    Tally {
        tests: Vec<(Test<'r>, i64)>,
        cap: i64,
    },
    /// Points of the first entry that holds.
    Levels {
        tests: Vec<(Test<'r>, i64)>,
        otherwise: i64,
    },
    Best(Vec<Earning<'r>>),
}

impl<'r> Reducer<'r, '_> {
    pub(super) fn earning(&mut self, scale: &'r Scale) -> Earning<'r> {
        match scale {
            Scale::Bands { value, .. } | Scale::Steps { value, .. } => {
                let value = self.value(value);
                self.by_value(value, scale)
            }
            Scale::Given(fact) => {
                let value = self.given(fact);
                self.by_value(value, scale)
            }
            Scale::Tally { entries, cap } => {
                let tests = entries.iter().map(|e| (self.condition(&e.when), e.points.0)).collect();
                Earning::Tally { tests, cap: cap.0 }
            }
            Scale::Levels { entries, otherwise } => {
                let tests = entries.iter().map(|e| (self.condition(&e.when), e.points.0)).collect();
                Earning::Levels { tests, otherwise: otherwise.0 }
            }
            Scale::Best(sides) => {
                Earning::Best(sides.iter().map(|side| self.earning(&side.scale)).collect())
            }
        }
    }

    fn by_value(&mut self, value: Formula, scale: &'r Scale) -> Earning<'r> {
        let amount = value.amount(&self.variables.start());
        let defined = points(scale, amount.clone()).is_some();
        self.exact &= defined || !value.varies() || lacks_data(&amount.lacking());
        Earning::Value { value, scale, defined }
    }

    fn value(&mut self, quantity: &'r Quantity) -> Formula {
        let context = self.context;
        self.quantity(&context, quantity)
    }

    fn given(&mut self, fact: &'r FactRef) -> Formula {
        let context = self.context;
        self.fact(&context, fact)
    }
}

impl Earning<'_> {
    pub fn won(&self, values: &Values) -> Won {
        match self {
            Self::Value { value, scale, defined } => {
                let amount = value.amount(values);
                match points(scale, amount.clone()) {
                    Some(Points(won)) => Won { low: won, high: won, lacks_data: false },
                    None => {
                        let (low, high) = scale.reach();
                        let lacks = *defined || lacks_data(&amount.lacking());
                        let lacks_data = low != high && lacks;
                        Won { low: low.0, high: high.0, lacks_data }
                    }
                }
            }
            Self::Tally { tests, cap } => {
                let mut sum = Won::default();
                for (test, points) in tests {
                    let (low, high, lacks) = match test.truth(values) {
                        Truth::Met => (*points, *points, false),
                        Truth::Unknown(why) => ((*points).min(0), (*points).max(0), why.data),
                        Truth::NotMet | Truth::NotApplicable => (0, 0, false),
                    };
                    sum.low = sum.low.saturating_add(low);
                    sum.high = sum.high.saturating_add(high);
                    sum.lacks_data |= lacks;
                }
                Won { low: sum.low.min(*cap), high: sum.high.min(*cap), ..sum }.closed()
            }
            Self::Levels { tests, otherwise } => {
                let mut possible: Option<Won> = None;
                let mut lacking = false;
                let mut add = |points: i64| {
                    let known =
                        possible.unwrap_or(Won { low: points, high: points, ..Won::default() });
                    possible = Some(Won {
                        low: known.low.min(points),
                        high: known.high.max(points),
                        lacks_data: false,
                    });
                };
                let mut decided = false;
                for (test, points) in tests {
                    match test.truth(values) {
                        Truth::Met => {
                            add(*points);
                            decided = true;
                            break;
                        }
                        Truth::Unknown(why) => {
                            add(*points);
                            lacking |= why.data;
                        }
                        Truth::NotMet | Truth::NotApplicable => {}
                    }
                }
                if !decided {
                    add(*otherwise);
                }
                Won { lacks_data: lacking, ..possible.unwrap_or_default() }.closed()
            }
            Self::Best(sides) => {
                let mut best: Option<Won> = None;
                for side in sides.iter().map(|side| side.won(values)) {
                    best = Some(best.map_or(side, |known| Won {
                        low: known.low.max(side.low),
                        high: known.high.max(side.high),
                        lacks_data: known.lacks_data | side.lacks_data,
                    }));
                }
                best.unwrap_or_default().closed()
            }
        }
    }

    /// Single moves that win more points, or that every way to more points has to make.
    pub fn moves(&self, variables: &Variables<'_>, values: &Values) -> Vec<Move> {
        let now = self.won(values).sure();
        match self {
            Self::Value { value, scale, .. } => {
                let mut places = Vec::new();
                value.each_variable(&mut |place| {
                    if !places.contains(&place) {
                        places.push(place);
                    }
                });
                let mut moves = Vec::new();
                for goal in goals(scale, now) {
                    // Each edge is crossed once; between two of them one could jump over.
                    let edges = goal.missed(&value.amount(values));
                    let crossed = |values: &Values| edges.holds(&value.amount(values));
                    let inside = |other: &Values| goal.holds(&value.amount(other));
                    let now = value.amount(values);
                    let no_further = |other: &Values| edges.no_further(&now, &value.amount(other));
                    let near = towards(variables, &places, values, &inside, &crossed, &no_further);
                    moves.push(near);
                }
                together(moves)
            }
            Self::Tally { tests, .. } => together(
                tests
                    .iter()
                    .map(|(test, points)| test.moves(variables, values, *points > 0))
                    .collect(),
            ),
            Self::Levels { tests, .. } => {
                let better = tests.iter().filter(|(_, points)| *points > now);
                let reached = better.map(|(test, _)| test.moves(variables, values, true));
                // The first that holds counts: it may keep a better one from counting.
                let first = tests.iter().find(|(test, _)| test.truth(values) == Truth::Met);
                let left = first.map(|(test, _)| test.moves(variables, values, false));
                together(reached.chain(left).collect())
            }
            Self::Best(sides) => {
                together(sides.iter().map(|side| side.moves(variables, values)).collect())
            }
        }
    }

    pub fn each_variable(&self, each: &mut dyn FnMut(Place)) {
        match self {
            Self::Value { value, .. } => value.each_variable(each),
            Self::Tally { tests, .. } | Self::Levels { tests, .. } => {
                tests.iter().for_each(|(test, _)| test.each_variable(each));
            }
            Self::Best(sides) => sides.iter().for_each(|side| side.each_variable(each)),
        }
    }
}

impl Won {
    /// The points that count: those that are sure where data are missing, those that a favourable
    /// word would give where only a word is.
    pub fn sure(self) -> i64 {
        if self.lacks_data { self.low } else { self.high }
    }

    fn closed(self) -> Self {
        Self { lacks_data: self.lacks_data && self.low != self.high, ..self }
    }
}

/// The points for an amount; `None` while it cannot be told.
fn points(scale: &Scale, amount: Amount) -> Option<Points> {
    match scale {
        Scale::Bands { bands, .. } => band_of(bands, &amount.judged_if_absent()),
        Scale::Steps { each, points, cap, .. } => {
            steps_won(&amount.judged_if_absent(), each, *points, *cap)
        }
        Scale::Given(_) => amount.as_exact()?.floor_at(100).map(Points),
        _ => None,
    }
}

/// A value to reach for more points: between these edges.
struct Goal {
    edges: Vec<(Operator, Exact)>,
}

impl Goal {
    fn at_least(value: Exact) -> Self {
        Self { edges: vec![(Operator::AtLeast, value)] }
    }

    fn holds(&self, amount: &Amount) -> bool {
        let Amount::Known(number) = amount else { return false };
        let inside = |(operator, edge): &(Operator, Exact)| {
            number.compare(*edge).is_some_and(|order| operator.holds(order))
        };
        self.edges.iter().all(inside)
    }

    /// Whether `other` is no further from the edges than `now`, both on the wrong side of them.
    fn no_further(&self, now: &Amount, other: &Amount) -> bool {
        let (Some(now), Some(other)) = (now.as_exact(), other.as_exact()) else { return false };
        let Some(order) = other.compare(now) else { return false };
        self.edges.iter().all(|(operator, _)| match operator {
            Operator::AtLeast | Operator::MoreThan => order.is_ge(),
            Operator::AtMost | Operator::LessThan => order.is_le(),
            Operator::Equal => true,
        })
    }

    /// The edges that an amount is on the wrong side of.
    fn missed(&self, amount: &Amount) -> Self {
        let missed = |edge: &&(Operator, Exact)| !Self { edges: vec![**edge] }.holds(amount);
        Self { edges: self.edges.iter().filter(missed).copied().collect() }
    }
}

/// What would give more points than there are.
fn goals(scale: &Scale, now: i64) -> Vec<Goal> {
    const MOST: i64 = 2_000;
    match scale {
        Scale::Bands { bands, .. } => {
            let edges = |band: &Band| {
                band.edges.iter().map(|(operator, limit)| (*operator, limit.value)).collect()
            };
            let better = bands.iter().filter(|band| band.points.0 > now);
            better.map(|band| Goal { edges: edges(band) }).collect()
        }
        Scale::Steps { each, points, cap, .. } if points.0 > 0 => {
            let first = now.div_euclid(points.0) + 1;
            let last = (cap.0 + points.0 - 1) / points.0;
            let value = |step: i64| each.value.times(Exact::whole(step)).map(Goal::at_least);
            (first.max(1)..=last.min(first.saturating_add(MOST))).filter_map(value).collect()
        }
        Scale::Given(_) => {
            let (_, Points(high)) = scale.reach();
            let unit = if high - now > MOST { 100 } else { 1 };
            let count = (high - now).div_euclid(unit).min(MOST);
            (1..=count)
                .filter_map(|k| Exact::scaled(now + k * unit, 100).map(Goal::at_least))
                .collect()
        }
        _ => Vec::new(),
    }
}
