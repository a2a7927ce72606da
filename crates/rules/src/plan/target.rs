//! The day for which a plan is made.

use enterprise::{Facts, year_end};
use jiff::civil::Date;

use crate::evaluate::{Question, setting};
use crate::programme::Programme;
use crate::rulebook::Rulebook;

use super::planning::{TargetBecause, Wish};

/// The day that is asked for; else the last day of the round that is open or comes next; else the end
/// of the year.
pub(super) fn target<'r>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    facts: &Facts,
    wish: &Wish,
) -> (Date, TargetBecause<'r>) {
    if let Some(target) = wish.target {
        return (target, TargetBecause::Asked);
    }
    let question = Question { purpose: wish.purpose, ..Question::on(wish.today) };
    let round = setting(rulebook, programme, facts, &question).round;
    match round.filter(|round| wish.today <= round.to) {
        Some(round) => (round.to, TargetBecause::Round(round)),
        None => (year_end(wish.today.year()).unwrap_or(wish.today), TargetBecause::EndOfYear),
    }
}
