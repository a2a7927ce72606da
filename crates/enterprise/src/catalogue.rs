//! The catalogue: everything that can be said about a subject, by stable id. It is filled from the
//! rulebook and used by readers of files; it holds no facts and no rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::indicator::Indicator;
use crate::indicator::{Choice, Kind};
use crate::text::Text;

/// A kind of dated event (award, accident, listing as abnormal).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// Stable id.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Whole numbers that qualify the event, such as the rank among the winners.
    pub attributes: Vec<EventAttribute>,
    /// Wider kinds that it is one of: a grave accident is also a serious one.
    pub counts_as: Vec<String>,
}

/// A whole number that qualifies an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventAttribute {
    /// Stable id.
    pub id: String,
    /// What people read.
    pub label: Text,
}

/// A title that can be held: the id and name of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleKind {
    /// The programme's id.
    pub id: String,
    /// What people read.
    pub label: Text,
}

/// A criterion that a person decides. `owner` is the programme, or the shared definition, it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedCriterion {
    /// The programme or shared definition.
    pub owner: String,
    /// The criterion's id within its owner.
    pub criterion: String,
    /// What people read.
    pub label: Text,
}

/// Everything that can be said about a subject.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    indicators: Vec<Arc<Indicator>>,
    by_id: BTreeMap<String, Arc<Indicator>>,
    /// Kinds of events, in file order.
    pub events: Vec<EventKind>,
    /// Titles, in file order.
    pub titles: Vec<TitleKind>,
    /// Judged criteria, in file order.
    pub judged: Vec<JudgedCriterion>,
}

impl Catalogue {
    /// Adds an indicator and returns it shared. A second one with the same id replaces nothing:
    /// the first stands, and the caller is told by getting that one back.
    pub fn add(&mut self, indicator: Indicator) -> Arc<Indicator> {
        if let Some(known) = self.by_id.get(&indicator.id) {
            return Arc::clone(known);
        }
        let indicator = Arc::new(indicator);
        self.by_id.insert(indicator.id.clone(), Arc::clone(&indicator));
        self.indicators.push(Arc::clone(&indicator));
        indicator
    }

    /// All indicators, in file order.
    pub fn indicators(&self) -> &[Arc<Indicator>] {
        &self.indicators
    }

    /// The indicator with this id.
    pub fn indicator(&self, id: &str) -> Option<&Arc<Indicator>> {
        self.by_id.get(id)
    }

    /// An option of a choice.
    pub fn option(&self, indicator: &str, option: usize) -> Option<&Choice> {
        match &self.indicator(indicator)?.kind {
            Kind::Choice(choices) => choices.get(option),
            _ => None,
        }
    }

    /// The event kind with this id.
    pub fn event(&self, id: &str) -> Option<&EventKind> {
        self.events.iter().find(|kind| kind.id == id)
    }

    /// The title with this id.
    pub fn title(&self, id: &str) -> Option<&TitleKind> {
        self.titles.iter().find(|kind| kind.id == id)
    }

    /// The judged criterion `criterion` of `owner`.
    pub fn judged(&self, owner: &str, criterion: &str) -> Option<&JudgedCriterion> {
        self.judged.iter().find(|known| known.owner == owner && known.criterion == criterion)
    }
}
