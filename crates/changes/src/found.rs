//! Where changes are gathered, each with what is around the place where it was found.

use enterprise::Text;

use crate::change::{About, Change, Weight, Whom};

/// What is around the place that is being compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Here {
    /// The criterion or the part of a score table around it.
    pub within: Option<Text>,
    /// For whom it is.
    pub whom: Whom,
    /// Whether two different texts are compared: that they stand in different places is a matter
    /// of course then.
    pub succession: bool,
}

/// The changes found so far.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub changes: Vec<Change>,
}

impl Found {
    /// Adds a change.
    pub(crate) fn push(&mut self, here: &Here, change: Change) {
        let of_course = change.weight == Weight::Source
            || (change.weight == Weight::Wording && change.about != About::Label);
        if here.succession && of_course {
            return;
        }
        let within = change.within.clone().or_else(|| here.within.clone());
        // A part that bears the name of the whole need not be said twice.
        let within = within.filter(|within| *within != change.label);
        let mut whom = here.whom.clone();
        whom.cases.extend(change.whom.cases.iter().cloned());
        if !change.whom.purposes.is_empty() {
            whom.purposes.clone_from(&change.whom.purposes);
        }
        let change = Change { within, whom, ..change };
        if !self.changes.iter().any(|known| says_the_same(known, &change)) {
            self.changes.push(change);
        }
    }
}

/// Whether a change need not be told beside another: the source of a threshold is mostly that of its
/// criterion.
fn says_the_same(known: &Change, change: &Change) -> bool {
    let by_the_way = change.weight == Weight::Source || change.about == About::Note;
    known == change
        || by_the_way
            && (known.about, known.kind, &known.label, &known.within)
                == (change.about, change.kind, &change.label, &change.within)
            && (&known.before, &known.after) == (&change.before, &change.after)
}
