//! The work list: which missing fields keep how many verdicts open.

/// How many verdicts a missing field keeps open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// Verdicts for which it is the only field that is missing: it decides alone.
    pub alone: u64,
    /// Verdicts for which others are missing too.
    pub together: u64,
}

/// Counts of open verdicts by programme and field. Parts of a population are counted apart and merged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    fields: usize,
    counts: Vec<Open>,
}

impl Work {
    /// Nothing counted yet, for so many programmes and fields.
    pub fn new(programmes: usize, fields: usize) -> Self {
        Self { fields, counts: vec![Open::default(); programmes.saturating_mul(fields)] }
    }

    /// Counts one subject that a programme cannot decide for lack of these fields, each named once.
    pub fn count(&mut self, programme: usize, missing: &[usize]) {
        let alone = missing.len() == 1;
        for field in missing {
            self.add(programme, *field, u64::from(alone), u64::from(!alone));
        }
    }

    /// Adds to the counts of a programme and field.
    pub fn add(&mut self, programme: usize, field: usize, alone: u64, together: u64) {
        if field < self.fields
            && let Some(open) = self.counts.get_mut(programme * self.fields + field)
        {
            open.alone += alone;
            open.together += together;
        }
    }

    /// How many verdicts of a programme a field keeps open.
    pub fn of(&self, programme: usize, field: usize) -> Open {
        let place = (field < self.fields).then(|| programme * self.fields + field);
        place.and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    /// How many verdicts a field keeps open over all programmes.
    pub fn of_field(&self, field: usize) -> Open {
        let programmes = self.counts.len().checked_div(self.fields).unwrap_or(0);
        (0..programmes).map(|programme| self.of(programme, field)).fold(Open::default(), Open::plus)
    }

    /// Adds the counts of another part of the population, screened by the same programmes.
    pub fn merge(&mut self, other: &Self) {
        if self.counts.is_empty() {
            self.clone_from(other);
            return;
        }
        for (open, more) in self.counts.iter_mut().zip(&other.counts) {
            *open = open.plus(*more);
        }
    }
}

impl Open {
    fn plus(self, other: Self) -> Self {
        Self { alone: self.alone + other.alone, together: self.together + other.together }
    }
}
