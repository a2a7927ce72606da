//! Whether somebody may do something to an account: asked before a page asks again whether it is meant. What is done is
//! asked about once more.

use access::{Action, PersonId, second_person};

use crate::caller::Caller;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Refuses as doing it would be refused.
pub async fn may_act(
    platform: &Platform,
    caller: &Caller,
    action: Action,
    id: i64,
) -> Result<(), Refusal> {
    let look = Look::ask(platform, caller, action).await?;
    let found = store::person::find(look.unit(), id, &look.scope()).await?;
    if found.filter(|person| person.erased.is_none()).is_none() {
        return Err(Refusal::NotFound);
    }
    second_person(action, caller.who.person, None, Some(PersonId(id))).map_err(Refusal::Forbidden)
}
