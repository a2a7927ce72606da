//! Criteria reduced to what can still change, and whether they pass as far as they can be measured:
//! the word of a person or an outside system that is still pending counts as favourable.

use std::sync::Arc;

use enterprise::Indicator;

use crate::criterion::{Body, Criterion, Group};
use crate::programme::Purpose;
use crate::summary::{favourable, taken_as_measured};
use crate::truth::Truth;

use super::test::{Test, fewest, together};
use super::variable::{Place, Values, Variables};
use super::{Move, Reducer};

/// A criterion over variables, or what holds by nature.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Rule<'r> {
    /// None for a part that cannot be larger than its whole.
    pub criterion: Option<&'r Criterion>,
    /// The part that cannot be larger than its whole.
    pub part: Option<Arc<Indicator>>,
    pub when: Option<Test<'r>>,
    pub body: RuleBody<'r>,
}

#[derive(Debug, Clone)]
pub(in crate::plan) enum RuleBody<'r> {
    OtherPurpose,
    Judged,
    Score,
    Test(Test<'r>),
    Group(Group, Vec<Rule<'r>>),
}

impl<'r> Reducer<'r, '_> {
    pub fn rule(&mut self, criterion: &'r Criterion, purpose: Purpose) -> Rule<'r> {
        if !criterion.purposes.is_empty() && !criterion.purposes.contains(&purpose) {
            return Rule {
                criterion: Some(criterion),
                part: None,
                when: None,
                body: RuleBody::OtherPurpose,
            };
        }
        let when = criterion.when.as_ref().map(|when| self.condition(when));
        let body = match &criterion.body {
            Body::Require(condition) => RuleBody::Test(self.condition(condition)),
            Body::Judged { .. } => RuleBody::Judged,
            Body::Score => RuleBody::Score,
            Body::Group(group, children) => RuleBody::Group(
                *group,
                children.iter().map(|child| self.rule(child, purpose)).collect(),
            ),
        };
        Rule { criterion: Some(criterion), part: None, when, body }
    }
}

/// Whether a criterion passes as far as it can be measured; what does not apply is not in the way.
pub(in crate::plan) fn measurable(truth: Truth) -> bool {
    matches!(truth, Truth::Met | Truth::NotApplicable)
}

impl<'r> Rule<'r> {
    /// What it comes to as far as it can be measured, if the score passes or not.
    pub fn truth(&self, values: &Values, score: bool) -> Truth {
        let body = match &self.body {
            RuleBody::OtherPurpose => Truth::NotApplicable,
            RuleBody::Judged => Truth::Met,
            RuleBody::Score => Truth::from(score),
            RuleBody::Test(test) => favourable(test.truth(values)),
            RuleBody::Group(group, children) => {
                let by_a_word = children.iter().any(|child| child.chosen_by_a_word(values));
                let truths = children.iter().map(|child| child.truth(values, score));
                taken_as_measured(*group, truths, by_a_word)
            }
        };
        match &self.when {
            Some(when) => body.when(favourable(when.truth(values))),
            None => body,
        }
    }

    /// Whether it waits for a word, and for nothing else, to know if it applies.
    fn chosen_by_a_word(&self, values: &Values) -> bool {
        let when = self.when.as_ref().and_then(|when| when.truth(values).unknown());
        when.is_some_and(|why| !why.data)
    }

    /// Single moves of which every way to bring it to pass has to make one.
    pub fn moves(&self, variables: &Variables<'_>, values: &Values, score: bool) -> Vec<Move> {
        let passes = |rule: &Self| measurable(rule.truth(values, score));
        if passes(self) {
            return Vec::new();
        }
        let of_child = |child: &Self| child.moves(variables, values, score);
        let body = match &self.body {
            RuleBody::Test(test) => test.moves(variables, values, true),
            RuleBody::Group(Group::All | Group::Cases, children) => {
                let short = children.iter().filter(|child| !passes(child));
                fewest(short.map(of_child).collect())
            }
            RuleBody::Group(Group::Any | Group::AtLeast(_), children) => {
                let unmet = children.iter().filter(|c| c.truth(values, score) != Truth::Met);
                let met = unmet.map(|child| child.any_moves(variables, values, score));
                // A group of which no part applies does not apply itself.
                let whens = children.iter().filter_map(|child| child.when.as_ref());
                let out = whens.map(|when| when.moves(variables, values, false));
                together(met.chain(out).collect())
            }
            RuleBody::OtherPurpose | RuleBody::Judged | RuleBody::Score => Vec::new(),
        };
        let out = self.when.iter().map(|when| when.moves(variables, values, false));
        together(std::iter::once(body).chain(out).collect())
    }

    /// Moves towards being met, also where it does not apply yet.
    fn any_moves(&self, variables: &Variables<'_>, values: &Values, score: bool) -> Vec<Move> {
        let applies = self.truth(values, score) != Truth::NotApplicable;
        match &self.when {
            Some(when) if !applies => when.moves(variables, values, true),
            _ => self.moves(variables, values, score),
        }
    }

    /// The criterion and everything below it that is a single test or judgement.
    pub fn each_leaf<'a>(&'a self, each: &mut dyn FnMut(&'a Self)) {
        match &self.body {
            RuleBody::Group(_, children) => children.iter().for_each(|c| c.each_leaf(each)),
            _ => each(self),
        }
    }

    /// The single tests of what it requires, those that have to fail left out.
    pub fn each_test(&self, each: &mut dyn FnMut(&Test<'r>)) {
        match &self.body {
            RuleBody::Test(test) => test.each_test(each),
            RuleBody::Group(_, children) => children.iter().for_each(|c| c.each_test(each)),
            RuleBody::OtherPurpose | RuleBody::Judged | RuleBody::Score => {}
        }
    }

    pub fn each_variable(&self, each: &mut dyn FnMut(Place)) {
        if let Some(when) = &self.when {
            when.each_variable(each);
        }
        match &self.body {
            RuleBody::Test(test) => test.each_variable(each),
            RuleBody::Group(_, children) => children.iter().for_each(|c| c.each_variable(each)),
            RuleBody::OtherPurpose | RuleBody::Judged | RuleBody::Score => {}
        }
    }

    /// Its parts, if all of them have to pass wherever it stands.
    pub fn all_of(&self) -> Option<&[Self]> {
        match &self.body {
            RuleBody::Group(Group::All, children) if self.when.is_none() => Some(children),
            _ => None,
        }
    }

    /// Whether the score stands anywhere in it.
    pub fn asks_for_score(&self) -> bool {
        match &self.body {
            RuleBody::Score => true,
            RuleBody::Group(_, children) => children.iter().any(Self::asks_for_score),
            _ => false,
        }
    }
}
