//! People and organisations for tests that need some but do not care which.

use access::{OrganisationKind, Role, Rows, Visible};
use store::{Error, Scope, Unit, membership, organisation, person};

use crate::bed::{at, day};

pub const NOON: &str = "2026-11-23T04:00:00Z";

/// Sees everything.
pub fn everything() -> Rows {
    Rows::from_iter([Visible::Everything])
}

/// What these rows mean on the day of the tests.
pub fn today(rows: &Rows) -> Scope<'_> {
    Scope { rows, today: day("2026-11-23") }
}

pub fn firm<'a>(
    parent: Option<i64>,
    name: &'a str,
    uscc: Option<&'a str>,
) -> organisation::New<'a> {
    let kind =
        if parent.is_none() { OrganisationKind::CityBureau } else { OrganisationKind::Enterprise };
    organisation::New { parent, kind, name, uscc, district: None, at: at(NOON) }
}

pub async fn bureau(unit: &Unit) -> Result<i64, Error> {
    Ok(organisation::insert(unit, &firm(None, "示例市民营经济局", None)).await?.id)
}

pub async fn somebody(unit: &Unit, login: &str) -> Result<i64, Error> {
    let new = person::New { login, name: "某人", phone: None, mail: None, at: at(NOON) };
    Ok(person::insert(unit, new).await?.id)
}

pub fn member(person: i64, organisation: i64, state: membership::State) -> membership::New {
    membership::New {
        person,
        organisation,
        role: Role::EnterpriseMember,
        state,
        from: day("2026-01-01"),
        until: None,
        proposed_by: None,
        at: at(NOON),
    }
}
