//! A firm's manager lets an adviser's office or a bank see and do for the firm, for a year at most.

use access::{Action, OrganisationKind, Rows, Visible};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;
use store::organisation::Wanted;
use store::{Listed, Page};

use crate::caller::{Caller, scope};
use crate::clock::today;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// The kinds of organisations that a firm can delegate to.
const KINDS: [OrganisationKind; 2] = [OrganisationKind::AdviserOffice, OrganisationKind::Bank];

/// Somebody whom a firm can delegate to. Nothing else of them is shown to firms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recipient {
    /// The organisation's number.
    pub id: i64,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
}

/// Advisers' offices or banks by name: the directory that a firm chooses from.
pub async fn list_recipients(
    platform: &Platform,
    caller: &Caller,
    kind: OrganisationKind,
    words: Option<&str>,
    page: Page,
) -> Result<Listed<Recipient>, Refusal> {
    let look = Look::ask(platform, caller, Action::DelegationGrant).await?;
    if !KINDS.contains(&kind) {
        return Ok(Listed { rows: Vec::new(), total: 0 });
    }
    let wanted = Wanted { kind: Some(kind), words, ..Wanted::default() };
    let everything: Rows = [Visible::Everything].into_iter().collect();
    let everywhere = scope(&everything, platform.now());
    let found = store::organisation::list(look.unit(), &wanted, &everywhere, page).await?;
    let recipient = |place: store::organisation::Organisation| Recipient {
        id: place.id,
        kind: place.kind,
        name: place.name,
    };
    Ok(Listed { rows: found.rows.into_iter().map(recipient).collect(), total: found.total })
}

/// Gives a delegation from today until a day, and its number.
pub async fn grant_delegation(
    platform: &Platform,
    caller: &Caller,
    firm: i64,
    to: i64,
    until: Date,
) -> Result<i64, Refusal> {
    let permit = Permit::ask(platform, caller, Action::DelegationGrant).await?;
    let unit = permit.unit();
    let now = platform.now();
    // Two who grant at the same moment, or close one of both, follow each other.
    for organisation in [firm.min(to), firm.max(to)] {
        store::organisation::hold_alone(unit, organisation).await?;
    }
    let found = store::organisation::find(unit, firm, &permit.scope()).await?;
    if found.filter(|firm| firm.closed.is_none()).is_none() {
        return Err(permit.not_here(Said::of("organisation", firm)).await);
    }
    let everything: Rows = [Visible::Everything].into_iter().collect();
    let found = store::organisation::find(unit, to, &scope(&everything, now)).await?;
    // What is not in the directory is refused as what is not there.
    if found.filter(|to| KINDS.contains(&to.kind) && to.closed.is_none()).is_none() {
        return Err(permit.not_here(Said::of("organisation", to)).await);
    }
    let from = today(now);
    let last = from.checked_add(1.year()).map_err(Refusal::broken)?;
    if !(from..=last).contains(&until) {
        return Err(Refusal::invalid(
            "until",
            format!("截止日期应在 {from} 到 {last} 之间"),
            format!("the last day is between {from} and {last}"),
        ));
    }
    let all = store::delegation::all(unit, &permit.scope()).await?;
    let there = all.iter().any(|other| {
        other.organisation == firm
            && other.to == to
            && other.revoked.is_none()
            && other.until >= from
    });
    if there {
        return Err(given_already());
    }
    let by = caller.person();
    let given = store::delegation::insert(unit, firm, to, from, until, by, now).await;
    let id = given.map_err(|error| match error {
        store::Error::Taken(_) => given_already(),
        other => other.into(),
    })?;
    let details = json!({ "organisation": firm, "to": to, "until": until.to_string() });
    permit.keep(Said::of("delegation", id).saying(details)).await?;
    Ok(id)
}

fn given_already() -> Refusal {
    Refusal::conflict(
        "已授权该单位代办；需要改期时请先终止",
        "there is one to it already: end it first to change its last day",
    )
}
