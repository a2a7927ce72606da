//! Reading the security settings, and changing them: the security officer's, at once, for everybody.

use access::Action;
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::security::{SECURITY, Security};

/// The settings as they are, and the version to be given back with a change.
pub async fn read_security(
    platform: &Platform,
    caller: &Caller,
) -> Result<(Security, i64), Refusal> {
    let look = Look::ask(platform, caller, Action::SecurityReadSettings).await?;
    let stored = store::setting::get(look.unit(), SECURITY).await?;
    Ok((platform.security(look.unit()).await?, stored.map_or(0, |setting| setting.version)))
}

/// Changes the settings, if nobody has changed them since `version`.
pub async fn change_security(
    platform: &Platform,
    caller: &Caller,
    version: i64,
    new: &Security,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::SecurityChangeSettings).await?;
    new.check()?;
    let was = platform.security(permit.unit()).await?;
    let (by, now) = (Some(caller.person()), platform.now());
    store::setting::set(permit.unit(), SECURITY, version, &new.text()?, by, now).await?;
    let details = json!({ "changed": differences(&was, new)? });
    permit.keep(Said::of("setting", SECURITY).saying(details)).await
}

/// The settings that differ: what each was and is.
fn differences(was: &Security, is: &Security) -> Result<Value, Refusal> {
    let was = serde_json::to_value(was).map_err(Refusal::broken)?;
    let is = serde_json::to_value(is).map_err(Refusal::broken)?;
    let mut changed = Map::new();
    for (name, value) in is.as_object().into_iter().flatten() {
        let before = was.get(name).unwrap_or(&Value::Null);
        if before != value {
            changed.insert(name.clone(), json!([before, value]));
        }
    }
    Ok(Value::Object(changed))
}
