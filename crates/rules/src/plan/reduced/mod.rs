//! The law of one version reduced to what can still change for one firm by a day. It says the same as
//! the evaluator for every choice of values (a property test holds them against each other), but
//! fast enough to try thousands of them, and it knows which changes could turn a test.

mod formula;
mod nearest;
mod rule;
mod scale;
mod table;
mod test;
mod variable;

use std::sync::Arc;

use enterprise::{FactKey, Indicator};
use jiff::civil::Date;

use crate::amount::Amount;
use crate::condition::{FactRef, Operator};
use crate::context::Context;
use crate::exact::Exact;
use crate::programme::{Purpose, Version};
use crate::truth::Truth;

use formula::Formula;
use rule::RuleBody;
pub(super) use rule::{Rule, measurable};
pub(super) use table::{Item, Table};
pub(super) use test::{Test, word_in};
use variable::stored;
pub(super) use variable::{NO_POINTS, Place, TAKEN_MET, Values, Variable, Variables, What};

/// A change of one variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    pub place: Place,
    pub to: i64,
    /// Whether it goes as far as it can, since no move is enough by itself.
    pub far: bool,
}

/// The reduced law.
#[derive(Debug)]
pub(super) struct Reduced<'r> {
    pub variables: Variables<'r>,
    pub rules: Vec<Rule<'r>>,
    pub table: Option<Table<'r>>,
    /// Whether the search through it misses nothing: a value that has no meaning where things stand
    /// gives no direction.
    pub exact: bool,
}

/// Reduces the law while it collects the variables.
struct Reducer<'r, 'f> {
    today: Date,
    context: Context<'r, 'f>,
    variables: Variables<'r>,
    /// What holds by nature between variables.
    limits: Vec<Rule<'r>>,
    exact: bool,
}

/// Reduces a version for the facts of the context; years that ended before `today` are closed.
pub(super) fn reduce<'r>(
    context: &Context<'r, '_>,
    version: &'r Version,
    purpose: Purpose,
    today: Date,
) -> Reduced<'r> {
    let mut reducer = Reducer {
        today,
        context: *context,
        variables: Variables::default(),
        limits: Vec::new(),
        exact: true,
    };
    let mut rules: Vec<Rule<'r>> =
        version.criteria.iter().map(|criterion| reducer.rule(criterion, purpose)).collect();
    let table = version.score.as_ref().map(|table| reducer.table(table));
    rules.append(&mut reducer.limits);
    Reduced { variables: reducer.variables, rules, table, exact: reducer.exact }
}

impl<'r> Reducer<'r, '_> {
    /// The variable behind a fact that is known and may change.
    fn variable(&mut self, context: &Context<'r, '_>, fact: &'r FactRef) -> Option<Place> {
        self.changeable(context, &fact.indicator, context.year(fact))
    }

    fn changeable(
        &mut self,
        context: &Context<'r, '_>,
        indicator: &Arc<Indicator>,
        year: Option<i16>,
    ) -> Option<Place> {
        let fixed = indicator.effort.is_none()
            || !indicator.given
            || year.is_some_and(|year| year < self.today.year())
            || context.before_founding(year).is_some();
        // What is not known cannot be improved on: first somebody has to find out.
        let start = stored(&context.facts.get(&indicator.id, year)?.value).filter(|_| !fixed)?;
        let key = FactKey { indicator: indicator.id.clone(), year };
        if let Some(place) = self.variables.place(&key) {
            return Some(place);
        }
        let place = self.variables.fact(key, indicator, start);
        self.keep_within(context, indicator, year, place);
        Some(place)
    }

    /// A part cannot outgrow its whole, as far as the whole is known and the facts agree so far.
    fn keep_within(
        &mut self,
        context: &Context<'r, '_>,
        part: &Arc<Indicator>,
        year: Option<i16>,
        place: Place,
    ) {
        let whole = part.within.as_ref().and_then(|id| context.rulebook.catalogue.indicator(id));
        let Some(whole) = whole else { return };
        let Some(size) = context.facts.get(&whole.id, year).and_then(|f| stored(&f.value)) else {
            return;
        };
        let right = match self.changeable(context, whole, year) {
            Some(place) => Formula::Variable(place, 1),
            None => Formula::Known(Amount::exact(Some(Exact::whole(size)))),
        };
        let limit = Test::Compare {
            left: Formula::Variable(place, 1),
            operator: Operator::AtMost,
            right,
            defined: true,
        };
        if limit.truth(&self.variables.start()) == Truth::Met {
            let part = Some(Arc::clone(part));
            let body = RuleBody::Test(limit);
            self.limits.push(Rule { criterion: None, part, when: None, body });
        }
    }
}
