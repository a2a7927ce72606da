//! Classifications by industry and metrics: the worst tier counts, and what is unknown can only make
//! it worse. Mirrors `classify` of the evaluator.

use rules::{Exact, Grouped, Operator};

use super::input::valid;
use super::numbers::missing;
use super::{Block, Values};
use crate::bits::{BLOCK, Bits};
use crate::plan::{Class, ClassId, NumberId};
use crate::results::code::NO_CLASS;
use crate::truths::{Truths, Whys};

/// What is known of the choice in each row.
pub(crate) struct Chosen {
    /// The best tier that is still possible.
    worst: Box<[u8; BLOCK]>,
    /// Rows with a group, hence with possible tiers.
    grouped: Bits,
    /// Rows of those in which the tier is certain.
    certain: Bits,
    why: Whys,
    /// By row, the group; for finding what is missing.
    groups: Box<[u8; BLOCK]>,
}

const NOWHERE: u8 = u8::MAX;

impl Default for Chosen {
    fn default() -> Self {
        Self {
            worst: Box::new([0; BLOCK]),
            grouped: Bits::NONE,
            certain: Bits::NONE,
            why: Whys::NONE,
            groups: Box::new([NOWHERE; BLOCK]),
        }
    }
}

impl Values {
    pub(super) fn class(&mut self, block: &Block<'_>, id: ClassId) {
        let Some(class) = block.plan.classes.get(id) else { return };
        let mut chosen = match self.classes.get_mut(id) {
            Some(chosen) => std::mem::take(chosen),
            None => return,
        };
        chosen.grouped = Bits::NONE;
        chosen.certain = Bits::NONE;
        chosen.why = Whys::NONE;
        let coded = industries(block, class, &mut chosen);
        chosen.why = missing(class.lack, block.live.but(coded));
        chosen.why.judgement |= coded.but(chosen.grouped);
        let grouped = chosen.grouped;
        for row in grouped.rows() {
            self.tier(block, (id, class), &mut chosen, row);
        }
        if let Some(own) = self.classes.get_mut(id) {
            *own = chosen;
        }
    }

    /// The option of each row in which it is certain.
    pub fn options(&self, block: &Block<'_>, id: ClassId, options: &mut [u8]) {
        let (Some(chosen), Some(class)) = (self.classes.get(id), block.plan.classes.get(id)) else {
            return;
        };
        for row in (chosen.grouped & chosen.certain).rows() {
            let tier = chosen.worst.get(row).map(|tier| usize::from(*tier));
            let option = tier.and_then(|tier| class.classification.order.get(tier));
            if let (Some(slot), Some(option)) = (options.get_mut(row), option) {
                *slot = u8::try_from(*option).unwrap_or(NO_CLASS);
            }
        }
    }

    /// The worst tier over a row's metrics.
    fn tier(
        &self,
        block: &Block<'_>,
        (id, class): (ClassId, &Class),
        chosen: &mut Chosen,
        row: usize,
    ) {
        let group = chosen.groups.get(row).map_or(usize::MAX, |group| usize::from(*group));
        let (Some(known), Some(numbers)) =
            (class.classification.groups.get(group), class.metrics.get(group))
        else {
            return;
        };
        let last = class.classification.order.len().saturating_sub(1);
        let (mut worst, mut certain) = (0, true);
        let edges = block.prepared.tiers(id, group);
        for (place, (metric, number)) in known.metrics.iter().zip(numbers).enumerate() {
            let Some(amounts) = self.numbers.get(*number) else { continue };
            if amounts.known.get(row) {
                let edges = edges.and_then(|edges| edges.get(place)).map_or(&[][..], Vec::as_slice);
                let reached =
                    metric.tiers.iter().zip(edges).position(|((operator, limit), edge)| {
                        self.reaches(block, *number, row, *operator, (limit.value, *edge))
                    });
                worst = worst.max(reached.unwrap_or(last));
            } else {
                certain = false;
                let why = amounts.whys();
                for (own, lacking) in [
                    (&mut chosen.why.data, why.data),
                    (&mut chosen.why.judgement, why.judgement),
                    (&mut chosen.why.open, why.open),
                ] {
                    if lacking.get(row) {
                        own.set(row);
                    }
                }
            }
        }
        if let Some(own) = chosen.worst.get_mut(row) {
            *own = u8::try_from(worst).unwrap_or(u8::MAX);
        }
        // When only the last tier is left, nothing more has to be known.
        if certain || worst == last {
            chosen.certain.set(row);
        }
    }

