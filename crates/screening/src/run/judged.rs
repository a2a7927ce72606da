//! Decisions of persons: of each, the newest that was made by the day.

use arrow::array::Array as _;

use super::Block;
use super::input::{day, text};
use crate::bits::Bits;

/// What persons decided.
pub(crate) struct Judged {
    pub met: Vec<Bits>,
    pub not_met: Vec<Bits>,
    newest: Vec<Option<Option<i32>>>,
}

impl Judged {
    pub fn new(criteria: usize) -> Self {
        let none = || vec![Bits::NONE; criteria];
        Self { met: none(), not_met: none(), newest: vec![None; criteria] }
    }

    pub fn read(&mut self, block: &Block<'_>) {
        self.met.fill(Bits::NONE);
        self.not_met.fill(Bits::NONE);
        let Some(list) = block.input.judgements.filter(|list| list.any(block.start, block.len))
        else {
            return;
        };
        let (Some(owners), Some(criteria), Some(met), on) =
            (list.text("owner"), list.text("criterion"), list.flag("met"), list.date("on"))
        else {
            return;
        };
        for (row, places) in list.of_rows(block.start, block.len) {
            self.newest.fill(None);
            for place in places {
                let on = day(on, place);
                if on.is_some_and(|on| on > block.prepared.as_of) || met.is_null(place) {
                    continue;
                }
                let own = text(owners, place)
                    .zip(text(criteria, place))
                    .and_then(|(owner, criterion)| block.prepared.judged(owner, criterion));
                let Some((id, newest)) = own.and_then(|id| Some((id, self.newest.get_mut(id)?)))
                else {
                    continue;
                };
                // Of several on one day the last one counts.
                if newest.is_none_or(|newest| newest <= on) {
                    *newest = Some(on);
                    let (yes, no) = match met.value(place) {
                        true => (&mut self.met, &mut self.not_met),
                        false => (&mut self.not_met, &mut self.met),
                    };
                    if let (Some(yes), Some(no)) = (yes.get_mut(id), no.get_mut(id)) {
                        yes.set(row);
                        no.clear(row);
                    }
                }
            }
        }
    }
}
