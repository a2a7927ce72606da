//! What a programme asks to be known: indicators, titles, events and judgements, by id. For blank
//! forms; judges nothing.

use std::collections::BTreeSet;

use crate::{Body, Condition, Criterion, FactRef, Programme, Quantity, Rulebook, Scale, Version};
use jiff::civil::Date;

/// Years before the founding are absent, so its date is always worth asking for.
const FOUNDED_ON: &str = "founded_on";

/// The ids of everything that the programme's versions from `day` on ask for.
pub fn needs(rulebook: &Rulebook, programme: &Programme, day: Date) -> BTreeSet<String> {
    all(rulebook, programme, day).ids
}

/// Of which years, counted from the last fiscal year, they ask for which yearly indicators.
pub fn years(rulebook: &Rulebook, programme: &Programme, day: Date) -> BTreeSet<(String, i16)> {
    all(rulebook, programme, day).years
}

/// Whether they ask for events.
pub fn events(rulebook: &Rulebook, programme: &Programme, day: Date) -> bool {
    needs(rulebook, programme, day).iter().any(|id| rulebook.catalogue.event(id).is_some())
}

fn all<'r>(rulebook: &'r Rulebook, programme: &'r Programme, day: Date) -> Needs<'r> {
    let mut needs = Needs::new(rulebook);
    needs.indicator(FOUNDED_ON, None);
    let current = |version: &&Version| {
        version.applies.iter().any(|applies| applies.to.is_none_or(|to| day <= to))
    };
    needs.ids.extend(rulebook.catalogue.title(&programme.id).map(|title| title.id.clone()));
    for version in programme.versions.iter().filter(current) {
        for criterion in version.criteria.iter().chain(&version.preferences) {
            needs.criterion(criterion);
        }
        for amount in version.benefits.iter().filter_map(|benefit| benefit.amount.as_ref()) {
            needs.quantity(amount);
        }
        let groups = version.score.iter().flat_map(|table| &table.groups);
        for item in groups.flat_map(|group| &group.items) {
            needs.scale(&item.scale);
        }
    }
    let rounds = rulebook.rounds.iter().filter(|round| round.programme == programme.id);
    for criterion in rounds.filter(|round| day <= round.to).flat_map(|round| &round.criteria) {
        needs.criterion(criterion);
    }
    needs
}

/// The ids of what an indicator is computed from where it is not given.
pub fn computed_from(rulebook: &Rulebook, indicator: &str) -> BTreeSet<String> {
    let mut needs = Needs::new(rulebook);
    needs.indicator(indicator, None);
    needs.ids
}

struct Needs<'r> {
    rulebook: &'r Rulebook,
    ids: BTreeSet<String>,
    years: BTreeSet<(String, i16)>,
    /// From which year the facts of a formula are counted.
    shift: i16,
}

impl<'r> Needs<'r> {
    fn new(rulebook: &'r Rulebook) -> Self {
        Self { rulebook, ids: BTreeSet::new(), years: BTreeSet::new(), shift: 0 }
    }

    fn criterion(&mut self, criterion: &Criterion) {
        if let Some(when) = &criterion.when {
            self.condition(when);
        }
        match &criterion.body {
            Body::Require(condition) => self.condition(condition),
            Body::Judged { .. } => {
                self.ids.insert(format!("{}/{}", criterion.owner, criterion.id));
            }
            Body::Score => {}
            Body::Group(_, children) => {
                for child in children {
                    self.criterion(child);
                }
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                for part in parts {
                    self.condition(part);
                }
            }
            Condition::Not(inner) => self.condition(inner),
            Condition::Compare(comparison) => {
                self.quantity(&comparison.left);
                self.quantity(&comparison.right);
            }
            Condition::Member(member) => self.fact(&member.fact),
            Condition::Flag(fact) => self.fact(fact),
            Condition::Holds(holds) => self.ids.extend(holds.any_of.iter().cloned()),
            Condition::Happened(happened) => {
                self.ids.insert(happened.event.id.clone());
            }
        }
    }

    fn scale(&mut self, scale: &Scale) {
        match scale {
            Scale::Bands { value, .. } | Scale::Steps { value, .. } => self.quantity(value),
            Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
                for entry in entries {
                    self.condition(&entry.when);
                }
            }
            Scale::Best(sides) => {
                for side in sides {
                    self.scale(&side.scale);
                }
            }
            Scale::Given(fact) => self.fact(fact),
        }
    }

    fn quantity(&mut self, quantity: &Quantity) {
        let mut facts = Vec::new();
        quantity.each_fact(&mut |fact| facts.push(fact));
        for fact in facts {
            self.fact(fact);
        }
    }

    fn fact(&mut self, fact: &FactRef) {
        let year = fact.offset.map(|offset| self.shift.saturating_add(offset));
        self.indicator(&fact.indicator.id, year);
    }

    /// An indicator, and what it can be computed from when it is not given.
    fn indicator(&mut self, id: &str, year: Option<i16>) {
        let rulebook = self.rulebook;
        let Some(indicator) = rulebook.catalogue.indicator(id) else { return };
        if indicator.given {
            let known = !self.ids.insert(id.to_owned());
            let in_year = year.is_none_or(|year| !self.years.insert((id.to_owned(), year)));
            if known && in_year {
                return;
            }
        }
        let shift = std::mem::replace(&mut self.shift, year.unwrap_or(0));
        if let Some(formula) = rulebook.formulas.get(id) {
            self.quantity(formula);
        }
        for classification in rulebook.classifications.get(id).into_iter().flatten() {
            self.fact(&classification.by);
            for metric in classification.groups.iter().flat_map(|group| &group.metrics) {
                self.quantity(&metric.value);
            }
        }
        self.shift = shift;
    }
}
