//! Titles, events and decisions: lists of records, from which each question takes a bit per row.

use arrow::array::{Array, AsArray, Date32Array, ListArray, StringArray, StructArray};
use arrow::datatypes::Date32Type;
use enterprise::months_before;
use population::day_number;

use super::input::{Input, first, words};
use super::lanes::{Bits, WORDS};
use crate::plain::Plain;

/// What the lists of a block say.
pub(super) struct Said {
    /// By title: held; not held. Neither: not known.
    pub titles: Vec<[Bits; 2]>,
    /// By event: it did not happen; it did.
    pub events: Vec<[Bits; 2]>,
    /// By judged criterion: decided for; decided against.
    pub judged: Vec<[Bits; 2]>,
}

/// The texts and days of a list's records, as slices.
struct Records<'b> {
    offsets: &'b [i32],
    records: &'b StructArray,
}

impl<'b> Records<'b> {
    fn of(list: Option<&'b ListArray>) -> Option<Self> {
        let list = list?;
        Some(Self { offsets: list.value_offsets(), records: list.values().as_struct_opt()? })
    }

    fn texts(&self, name: &str) -> Option<&'b StringArray> {
        self.records.column_by_name(name)?.as_string_opt::<i32>()
    }

    fn days(&self, name: &str) -> Option<&'b Date32Array> {
        self.records.column_by_name(name)?.as_primitive_opt::<Date32Type>()
    }

    /// The records of a row.
    fn row(&self, row: usize) -> std::ops::Range<usize> {
        let at = |row: usize| {
            self.offsets.get(row).and_then(|at| usize::try_from(*at).ok()).unwrap_or_default()
        };
        at(row)..at(row + 1)
    }
}

impl Said {
    pub fn new(plain: &Plain) -> Self {
        let none = [[0; WORDS]; 2];
        Self {
            titles: vec![none; plain.titles.len()],
            events: vec![none; plain.events.len()],
            judged: vec![none; plain.judged().count()],
        }
    }

    /// Reads the lists of a block.
    pub fn read(&mut self, plain: &Plain, input: &Input<'_>, start: usize, rows: usize) {
        self.read_titles(plain, input, start, rows);
        self.read_events(plain, input, start, rows);
        self.read_judgements(plain, input, start, rows);
    }

    fn read_titles(&mut self, plain: &Plain, input: &Input<'_>, start: usize, rows: usize) {
        let today = day_number(plain.as_of);
        let complete = match input.all_titles {
            Some(all) => words(all.values(), start, rows),
            None => [0; WORDS],
        };
        for title in &mut self.titles {
            *title = [[0; WORDS], complete];
        }
        let denied = input.denied.filter(|denied| denied.null_count() < denied.len());
        if let Some(denied) = denied
            && let Some(texts) = denied.values().as_string_opt::<i32>()
        {
            for row in 0..rows {
                let at = |row: usize| denied.value_offsets().get(row).copied().unwrap_or_default();
                for place in at(start + row)..at(start + row + 1) {
                    let text = texts.value(usize::try_from(place).unwrap_or_default());
                    if let Some(title) = plain.titles.iter().position(|known| known == text) {
                        self.titles[title][1][row / 64] |= 1 << (row % 64);
                    }
                }
            }
        }
        let Some(list) = Records::of(input.titles) else { return };
        let (Some(names), Some(from), Some(to)) =
            (list.texts("programme"), list.days("from"), list.days("to"))
        else {
            return;
        };
        for row in 0..rows {
            let records = list.row(start + row);
            let (word, bit) = (row / 64, 1u64 << (row % 64));
            for record in records.clone() {
                let name = names.value(record);
                let Some(title) = plain.titles.iter().position(|known| known == name) else {
                    continue;
                };
                let begun = from.value(record) <= today;
                let endless = to.is_null(record);
                let [held, not] = &mut self.titles[title];
                if begun && !endless && today <= to.value(record) {
                    held[word] |= bit;
                    not[word] &= !bit;
                } else if held[word] & bit == 0 {
                    // Listed, so not held; unless another period has begun and nobody knows its end.
                    let open = |other: usize| {
                        names.value(other) == name
                            && from.value(other) <= today
                            && to.is_null(other)
                    };
                    if records.clone().any(open) {
                        not[word] &= !bit;
                    } else {
                        not[word] |= bit;
                    }
                }
            }
        }
    }

