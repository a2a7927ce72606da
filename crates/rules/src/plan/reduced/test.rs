//! Conditions reduced to what can still change, and which moves could turn them.

use enterprise::Lack;

use crate::amount::Amount;
use crate::classification::{Classification, IndustryGroup};
use crate::condition::{Comparison, Condition, FactRef, Holds, Member, Operator};
use crate::test_condition::{held_against, inside};
use crate::truth::{Truth, Why};
use crate::verdict::Test as Tested;

use super::formula::{Formula, lacks_data};
use super::nearest::towards;
use super::variable::{LEFT, Place, TAKEN_MET, TAKEN_NOT_MET, Values, Variables};
use super::{Move, Reducer};

/// A condition over variables.
#[derive(Debug, Clone)]
pub(in crate::plan) enum Test<'r> {
    Known(Truth),
    All(Vec<Test<'r>>),
    AtLeast(usize, Vec<Test<'r>>),
    Not(Box<Test<'r>>),
    Compare {
        left: Formula,
        operator: Operator,
        right: Formula,
        /// Whether it has a meaning where things stand.
        defined: bool,
    },
    Flag(Place),
    Member(Place, &'r [usize]),
    /// A choice that is computed from metrics which may change.
    Class {
        classification: &'r Classification,
        group: &'r IndustryGroup,
        metrics: Vec<Formula>,
        admitted: &'r [usize],
    },
    Title(Place),
    /// A test that nobody can tell: it may be taken on trust.
    Trust(Place, Box<Test<'r>>),
}

impl<'r> Reducer<'r, '_> {
    pub fn condition(&mut self, condition: &'r Condition) -> Test<'r> {
        let context = self.context;
        let leaf = match condition {
            Condition::All(parts) => return Test::All(self.conditions(parts)),
            Condition::Any(parts) => return Test::AtLeast(1, self.conditions(parts)),
            Condition::AtLeast(k, parts) => return Test::AtLeast(*k, self.conditions(parts)),
            Condition::Not(inner) => return Test::Not(Box::new(self.condition(inner))),
            Condition::Compare(comparison) => self.comparison(comparison, condition),
            Condition::Flag(fact) => self.state(fact).map(Test::Flag),
            Condition::Member(member) => self.member(member, condition),
            Condition::Holds(holds) => self.holds(holds, condition),
            Condition::Happened(_) => None,
        };
        let leaf = leaf.unwrap_or_else(|| Test::Known(context.test(condition).truth));
        match leaf.truth(&self.variables.start()) {
            Truth::Unknown(why) if why.data => {
                Test::Trust(self.variables.test(condition), Box::new(leaf))
            }
            // What somebody else has said may be said anew.
            Truth::Met | Truth::NotMet if word_in(condition).is_some() => {
                Test::Trust(self.variables.test(condition), Box::new(leaf))
            }
            _ => leaf,
        }
    }

    fn conditions(&mut self, parts: &'r [Condition]) -> Vec<Test<'r>> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn state(&mut self, fact: &'r FactRef) -> Option<Place> {
        let context = self.context;
        self.variable(&context, fact)
    }

    fn comparison(
        &mut self,
        comparison: &'r Comparison,
        condition: &'r Condition,
    ) -> Option<Test<'r>> {
        let context = self.context;
        let left = self.quantity(&context, &comparison.left);
        let right = self.quantity(&context, &comparison.right);
        let varies = left.varies() || right.varies();
        let unknown = self.context.test(condition).truth.unknown();
        let defined = unknown.is_none();
        self.exact &= !varies || unknown.is_none_or(|why| why.data);
        varies.then(|| apart(left, comparison.operator, right, defined))
    }

    fn member(&mut self, member: &'r Member, condition: &'r Condition) -> Option<Test<'r>> {
        if let Some(place) = self.state(&member.fact) {
            return Some(Test::Member(place, &member.options));
        }
        let Tested::Member { classified: Some(classified), .. } = self.context.test(condition).test
        else {
            return None;
        };
        let group = classified.group?;
        let context = self.context;
        let metrics: Vec<Formula> =
            group.metrics.iter().map(|metric| self.quantity(&context, &metric.value)).collect();
        let varies = metrics.iter().any(Formula::varies);
        varies.then_some(Test::Class {
            classification: classified.classification,
            group,
            metrics,
            admitted: &member.options,
        })
    }

    fn holds(&mut self, holds: &'r Holds, condition: &'r Condition) -> Option<Test<'r>> {
        let missed = self.context.test(condition).truth == Truth::NotMet;
        missed.then(|| Test::Title(self.variables.title(holds)))
    }
}

impl<'r> Test<'r> {
    pub fn truth(&self, values: &Values) -> Truth {
        let value = |place: &Place| values.get(*place).copied();
        match self {
            Self::Known(truth) => *truth,
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.truth(values))),
            Self::AtLeast(k, parts) => {
                Truth::at_least(*k, parts.iter().map(|part| part.truth(values)))
            }
            Self::Not(inner) => !inner.truth(values),
            Self::Compare { left, operator, right, defined } => {
                let left = left.amount(values).judged_if_absent();
                let right = right.amount(values).judged_if_absent();
                match held_against(*operator, &left, &right).0 {
                    // A change that takes the meaning from a ratio settles nothing: what a person
                    // would say to it must not help, whichever way it is asked.
                    Truth::Unknown(_) if *defined => Truth::Unknown(Why::DATA),
                    truth => truth,
                }
            }
            Self::Flag(place) => Truth::from(value(place) == Some(1)),
            Self::Member(place, admitted) => {
                let option = value(place).and_then(|value| usize::try_from(value).ok());
                Truth::from(option.is_some_and(|option| admitted.contains(&option)))
            }
            Self::Class { classification, group, metrics, admitted } => {
                let amounts: Vec<Amount> =
                    metrics.iter().map(|metric| metric.amount(values).judged_if_absent()).collect();
                let (possible, lacking) = classification.possible(group, &amounts);
                match inside(&possible, admitted) {
                    Some(inside) => Truth::from(inside),
                    None if lacks_data(&lacking) => Truth::Unknown(Why::DATA),
                    None => Truth::Unknown(lacking.why()),
                }
            }
            Self::Title(place) => Truth::from(value(place) == Some(1)),
            Self::Trust(place, inner) => match value(place) {
                Some(TAKEN_MET) => Truth::Met,
                Some(TAKEN_NOT_MET) => Truth::NotMet,
                _ => inner.truth(values),
            },
        }
    }

    /// Single moves of which every way to turn the test to `met` has to make one, up to what it
    /// already has. None if there is no way.
    pub fn moves(&self, variables: &Variables<'_>, values: &Values, met: bool) -> Vec<Move> {
        let goal = Truth::from(met);
        if self.truth(values) == goal {
            return Vec::new();
        }
        let short = |parts: &[Self]| -> Vec<Vec<Move>> {
            let short = parts.iter().filter(|part| part.truth(values) != goal);
            short.map(|part| part.moves(variables, values, met)).collect()
        };
        // What waits for a word may stay as it is: only when nothing else is left has it to move.
        let open = |parts: &[Self]| -> Vec<Vec<Move>> {
            let in_the_way = |part: &&Self| match part.truth(values) {
                Truth::Unknown(why) => why.data,
                truth => truth != goal,
            };
            let found: Vec<Vec<Move>> = parts
                .iter()
                .filter(in_the_way)
                .map(|part| part.moves(variables, values, met))
                .collect();
            if found.is_empty() { short(parts) } else { found }
        };
        match self {
            Self::Known(_) => Vec::new(),
            Self::Not(inner) => inner.moves(variables, values, !met),
            // All must come out: whatever is done, this one has to be done too.
            Self::All(parts) if met => fewest(open(parts)),
            Self::AtLeast(k, parts) if met && *k == parts.len() => fewest(open(parts)),
            Self::All(parts) | Self::AtLeast(_, parts) => together(short(parts)),
            Self::Title(place) => {
                let free = met && values.get(*place) == Some(&0);
                free.then_some(Move { place: *place, to: 1, far: false }).into_iter().collect()
            }
            Self::Trust(place, inner) => {
                let mut moves = inner.moves(variables, values, met);
                if values.get(*place) == Some(&LEFT) {
                    let to = if met { TAKEN_MET } else { TAKEN_NOT_MET };
                    moves.push(Move { place: *place, to, far: false });
                }
                moves
            }
            Self::Compare { left, operator: Operator::Equal, right, defined } if met => {
                let towards = |operator| {
                    let (left, right) = (left.clone(), right.clone());
                    let edge = Self::Compare { left, operator, right, defined: *defined };
                    edge.moves(variables, values, true)
                };
                let mut moves = towards(Operator::AtLeast);
                moves.extend(towards(Operator::AtMost));
                moves
            }
            Self::Compare { .. } | Self::Flag(_) | Self::Member(..) | Self::Class { .. } => {
                let mut places = Vec::new();
                self.each_variable(&mut |place| {
                    if !places.contains(&place) {
                        places.push(place);
                    }
                });
                let holds = |values: &Values| self.truth(values) == goal;
                let no_further = |other: &Values| self.is_no_further(values, other, met);
                towards(variables, &places, values, &|_| true, &holds, &no_further)
            }
        }
    }

    /// Whether a comparison comes no further from what is wanted of it. One that stays where it is may
    /// still be on its way: a product with zero does not move.
    fn is_no_further(&self, now: &Values, other: &Values, met: bool) -> bool {
        let Self::Compare { left, operator, right, .. } = self else { return false };
        let gap = |values: &Values| {
            left.amount(values).as_exact()?.minus(right.amount(values).as_exact()?)
        };
        let (Some(now), Some(then)) = (gap(now), gap(other)) else { return false };
        let Some(order) = then.compare(now) else { return false };
        match (operator, met) {
            (Operator::AtLeast | Operator::MoreThan, true)
            | (Operator::AtMost | Operator::LessThan, false) => order.is_ge(),
            (Operator::AtMost | Operator::LessThan, true)
            | (Operator::AtLeast | Operator::MoreThan, false) => order.is_le(),
            (Operator::Equal, _) => true,
        }
    }

    /// The single tests that have to be met, not those under a *not*.
    pub fn each_test(&self, each: &mut dyn FnMut(&Self)) {
        match self {
            Self::All(parts) | Self::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.each_test(each));
            }
            Self::Not(_) | Self::Known(_) => {}
            single => each(single),
        }
    }

    pub fn each_variable(&self, each: &mut dyn FnMut(Place)) {
        match self {
            Self::Known(_) => {}
            Self::All(parts) | Self::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.each_variable(each));
            }
            Self::Not(inner) => inner.each_variable(each),
            Self::Compare { left, right, .. } => {
                left.each_variable(each);
                right.each_variable(each);
            }
            Self::Class { metrics, .. } => {
                metrics.iter().for_each(|metric| metric.each_variable(each));
            }
            Self::Flag(place) | Self::Member(place, _) | Self::Title(place) => each(*place),
            Self::Trust(place, inner) => {
                each(*place);
                inner.each_variable(each);
            }
        }
    }
}

