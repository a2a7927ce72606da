//! Whose rows somebody sees. Whoever asks a city for anything brings one.

use std::collections::BTreeSet;

use crate::snapshot::Snapshot;

/// The rows that somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// All of them.
    Everything,
    /// Those in these districts, by option, and those with these codes.
    Only {
        /// Options of the districts.
        districts: BTreeSet<u16>,
        /// Codes.
        codes: BTreeSet<String>,
    },
}

impl Sight {
    /// Whether nothing is seen, whatever the population.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Only { districts, codes } if districts.is_empty() && codes.is_empty())
    }

    /// Whether a row is seen.
    pub fn covers(&self, snapshot: &Snapshot, row: u32) -> bool {
        match self {
            Self::Everything => row < snapshot.rows(),
            Self::Only { districts, codes } => {
                snapshot.facets().district(row).is_some_and(|own| districts.contains(&own))
                    || codes.contains(snapshot.code(row))
            }
        }
    }

    /// The rows that are seen, in the order of the file.
    pub(crate) fn rows(&self, snapshot: &Snapshot) -> Vec<u32> {
        match self {
            Self::Everything => (0..snapshot.rows()).collect(),
            Self::Only { districts, codes } => {
                let mut rows: Vec<u32> = if districts.is_empty() {
                    Vec::new()
                } else {
                    let seen = |row: &u32| {
                        let own = snapshot.facets().district(*row);
                        own.is_some_and(|own| districts.contains(&own))
                    };
                    (0..snapshot.rows()).filter(seen).collect()
                };
                rows.extend(codes.iter().filter_map(|code| snapshot.find(code)));
                rows.sort_unstable();
                rows.dedup();
                rows
            }
        }
    }
}
