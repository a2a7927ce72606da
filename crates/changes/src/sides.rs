//! Two versions of one programme that stand in the same rulebook, side by side: what the later one changes, and which
//! criterion of the one is which of the other.

use rules::Version;

use crate::change::Change;
use crate::criteria;
use crate::found::{Found, Here};
use crate::version::texts;

/// Two versions side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides {
    /// What is different, the weightiest first.
    pub changes: Vec<Change>,
    /// All criteria that decide, in the order of the later version; what only the former has stands where it stood.
    pub criteria: Vec<Side>,
}

/// A criterion on both sides or on one, by its place in the text, counted depth first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// Its place in the former version.
    pub old: Option<usize>,
    /// Its place in the later one.
    pub new: Option<usize>,
    /// Whether both ask for the same, whatever stands below them.
    pub same: bool,
}

/// What a later version makes of a former one.
pub fn sides(old: &Version, new: &Version) -> Sides {
    let mut found = Found::default();
    let here = Here { succession: true, ..Here::default() };
    texts(&mut found, &here, old, new, &|_| false);
    let mut changes = found.changes;
    changes.sort_by_key(|change| change.weight);
    Sides { changes, criteria: criteria::aligned(&old.criteria, &new.criteria) }
}