/// The present word of a person or an outside system that a test looks at, if it looks at one.
pub(in crate::plan) fn word_in(condition: &Condition) -> Option<&FactRef> {
    let is_word = |fact: &&FactRef| fact.offset.is_none() && fact.indicator.lack != Lack::Data;
    match condition {
        Condition::Flag(fact) => Some(fact).filter(is_word),
        Condition::Member(member) => Some(&member.fact).filter(is_word),
        Condition::Compare(comparison) => {
            let mut word = None;
            let mut look = |fact| word = word.or(Some(fact).filter(is_word));
            comparison.left.each_fact(&mut look);
            comparison.right.each_fact(&mut look);
            word
        }
        _ => None,
    }
}

/// A comparison; that of a smallest or largest value is one of each part, so that each part can be
/// moved by itself.
fn apart<'r>(left: Formula, operator: Operator, right: Formula, defined: bool) -> Test<'r> {
    let (parts, all) = match (left, operator) {
        (Formula::Least(parts), Operator::AtLeast | Operator::MoreThan)
        | (Formula::Greatest(parts), Operator::AtMost | Operator::LessThan) => (parts, true),
        (Formula::Least(parts), Operator::AtMost | Operator::LessThan)
        | (Formula::Greatest(parts), Operator::AtLeast | Operator::MoreThan) => (parts, false),
        (left, operator) => return Test::Compare { left, operator, right, defined },
    };
    let parts: Vec<Test<'r>> =
        parts.into_iter().map(|part| apart(part, operator, right.clone(), defined)).collect();
    if all { Test::All(parts) } else { Test::AtLeast(1, parts) }
}

/// The part with the fewest ways; none if one of them has no way at all.
pub(super) fn fewest(parts: Vec<Vec<Move>>) -> Vec<Move> {
    parts.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

/// All ways, each once.
pub(super) fn together(parts: Vec<Vec<Move>>) -> Vec<Move> {
    let mut all = Vec::new();
    for found in parts.into_iter().flatten() {
        if !all.contains(&found) {
            all.push(found);
        }
    }
    all
}
