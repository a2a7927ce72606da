//! Letting somebody choose a password anew: with a password for one time, or with a new invitation.
//!
//! Whoever hands these out could use them. Where a second factor stands behind the password that is not enough; where
//! there is none, the account stays locked until the security officer releases it: it takes two officers to get into
//! somebody's account.

use access::{Action, Path, PersonId, Role, second_person};
use jiff::Timestamp;
use serde_json::json;
use store::Unit;
use store::membership::{Membership, State};
use store::person::Person;

use super::acting::may_act;
use super::giving::{is_alive, may_take};
use super::invite_person::invitation;
use super::view::PersonView;
use super::ways_in::{Closed, close_ways_in};
use crate::caller::Caller;
use crate::clock::today;
use crate::password;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A password that was reset.
#[derive(Clone, PartialEq, Eq)]
pub struct Reset {
    /// The password for one time. It is not kept and not shown again.
    pub password: String,
    /// Whether the account waits for the security officer.
    pub held: bool,
    /// What else led into the account, and does no more.
    pub closed: Closed,
}

/// An invitation that was made anew. The secret is not kept and not shown again.
#[derive(Clone, PartialEq, Eq)]
pub struct Reinvited {
    /// What the person opens the account with.
    pub secret: String,
    /// Until when.
    pub expires: Timestamp,
    /// Whether the account waits for the security officer.
    pub held: bool,
    /// What else led into the account, and does no more.
    pub closed: Closed,
}

