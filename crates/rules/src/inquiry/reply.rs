//! Replies: what can be said when something is asked for, and how it enters the facts. Nothing that
//! was known before is lost.

use std::collections::BTreeMap;

use enterprise::{Catalogue, Completeness, Event, Fact, Facts, Source, Title, Value};
use jiff::civil::Date;

use crate::amount::Missing;

/// What is replied to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The value of a fact.
    Value(Value),
    /// The title is held, or was.
    Held {
        /// First day of validity.
        from: Date,
        /// Last day of validity; `None` if it is not known.
        to: Option<Date>,
    },
    /// The title is not held.
    NotHeld,
    /// No title is held but those that are listed.
    NoOtherTitle,
    /// All events of the kind in the period asked about; there were none if it is empty.
    Events(Vec<(Date, BTreeMap<String, i64>)>),
    /// Nothing happened of any kind but what is listed.
    NoOtherEvent,
    /// The qualifying number of every listed event that lacks it, in the order of the list.
    Numbers(Vec<i64>),
}

/// The days that an answer about events covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day: that of the question.
    pub until: Date,
}

/// Puts a reply to `asked` into the facts. A reply of another sort than what was asked changes nothing.
pub fn record(
    catalogue: &Catalogue,
    facts: &mut Facts,
    asked: &Missing,
    reply: Reply,
    span: Span,
    source: Source,
) {
    match (asked, reply) {
        (Missing::Fact { key, .. }, Reply::Value(value)) => {
            facts.set(&key.indicator, key.year, Fact { value, source });
        }
        (Missing::Title(programme), Reply::Held { from, to }) => {
            // A title without an end gets its end.
            facts.titles.retain(|known| known.programme != *programme || known.to.is_some());
            facts.titles.push(Title { programme: programme.clone(), from, to });
        }
        (Missing::Title(programme), Reply::NotHeld) => {
            facts.titles.retain(|known| known.programme != *programme || known.to.is_some());
            facts.titles_denied.push(programme.clone());
        }
        (Missing::Title(_), Reply::NoOtherTitle) => facts.titles_complete = true,
        (Missing::Event { kind, attribute: None }, Reply::Events(events)) => {
            // Two awards of one day are two: each event that was known stands for one of the reply.
            let mut known: Vec<Event> = facts.events.clone();
            for (date, attributes) in events {
                let same = |event: &Event| {
                    let says = |(id, value)| event.attributes.get(id) == Some(value);
                    event.kind == *kind && event.date == date && attributes.iter().all(says)
                };
                match known.iter().position(same) {
                    Some(place) => drop(known.swap_remove(place)),
                    None => facts.events.push(Event { kind: kind.clone(), date, attributes }),
                }
            }
            complete(facts, kind, span);
        }
        (Missing::Event { .. }, Reply::NoOtherEvent) => complete(facts, "*", span),
        (Missing::Event { kind, attribute: Some(attribute) }, Reply::Numbers(numbers)) => {
            let lacking = unqualified(catalogue, facts, kind, attribute, span);
            for (index, number) in lacking.into_iter().zip(numbers) {
                if let Some(event) = facts.events.get_mut(index) {
                    event.attributes.insert(attribute.clone(), number);
                }
            }
        }
        _ => {}
    }
}

/// The title of which it is not known when it ends.
pub fn endless<'f>(facts: &'f Facts, programme: &str) -> Option<&'f Title> {
    facts.titles.iter().find(|title| title.programme == programme && title.to.is_none())
}

/// The places in the list of the events of the kind, itself or narrower, that lack a qualifying number.
pub fn unqualified(
    catalogue: &Catalogue,
    facts: &Facts,
    kind: &str,
    attribute: &str,
    span: Span,
) -> Vec<usize> {
    let counts = |event: &Event| {
        let known = catalogue.event(&event.kind);
        event.kind == kind || known.is_some_and(|known| known.counts_as.iter().any(|id| id == kind))
    };
    let lacking = facts.events.iter().enumerate().filter(|(_, event)| {
        counts(event)
            && !event.attributes.contains_key(attribute)
            && event.date >= span.from
            && event.date <= span.until
    });
    lacking.map(|(index, _)| index).collect()
}

fn complete(facts: &mut Facts, kind: &str, span: Span) {
    let known = Completeness { kind: kind.to_owned(), from: Some(span.from), until: span.until };
    if !facts.complete.contains(&known) {
        facts.complete.push(known);
    }
}
