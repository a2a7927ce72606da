//! The three-valued logic of `rules::Truth`, for all rows of a block at once: one plane of bits for
//! each thing that can be said of a criterion.

use rules::{Truth, Why};

use crate::bits::Bits;

/// Why something is unknown, row by row. Only meant where it is unknown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whys {
    pub data: Bits,
    pub judgement: Bits,
    pub open: Bits,
}

/// A status for each row. A row in none of the first three does not apply.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Truths {
    pub met: Bits,
    pub not_met: Bits,
    pub unknown: Bits,
    pub why: Whys,
}

impl Whys {
    pub const NONE: Self = Self { data: Bits::NONE, judgement: Bits::NONE, open: Bits::NONE };

    /// The same reason for these rows.
    pub fn of(why: Why, rows: Bits) -> Self {
        let pick = |wanted: bool| if wanted { rows } else { Bits::NONE };
        Self { data: pick(why.data), judgement: pick(why.judgement), open: pick(why.open) }
    }

    pub fn within(self, rows: Bits) -> Self {
        Self { data: self.data & rows, judgement: self.judgement & rows, open: self.open & rows }
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            data: self.data | other.data,
            judgement: self.judgement | other.judgement,
            open: self.open | other.open,
        }
    }

    /// The reasons of one row.
    #[cfg(test)]
    pub fn at(&self, row: usize) -> Why {
        Why {
            data: self.data.get(row),
            judgement: self.judgement.get(row),
            open: self.open.get(row),
        }
    }
}

impl Truths {
    /// Nothing applies.
    pub const NONE: Self =
        Self { met: Bits::NONE, not_met: Bits::NONE, unknown: Bits::NONE, why: Whys::NONE };

    /// The same status for every row.
    pub fn all_rows(truth: Truth) -> Self {
        match truth {
            Truth::Met => Self { met: Bits::ALL, ..Self::NONE },
            Truth::NotMet => Self { not_met: Bits::ALL, ..Self::NONE },
            Truth::NotApplicable => Self::NONE,
            Truth::Unknown(why) => {
                Self { unknown: Bits::ALL, why: Whys::of(why, Bits::ALL), ..Self::NONE }
            }
        }
    }

    /// Yes and no where known; unknown for these reasons in the rows `open`.
    pub fn decided(met: Bits, known: Bits, why: Whys) -> Self {
        let unknown = !known;
        Self { met: met & known, not_met: known.but(met), unknown, why: why.within(unknown) }
    }

    /// All that apply are met.
    pub fn all<'a>(parts: impl Iterator<Item = &'a Self>) -> Self {
        let (mut met, mut not_met, mut unknown, mut why) =
            (Bits::NONE, Bits::NONE, Bits::NONE, Whys::NONE);
        for part in parts {
            met |= part.met;
            not_met |= part.not_met;
            unknown |= part.unknown;
            why = why.and(part.why);
        }
        let unknown = unknown.but(not_met);
        Self { met: met.but(not_met | unknown), not_met, unknown, why: why.within(unknown) }
    }

    /// At least `k` are met; too few can only be concluded once something applies.
    pub fn at_least<'a>(k: usize, parts: impl Iterator<Item = &'a Self>) -> Self {
        let (mut won, mut reachable) = (Count::default(), Count::default());
        let (mut applies, mut unknown, mut why) = (Bits::NONE, Bits::NONE, Whys::NONE);
        for part in parts {
            won.add(part.met);
            reachable.add(part.met | part.unknown);
            applies |= part.met | part.not_met;
            unknown |= part.unknown;
            why = why.and(part.why);
        }
        let met = won.at_least(k) & (applies | unknown);
        let not_met = applies.but(met | reachable.at_least(k));
        let unknown = (applies | unknown).but(met | not_met);
        Self { met, not_met, unknown, why: why.within(unknown) }
    }

    pub fn opposite(self) -> Self {
        Self { met: self.not_met, not_met: self.met, ..self }
    }

    /// Where the condition holds; not applicable where it does not.
    pub fn when(self, condition: &Self) -> Self {
        let why = condition.why.and(self.why.within(self.unknown)).within(condition.unknown);
        Self {
            met: self.met & condition.met,
            not_met: self.not_met & condition.met,
            unknown: (self.unknown & condition.met) | condition.unknown,
            why: self.why.within(self.unknown & condition.met).and(why),
        }
    }

    /// A pending word of a person or an outside system, if it were favourable.
    pub fn favourable(self) -> Self {
        let unknown = self.unknown & self.why.data;
        Self {
            met: self.met | self.unknown.but(self.why.data),
            not_met: self.not_met,
            unknown,
            why: self.why.within(unknown),
        }
    }

    /// Mine in these rows, the other's elsewhere.
    pub fn chosen(self, rows: Bits, other: &Self) -> Self {
        let pick = |mine: Bits, theirs: Bits| (mine & rows) | theirs.but(rows);
        Self {
            met: pick(self.met, other.met),
            not_met: pick(self.not_met, other.not_met),
            unknown: pick(self.unknown, other.unknown),
            why: Whys {
                data: pick(self.why.data, other.why.data),
                judgement: pick(self.why.judgement, other.why.judgement),
                open: pick(self.why.open, other.why.open),
            },
        }
    }

    /// The rows to which it applies.
    pub fn applies(&self) -> Bits {
        self.met | self.not_met | self.unknown
    }
}