/// Gives somebody a password for one time, which is returned, ends their sessions, revokes their tokens and unlinks
/// their accounts at a provider of identities. A lock and a second factor
/// stay: they are the security officer's to take away.
pub async fn reset_password(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<Reset, Refusal> {
    const ACTION: Action = Action::PersonResetPassword;
    // Nobody who may not do it keeps the machine busy with hashes.
    drop(Look::ask(platform, caller, ACTION).await?);
    let given = crypto::one_time_password()?;
    let hash = password::hash(platform, &given).await?;
    let permit = Permit::ask(platform, caller, ACTION).await?;
    let about = Said::of("person", id);
    if let Some(refusal) = not_theirs(&permit, id).await? {
        return Err(refuse(permit, refusal, about).await);
    }
    let now = platform.now();
    let person = store::person::get_alone(permit.unit(), id).await?.ok_or(Refusal::NotFound)?;
    let held = hold(platform, permit.unit(), &person).await?;
    store::person::set_password(permit.unit(), id, &hash, true, now).await?;
    store::invitation::end(permit.unit(), id, now).await?;
    let closed = close_ways_in(permit.unit(), id, now).await?;
    let details = closed.with(json!({ "way": "one-time-password", "held": held }));
    permit.keep(about.saying(details)).await?;
    Ok(Reset { password: given, held, closed })
}

/// Invites somebody again. Who has not chosen a password yet is invited again by those who could have invited them;
/// everybody else by the administrator, who has to mean it (`void_password`): the password holds no more and the
/// sessions end.
pub async fn invite_again(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    void_password: bool,
) -> Result<Reinvited, Refusal> {
    let waits = {
        let look = Look::ask(platform, caller, Action::PersonInvite).await?;
        let found = store::person::find(look.unit(), id, &look.scope()).await?;
        found.is_none_or(|person| person.password.is_none() && person.erased.is_none())
    };
    let action = if waits { Action::PersonInvite } else { Action::PersonResetPassword };
    let permit = Permit::ask(platform, caller, action).await?;
    let about = Said::of("person", id);
    if let Some(refusal) = not_theirs(&permit, id).await? {
        return Err(refuse(permit, refusal, about).await);
    }
    let person = store::person::get_alone(permit.unit(), id).await?.ok_or(Refusal::NotFound)?;
    if waits && person.password.is_some() {
        return Err(Refusal::Changed);
    }
    let now = platform.now();
    if waits {
        let all = store::membership::of_person(permit.unit(), id).await?;
        if !could_have_invited(caller, &all, now)? {
            return Err(permit.refuse(access::Why::NotYoursToGive, about).await);
        }
    } else if !void_password {
        return Err(Refusal::conflict(
            "此人已启用账号：重新邀请会使现有密码作废，并退出全部会话；请确认后再办理",
            "the account is open: its password would hold no more and its sessions would end; confirm that this is meant",
        ));
    }
    let held = !waits && hold(platform, permit.unit(), &person).await?;
    store::person::forget_password(permit.unit(), id).await?;
    let closed = close_ways_in(permit.unit(), id, now).await?;
    let (secret, expires) = invitation(platform, permit.unit(), caller, id).await?;
    let details = closed.with(json!({ "way": "invitation", "held": held }));
    permit.keep(about.saying(details)).await?;
    Ok(Reinvited { secret, expires, held, closed })
}

/// Whether somebody has a password that a new invitation would make void. Refuses where that may not be asked for.
pub async fn has_password(platform: &Platform, caller: &Caller, id: i64) -> Result<bool, Refusal> {
    let look = Look::ask(platform, caller, Action::PersonInvite).await?;
    let found = store::person::find(look.unit(), id, &look.scope()).await?;
    let person = found.filter(|person| person.erased.is_none()).ok_or(Refusal::NotFound)?;
    if person.password.is_some() {
        drop(look);
        may_act(platform, caller, Action::PersonResetPassword, id).await?;
        return Ok(true);
    }
    let all = store::membership::of_person(look.unit(), id).await?;
    if could_have_invited(caller, &all, platform.now())? {
        Ok(false)
    } else {
        Err(Refusal::Forbidden(access::Why::NotYoursToGive))
    }
}

/// Whether a page offers to invite somebody again: as far as it can be told from what the caller sees of them.
pub fn may_invite_again(platform: &Platform, caller: &Caller, person: &PersonView) -> bool {
    could_have_invited(caller, &person.memberships, platform.now()).unwrap_or(false)
}

/// Locks the account until the security officer releases it, if nothing but the password stands before it.
async fn hold(platform: &Platform, unit: &Unit, person: &Person) -> Result<bool, Refusal> {
    if person.second_factor_since.is_some() {
        return Ok(false);
    }
    let now = platform.now();
    let all = store::membership::of_person(unit, person.id).await?;
    let releases = |held: &Membership| {
        held.role == Role::SecurityOfficer
            && held.state == State::Active
            && is_alive(held, today(now))
    };
    if all.iter().any(releases) {
        let role = Role::SecurityOfficer;
        if store::membership::other_holders(unit, role, person.id, today(now)).await? == 0 {
            return Err(Refusal::conflict(
                "这是唯一能登录的安全保密管理员，重置后没有人能解除锁定；请在服务器上用 tidu rescue 办理",
                "nobody else could release this account: it is the only security officer's who can sign in; use \
                 `tidu rescue` on the machine",
            ));
        }
    }
    store::person::hold(unit, person.id).await?;
    Ok(true)
}

/// Why this account is not the caller's to open, if it is not.
async fn not_theirs(permit: &Permit<'_>, id: i64) -> Result<Option<Refusal>, Refusal> {
    let found = store::person::find(permit.unit(), id, &permit.scope()).await?;
    if found.filter(|person| person.erased.is_none()).is_none() {
        return Ok(Some(Refusal::NotFound));
    }
    let who = permit.caller().who.person;
    let why = second_person(permit.action(), who, None, Some(PersonId(id))).err();
    Ok(why.map(Refusal::Forbidden))
}

async fn refuse(permit: Permit<'_>, refusal: Refusal, about: Said) -> Refusal {
    match refusal {
        Refusal::Forbidden(why) => permit.refuse(why, about).await,
        _ => permit.not_here(about).await,
    }
}

/// Whoever has the secret of an invitation becomes the person: only who could give every role of theirs gets one.
fn could_have_invited(
    caller: &Caller,
    memberships: &[Membership],
    now: Timestamp,
) -> Result<bool, Refusal> {
    let today = today(now);
    let mut alive = memberships.iter().filter(|held| is_alive(held, today)).peekable();
    if alive.peek().is_none() {
        return Ok(false);
    }
    for held in alive {
        let path: Path = held.path.parse().map_err(Refusal::broken)?;
        if !may_take(caller, Action::PersonInvite, held.role, &path) {
            return Ok(false);
        }
    }
    Ok(true)
}
