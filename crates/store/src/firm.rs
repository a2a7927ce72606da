//! Where the firms of a population belong. A population lies in a file; what ties it to the tree of organisations are
//! the districts that organisations are in charge of, and the codes of firms that are organisations themselves.

use std::collections::BTreeSet;

use access::{OrganisationId, OrganisationKind, Path};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::database::Unit;
use crate::error::Error;
use crate::organisation::{in_scope, row};
use crate::scope::Scope;

/// What somebody sees of a population.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct SeenFirms {
    /// All firms of these districts.
    pub districts: BTreeSet<String>,
    /// Firms with these codes.
    pub codes: BTreeSet<String>,
}

/// The kinds of organisations that are in charge of a district.
const IN_CHARGE: [OrganisationKind; 2] = [OrganisationKind::District, OrganisationKind::Zone];

/// A number that no organisation has: a firm that is none stands below its district, as any other would.
const NOBODY: OrganisationId = OrganisationId(i64::MAX);

/// The firms that are seen with these rows: those of districts whose organisation is seen, and those that are seen
/// themselves. Closed organisations give nothing.
pub async fn seen(unit: &Unit, scope: &Scope<'_>) -> Result<SeenFirms, Error> {
    let found: Vec<(String, Option<String>, Option<String>)> = row::Entity::find()
        .select_only()
        .column(row::Column::Kind)
        .column(row::Column::District)
        .column(row::Column::Uscc)
        .filter(in_scope(scope)?)
        .filter(row::Column::ClosedAt.is_null())
        .into_tuple()
        .all(unit.connection())
        .await?;
    let mut seen = SeenFirms::default();
    for (kind, district, code) in found {
        if IN_CHARGE.iter().any(|one| one.code() == kind) {
            seen.districts.extend(district);
        } else if kind == OrganisationKind::Enterprise.code() {
            seen.codes.extend(code);
        }
    }
    Ok(seen)
}

/// Where a firm stands in the tree: at its own organisation, else below that of its district, else below the root.
pub async fn place(unit: &Unit, code: &str, district: Option<&str>) -> Result<Option<Path>, Error> {
    let path = |text: String| text.parse::<Path>().map_err(|_| Error::Damaged(text));
    let own = crate::organisation::by_uscc(unit, code).await?;
    if let Some(own) = own.filter(|own| own.closed.is_none()) {
        return path(own.path).map(Some);
    }
    let mut above: Option<String> = None;
    if let Some(district) = district {
        above = row::Entity::find()
            .select_only()
            .column(row::Column::Path)
            .filter(row::Column::District.eq(district))
            .filter(row::Column::Kind.is_in(IN_CHARGE.map(OrganisationKind::code)))
            .filter(row::Column::ClosedAt.is_null())
            .order_by_asc(row::Column::Id)
            .into_tuple()
            .one(unit.connection())
            .await?;
    }
    if above.is_none() {
        above = crate::organisation::root(unit).await?.map(|root| root.path);
    }
    match above {
        Some(above) => {
            let below = path(above.clone())?.below(NOBODY).map_err(|_| Error::Damaged(above))?;
            Ok(Some(below))
        }
        None => Ok(None),
    }
}
