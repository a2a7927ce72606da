//! What an evaluation has at hand: rulebook, one subject's facts, the day and the base year.

use enterprise::{Facts, Title, Value};
use jiff::civil::Date;

use crate::condition::{FactRef, Quantity};
use crate::programme::Assume;
use crate::rulebook::Rulebook;

/// The id under which the founding date stands; years before it are absent, not unknown.
pub(crate) const FOUNDED_ON: &str = "founded_on";

/// What an evaluation has at hand.
#[derive(Clone, Copy)]
pub(crate) struct Context<'r, 'f> {
    pub rulebook: &'r Rulebook,
    pub facts: &'f Facts,
    pub as_of: Date,
    pub base_year: i16,
    pub assumptions: &'r [Assume],
}

impl<'r, 'f> Context<'r, 'f> {
    /// The fiscal year that a fact is about here.
    pub fn year(&self, fact: &FactRef) -> Option<i16> {
        fact.offset.map(|offset| self.base_year.saturating_add(offset))
    }

    /// The formula of a derived fact, and the context in which it is to be read: in a formula, the
    /// base year is the year that the fact is about.
    pub fn formula(&self, fact: &FactRef) -> Option<(&'r Quantity, Self)> {
        let formula = self.rulebook.formulas.get(&fact.indicator.id)?;
        let base_year = self.year(fact).unwrap_or(self.base_year);
        Some((formula, Self { base_year, ..*self }))
    }

    /// The default for a fact, if the version allows one.
    pub fn assumed(&self, fact: &FactRef) -> Option<&'r Assume> {
        // A year before the founding is not missing: nothing is assumed for it.
        if self.before_founding(self.year(fact)).is_some() {
            return None;
        }
        self.assumptions.iter().find(|assume| assume.indicator == fact.indicator)
    }

    /// The year, if it lies before the founding.
    pub fn before_founding(&self, year: Option<i16>) -> Option<i16> {
        match self.facts.get(FOUNDED_ON, None).map(|fact| &fact.value) {
            Some(Value::Date(founded)) => year.filter(|year| *year < founded.year()),
            _ => None,
        }
    }

    /// Whether one title is held on the day: `None` if that is not known.
    /// Where the file lists the title at all, the listed periods are all there are.
    pub fn holds(&self, programme: &str) -> (Option<bool>, Option<&'f Title>) {
        let listed = || self.facts.titles.iter().filter(|title| title.programme == programme);
        let begun = |title: &&Title| title.from <= self.as_of;
        let held = listed().filter(begun).find(|title| title.to.is_some_and(|to| self.as_of <= to));
        if held.is_some() {
            return (Some(true), held);
        }
        if let Some(endless) = listed().filter(begun).find(|title| title.to.is_none()) {
            return (None, Some(endless));
        }
        let last = listed().max_by_key(|title| title.to);
        let denied = self.facts.titles_denied.iter().any(|denied| denied == programme);
        if last.is_some() || denied || self.facts.titles_complete {
            return (Some(false), last);
        }
        (None, None)
    }
}
