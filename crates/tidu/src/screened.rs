//! A screening that has been done: what was asked, of whom, and what it came to. Shown as text and as
//! JSON.

use engine::Summary;
use rules::{Question, Rulebook};
use screening::Field;

/// A screening that has been done.
pub(crate) struct Screened<'r> {
    pub rulebook: &'r Rulebook,
    pub question: Question,
    /// The last fiscal year where no round pins another.
    pub base_year: i16,
    /// Where the population was read.
    pub population: String,
    /// Whether the population is made up.
    pub synthetic: bool,
    /// Where the result stands.
    pub result: String,
    /// The programmes, in the order of the result.
    pub programmes: Vec<screening::Screened>,
    /// What can be missing.
    pub fields: Vec<Field>,
    pub summary: Summary,
}

/// A field of the work list with what depends on it.
pub(crate) struct Wanted<'s> {
    pub field: &'s Field,
    pub place: usize,
    pub alone: u64,
    pub together: u64,
}

impl Screened<'_> {
    /// What is missing, the most decisive first.
    pub fn work(&self) -> Vec<Wanted<'_>> {
        let wanted = self.fields.iter().enumerate().map(|(place, field)| {
            let open = self.summary.work.of_field(place);
            Wanted { field, place, alone: open.alone, together: open.together }
        });
        let mut wanted: Vec<_> = wanted.filter(|own| own.alone + own.together > 0).collect();
        wanted.sort_by_key(|own| (std::cmp::Reverse((own.alone, own.together)), own.field.name()));
        wanted
    }
}
