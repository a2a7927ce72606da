//! The passwords of the first start, which are shown once. A process that ends between making the accounts and showing
//! the passwords leaves an installation that nobody can get into: the next start gives others, as long as nobody has
//! signed in and nothing says that the passwords were shown.

use access::Role;
use audit::{Actor, How};
use serde_json::json;
use store::Unit;
use store::person::Person;

use crate::first_start::FirstAccounts;
use crate::permit::{Said, record_as};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::{Origin, password};

/// The setting that says that the passwords were shown.
const SHOWN: &str = "first-passwords-shown";

/// Notes that the passwords of the first start were shown to whoever started the process.
pub async fn shown(platform: &Platform) -> Result<(), Refusal> {
    let unit = platform.store().write().await?;
    if store::setting::get(&unit, SHOWN).await?.is_none() {
        store::setting::set(&unit, SHOWN, 0, "true", None, platform.now()).await?;
    }
    Ok(unit.commit().await?)
}

/// Whether the three officers are there and none of them has ever signed in.
pub async fn nobody_signed_in(unit: &Unit) -> Result<bool, Refusal> {
    Ok(!waiting(unit).await?.is_empty())
}

/// Other passwords in place of those that were never shown. None once they were shown or somebody has signed in.
pub(crate) async fn anew(platform: &Platform) -> Result<Option<FirstAccounts>, Refusal> {
    let read = platform.store().read().await?;
    if store::setting::get(&read, SHOWN).await?.is_some() {
        return Ok(None);
    }
    let mut hashed = Vec::new();
    for (person, role) in waiting(&read).await? {
        let given = crypto::one_time_password()?;
        hashed.push((
            person.id,
            role,
            password::hash(platform, &given).await?,
            person.login,
            given,
        ));
    }
    drop(read);
    if hashed.is_empty() {
        return Ok(None);
    }
    let now = platform.now();
    let unit = platform.store().write().await?;
    for (id, ..) in &hashed {
        store::person::get_alone(&unit, *id).await?;
    }
    // Somebody may have signed in, or another process may have shown others, while the hashes were worked out.
    if store::setting::get(&unit, SHOWN).await?.is_some() || !nobody_signed_in(&unit).await? {
        return Ok(None);
    }
    let mut accounts = Vec::new();
    for (id, role, hash, login, given) in hashed {
        store::person::set_password(&unit, id, &hash, true, now).await?;
        let said = Said::of("person", id).saying(json!({ "way": "first-start" }));
        let system = Actor { person: None, how: How::System };
        let (action, nowhere) = ("person.reset-password", Origin::default());
        record_as(platform, &unit, action, said, system, None, &nowhere).await?;
        accounts.push((role, login, given));
    }
    unit.commit().await?;
    Ok(Some(FirstAccounts { accounts }))
}

/// The officers, each with an office, if none of them has ever signed in.
async fn waiting(unit: &Unit) -> Result<Vec<(Person, Role)>, Refusal> {
    let mut found = Vec::new();
    for role in Role::ALL.iter().copied().filter(|role| role.is_officer()) {
        let ids = store::membership::people_in_roles(unit, &[role]).await?;
        for person in store::person::of_ids(unit, &ids).await? {
            let untouched = person.must_change_password && person.second_factor_since.is_none();
            if !untouched || store::session::has_ever_begun(unit, person.id).await? {
                return Ok(Vec::new());
            }
            found.push((person, role));
        }
    }
    Ok(found)
}
