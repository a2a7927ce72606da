//! Whether two conditions or quantities are the same but for the values of their thresholds, and
//! which threshold of the one stands where which of the other stands. Names of thresholds, wording
//! and widths do not count; what an indicator, a title or an event means is compared elsewhere.

use rules::{Comparison, Condition, FactRef, Happened, Limit, Operator, Quantity};

/// What a threshold is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Against<'a> {
    /// A quantity.
    Quantity(&'a Quantity),
    /// A qualifying number of an event.
    Event(&'a Happened),
    /// It is part of a calculation.
    Part,
}

/// Two thresholds in the same place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub old: &'a Limit,
    pub new: &'a Limit,
    pub against: Against<'a>,
    /// The edge as seen from what is held against the threshold.
    pub operator: Option<Operator>,
    /// Whether it stands behind an odd number of negations.
    pub negated: bool,
}

/// Walks two expressions side by side.
#[derive(Default)]
pub(crate) struct Aligned<'a> {
    pub pairs: Vec<Pair<'a>>,
    /// Whether fiscal years may differ.
    any_year: bool,
}

/// The pairs of thresholds of two conditions that are otherwise the same.
pub(crate) fn conditions<'a>(
    old: &'a Condition,
    new: &'a Condition,
    negated: bool,
) -> Option<Vec<Pair<'a>>> {
    let mut aligned = Aligned::default();
    aligned.condition(old, new, negated).then_some(aligned.pairs)
}

/// The pairs of thresholds of two quantities that are otherwise the same.
pub(crate) fn quantities<'a>(old: &'a Quantity, new: &'a Quantity) -> Option<Vec<Pair<'a>>> {
    let mut aligned = Aligned::default();
    aligned.quantity(old, new).then_some(aligned.pairs)
}

/// Whether two conditions mean the same, numbers included.
pub(crate) fn same_condition(old: &Condition, new: &Condition) -> bool {
    conditions(old, new, false).is_some_and(|pairs| pairs.iter().all(Pair::same))
}

/// Whether two quantities mean the same, numbers included.
pub(crate) fn same_quantity(old: &Quantity, new: &Quantity) -> bool {
    quantities(old, new).is_some_and(|pairs| pairs.iter().all(Pair::same))
}

/// Whether two conditions mean the same in different years.
pub(crate) fn same_in_another_year(old: &Condition, new: &Condition) -> bool {
    let mut aligned = Aligned { any_year: true, ..Aligned::default() };
    aligned.condition(old, new, false) && aligned.pairs.iter().all(Pair::same)
}

/// Whether two facts are the same.
pub(crate) fn same_fact(old: &FactRef, new: &FactRef) -> bool {
    old.indicator.id == new.indicator.id && old.offset == new.offset
}

impl Pair<'_> {
    /// Whether both are the same number in the same measure.
    pub(crate) fn same(&self) -> bool {
        same_limit(self.old, self.new)
    }
}

/// Whether both are the same number.
pub(crate) fn same_limit(old: &Limit, new: &Limit) -> bool {
    old.value == new.value
}

impl<'a> Aligned<'a> {
    pub(crate) fn condition(
        &mut self,
        old: &'a Condition,
        new: &'a Condition,
        negated: bool,
    ) -> bool {
        match (old, new) {
            (Condition::All(old), Condition::All(new))
            | (Condition::Any(old), Condition::Any(new)) => self.each(old, new, negated),
            (Condition::AtLeast(few, old), Condition::AtLeast(many, new)) => {
                few == many && self.each(old, new, negated)
            }
            (Condition::Not(old), Condition::Not(new)) => self.condition(old, new, !negated),
            (Condition::Compare(old), Condition::Compare(new)) => {
                self.comparison(old, new, negated)
            }
            (Condition::Member(old), Condition::Member(new)) => {
                self.fact(&old.fact, &new.fact)
                    && option_ids(&old.fact, &old.options) == option_ids(&new.fact, &new.options)
            }
            (Condition::Flag(old), Condition::Flag(new)) => self.fact(old, new),
            // Which other titles count is the business of the title.
            (Condition::Holds(old), Condition::Holds(new)) => old.programme == new.programme,
            (Condition::Happened(old), Condition::Happened(new)) => {
                self.happened(old, new, negated)
            }
            _ => false,
        }
    }

