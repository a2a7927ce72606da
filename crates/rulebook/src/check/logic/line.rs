//! Sets of values on a line: what comparisons with limits leave of a quantity.

use std::cmp::Ordering;

use rules::{Exact, Operator};

/// Stretches of values, as the places where one steps into or out of the set, from low to high.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Whether the set reaches down as far as values go.
    from_below: bool,
    cuts: Vec<Cut>,
}

/// A place between values: just before one, or just behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cut {
    at: Exact,
    behind: bool,
}

impl Cut {
    fn compare(&self, other: &Self) -> Ordering {
        // Limits and ranges are proven to fit; what does not compare is taken for the same place.
        self.at
            .compare(other.at)
            .unwrap_or(Ordering::Equal)
            .then_with(|| self.behind.cmp(&other.behind))
    }
}

impl Line {
    /// The values that an edge admits.
    pub fn of(operator: Operator, edge: Exact) -> Self {
        let cut = |behind| Cut { at: edge, behind };
        let (from_below, cuts) = match operator {
            Operator::AtLeast => (false, vec![cut(false)]),
            Operator::MoreThan => (false, vec![cut(true)]),
            Operator::AtMost => (true, vec![cut(true)]),
            Operator::LessThan => (true, vec![cut(false)]),
            Operator::Equal => (false, vec![cut(false), cut(true)]),
        };
        Self { from_below, cuts }
    }

    /// The values from `low` to `high`, both included; a missing bound is none.
    pub fn between(low: Option<Exact>, high: Option<Exact>) -> Self {
        let mut line = Self { from_below: true, cuts: Vec::new() };
        if let Some(low) = low {
            line = line.both(&Self::of(Operator::AtLeast, low));
        }
        if let Some(high) = high {
            line = line.both(&Self::of(Operator::AtMost, high));
        }
        line
    }

    pub fn is_empty(&self) -> bool {
        !self.from_below && self.cuts.is_empty()
    }

    /// What lies outside.
    pub fn outside(&self) -> Self {
        Self { from_below: !self.from_below, cuts: self.cuts.clone() }
    }

    /// What lies in both.
    pub fn both(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a && b)
    }

    /// What lies in either.
    pub fn either(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a || b)
    }

    fn combined(&self, other: &Self, keep: fn(bool, bool) -> bool) -> Self {
        let (mut left, mut right) = (self.cuts.as_slice(), other.cuts.as_slice());
        let (mut in_left, mut in_right) = (self.from_below, other.from_below);
        let mut inside = keep(in_left, in_right);
        let mut line = Self { from_below: inside, cuts: Vec::new() };
        loop {
            let (cut, order) = match (left.first(), right.first()) {
                (None, None) => return line,
                (Some(cut), None) => (*cut, Ordering::Less),
                (None, Some(cut)) => (*cut, Ordering::Greater),
                (Some(a), Some(b)) => match a.compare(b) {
                    Ordering::Greater => (*b, Ordering::Greater),
                    order => (*a, order),
                },
            };
            if order.is_le() {
                in_left = !in_left;
                left = left.get(1..).unwrap_or_default();
            }
            if order.is_ge() {
                in_right = !in_right;
                right = right.get(1..).unwrap_or_default();
            }
            if keep(in_left, in_right) != inside {
                inside = !inside;
                line.cuts.push(cut);
            }
        }
    }

    /// The set in one way of writing.
    pub fn written(&self) -> String {
        let mut text = if self.from_below { "..".to_owned() } else { String::new() };
        for cut in &self.cuts {
            text.push(if cut.behind { ')' } else { '(' });
            text.push_str(&lowest_terms(cut.at));
        }
        text
    }
}

/// A fraction in lowest terms, so that 0.5 and 50/100 are written alike.
pub(crate) fn lowest_terms(value: Exact) -> String {
    let (mut a, mut b) = (value.numerator().saturating_abs(), value.denominator());
    while b > 0 {
        (a, b) = (b, a % b);
    }
    if a > 0 {
        return format!("{}/{}", value.numerator() / a, value.denominator() / a);
    }
    format!("{}/{}", value.numerator(), value.denominator())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(operator: Operator, edge: i64) -> Line {
        Line::of(operator, Exact::whole(edge))
    }

    #[test]
    fn edges_meet_and_part() {
        let (from_5, below_5) = (line(Operator::AtLeast, 5), line(Operator::LessThan, 5));
        assert!(from_5.both(&below_5).is_empty());
        assert!(from_5.either(&below_5).outside().is_empty());
        assert_eq!(from_5.outside(), below_5);
        let up_to_5 = line(Operator::AtMost, 5);
        assert_eq!(from_5.both(&up_to_5), line(Operator::Equal, 5));
        assert!(line(Operator::MoreThan, 5).both(&up_to_5).is_empty());
        assert_eq!(
            line(Operator::Equal, 5).outside().either(&line(Operator::Equal, 5)).written(),
            ".."
        );
    }

    #[test]
    fn bounds_count_as_inside() {
        let range = Line::between(Some(Exact::ZERO), Some(Exact::whole(1)));
        assert!(line(Operator::MoreThan, 1).both(&range).is_empty());
        assert!(!line(Operator::AtLeast, 1).both(&range).is_empty());
        assert_eq!(Line::between(None, None).written(), "..");
    }

    #[test]
    fn equal_fractions_are_written_alike() {
        let half = |value, scale| Exact::scaled(value, scale).unwrap();
        assert_eq!(lowest_terms(half(1, 2)), lowest_terms(half(500_000, 1_000_000)));
        assert_eq!(lowest_terms(Exact::ZERO), "0/1");
        assert_eq!(lowest_terms(half(-3, 6)), "-1/2");
    }
}
