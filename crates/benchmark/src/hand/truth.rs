//! Three-valued logic over 64 rows at a time.

/// The status of 64 rows. A row in none of the four does not apply.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Truth {
    pub met: u64,
    pub not_met: u64,
    /// Unknown for lack of data.
    pub data: u64,
    /// Unknown until somebody decides; both reasons can hold.
    pub judged: u64,
}

impl Truth {
    pub fn unknown(self) -> u64 {
        self.data | self.judged
    }

    /// If every pending word were favourable. What is still unknown then lacks data.
    pub fn favourable(self) -> Self {
        let pending = self.judged & !self.data;
        Self { met: self.met | pending, judged: 0, ..self }
    }

    /// Where the condition holds.
    pub fn when(self, condition: Self) -> Self {
        let open = condition.unknown();
        Self {
            met: self.met & condition.met,
            not_met: self.not_met & condition.met,
            data: self.data & (condition.met | open) | condition.data,
            judged: self.judged & (condition.met | open) | condition.judged,
        }
    }
}

/// Statuses taken together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    once: u64,
    twice: u64,
    possible_once: u64,
    possible_twice: u64,
    not_met: u64,
    data: u64,
    judged: u64,
}

impl Group {
    pub fn add(&mut self, part: Truth) {
        let possible = part.met | part.unknown();
        self.twice |= self.once & part.met;
        self.once |= part.met;
        self.possible_twice |= self.possible_once & possible;
        self.possible_once |= possible;
        self.not_met |= part.not_met;
        self.data |= part.data;
        self.judged |= part.judged;
    }

    /// All that apply are met.
    pub fn all(self) -> Truth {
        let open = (self.data | self.judged) & !self.not_met;
        Truth {
            met: self.once & !self.not_met & !open,
            not_met: self.not_met,
            data: self.data & open,
            judged: self.judged & open,
        }
    }

    /// At least one, or two, are met.
    pub fn at_least(self, k: usize) -> Truth {
        let two = k > 1;
        let met = if two { self.twice } else { self.once };
        let possible = if two { self.possible_twice } else { self.possible_once };
        let applies = self.once | self.not_met;
        let not_met = applies & !possible;
        let open = (applies | self.data | self.judged) & !met & !not_met;
        Truth { met, not_met, data: self.data & open, judged: self.judged & open }
    }
}