    fn each(&mut self, old: &'a [Condition], new: &'a [Condition], negated: bool) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|(old, new)| self.condition(old, new, negated))
    }

    fn comparison(&mut self, old: &'a Comparison, new: &'a Comparison, negated: bool) -> bool {
        if old.operator != new.operator {
            return false;
        }
        let first = self.pairs.len();
        if !self.quantity(&old.left, &new.left) || !self.quantity(&old.right, &new.right) {
            return false;
        }
        let (against, operator) = match (&new.left, &new.right) {
            (left, Quantity::Limit(_)) => (Against::Quantity(left), Some(new.operator)),
            (Quantity::Limit(_), right) => (Against::Quantity(right), Some(turned(new.operator))),
            _ => (Against::Part, None),
        };
        for pair in self.pairs.iter_mut().skip(first) {
            pair.negated = negated;
            let whole = |side: &'a Quantity| matches!(side, Quantity::Limit(limit) if std::ptr::eq(&raw const **limit, pair.new));
            if whole(&new.left) || whole(&new.right) {
                (pair.against, pair.operator) = (against, operator);
            }
        }
        true
    }

    fn happened(&mut self, old: &'a Happened, new: &'a Happened, negated: bool) -> bool {
        if old.event.id != new.event.id || old.window != new.window {
            return false;
        }
        match (&old.attribute, &new.attribute) {
            (None, None) => true,
            (Some((old_one, old_operator, old)), Some((new_one, new_operator, limit))) => {
                self.pairs.push(Pair {
                    old,
                    new: limit,
                    against: Against::Event(new),
                    operator: Some(*new_operator),
                    negated,
                });
                old_one.id == new_one.id && old_operator == new_operator
            }
            _ => false,
        }
    }

    pub(crate) fn quantity(&mut self, old: &'a Quantity, new: &'a Quantity) -> bool {
        match (old, new) {
            (Quantity::Fact(old), Quantity::Fact(new)) => self.fact(old, new),
            (Quantity::Limit(old), Quantity::Limit(new)) => {
                let against = Against::Part;
                self.pairs.push(Pair { old, new, against, operator: None, negated: false });
                true
            }
            (Quantity::Constant(old), Quantity::Constant(new)) => old == new,
            (Quantity::Add(old, one), Quantity::Add(new, other))
            | (Quantity::Subtract(old, one), Quantity::Subtract(new, other))
            | (Quantity::Multiply(old, one), Quantity::Multiply(new, other))
            | (Quantity::Divide(old, one), Quantity::Divide(new, other))
            | (Quantity::Growth(old, one), Quantity::Growth(new, other)) => {
                self.quantity(old, new) && self.quantity(one, other)
            }
            (Quantity::Least(old), Quantity::Least(new))
            | (Quantity::Greatest(old), Quantity::Greatest(new))
            | (Quantity::SumOverYears(old), Quantity::SumOverYears(new))
            | (Quantity::MeanOverYears(old), Quantity::MeanOverYears(new)) => {
                old.len() == new.len()
                    && old.iter().zip(new).all(|(old, new)| self.quantity(old, new))
            }
            (
                Quantity::CompoundGrowth { end: old, start: one, years: few },
                Quantity::CompoundGrowth { end: new, start: other, years: many },
            ) => few == many && self.quantity(old, new) && self.quantity(one, other),
            (
                Quantity::Elapsed { unit: one, from: old, to: until },
                Quantity::Elapsed { unit: other, from: new, to: up_to },
            ) => one == other && until == up_to && self.fact(old, new),
            _ => false,
        }
    }

    fn fact(&self, old: &FactRef, new: &FactRef) -> bool {
        old.indicator.id == new.indicator.id && (self.any_year || old.offset == new.offset)
    }
}

/// The ids of a choice's options, so that the order in which they are listed does not count.
pub(crate) fn option_ids<'a>(
    fact: &'a FactRef,
    options: &[usize],
) -> std::collections::BTreeSet<&'a str> {
    let enterprise::Kind::Choice(choices) = &fact.indicator.kind else { return Default::default() };
    options
        .iter()
        .filter_map(|index| choices.get(*index))
        .map(|choice| choice.id.as_str())
        .collect()
}

/// The edge seen from the other side.
fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::AtLeast => Operator::AtMost,
        Operator::MoreThan => Operator::LessThan,
        Operator::AtMost => Operator::AtLeast,
        Operator::LessThan => Operator::MoreThan,
        Operator::Equal => Operator::Equal,
    }
}
