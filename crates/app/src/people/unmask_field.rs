//! Looking at the whole of a field that is masked. Every such look is recorded, with its purpose.

use access::{Action, Field, Purpose, Why, decide, may_unmask};
use serde_json::json;

use super::shown::{opened, places};
use crate::caller::{Caller, scope};
use crate::clock::today;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// The whole telephone number or mail address of a person; nothing if there is none.
pub async fn unmask_field(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    field: Field,
    purpose: Purpose,
) -> Result<Option<String>, Refusal> {
    let permit = Permit::ask(platform, caller, Action::DataUnmask).await?;
    let what = json!({ "field": field.code(), "purpose": purpose.code() });
    let about = Said::of("person", id).saying(what);
    let found = store::person::find(permit.unit(), id, &permit.scope()).await?;
    let Some(person) = found else {
        // Whoever sees the person is not told that there is none.
        let seen = match decide(&caller.who, Action::PersonRead) {
            Ok(rows) => {
                store::person::find(permit.unit(), id, &scope(&rows, platform.now())).await?
            }
            Err(_) => None,
        };
        return Err(match seen {
            Some(_) => permit.refuse(Why::NotYourRole, about).await,
            None => permit.not_here(about).await,
        });
    };
    let sealed = match field {
        Field::Phone => person.phone.as_deref(),
        Field::Mail => person.mail.as_deref(),
        _ => return Err(permit.not_here(about).await),
    };
    let memberships = store::membership::of_person(permit.unit(), id).await?;
    let places = places(id, &memberships, field, today(platform.now()))?;
    let mut why = Some(Why::NotHere);
    for place in &places {
        why = why.and(may_unmask(&caller.who, field, place, purpose).err());
    }
    match why {
        None => {}
        Some(Why::NotHere) => return Err(permit.not_here(about).await),
        Some(why) => return Err(permit.refuse(why, about).await),
    }
    let text = opened(platform, field, id, sealed)?;
    permit.keep(about.looked()).await?;
    Ok(text)
}
