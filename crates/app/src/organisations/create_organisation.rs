//! A new organisation below another one.

use access::{Action, OrganisationKind};
use serde_json::json;
use store::organisation::New;

use super::described::{Described, taken};
use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// What a new organisation is to be.
#[derive(Clone, Copy, Debug)]
pub struct NewOrganisation<'a> {
    /// The one above it.
    pub parent: i64,
    /// What it is.
    pub kind: OrganisationKind,
    /// Name, code and district.
    pub described: Described<'a>,
}

/// Enters an organisation and gives its number.
pub async fn create_organisation(
    platform: &Platform,
    caller: &Caller,
    new: &NewOrganisation<'_>,
) -> Result<i64, Refusal> {
    let permit = Permit::ask(platform, caller, Action::OrganisationCreate).await?;
    let found = store::organisation::find(permit.unit(), new.parent, &permit.scope()).await?;
    let Some(parent) = found else {
        return Err(permit.not_here(Said::of("organisation", new.parent)).await);
    };
    if !new.kind.stands_under(Some(parent.kind)) {
        let (below, above) = (new.kind.words(), parent.kind.words());
        return Err(Refusal::invalid(
            "kind",
            format!("“{}”下不能设“{}”", above.zh, below.zh),
            format!("no {} stands below a {}", below.en.to_lowercase(), above.en.to_lowercase()),
        ));
    }
    let tidy = new.described.checked(new.kind)?;
    tidy.is_free(permit.unit(), None).await?;
    // Looked at in turn with those who close organisations: the one above may just have been.
    let above = store::organisation::find(permit.unit(), new.parent, &permit.scope()).await?;
    if above.is_none_or(|above| above.closed.is_some()) {
        return Err(Refusal::conflict("上级单位已经关闭", "the organisation above it is closed"));
    }
    let entered = New {
        parent: Some(parent.id),
        kind: new.kind,
        name: &tidy.name,
        uscc: tidy.uscc.as_deref(),
        district: tidy.district.as_deref(),
        at: platform.now(),
    };
    let made = store::organisation::insert(permit.unit(), &entered).await.map_err(taken)?;
    let details = json!({
        "parent": parent.id,
        "kind": new.kind.code(),
        "name": tidy.name,
        "uscc": tidy.uscc,
        "district": tidy.district,
    });
    permit.keep(Said::of("organisation", made.id).saying(details)).await?;
    Ok(made.id)
}
