//! Events in their windows, and whether the lists of them are complete. Mirrors `happened` of the
//! evaluator.

use std::ops::Range;

use arrow::array::{Array as _, Date32Array, StringArray};
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
}

impl Events {
    pub fn new(tests: usize) -> Self {
        let none = || vec![Bits::NONE; tests];
        Self { met: none(), unqualified: none(), complete: none() }
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

    /// Neighbours mostly come from one source and declare the same: the last answer is kept.
    fn declared(&mut self, block: &Block<'_>, complete: &Entries<'_>) {
        let (Some(kinds), from, until) =
            (complete.text("kind"), complete.date("from"), complete.date("until"))
        else {
            return;
        };
        let mut last: Option<(Range<usize>, Vec<bool>)> = None;
        for (row, places) in complete.of_rows(block.start, block.len) {
            let known = last.as_ref().is_some_and(|(last, _)| {
                same_texts(kinds, last, &places)
                    && same_days(from, last, &places)
                    && same_days(until, last, &places)
            });
            if !known {
                let answers = answers(block, kinds, (from, until), places.clone());
                last = Some((places, answers));
            }
            let answers = last.iter().flat_map(|(_, answers)| answers);
            for (bits, complete) in self.complete.iter_mut().zip(answers) {
                if *complete {
                    bits.set(row);
                }
            }
        }
    }
}

/// By event test: whether these declarations cover its whole window.
fn answers(
    block: &Block<'_>,
    kinds: &StringArray,
    (from, until): (Option<&Date32Array>, Option<&Date32Array>),
    places: Range<usize>,
) -> Vec<bool> {
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
    block.plan.events.iter().map(covers).collect()
}

/// Whether the texts at these places are the same, in one comparison of all their letters.
fn same_texts(texts: &StringArray, one: &Range<usize>, other: &Range<usize>) -> bool {
    let lengths = |places: &Range<usize>| {
        let offsets = texts.value_offsets().get(places.start..=places.end)?;
        Some((offsets, *offsets.first()?, *offsets.last()?))
    };
    let letters = |begin: i32, end: i32| texts.value_data().get(begin as usize..end as usize);
    let (Some((a, from, to)), Some((b, begin, end))) = (lengths(one), lengths(other)) else {
        return false;
    };
    texts.null_count() == 0
        && a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| a - from == b - begin)
        && letters(from, to) == letters(begin, end)
}

fn same_days(days: Option<&Date32Array>, one: &Range<usize>, other: &Range<usize>) -> bool {
    one.len() == other.len()
        && one.clone().zip(other.clone()).all(|(one, other)| day(days, one) == day(days, other))
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
