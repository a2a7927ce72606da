//! Where the law uses a fact: which criteria, score items, amounts and formulas name an indicator, a
//! kind of event or a title. Counts nothing and judges nothing.

use std::collections::BTreeMap;

use enterprise::Text;
use rules::{Body, Condition, Criterion, Programme, Quantity, Rulebook, Scale, Version};

use crate::site;

/// What can be named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing<'r> {
    Indicator(&'r str),
    Event(&'r str),
    Title(&'r str),
}

/// A place of the law.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place<'r> {
    pub programme: &'r Programme,
    /// The version, or the round.
    pub part: Text,
    pub label: &'r Text,
    /// Its name on the programme's page.
    pub anchor: String,
}

/// All places by what they name, in the order of the rulebook.
pub(crate) struct Uses<'r>(BTreeMap<Thing<'r>, Vec<Place<'r>>>);

impl<'r> Uses<'r> {
    pub fn of(rulebook: &'r Rulebook) -> Self {
        let mut uses = Self(BTreeMap::new());
        for programme in &rulebook.programmes {
            for version in &programme.versions {
                uses.version(programme, version);
            }
            let rounds = rulebook.rounds.iter().filter(|round| round.programme == programme.id);
            for round in rounds {
                let part = words::programme::round(round);
                for criterion in &round.criteria {
                    uses.criterion(programme, &part, &site::round(round), criterion);
                }
            }
        }
        uses
    }

    /// Where a thing is named.
    pub fn places(&self, thing: &Thing<'r>) -> &[Place<'r>] {
        self.0.get(thing).map(Vec::as_slice).unwrap_or_default()
    }

    fn version(&mut self, programme: &'r Programme, version: &'r Version) {
        let part = words::programme::version(version);
        for criterion in version.criteria.iter().chain(&version.preferences) {
            self.criterion(programme, &part, &version.id, criterion);
        }
        for group in version.score.iter().flat_map(|table| &table.groups) {
            for item in &group.items {
                let anchor = site::item(&version.id, &group.id, &item.id);
                let mut things = Vec::new();
                in_scale(&item.scale, &mut things);
                self.add(things, programme, &part, &item.label, &anchor);
            }
        }
        for benefit in &version.benefits {
            let mut things = Vec::new();
            benefit.amount.iter().for_each(|amount| in_quantity(amount, &mut things));
            let anchor = site::benefit(&version.id, &benefit.id);
            self.add(things, programme, &part, &benefit.label, &anchor);
        }
    }

    fn criterion(
        &mut self,
        programme: &'r Programme,
        part: &Text,
        prefix: &str,
        criterion: &'r Criterion,
    ) {
        for part_of_it in criterion.walk() {
            let mut things = Vec::new();
            part_of_it.when.iter().for_each(|when| in_condition(when, &mut things));
            if let Body::Require(condition) = &part_of_it.body {
                in_condition(condition, &mut things);
            }
            let anchor = site::criterion(prefix, &programme.id, part_of_it);
            self.add(things, programme, part, &part_of_it.label, &anchor);
        }
    }

    fn add(
        &mut self,
        things: Vec<Thing<'r>>,
        programme: &'r Programme,
        part: &Text,
        label: &'r Text,
        anchor: &str,
    ) {
        for thing in things {
            let place = Place { programme, part: part.clone(), label, anchor: anchor.to_owned() };
            let known = self.0.entry(thing).or_default();
            if known.last() != Some(&place) {
                known.push(place);
            }
        }
    }
}

/// What a condition names, in order of appearance.
pub(crate) fn in_condition<'r>(condition: &'r Condition, things: &mut Vec<Thing<'r>>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| in_condition(part, things));
        }
        Condition::Not(inner) => in_condition(inner, things),
        Condition::Compare(comparison) => {
            in_quantity(&comparison.left, things);
            in_quantity(&comparison.right, things);
        }
        Condition::Member(member) => add(things, Thing::Indicator(&member.fact.indicator.id)),
        Condition::Flag(fact) => add(things, Thing::Indicator(&fact.indicator.id)),
        Condition::Holds(holds) => {
            holds.any_of.iter().for_each(|title| add(things, Thing::Title(title)));
        }
        Condition::Happened(happened) => add(things, Thing::Event(&happened.event.id)),
    }
}

/// What a quantity names.
pub(crate) fn in_quantity<'r>(quantity: &'r Quantity, things: &mut Vec<Thing<'r>>) {
    quantity.each_fact(&mut |fact| add(things, Thing::Indicator(&fact.indicator.id)));
}

/// What a scale names.
pub(crate) fn in_scale<'r>(scale: &'r Scale, things: &mut Vec<Thing<'r>>) {
    match scale {
        Scale::Bands { value, .. } | Scale::Steps { value, .. } => in_quantity(value, things),
        Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
            entries.iter().for_each(|entry| in_condition(&entry.when, things));
        }
        Scale::Best(sides) => sides.iter().for_each(|side| in_scale(&side.scale, things)),
        Scale::Given(fact) => add(things, Thing::Indicator(&fact.indicator.id)),
    }
}

fn add<'r>(things: &mut Vec<Thing<'r>>, thing: Thing<'r>) {
    if !things.contains(&thing) {
        things.push(thing);
    }
}
