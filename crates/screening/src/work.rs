//! The work list: which missing fields keep how many verdicts open.

use crate::field::Field;

/// How many verdicts a missing field keeps open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// Verdicts for which it is the only field that is missing: it decides alone.
    pub alone: u64,
    /// Verdicts for which others are missing too.
    pub together: u64,
}

/// Counts of open verdicts by programme and field. Parts of a population are counted apart and merged.
///
/// Whether lists of events are complete is counted once more for all kinds of events together: who
/// brings the lists up to the day does so for all of them at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// By field: whether a list of events is what is missing.
    listed: Vec<bool>,
    counts: Vec<Open>,
    /// By programme: lists of events, of whatever kinds.
    lists: Vec<Open>,
}

impl Work {
    /// Nothing counted yet, for so many programmes and these fields.
    pub fn new(programmes: usize, fields: &[Field]) -> Self {
        Self {
            listed: fields.iter().map(Field::is_list).collect(),
            counts: vec![Open::default(); programmes.saturating_mul(fields.len())],
            lists: vec![Open::default(); programmes],
        }
    }

    /// Counts one subject that a programme cannot decide for lack of these fields, each named once.
    pub fn count(&mut self, programme: usize, missing: &[usize]) {
        let alone = missing.len() == 1;
        for field in missing {
            self.add(programme, *field, u64::from(alone), u64::from(!alone));
        }
        if missing.iter().any(|field| self.is_list(*field)) {
            let alone = missing.iter().all(|field| self.is_list(*field));
            self.add_lists(programme, u64::from(alone), u64::from(!alone));
        }
    }

    /// Whether a list of events is what is missing.
    pub(crate) fn is_list(&self, field: usize) -> bool {
        self.listed.get(field).copied().unwrap_or(false)
    }

    /// Adds to the counts of a programme for lists of events.
    pub(crate) fn add_lists(&mut self, programme: usize, alone: u64, together: u64) {
        if let Some(open) = self.lists.get_mut(programme) {
            *open = open.plus(Open { alone, together });
        }
    }

    /// Adds to the counts of a programme and field.
    pub fn add(&mut self, programme: usize, field: usize, alone: u64, together: u64) {
        let fields = self.listed.len();
        if field < fields
            && let Some(open) = self.counts.get_mut(programme * fields + field)
        {
            *open = open.plus(Open { alone, together });
        }
    }

    /// How many verdicts of a programme a field keeps open.
    pub fn of(&self, programme: usize, field: usize) -> Open {
        let fields = self.listed.len();
        let place = (field < fields).then(|| programme * fields + field);
        place.and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    /// How many verdicts a field keeps open over all programmes.
    pub fn of_field(&self, field: usize) -> Open {
        let programmes = 0..self.lists.len();
        programmes.map(|programme| self.of(programme, field)).fold(Open::default(), Open::plus)
    }

    /// How many verdicts of a programme lists of events keep open, all kinds of events together.
    pub fn of_lists(&self, programme: usize) -> Open {
        self.lists.get(programme).copied().unwrap_or_default()
    }

    /// How many verdicts lists of events keep open over all programmes.
    pub fn of_all_lists(&self) -> Open {
        self.lists.iter().copied().fold(Open::default(), Open::plus)
    }

    /// Adds the counts of another part of the population, screened by the same programmes.
    pub fn merge(&mut self, other: &Self) {
        if self.lists.is_empty() {
            self.clone_from(other);
            return;
        }
        for (open, more) in self.lists.iter_mut().zip(&other.lists) {
            *open = open.plus(*more);
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
