//! The first later day on which a plan passes: closed years give way to open ones, events leave their
//! windows, years go by.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::carry::carry_over;
use crate::forecast::days_of_change;

use super::planning::{Later, Plan};
use super::{Found, Look};

/// How far ahead is looked, in years.
const YEARS: i16 = 10;

impl<'r> Look<'r, '_> {
    /// The first day after `target` on which a plan passes, and the last day that was looked at.
    pub(super) fn later(&self, target: Date) -> (Option<Later<'r>>, Date) {
        let until = target.checked_add(i64::from(YEARS).years()).unwrap_or(target);
        for day in self.days(target, until) {
            let seen = self.at(day, None);
            if let Found::Plans(plans) = seen.found
                && !plans.is_empty()
            {
                let plans: Vec<Plan<'r>> = plans;
                let later =
                    Later { day, unchanged: seen.unchanged, carried: seen.carried.assumed, plans };
                return (Some(later), until);
            }
        }
        (None, until)
    }

    /// The days on which time alone may open a way, in order.
    fn days(&self, after: Date, until: Date) -> BTreeSet<Date> {
        let carried = carry_over(self.rulebook, self.facts, self.wish.today, until);
        days_of_change(self.rulebook, self.programme, &carried.facts, (after, until))
    }
}
