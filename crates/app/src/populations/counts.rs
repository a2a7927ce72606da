//! What is kept of a screening: how many stand where in each programme, over the whole population.

use serde::{Deserialize, Serialize};
use snapshot::{City, Sight};
use store::screening::Screening;

/// How many stand where in a programme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OfProgramme {
    /// Its id.
    pub programme: String,
    /// The five populations, in the order in which people read them.
    pub populations: [u64; 5],
    /// How many are judged by no text of the law.
    pub not_judged: u64,
}

/// What was counted in a screening; nothing if another program wrote it in another way.
pub fn counts_of(screening: &Screening) -> Vec<OfProgramme> {
    serde_json::from_str(&screening.counts).unwrap_or_default()
}

/// Counts the whole population.
pub(super) fn counts(city: &City) -> Vec<OfProgramme> {
    let all = city.counts(&Sight::Everything);
    city.programmes()
        .zip(all)
        .map(|((programme, _), counts)| OfProgramme {
            programme: programme.id.clone(),
            populations: counts.populations,
            not_judged: counts.not_judged,
        })
        .collect()
}
