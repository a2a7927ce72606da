//! Events in their windows, and whether the lists of them are complete. Mirrors `happened` of the
//! evaluator.

use std::collections::HashMap;
use std::ops::Range;

use ahash::RandomState;
use arrow::array::{Date32Array, StringArray};
use enterprise::Completeness;
use rules::complete_until;

use super::Block;
use super::input::{Entries, day, text};
use crate::bits::Bits;
use crate::plan::Event;
use crate::prepared::date_of;

/// What is known of each event test.
pub(crate) struct Events {
    pub met: Vec<Bits>,
    /// An event is listed without the number that would qualify it.
    pub unqualified: Vec<Bits>,
    /// The list is complete for the whole window.
    pub complete: Vec<Bits>,
    /// By what is declared: the tests that it covers.
    answers: HashMap<Vec<u8>, Vec<usize>, RandomState>,
    said: Vec<u8>,
}

impl Events {
    pub fn new(tests: usize) -> Self {
        let none = || vec![Bits::NONE; tests];
        Self {
            met: none(),
            unqualified: none(),
            complete: none(),
            answers: HashMap::default(),
            said: Vec::new(),
        }
    }

    pub fn read(&mut self, block: &Block<'_>) {
        for planes in [&mut self.met, &mut self.unqualified, &mut self.complete] {
            planes.fill(Bits::NONE);
        }
        if let Some(events) = block.input.events.filter(|list| list.any(block.start, block.len)) {
            self.listed(block, &events);
        }
        if let Some(complete) = block.input.complete.filter(|l| l.any(block.start, block.len)) {
            self.declared(block, &complete);
        }
    }

    fn listed(&mut self, block: &Block<'_>, events: &Entries<'_>) {
        let (Some(kinds), dates) = (events.text("kind"), events.date("date")) else { return };
        let attributes = events.entries("attributes");
        for (row, places) in events.of_rows(block.start, block.len) {
            for place in places {
                let (Some(kind), Some(date)) = (text(kinds, place), day(dates, place)) else {
                    continue;
                };
                let Some(tests) = block.prepared.events_of.get(kind) else { continue };
                for &id in tests {
                    let Some(event) = block.plan.events.get(id) else { continue };
                    if date < event.from || date > block.prepared.as_of {
                        continue;
                    }
                    let plane = match qualifies(event, attributes.as_ref(), place) {
                        Some(true) => &mut self.met,
                        Some(false) => continue,
                        None => &mut self.unqualified,
                    };
                    if let Some(bits) = plane.get_mut(id) {
                        bits.set(row);
                    }
                }
            }
        }
    }

    /// Many come from one source and declare the same: answers are kept.
    fn declared(&mut self, block: &Block<'_>, complete: &Entries<'_>) {
        /// As many as are worth keeping.
        const MOST: usize = 1 << 12;
        /// Rows that others of the block are held against.
        const FREQUENT: usize = 3;
        let (Some(kinds), from, until) =
            (complete.text("kind"), complete.date("from"), complete.date("until"))
        else {
            return;
        };
        if self.answers.len() > MOST {
            self.answers.clear();
        }
        let same = |own: &Range<usize>, other: &Range<usize>| {
            own.len() == other.len()
                && own.clone().zip(other.clone()).all(|(own, other)| {
                    day(until, own) == day(until, other)
                        && day(from, own) == day(from, other)
                        && text(kinds, own) == text(kinds, other)
                })
        };
        // Most rows of a block say what one of its first rows says: held against it as it stands.
        let mut frequent: Vec<(Range<usize>, Bits)> = Vec::with_capacity(FREQUENT);
        for (row, places) in complete.of_rows(block.start, block.len) {
            if let Some((_, rows)) = frequent.iter_mut().find(|(other, _)| same(&places, other)) {
                rows.set(row);
                continue;
            }
            if frequent.len() < FREQUENT {
                let mut rows = Bits::NONE;
                rows.set(row);
                frequent.push((places, rows));
                continue;
            }
            let mut rows = Bits::NONE;
            rows.set(row);
            self.declare(block, kinds, (from, until), places, rows);
        }
        for (places, rows) in frequent {
            self.declare(block, kinds, (from, until), places, rows);
        }
    }

    /// These rows declare what stands in these places.
    fn declare(
        &mut self,
        block: &Block<'_>,
        kinds: &StringArray,
        (from, until): (Option<&Date32Array>, Option<&Date32Array>),
        places: Range<usize>,
        rows: Bits,
    ) {
        self.said.clear();
        for place in places.clone() {
            let kind = text(kinds, place).unwrap_or_default();
            self.said.extend_from_slice(&kind.len().to_le_bytes());
            self.said.extend_from_slice(kind.as_bytes());
            for day in [day(from, place), day(until, place)] {
                self.said.push(u8::from(day.is_some()));
                self.said.extend_from_slice(&day.unwrap_or_default().to_le_bytes());
            }
        }
        let known = match self.answers.get(&self.said) {
            Some(known) => known,
            None => {
                let answers = answers(block, kinds, (from, until), places);
                self.answers.entry(self.said.clone()).or_insert(answers)
            }
        };
        for event in known {
            if let Some(bits) = self.complete.get_mut(*event) {
                *bits |= rows;
            }
        }
    }
}

/// The event tests whose whole window is covered by these declarations.
fn answers(
    block: &Block<'_>,
    kinds: &StringArray,
    (from, until): (Option<&Date32Array>, Option<&Date32Array>),
    places: Range<usize>,
) -> Vec<usize> {
    let declared: Vec<Completeness> = places
        .filter_map(|place| {
            Some(Completeness {
                kind: text(kinds, place)?.to_owned(),
                from: day(from, place).map(date_of),
                until: date_of(day(until, place)?),
            })
        })
        .collect();
    let as_of = date_of(block.prepared.as_of);
    let covers = |event: &Event| {
        complete_until(&declared, &event.kind, date_of(event.from)).is_some_and(|day| day >= as_of)
    };
    let events = block.plan.events.iter().enumerate();
    events.filter(|(_, event)| covers(event)).map(|(id, _)| id).collect()
}

/// Whether a listed event is one that counts; `None` if the number that decides is missing.
fn qualifies(event: &Event, attributes: Option<&Entries<'_>>, place: usize) -> Option<bool> {
    let Some((id, edge, limit)) = &event.attribute else { return Some(true) };
    let attributes = attributes?;
    let (ids, values) = (attributes.text("id")?, attributes.number("value")?);
    let own = attributes.of_row(place).find(|own| text(ids, *own) == Some(id.as_str()))?;
    let value = rules::Exact::whole(values.value(own));
    Some(value.compare(limit.exact()).is_some_and(|order| edge.holds(order)))
}
