//! What a rung of a ladder comes to: the titles that count as it, and the programmes by which it is reached.

use enterprise::{Facts, Title};
use jiff::civil::Date;

use crate::programme::Programme;
use crate::rulebook::Rulebook;

impl Rulebook {
    /// The titles of which any one puts somebody on the rung: its own, and those that count as it.
    pub fn titles_of_rung<'r>(&'r self, rung: &'r str) -> impl Iterator<Item = &'r str> {
        let through = self.programme(rung).map_or(&[][..], |known| &known.held_through);
        std::iter::once(rung).chain(through.iter().map(String::as_str))
    }

    /// The programmes by which a rung can be reached: its own where it has criteria, else those whose
    /// titles count as it.
    pub fn ways_onto(&self, rung: &str) -> Vec<&Programme> {
        let Some(programme) = self.programme(rung) else { return Vec::new() };
        if !programme.versions.is_empty() {
            return vec![programme];
        }
        programme.held_through.iter().filter_map(|id| self.programme(id)).collect()
    }

    /// The title that puts somebody on the rung on a day, also one of which nobody knows when it ends.
    pub fn title_on_rung<'f>(&self, rung: &str, facts: &'f Facts, day: Date) -> Option<&'f Title> {
        let lasts = |title: &&Title| title.from <= day && title.to.is_none_or(|to| day <= to);
        self.titles_of_rung(rung)
            .find_map(|id| facts.titles.iter().filter(lasts).find(|title| title.programme == id))
    }
}