/// A number for each row, in binary: a plane for each digit.
#[derive(Default)]
pub(crate) struct Count(Vec<Bits>);

impl Count {
    pub fn add(&mut self, one: Bits) {
        let mut carry = one;
        for digit in &mut self.0 {
            let sum = *digit ^ carry;
            carry &= *digit;
            *digit = sum;
        }
        if carry.any() {
            self.0.push(carry);
        }
    }

    pub fn at_least(&self, k: usize) -> Bits {
        if self.0.len() < usize::BITS as usize && k >> self.0.len() != 0 {
            return Bits::NONE;
        }
        // From the lowest digit: larger so far, or equal.
        let mut reached = Bits::ALL;
        for (place, digit) in self.0.iter().enumerate() {
            reached = if k >> place & 1 == 1 { *digit & reached } else { *digit | reached };
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: [Truth; 6] = [
        Truth::Met,
        Truth::NotMet,
        Truth::NotApplicable,
        Truth::Unknown(Why::DATA),
        Truth::Unknown(Why::JUDGEMENT),
        Truth::Unknown(Why::NONE),
    ];

    fn read(truths: &Truths) -> Truth {
        match (truths.met.get(7), truths.not_met.get(7), truths.unknown.get(7)) {
            (true, false, false) => Truth::Met,
            (false, true, false) => Truth::NotMet,
            (false, false, true) => Truth::Unknown(truths.why.at(7)),
            (false, false, false) => Truth::NotApplicable,
            both => unreachable!("{both:?}"),
        }
    }

    #[test]
    fn planes_follow_the_truth_tables() {
        let mut groups: Vec<Vec<Truth>> = vec![Vec::new()];
        for _ in 0..4 {
            let longer = groups.iter().flat_map(|group| {
                EVERY.iter().map(|next| group.iter().copied().chain([*next]).collect())
            });
            groups = groups.iter().cloned().chain(longer.collect::<Vec<_>>()).collect();
            groups.dedup();
        }
        for group in groups {
            let planes: Vec<Truths> = group.iter().map(|truth| Truths::all_rows(*truth)).collect();
            assert_eq!(read(&Truths::all(planes.iter())), Truth::all(group.iter().copied()));
            for k in 1..6 {
                let want = Truth::at_least(k, group.iter().copied());
                assert_eq!(read(&Truths::at_least(k, planes.iter())), want, "{k} of {group:?}");
            }
            if let ([body, when], [truth, condition]) = (&planes[..], &group[..]) {
                assert_eq!(read(&body.when(when)), truth.when(*condition), "{group:?}");
            }
        }
    }
}
