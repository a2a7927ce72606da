//! Who was founded after a year: of such a year there are no figures, rather than unknown ones.

use super::input::{Input, slice, valid};
use crate::bits::{BLOCK, Bits};
use crate::lanes::Lanes;
use crate::prepared::Prepared;

/// By year: the rows of a block whose subject was founded after it.
pub(crate) type FoundedAfter = Vec<(i16, Bits)>;

/// Fills in all years that the plan asks for.
pub(crate) fn founded_after(
    prepared: &Prepared,
    input: &Input<'_>,
    (start, len): (usize, usize),
    to: &mut FoundedAfter,
) {
    to.clear();
    let Some(founded) = input.founded else { return };
    let lanes = Lanes::default();
    let given = valid(founded, start, len);
    let mut days = [i32::MIN; BLOCK];
    for (own, day) in days.iter_mut().zip(slice(founded.values(), start, len)) {
        *own = *day;
    }
    for (year, next) in &prepared.new_years {
        let next = *next;
        to.push((*year, lanes.rows(&days, move |day| day >= next) & given));
    }
}
