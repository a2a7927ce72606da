//! From the rows that the policy gives to the subjects of a population: officers see their districts, firms and those
//! who act for them see the firm. A population lies in a file; its subjects have no place in the tree of organisations
//! but by district and code.

use access::{Rows, Visible};
use enterprise::{Catalogue, Kind};
use snapshot::Sight;
use store::{Scope, Unit};

use crate::refusal::Refusal;

/// The indicator whose options are the districts.
pub(super) const DISTRICT: &str = "district";

/// Which subjects of a population are seen with these rows.
pub(crate) async fn sight(
    unit: &Unit,
    scope: &Scope<'_>,
    catalogue: &Catalogue,
) -> Result<Sight, Refusal> {
    if is_whole(scope.rows) {
        return Ok(Sight::Everything);
    }
    let seen = store::firm::seen(unit, scope).await?;
    let options = match catalogue.indicator(DISTRICT).map(|indicator| &indicator.kind) {
        Some(Kind::Choice(choices)) => choices.as_slice(),
        _ => &[],
    };
    let districts = options
        .iter()
        .zip(0u16..)
        .filter(|(option, _)| seen.districts.contains(&option.id))
        .map(|(_, place)| place)
        .collect();
    Ok(Sight::Only { districts, codes: seen.codes })
}

/// Whether the rows are those of everybody: all of them, or the whole tree from its root down.
pub(crate) fn is_whole(rows: &Rows) -> bool {
    rows.parts().iter().any(|part| match part {
        Visible::Everything => true,
        Visible::Subtree(path) => path.is_top(),
        _ => false,
    })
}
