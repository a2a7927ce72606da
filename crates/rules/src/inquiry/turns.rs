//! Where the answer to one question turns something over: the numbers, or days, on both sides of
//! every edge that the law holds against it, with everything else as it is known.

use std::collections::BTreeSet;

use enterprise::{Fact, FactKey, Facts, Indicator, Kind, Source, Value};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::law::Place;
use crate::amount::{Amount, Number};
use crate::condition::Quantity;
use crate::context::Context;

/// No quantity of any law turns this often while one fact moves.
const MOST_TURNS: usize = 200;
/// The first day of the years that firms were founded in.
const FIRST: Date = date(1900, 1, 1);

/// The values that one fact can have, as whole numbers in order.
pub(super) struct Line<'k> {
    key: &'k FactKey,
    days: bool,
    low: i64,
    high: i64,
    base_year: i16,
    scale: i64,
}

impl<'k> Line<'k> {
    /// The line of a number or a date; other kinds have no order.
    pub fn of(
        indicator: &Indicator,
        key: &'k FactKey,
        facts: &Facts,
        (as_of, base_year): (Date, i16),
    ) -> Option<Self> {
        let (days, low, high) = match indicator.kind {
            Kind::Money | Kind::Ratio | Kind::Number { .. } => {
                let (low, high) = indicator.range.unwrap_or((-1_000_000_000, 1_000_000_000));
                (false, low, high)
            }
            Kind::Date => {
                let last = match facts.iter().filter_map(|(known, _)| known.year).min() {
                    // Nothing can be known of a year before the founding.
                    Some(first) if key.indicator == crate::context::FOUNDED_ON => {
                        as_of.min(Date::new(first, 12, 31).unwrap_or(as_of))
                    }
                    _ => as_of,
                };
                (true, 0, since_first(last).max(0))
            }
            _ => return None,
        };
        Some(Self { key, days, low, high, base_year, scale: indicator.kind.scale() })
    }

    /// The value at a point of the line.
    pub fn value(&self, point: i64) -> Value {
        if self.days {
            Value::Date(FIRST.saturating_add(point.days()))
        } else {
            Value::Number(point)
        }
    }

    /// Points spread over the line: its ends, zero, round numbers, ends of years.
    pub fn spread(&self) -> BTreeSet<i64> {
        let mut points = BTreeSet::from([self.low, self.high]);
        if self.days {
            for year in self.base_year.saturating_sub(8)..=self.base_year.saturating_add(2) {
                let new_year = Date::new(year, 1, 1).map_or(0, since_first);
                points.extend([new_year.saturating_sub(1), new_year]);
            }
        } else {
            points.extend([0, 1, -1]);
            let mut round = self.scale;
            while let Some(next) = round.checked_mul(10) {
                points.extend([round, -round]);
                round = next;
            }
        }
        points.retain(|point| (self.low..=self.high).contains(point));
        points
    }

    /// The points on both sides of every turn, and the ends.
    ///
    /// Between two points of the spread a quantity is taken to move one way only, as a sum, a share
    /// or a growth does while one of its parts moves.
    pub fn turns<'r>(&self, places: &[Place<'r>], context: &Context<'r, '_>) -> BTreeSet<i64> {
        let mut found = BTreeSet::from([self.low, self.high]);
        let mut facts = context.facts.clone();
        for place in places.iter().filter(|place| self.is_met(place, context)) {
            let mut sign = |point: i64| {
                let fact = Fact { value: self.value(point), source: Source::default() };
                facts.set(&self.key.indicator, self.key.year, fact);
                place.sign(&Context { facts: &facts, ..*context })
            };
            let spread: Vec<i64> = self.spread().into_iter().collect();
            for pair in spread.windows(2) {
                if let &[from, to] = pair {
                    between(from, to, &mut sign, &mut found);
                }
            }
        }
        found
    }

    /// Whether the place has to do with this fact, itself or by a formula.
    fn is_met<'r>(&self, place: &Place<'r>, context: &Context<'r, '_>) -> bool {
        match place {
            Place::Against(left, right) => self.is_in(left, context) || self.is_in(right, context),
            Place::Edge(value, _) | Place::Steps(value, ..) => self.is_in(value, context),
        }
    }

    fn is_in<'r>(&self, quantity: &'r Quantity, context: &Context<'r, '_>) -> bool {
        let mut found = false;
        quantity.each_fact(&mut |fact| {
            let year = context.year(fact);
            found |= fact.indicator.id == self.key.indicator && year == self.key.year;
            // A founding makes every earlier year absent.
            found |= year.is_some() && self.key.indicator == crate::context::FOUNDED_ON;
            if let Some((formula, context)) = context.formula(fact) {
                found |= self.is_in(formula, &context);
            }
        });
        found
    }
}

/// Adds both sides of every turn after `from` and up to `to`.
fn between<S: PartialEq>(
    mut from: i64,
    to: i64,
    sign: &mut impl FnMut(i64) -> S,
    found: &mut BTreeSet<i64>,
) {
    let last = sign(to);
    for _ in 0..MOST_TURNS {
        let first = sign(from);
        if first == last {
            return;
        }
        let (mut low, mut high) = (from, to);
        while high.checked_sub(low).is_none_or(|apart| apart > 1) {
            let middle = low.midpoint(high);
            if sign(middle) == first {
                low = middle;
            } else {
                high = middle;
            }
        }
        found.extend([low, high]);
        from = high;
    }
}

impl<'r> Place<'r> {
    /// On which side of its edges the place stands; nothing while it cannot be told.
    fn sign(&self, context: &Context<'r, '_>) -> Option<i64> {
        let known = |quantity: &'r Quantity| match context.amount(quantity) {
            Amount::Known(number) => Some(number),
            _ => None,
        };
        match self {
            Self::Against(left, right) => match (known(left)?, known(right)?) {
                (left, Number::Exact(right)) => Some(left.compare(right)? as i64),
                _ => None,
            },
            Self::Edge(value, edge) => Some(known(value)?.compare(*edge)? as i64),
            Self::Steps(value, each, most) => {
                let Number::Exact(value) = known(value)? else { return None };
                Some(value.over(*each)?.floor_at(1)?.clamp(0, *most))
            }
        }
    }
}

fn since_first(day: Date) -> i64 {
    FIRST.until(day).map_or(0, |span| i64::from(span.get_days()))
}