    fn read_events(&mut self, plain: &Plain, input: &Input<'_>, start: usize, rows: usize) {
        let today = day_number(plain.as_of);
        let windows: Vec<(&str, i32)> = plain
            .events
            .iter()
            .map(|(kind, months)| (kind.as_str(), day_number(months_before(plain.as_of, *months))))
            .collect();
        for event in &mut self.events {
            *event = [[0; WORDS]; 2];
        }
        if let Some(list) = Records::of(input.complete)
            && let (Some(kinds), Some(from), Some(until)) =
                (list.texts("kind"), list.days("from"), list.days("until"))
        {
            for row in 0..rows {
                let records = list.row(start + row);
                let (word, bit) = (row / 64, 1u64 << (row % 64));
                for (event, (kind, first)) in windows.iter().enumerate() {
                    let one = records.clone().filter(|record| {
                        let of = kinds.value(*record);
                        of == "*" || of == *kind
                    });
                    let declared = one.map(|record| {
                        let begin = (!from.is_null(record)).then(|| from.value(record));
                        (begin, until.value(record))
                    });
                    if covers(declared, *first, today) {
                        self.events[event][0][word] |= bit;
                    }
                }
            }
        }
        if let Some(list) = Records::of(input.events)
            && let (Some(kinds), Some(dates)) = (list.texts("kind"), list.days("date"))
        {
            for row in 0..rows {
                let (word, bit) = (row / 64, 1u64 << (row % 64));
                for record in list.row(start + row) {
                    let (kind, day) = (kinds.value(record), dates.value(record));
                    for (event, (known, first)) in windows.iter().enumerate() {
                        if kind == *known && (*first..=today).contains(&day) {
                            let [not, happened] = &mut self.events[event];
                            happened[word] |= bit;
                            not[word] &= !bit;
                        }
                    }
                }
            }
        }
        let all = first(rows);
        for [not, _] in &mut self.events {
            not.iter_mut().zip(&all).for_each(|(not, all)| *not &= all);
        }
    }

    fn read_judgements(&mut self, plain: &Plain, input: &Input<'_>, start: usize, rows: usize) {
        for judged in &mut self.judged {
            *judged = [[0; WORDS]; 2];
        }
        let today = day_number(plain.as_of);
        let Some(list) = Records::of(input.judgements) else { return };
        let (Some(owners), Some(criteria), Some(on)) =
            (list.texts("owner"), list.texts("criterion"), list.days("on"))
        else {
            return;
        };
        let Some(met) = list.records.column_by_name("met").and_then(|met| met.as_boolean_opt())
        else {
            return;
        };
        for row in 0..rows {
            let records = list.row(start + row);
            if records.is_empty() {
                continue;
            }
            let (word, bit) = (row / 64, 1u64 << (row % 64));
            for (judged, (owner, criterion)) in plain.judged().enumerate() {
                let day = |record: usize| (!on.is_null(record)).then(|| on.value(record));
                let newest = records
                    .clone()
                    .filter(|record| {
                        owners.value(*record) == owner && criteria.value(*record) == criterion
                    })
                    .filter(|record| day(*record).is_none_or(|on| on <= today))
                    .max_by_key(|record| day(*record));
                if let Some(record) = newest {
                    let side = usize::from(!met.value(record));
                    self.judged[judged][side][word] |= bit;
                }
            }
        }
    }
}

/// Whether declared periods cover every day from the first to the last. Most rows declare one.
fn covers(declared: impl Iterator<Item = (Option<i32>, i32)>, first: i32, last: i32) -> bool {
    let mut parts: Vec<(Option<i32>, i32)> = Vec::new();
    for (begin, until) in declared {
        if until >= last && begin.is_none_or(|begin| begin <= first) {
            return true;
        }
        parts.push((begin, until));
    }
    parts.sort_unstable();
    let mut covered: Option<i32> = None;
    for (begin, until) in parts {
        let joins = match (begin, covered) {
            (None, _) => true,
            (Some(begin), None) => begin <= first,
            (Some(begin), Some(covered)) => begin <= covered + 1,
        };
        if joins && until >= first {
            covered = covered.max(Some(until));
        }
    }
    covered.is_some_and(|covered| covered >= last)
}
