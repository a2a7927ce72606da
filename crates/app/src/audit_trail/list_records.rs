//! Records with filters, the newest first. The security officer sees those of ordinary users; the auditor all.

use access::{Action, Role, decide};
use audit::{Linked, Outcome};
use jiff::civil::Date;
use store::{Listed, Page, Unit};

use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Which records are asked for; nothing is any.
#[derive(Clone, Default, Debug)]
pub struct Asked {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// The number of a person.
    pub person: Option<i64>,
    /// The code of an action, or of a topic with a dot: `person.`.
    pub action: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The kind of an object, and its number or name.
    pub object: Option<(String, Option<String>)>,
}

/// A page of records by their numbers; none is left out because it cannot be read. Looking at them is itself recorded.
pub async fn list_records(
    platform: &Platform,
    caller: &Caller,
    asked: &Asked,
    page: Page,
) -> Result<Listed<(i64, Option<Linked>)>, Refusal> {
    let permit = Permit::ask(platform, caller, Action::AuditRead).await?;
    let wanted = wanted(permit.unit(), caller, asked).await?;
    let found = store::audit::list(permit.unit(), &wanted, page).await?;
    let details = serde_json::json!({ "records": found.rows.len(), "filter": filter_words(asked) });
    permit.keep(Said::of("audit", "").saying(details).looked()).await?;
    let rows = found.rows.into_iter().map(|(seq, linked)| (seq, linked.ok())).collect();
    Ok(Listed { rows, total: found.total })
}

/// What is asked for as far as the caller may see it.
pub(super) async fn wanted(
    unit: &Unit,
    caller: &Caller,
    asked: &Asked,
) -> Result<store::audit::Wanted, Refusal> {
    let bound = |day: Date| {
        audit::day_begins(day)
            .ok_or_else(|| Refusal::invalid("from", "日期超出范围", "the day is out of range"))
    };
    let after = |day: Date| {
        day.tomorrow()
            .map_err(|_| Refusal::invalid("until", "日期超出范围", "the day is out of range"))
            .and_then(bound)
    };
    let but_of = match decide(&caller.who, Action::AuditReadOfficers) {
        Ok(_) => None,
        Err(_) => Some(officers(unit).await?),
    };
    Ok(store::audit::Wanted {
        from: asked.from.map(bound).transpose()?,
        until: asked.until.map(after).transpose()?,
        person: asked.person,
        action: asked.action.clone(),
        outcome: asked.outcome,
        object: asked.object.clone(),
        but_of,
    })
}

/// Everybody who is or was one of the three officers.
async fn officers(unit: &Unit) -> Result<Vec<i64>, Refusal> {
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.is_officer()).collect();
    Ok(store::membership::people_in_roles(unit, &roles).await?)
}

/// What was asked for, without what was not.
pub(super) fn filter_words(asked: &Asked) -> serde_json::Value {
    let all = [
        ("from", asked.from.map(|day| day.to_string().into())),
        ("until", asked.until.map(|day| day.to_string().into())),
        ("person", asked.person.map(Into::into)),
        ("action", asked.action.clone().map(Into::into)),
        ("outcome", asked.outcome.map(|outcome| outcome.as_str().into())),
        ("kind", asked.object.as_ref().map(|(kind, _)| kind.clone().into())),
        ("object", asked.object.as_ref().and_then(|(_, id)| Some(id.clone()?.into()))),
    ];
    let said = all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    serde_json::Value::Object(said.collect())
}
