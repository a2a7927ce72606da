//! Which versions of which programmes use an indicator, an event or a title: for whom a change of
//! something shared is one.

use std::collections::BTreeSet;

use enterprise::Text;
use rules::{Body, Condition, Criterion, Entry, FactRef, Quantity, Rulebook, Scale, Version};

use crate::change::Period;
use crate::period;

/// Versions of a programme that use something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The programme's id.
    pub programme: String,
    /// Its name.
    pub title: Text,
    /// The versions.
    pub versions: Vec<String>,
    /// When they are in force.
    pub periods: Vec<Period>,
}

/// The version as a user of something.
pub(crate) fn user(book: &Rulebook, version: &Version) -> User {
    let programme = book
        .programmes
        .iter()
        .find(|programme| programme.versions.iter().any(|one| std::ptr::eq(one, version)));
    User {
        programme: programme.map(|programme| programme.id.clone()).unwrap_or_default(),
        title: programme.map(|programme| programme.title.clone()).unwrap_or_default(),
        versions: vec![version.id.clone()],
        periods: period::of(version),
    }
}

/// Adds a user to others, the versions of one programme together.
pub(crate) fn join(users: &mut Vec<User>, user: User) {
    match users.iter_mut().find(|known| known.programme == user.programme) {
        Some(known) => {
            known.versions.extend(user.versions);
            known.periods.extend(user.periods);
        }
        None => users.push(user),
    }
}

/// Who asks for a title.
pub(crate) fn of_title(book: &Rulebook, programme: &str) -> Vec<User> {
    who(book, &|used| used.titles.contains(programme))
}

/// Who tests an indicator, be it through others.
pub(crate) fn of_indicator(book: &Rulebook, indicator: &str) -> Vec<User> {
    who(book, &|used| used.indicators.contains(indicator))
}

/// Who tests an event.
pub(crate) fn of_event(book: &Rulebook, event: &str) -> Vec<User> {
    who(book, &|used| used.events.contains(event))
}

fn who(book: &Rulebook, test: &dyn Fn(&Used<'_>) -> bool) -> Vec<User> {
    let mut users = Vec::new();
    for version in book.programmes.iter().flat_map(|programme| &programme.versions) {
        if test(&Used::by(book, version)) {
            join(&mut users, user(book, version));
        }
    }
    users
}

/// What a version uses.
struct Used<'r> {
    book: &'r Rulebook,
    indicators: BTreeSet<&'r str>,
    events: BTreeSet<&'r str>,
    titles: BTreeSet<&'r str>,
}

impl<'r> Used<'r> {
    fn by(book: &'r Rulebook, version: &'r Version) -> Self {
        let mut used = Self {
            book,
            indicators: BTreeSet::new(),
            events: BTreeSet::new(),
            titles: BTreeSet::new(),
        };
        for criterion in version.criteria.iter().chain(&version.preferences) {
            used.criterion(criterion);
        }
        for item in
            version.score.iter().flat_map(|table| &table.groups).flat_map(|group| &group.items)
        {
            used.scale(&item.scale);
        }
        for benefit in &version.benefits {
            benefit.amount.iter().for_each(|amount| used.quantity(amount));
        }
        used
    }

    fn criterion(&mut self, criterion: &'r Criterion) {
        for criterion in criterion.walk() {
            criterion.when.iter().for_each(|when| self.condition(when));
            if let Body::Require(condition) = &criterion.body {
                self.condition(condition);
            }
        }
    }

    fn condition(&mut self, condition: &'r Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().for_each(|part| self.condition(part));
            }
            Condition::Not(inner) => self.condition(inner),
            Condition::Compare(comparison) => {
                self.quantity(&comparison.left);
                self.quantity(&comparison.right);
            }
            Condition::Member(member) => self.fact(&member.fact),
            Condition::Flag(fact) => self.fact(fact),
            Condition::Holds(holds) => {
                self.titles.extend(holds.any_of.iter().map(String::as_str));
                self.titles.insert(&holds.programme);
            }
            Condition::Happened(happened) => {
                self.events.insert(&happened.event.id);
            }
        }
    }

    fn scale(&mut self, scale: &'r Scale) {
        let entries = |used: &mut Self, entries: &'r [Entry]| {
            entries.iter().for_each(|entry| used.condition(&entry.when));
        };
        match scale {
            Scale::Bands { value, .. } | Scale::Steps { value, .. } => self.quantity(value),
            Scale::Tally { entries: all, .. } | Scale::Levels { entries: all, .. } => {
                entries(self, all);
            }
            Scale::Best(sides) => sides.iter().for_each(|side| self.scale(&side.scale)),
            Scale::Given(fact) => self.fact(fact),
        }
    }

    fn quantity(&mut self, quantity: &'r Quantity) {
        let mut facts = Vec::new();
        quantity.each_fact(&mut |fact| facts.push(fact));
        facts.into_iter().for_each(|fact| self.fact(fact));
    }

    fn fact(&mut self, fact: &'r FactRef) {
        let id = fact.indicator.id.as_str();
        if !self.indicators.insert(id) {
            return;
        }
        let book = self.book;
        if let Some(formula) = book.formulas.get(id) {
            self.quantity(formula);
        }
        for classification in book.classifications.get(id).into_iter().flatten() {
            self.fact(&classification.by);
            for metric in classification.groups.iter().flat_map(|group| &group.metrics) {
                self.quantity(&metric.value);
            }
        }
    }
}
