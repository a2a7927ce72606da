//! Erasing what is personal, as the law gives everybody a right to (个人信息保护法): asked for by the person or the
//! administrator, done by the security officer. Records stay; what is personal about them goes, and the chain holds.

use access::{Action, PersonId, Role, second_person};
use audit::erasure;
use store::membership::State;

use super::giving::is_alive;
use super::last_officer::somebody_stays;
use super::list_people::{ids, of};
use super::view::{PersonView, view};
use crate::caller::Caller;
use crate::clock::today;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Asks for the erasure of a person's data: one's own, or anybody's as the administrator.
pub async fn ask_erasure(platform: &Platform, caller: &Caller, id: i64) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::PersonAskErasure).await?;
    let about = Said::of("person", id);
    let found = store::person::find(permit.unit(), id, &permit.scope()).await?;
    if found.filter(|person| person.erased.is_none()).is_none() {
        return Err(permit.not_here(about).await);
    }
    let by = caller.person();
    if !store::person::ask_erasure(permit.unit(), id, by, platform.now()).await? {
        return Err(Refusal::conflict(
            "已经提出过删除申请",
            "the erasure has been asked for already",
        ));
    }
    permit.keep(about).await
}

/// Those whose erasure waits to be done.
pub async fn list_erasures(
    platform: &Platform,
    caller: &Caller,
) -> Result<Vec<PersonView>, Refusal> {
    let look = Look::ask(platform, caller, Action::PersonErase).await?;
    let waiting = store::person::erasure_asked(look.unit(), &look.scope()).await?;
    let memberships = store::membership::of_people(look.unit(), &ids(&waiting)).await?;
    let rows = look.scope().rows;
    waiting
        .iter()
        .map(|person| view(platform, caller, rows, person, &of(person.id, &memberships)))
        .collect()
}

/// Erases everything personal of somebody for whom it was asked. Nothing brings it back.
pub async fn erase_person(platform: &Platform, caller: &Caller, id: i64) -> Result<(), Refusal> {
    const ACTION: Action = Action::PersonErase;
    let permit = Permit::ask(platform, caller, ACTION).await?;
    let (unit, now) = (permit.unit(), platform.now());
    let about = Said::of("person", id);
    // Whoever gives a role or keeps something for the person at this moment has done so, or finds nobody.
    store::person::get_alone(unit, id).await?;
    let found = store::person::find(unit, id, &permit.scope()).await?;
    let Some(person) = found.filter(|person| person.erased.is_none()) else {
        return Err(permit.not_here(about).await);
    };
    let Some(asked_by) = person.erasure_asked_by else {
        return Err(Refusal::conflict(
            "没有删除申请；请由本人或系统管理员先提出",
            "nobody has asked for it: the person or the administrator has to ask first",
        ));
    };
    let asked_by = Some(PersonId(asked_by));
    if let Err(why) = second_person(ACTION, caller.who.person, asked_by, Some(PersonId(id))) {
        return Err(permit.refuse(why, about).await);
    }
    let all = store::membership::of_person(unit, id).await?;
    let active: Vec<Role> =
        all.iter().filter(|held| held.state == State::Active).map(|held| held.role).collect();
    somebody_stays(unit, id, &active, now).await?;
    for held in &all {
        if !is_alive(held, today(now)) {
            continue;
        }
        store::membership::decide(unit, held.id, held.version, State::Ended, None, now).await?;
    }
    store::session::erase(unit, id).await?;
    store::token::erase(unit, id).await?;
    store::reply::erase(unit, id).await?;
    store::invitation::end(unit, id, now).await?;
    store::identity::unlink(unit, id).await?;
    store::self_check::erase(unit, id).await?;
    store::draft::erase(unit, id).await?;
    store::person::erase(unit, id, now).await?;
    let records = store::audit::personal_of(unit, id).await?;
    store::audit::erase_personal(unit, &records).await?;
    let details = erasure(&ranges(&records), "asked-for").map_err(Refusal::broken)?;
    let said = Said { details: details.value(), ..about };
    permit.keep(said).await?;
    // It is erased already; this only takes away what the engine keeps of it besides.
    if let Err(error) = platform.store().sweep().await {
        tracing::warn!(%error, "what was erased may still lie in the files of the database for a while");
    }
    Ok(())
}

/// Numbers in order as ranges of neighbours.
fn ranges(numbers: &[i64]) -> Vec<(i64, i64)> {
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn neighbours_make_one_range() {
        assert_eq!(ranges(&[]), []);
        assert_eq!(ranges(&[3]), [(3, 3)]);
        assert_eq!(ranges(&[1, 2, 3, 7, 9, 10]), [(1, 3), (7, 7), (9, 10)]);
    }
}
