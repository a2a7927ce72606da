//! What was found about numbers. That a number was held against the official text is as public as the law; who did it
//! is told to whoever has signed in.

use std::collections::BTreeMap;

use access::Action;
use store::Unit;
use store::confirmation::Confirmation;

use crate::caller::Caller;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// What was found, with the names of those who found it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// What was found.
    pub confirmation: Confirmation,
    /// Who looked; nobody's name is told to somebody who has not signed in.
    pub by: Option<String>,
    /// Who withdrew it, likewise.
    pub withdrawn_by: Option<String>,
}

/// What holds of these programmes and definitions, or of all; the newest first.
pub async fn read_confirmations(
    platform: &Platform,
    caller: Option<&Caller>,
    owners: Option<&[&str]>,
) -> Result<Vec<Seen>, Refusal> {
    match may_know(caller) {
        Some(caller) => {
            let look = Look::ask(platform, caller, Action::RulebookRead).await?;
            let found = store::confirmation::holding(look.unit(), owners).await?;
            named(look.unit(), found).await
        }
        None => {
            let unit = platform.store().read().await?;
            let found = store::confirmation::holding(&unit, owners).await?;
            Ok(found.into_iter().map(nameless).collect())
        }
    }
}

/// Everything that was ever found about a number, the newest first; what was withdrawn only for who has signed in.
pub async fn number_history(
    platform: &Platform,
    caller: Option<&Caller>,
    address: &str,
) -> Result<Vec<Seen>, Refusal> {
    match may_know(caller) {
        Some(caller) => {
            let look = Look::ask(platform, caller, Action::RulebookRead).await?;
            let found = store::confirmation::of_address(look.unit(), address).await?;
            named(look.unit(), found).await
        }
        None => {
            let unit = platform.store().read().await?;
            let found = store::confirmation::of_address(&unit, address).await?;
            let found = found.into_iter().filter(|one| one.withdrawn.is_none());
            Ok(found.map(nameless).collect())
        }
    }
}

/// Who may know names. Somebody who still owes a password or a second factor is told what everybody is told.
fn may_know(caller: Option<&Caller>) -> Option<&Caller> {
    caller.filter(|caller| access::decide(&caller.who, Action::RulebookRead).is_ok())
}

fn nameless(confirmation: Confirmation) -> Seen {
    // Free texts are for those who work with them: they may name people.
    let confirmation = Confirmation { note: None, withdrawn: None, ..confirmation };
    Seen { confirmation, by: None, withdrawn_by: None }
}

async fn named(unit: &Unit, found: Vec<Confirmation>) -> Result<Vec<Seen>, Refusal> {
    let mut ids: Vec<i64> = found
        .iter()
        .flat_map(|one| [Some(one.by), one.withdrawn.as_ref().map(|how| how.by)])
        .flatten()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let people = store::person::of_ids(unit, &ids).await?;
    let names: BTreeMap<i64, String> =
        people.into_iter().map(|person| (person.id, person.name)).collect();
    let name = |id: i64| names.get(&id).cloned();
    Ok(found
        .into_iter()
        .map(|confirmation| Seen {
            by: name(confirmation.by),
            withdrawn_by: confirmation.withdrawn.as_ref().and_then(|how| name(how.by)),
            confirmation,
        })
        .collect())
}