    fn reaches(
        &self,
        block: &Block<'_>,
        number: NumberId,
        row: usize,
        operator: Operator,
        (limit, edge): (Exact, f64),
    ) -> bool {
        let (value, error) = self.numbers.get(number).map_or((f64::NAN, 0.0), |own| own.at(row));
        let doubt = (error + edge.abs() * 8.0 * f64::EPSILON) * crate::lanes::SLACK
            + (value - edge).abs() * f64::EPSILON;
        let order = if value - edge > doubt {
            Some(std::cmp::Ordering::Greater)
        } else if edge - value > doubt {
            Some(std::cmp::Ordering::Less)
        } else {
            self.exact(block, number, row).and_then(|value| value.compare(limit))
        };
        order.is_some_and(|order| operator.holds(order))
    }
}

/// Finds the group of each row. Answers the rows that have an industry.
fn industries(block: &Block<'_>, class: &Class, chosen: &mut Chosen) -> Bits {
    let Some(column) = block.input.code(class.column) else { return Bits::NONE };
    let coded = valid(column, block.start, block.len);
    let groups = block.input.groups(class, column);
    let keys = super::input::slice(column.keys().values(), block.start, block.len);
    for (row, key) in keys.iter().enumerate() {
        if !coded.get(row) {
            continue;
        }
        let group = usize::try_from(*key).ok().and_then(|key| groups.get(key)).copied();
        let group = group.unwrap_or(NOWHERE);
        if let Some(own) = chosen.groups.get_mut(row) {
            *own = group;
        }
        if group != NOWHERE {
            chosen.grouped.set(row);
        }
    }
    coded
}

/// The group of each code of a dictionary.
pub(super) fn groups_of<'c>(
    class: &Class,
    codes: impl Iterator<Item = Option<&'c str>>,
) -> Vec<u8> {
    codes
        .map(|code| match code.map(|code| class.classification.group_of(code)) {
            Some(Grouped::In(group)) => u8::try_from(group).unwrap_or(NOWHERE),
            _ => NOWHERE,
        })
        .collect()
}

impl Chosen {
    /// Whether the choice is one of the admitted, as far as the possible tiers tell.
    pub fn member(&self, block: &Block<'_>, id: ClassId, admitted: &[usize]) -> Truths {
        let order = block.plan.classes.get(id).map_or(&[][..], |c| &c.classification.order[..]);
        let inside = |tier: usize| order.get(tier).is_some_and(|choice| admitted.contains(choice));
        let (mut met, mut not_met) = (Bits::NONE, Bits::NONE);
        // By tier: what holds if it is certain, and if all lower ones are possible too.
        let mut table = [(None, None); 16];
        for (tier, answers) in table.iter_mut().enumerate().take(order.len()) {
            let all = (tier..order.len()).all(inside);
            let none = !(tier..order.len()).any(inside);
            *answers = (Some(inside(tier)), (all || none).then_some(all));
        }
        for row in self.grouped.rows() {
            let tier = self.worst.get(row).map_or(usize::MAX, |tier| usize::from(*tier));
            let (one, several) = table.get(tier).copied().unwrap_or((None, None));
            match if self.certain.get(row) { one } else { several } {
                Some(true) => met.set(row),
                Some(false) => not_met.set(row),
                None => {}
            }
        }
        Truths::decided(met, met | not_met, self.why)
    }

    /// Rows of a group, for finding what is missing.
    pub fn in_group(&self, group: usize) -> Bits {
        let mut rows = Bits::NONE;
        for row in self.grouped.rows() {
            if self.groups.get(row).is_some_and(|own| usize::from(*own) == group) {
                rows.set(row);
            }
        }
        rows
    }

    /// Rows with a group.
    pub fn grouped(&self) -> Bits {
        self.grouped
    }
}
