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

use enterprise::FactKey;
use jiff::civil::Date;

use crate::condition::FactRef;
use crate::context::Context;
use crate::programme::{Purpose, Version};

pub(super) use rule::{Rule, measurable};
pub(super) use table::{Item, Table};
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
}

/// Reduces the law while it collects the variables.
struct Reducer<'r, 'f> {
    today: Date,
    context: Context<'r, 'f>,
    variables: Variables<'r>,
}

/// Reduces a version for the facts of the context; years that ended before `today` are closed.
pub(super) fn reduce<'r>(
    context: &Context<'r, '_>,
    version: &'r Version,
    purpose: Purpose,
    today: Date,
) -> Reduced<'r> {
    let mut reducer = Reducer { today, context: *context, variables: Variables::default() };
    let rules = version.criteria.iter().map(|criterion| reducer.rule(criterion, purpose)).collect();
    let table = version.score.as_ref().map(|table| reducer.table(table));
    Reduced { variables: reducer.variables, rules, table }
}

impl<'r> Reducer<'r, '_> {
    /// The variable behind a fact that is known and may change.
    fn variable(&mut self, context: &Context<'r, '_>, fact: &'r FactRef) -> Option<Place> {
        let indicator = &fact.indicator;
        let year = context.year(fact);
        let fixed = indicator.effort.is_none()
            || !indicator.given
            || year.is_some_and(|year| year < self.today.year())
            || context.before_founding(year).is_some();
        // What is not known cannot be improved on: first somebody has to find out.
        let start = stored(&context.facts.get(&indicator.id, year)?.value).filter(|_| !fixed)?;
        let key = FactKey { indicator: indicator.id.clone(), year };
        Some(self.variables.fact(key, indicator, start))
    }
}
