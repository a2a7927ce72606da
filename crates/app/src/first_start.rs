//! The first start: the city's bureau, and the administrator with a password for one time.

use access::{OrganisationKind, Role};
use audit::{Actor, How};
use serde_json::json;
use store::Unit;
use store::membership::State;

use crate::clock::today;
use crate::permit::{Said, record_as};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::{Origin, first_passwords, password};

/// The first accounts, with passwords that are shown once and have to be changed at the first sign-in.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstAccounts {
    /// What is typed to sign in, and the password.
    pub accounts: Vec<(Role, String, String)>,
}

/// Who has to be there from the start: nobody but a security officer approves roles, nobody but an auditor sees
/// what the other two have done.
const FIRST: [(Role, &str, &str); 3] = [
    (Role::Administrator, "admin", "系统管理员"),
    (Role::SecurityOfficer, "security", "安全保密管理员"),
    (Role::Auditor, "auditor", "安全审计员"),
];

/// Makes the first organisation and the accounts of the three officers, if nobody has an account yet. Where they are
/// there, but their passwords were never shown, they get others. Nothing otherwise: two processes that start at once
/// make them once.
pub async fn first_start(
    platform: &Platform,
    bureau: &str,
) -> Result<Option<FirstAccounts>, Refusal> {
    let mut accounts = Vec::new();
    let mut hashed = Vec::new();
    {
        let unit = platform.store().read().await?;
        if store::person::is_anybody_there(&unit).await? {
            drop(unit);
            return first_passwords::anew(platform).await;
        }
    }
    for (role, login, name) in FIRST {
        let password = crypto::one_time_password()?;
        hashed.push((role, login, name, password::hash(platform, &password).await?));
        accounts.push((role, login.to_owned(), password));
    }
    let now = platform.now();
    let unit = platform.store().write().await?;
    if store::person::is_anybody_there(&unit).await? {
        return Ok(None);
    }
    let root = store::organisation::insert(
        &unit,
        &store::organisation::New {
            parent: None,
            kind: OrganisationKind::CityBureau,
            name: bureau,
            uscc: None,
            district: None,
            at: now,
        },
    )
    .await;
    let root = match root {
        Ok(root) => root,
        // The other process was quicker.
        Err(store::Error::Taken(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    for (role, login, name, hash) in &hashed {
        let who = (*login, *name, hash.as_str(), true);
        let entered = enter_person(platform, &unit, who, (*role, root.id), "first-start").await?;
        if entered.is_none() {
            // The other process was quicker.
            return Ok(None);
        }
    }
    unit.commit().await?;
    Ok(Some(FirstAccounts { accounts }))
}

/// Enters somebody whom nobody has invited: login, name, hash of the password, and whether it has to be changed; the
/// role and where. `why` stands in the record. None if the login is taken.
pub(crate) async fn enter_person(
    platform: &Platform,
    unit: &Unit,
    (login, name, hash, must_change): (&str, &str, &str, bool),
    (role, organisation): (Role, i64),
    why: &str,
) -> Result<Option<i64>, Refusal> {
    let now = platform.now();
    let new = store::person::New { login, name, phone: None, mail: None, at: now };
    let person = match store::person::insert(unit, new).await {
        Ok(person) => person.id,
        Err(store::Error::Taken(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    store::person::set_password(unit, person, hash, must_change, now).await?;
    let membership = store::membership::New {
        person,
        organisation,
        role,
        state: State::Active,
        from: today(now),
        until: None,
        proposed_by: None,
        at: now,
    };
    store::membership::insert(unit, &membership).await?;
    let said = Said::of("person", person).saying(json!({ "role": role.code(), why: true }));
    let system = Actor { person: None, how: How::System };
    let (action, nowhere) = ("person.invite", Origin::default());
    record_as(platform, unit, action, said, system, Some(organisation), &nowhere).await?;
    Ok(Some(person))
}
