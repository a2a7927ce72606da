//! What is kept about oneself, and changing it.

use access::{Action, Field};
use jiff::Timestamp;
use serde_json::json;
use store::membership::Membership;
use store::person::Change;

use super::proven::{look, permit};
use crate::caller::Caller;
use crate::people::{Checks, opened, sealed};
use crate::permit::Said;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// What is kept about oneself.
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    /// One's number.
    pub id: i64,
    /// What one types to sign in.
    pub login: String,
    /// The name that others see.
    pub name: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// Everything that one is, has been or may become, where.
    pub memberships: Vec<Membership>,
    /// Since when the password holds.
    pub password_set: Option<Timestamp>,
    /// Since when there is a second factor.
    pub second_factor_since: Option<Timestamp>,
    /// Since when one has asked to be erased.
    pub erasure_asked: Option<Timestamp>,
    /// To be given back with a change.
    pub version: i64,
}

/// What one's profile is to be.
#[derive(Clone, Copy)]
pub struct NewProfile<'a> {
    /// The name that others see.
    pub name: &'a str,
    /// Telephone number; nothing takes it away.
    pub phone: Option<&'a str>,
    /// Mail address; nothing takes it away.
    pub mail: Option<&'a str>,
}

/// Reads what is kept about the caller.
pub async fn read_own_profile(platform: &Platform, caller: &Caller) -> Result<Profile, Refusal> {
    let (look, person) = look(platform, caller, Action::OwnReadProfile).await?;
    let memberships = store::membership::of_person(look.unit(), person.id).await?;
    Ok(Profile {
        id: person.id,
        phone: opened(platform, Field::Phone, person.id, person.phone.as_deref())?,
        mail: opened(platform, Field::Mail, person.id, person.mail.as_deref())?,
        login: person.login,
        name: person.name,
        memberships,
        password_set: person.password_set,
        second_factor_since: person.second_factor_since,
        erasure_asked: person.erasure_asked,
        version: person.version,
    })
}

/// Changes what is kept about the caller, if nobody has changed it since `version`.
pub async fn change_own_profile(
    platform: &Platform,
    caller: &Caller,
    version: i64,
    new: &NewProfile<'_>,
) -> Result<(), Refusal> {
    let mut checks = Checks::default();
    let name = checks.name("name", new.name, 64);
    let phone = checks.phone(new.phone);
    let mail = checks.mail(new.mail);
    let permit = permit(platform, caller, Action::OwnChangeProfile).await?;
    checks.done()?;
    let person = store::person::get(permit.unit(), caller.person()).await?;
    let person = person.ok_or(Refusal::SignIn)?;
    let id = person.id;
    let was = [
        Some(person.name.clone()),
        opened(platform, Field::Phone, id, person.phone.as_deref())?,
        opened(platform, Field::Mail, id, person.mail.as_deref())?,
    ];
    let fields: Vec<&str> = ["name", "phone", "mail"]
        .into_iter()
        .zip(was.iter().zip([&Some(name.clone()), &phone, &mail]))
        .filter(|(_, (was, is))| was != is)
        .map(|(field, _)| field)
        .collect();
    let change = Change {
        name: Some(name.clone()),
        phone: Some(sealed(platform, Field::Phone, id, phone.as_deref())?),
        mail: Some(sealed(platform, Field::Mail, id, mail.as_deref())?),
        disabled: None,
    };
    store::person::change(permit.unit(), &person, version, change).await?;
    let said = Said::of("person", id).saying(json!({ "fields": fields }));
    let said = if person.name == name {
        said
    } else {
        said.personal(format!("{} → {name}", person.name))
    };
    permit.keep(said).await
}
