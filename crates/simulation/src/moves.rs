//! From where to where subjects move between the populations of a screening when the law changes.
//! Counts only.

use rules::Population;

/// So many places are there: the five populations, and not being judged at all.
const PLACES: usize = 6;

/// Where a subject stands: one of the five populations, or none if no version judges it.
pub type Stand = Option<Population>;

/// All places, the best first.
pub const STANDS: [Stand; PLACES] = [
    Some(Population::Eligible),
    Some(Population::JudgementPending),
    Some(Population::OneShort),
    Some(Population::LackOfData),
    Some(Population::No),
    None,
];

/// What a subject can enter or leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// The eligible.
    Eligible,
    /// Those who meet all that can be measured: the eligible, and those who wait for a judgement.
    Measurable,
}

/// Both gates.
pub const GATES: [Gate; 2] = [Gate::Eligible, Gate::Measurable];

impl Gate {
    /// Whether one who stands there is inside.
    pub fn has(self, stand: Stand) -> bool {
        match self {
            Self::Eligible => stand == Some(Population::Eligible),
            Self::Measurable => {
                matches!(stand, Some(Population::Eligible | Population::JudgementPending))
            }
        }
    }

    /// Whether a subject goes in (`true`) or out, if it does.
    pub fn crossed(self, before: Stand, after: Stand) -> Option<bool> {
        (self.has(before) != self.has(after)).then_some(self.has(after))
    }
}

/// How many subjects stood where and stand where now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves([[u64; PLACES]; PLACES]);

impl Moves {
    /// One more subject.
    pub fn count(&mut self, before: Stand, after: Stand) {
        if let Some(count) = self.0.get_mut(place(before)).and_then(|row| row.get_mut(place(after)))
        {
            *count += 1;
        }
    }

    /// Adds the counts of other subjects.
    pub fn merge(&mut self, other: &Self) {
        for (own, others) in self.0.iter_mut().flatten().zip(other.0.iter().flatten()) {
            *own += others;
        }
    }

    /// How many moved from one place to another.
    pub fn between(&self, before: Stand, after: Stand) -> u64 {
        self.0.get(place(before)).and_then(|row| row.get(place(after))).copied().unwrap_or(0)
    }

    /// How many stood there before.
    pub fn before(&self, stand: Stand) -> u64 {
        STANDS.iter().map(|after| self.between(stand, *after)).sum()
    }

    /// How many stand there now.
    pub fn after(&self, stand: Stand) -> u64 {
        STANDS.iter().map(|before| self.between(*before, stand)).sum()
    }

    /// How many came to this place, and how many went away from it.
    pub fn in_and_out(&self, stand: Stand) -> (u64, u64) {
        let stayed = self.between(stand, stand);
        (self.after(stand) - stayed, self.before(stand) - stayed)
    }

    /// How many went through a gate, in and out.
    pub fn through(&self, gate: Gate) -> (u64, u64) {
        let mut counts = (0, 0);
        for before in STANDS {
            for after in STANDS {
                match gate.crossed(before, after) {
                    Some(true) => counts.0 += self.between(before, after),
                    Some(false) => counts.1 += self.between(before, after),
                    None => {}
                }
            }
        }
        counts
    }

    /// How many moved at all.
    pub fn moved(&self) -> u64 {
        let stayed: u64 = STANDS.iter().map(|stand| self.between(*stand, *stand)).sum();
        self.0.iter().flatten().sum::<u64>() - stayed
    }

    /// Every move that somebody made, from the best place down.
    pub fn made(&self) -> impl Iterator<Item = (Stand, Stand, u64)> + '_ {
        let pairs =
            STANDS.into_iter().flat_map(|from| STANDS.into_iter().map(move |to| (from, to)));
        pairs
            .map(|(from, to)| (from, to, self.between(from, to)))
            .filter(|(from, to, count)| from != to && *count > 0)
    }
}

fn place(stand: Stand) -> usize {
    STANDS.iter().position(|known| *known == stand).unwrap_or(PLACES - 1)
}

#[cfg(test)]
mod tests {
    use rules::Population;

    use crate::{Gate, Moves, STANDS};

    #[test]
    fn gates_nest_and_counts_agree() {
        let mut moves = Moves::default();
        for before in STANDS {
            for after in STANDS {
                moves.count(before, after);
            }
        }
        assert_eq!(moves.moved(), 30);
        assert_eq!(moves.through(Gate::Eligible), (5, 5));
        assert_eq!(moves.through(Gate::Measurable), (8, 8));
        assert_eq!(moves.in_and_out(Some(Population::OneShort)), (5, 5));
        assert_eq!(moves.before(None), 6);
        let mut twice = moves.clone();
        twice.merge(&moves);
        assert_eq!(twice.moved(), 60);
        assert_eq!(twice.made().map(|(_, _, count)| count).sum::<u64>(), 60);
    }
}
