//! Titles: held on the day, not held, or not known. Mirrors `holds` of the evaluator.

use arrow::array::Array as _;

use super::Block;
use super::input::{day, text, window};
use crate::bits::Bits;

/// Whether a title is held.
#[derive(Clone, Copy)]
pub(crate) struct Held {
    pub yes: Bits,
    pub no: Bits,
}

impl Default for Held {
    fn default() -> Self {
        Self { yes: Bits::NONE, no: Bits::NONE }
    }
}

pub(super) fn read(block: &Block<'_>, held: &mut [Held]) {
    let input = block.input;
    let complete = input.titles_complete.map_or(Bits::NONE, |flags| {
        let said = super::input::valid(flags, block.start, block.len);
        window(flags.values(), block.start, block.len) & said
    });
    // What is listed or denied is known; `no` collects it until what is held is taken out.
    let mut endless = vec![Bits::NONE; held.len()];
    for title in held.iter_mut() {
        *title = Held { yes: Bits::NONE, no: complete };
    }
    if let Some(titles) = input.titles.filter(|titles| titles.any(block.start, block.len)) {
        let (Some(names), from, to) =
            (titles.text("programme"), titles.date("from"), titles.date("to"))
        else {
            return;
        };
        for (row, places) in titles.of_rows(block.start, block.len) {
            for place in places {
                let known = text(names, place).and_then(|name| block.prepared.titles.get(name));
                let Some(&id) = known else { continue };
                let (Some(title), Some(endless)) = (held.get_mut(id), endless.get_mut(id)) else {
                    continue;
                };
                title.no.set(row);
                if day(from, place).is_none_or(|from| from > block.prepared.as_of) {
                    continue;
                }
                match day(to, place) {
                    Some(to) if block.prepared.as_of <= to => title.yes.set(row),
                    Some(_) => {}
                    None => endless.set(row),
                }
            }
        }
    }
    if let Some((list, names)) = input.titles_denied {
        for row in 0..block.len {
            if list.is_null(block.start + row) {
                continue;
            }
            let offsets = list.value_offsets();
            let at = |place: usize| offsets.get(place).copied().unwrap_or_default() as usize;
            for place in at(block.start + row)..at(block.start + row + 1) {
                let known = text(names, place).and_then(|name| block.prepared.titles.get(name));
                if let Some(title) = known.and_then(|id| held.get_mut(*id)) {
                    title.no.set(row);
                }
            }
        }
    }
    for (title, endless) in held.iter_mut().zip(endless) {
        title.no = title.no.but(title.yes | endless);
    }
}
