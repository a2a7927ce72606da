//! One subject's file: facts with their sources, titles, events, judgements. Absence is unknown,
//! except where the file itself says that a list is complete.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::uscc::Uscc;

/// The value of a fact, in stored units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Fen, parts per million, or a scaled number, as the indicator's kind says.
    Number(i64),
    /// A calendar date.
    Date(Date),
    /// Yes or no.
    Flag(bool),
    /// The index of the chosen option.
    Choice(usize),
    /// A code, as text.
    Code(String),
}

/// Where a fact came from and since when it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Words for people: a department, a file and cell.
    pub name: Option<Arc<str>>,
    /// The day on which it became known here.
    pub known: Option<Date>,
}

/// The value of an indicator for a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub source: Source,
}

/// Which fact: the indicator, and the fiscal year of a yearly one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactKey {
    /// The indicator's id.
    pub indicator: String,
    /// The fiscal year; `None` for a present state.
    pub year: Option<i16>,
}

/// A title held from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The programme's id.
    pub programme: String,
    /// First day of validity.
    pub from: Date,
    /// Last day of validity; `None` if it is not known.
    pub to: Option<Date>,
}

/// A dated event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The event kind's id.
    pub kind: String,
    /// The day.
    pub date: Date,
    /// Qualifying whole numbers that are known, by id.
    pub attributes: BTreeMap<String, i64>,
}

/// A declaration that all events of a kind in a period are listed, so that absence is a *no*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// The event kind's id; `*` for every kind.
    pub kind: String,
    /// First day covered; `None` for since ever.
    pub from: Option<Date>,
    /// Last day covered.
    pub until: Date,
}

/// A person's decision on a judged criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The programme or shared definition.
    pub owner: String,
    /// The criterion within it.
    pub criterion: String,
    /// Whether the person found it met.
    pub met: bool,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
    /// The reason given.
    pub note: Option<String>,
}

/// A relation to another enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What kind (controls, same group).
    pub kind: String,
    /// The other side's code.
    pub other: String,
}

/// Everything known about one subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The unified social credit code, verified.
    pub uscc: Option<Uscc>,
    /// The registered name.
    pub name: Option<String>,
    states: BTreeMap<String, Fact>,
    yearly: BTreeMap<String, BTreeMap<i16, Fact>>,
    /// Titles held now, earlier or later.
    pub titles: Vec<Title>,
    /// Whether `titles` is the complete list, so that a title not in it is not held.
    pub titles_complete: bool,
    /// Titles explicitly known not to be held.
    pub titles_denied: Vec<String>,
    /// Dated events.
    pub events: Vec<Event>,
    /// For which kinds and periods `events` is complete.
    pub complete: Vec<Completeness>,
    /// Decisions of persons.
    pub judgements: Vec<Judgement>,
    /// Relations to other enterprises.
    pub relations: Vec<Relation>,
}

impl Facts {
    /// Sets a fact. Returns the one that stood there before.
    pub fn set(&mut self, indicator: &str, year: Option<i16>, fact: Fact) -> Option<Fact> {
        match year {
            None => self.states.insert(indicator.to_owned(), fact),
            Some(year) => self.yearly.entry(indicator.to_owned()).or_default().insert(year, fact),
        }
    }

    /// Takes a fact away, so that it is unknown again.
    pub fn unset(&mut self, indicator: &str, year: Option<i16>) -> Option<Fact> {
        match year {
            None => self.states.remove(indicator),
            Some(year) => self.yearly.get_mut(indicator)?.remove(&year),
        }
    }

    /// The fact, if it is known.
    pub fn get(&self, indicator: &str, year: Option<i16>) -> Option<&Fact> {
        match year {
            None => self.states.get(indicator),
            Some(year) => self.yearly.get(indicator)?.get(&year),
        }
    }

    /// The newest year before `year` for which the indicator is known.
    pub fn latest_before(&self, indicator: &str, year: i16) -> Option<i16> {
        self.yearly.get(indicator)?.range(..year).next_back().map(|(year, _)| *year)
    }

    /// All facts, states first, by id and year.
    pub fn iter(&self) -> impl Iterator<Item = (FactKey, &Fact)> {
        let states = self
            .states
            .iter()
            .map(|(id, fact)| (FactKey { indicator: id.clone(), year: None }, fact));
        let yearly = self.yearly.iter().flat_map(|(id, years)| {
            years
                .iter()
                .map(|(year, fact)| (FactKey { indicator: id.clone(), year: Some(*year) }, fact))
        });
        states.chain(yearly)
    }

    /// The same file as it was known on `day`: facts learnt later and judgements made later are gone.
    pub fn as_known_on(mut self, day: Date) -> Self {
        let known = |fact: &Fact| fact.source.known.is_none_or(|known| known <= day);
        self.states.retain(|_, fact| known(fact));
        for years in self.yearly.values_mut() {
            years.retain(|_, fact| known(fact));
        }
        self.judgements.retain(|judgement| judgement.on.is_none_or(|on| on <= day));
        self
    }
}
