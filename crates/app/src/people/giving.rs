//! Which roles somebody may give or take where: what the table of reach and `access::grant` say together.

use access::{
    Action, Approval, Membership, OrganisationKind, Path, Place, Role, Who, Why, decide, givers,
    grant,
};
use jiff::civil::Date;
use store::membership::State;
use store::organisation::Organisation;

use crate::caller::Caller;
use crate::refusal::Refusal;

/// The roles of a caller that reach a place with an action.
fn reaching<'a>(
    caller: &'a Caller,
    action: Action,
    path: &Path,
) -> impl Iterator<Item = Role> + 'a {
    let place = Place::of(path.clone());
    caller
        .who
        .memberships
        .iter()
        .filter(move |held| reaches(&caller.who, held, action, &place))
        .map(|held| held.role)
}

/// Whether one membership alone reaches it: what one role may give and another role reaches is not given.
fn reaches(who: &Who, held: &Membership, action: Action, place: &Place) -> bool {
    let alone = Who { memberships: vec![held.clone()], ..who.clone() };
    decide(&alone, action).is_ok_and(|rows| rows.covers(place))
}

/// Whether the caller may give a role at a place to somebody who holds some already, and whether it counts at once.
pub(crate) fn may_give(
    caller: &Caller,
    action: Action,
    role: Role,
    (path, kind): (&Path, OrganisationKind),
    holds: &[Role],
) -> Result<Approval, Why> {
    let mut why = Why::NotHere;
    let mut second = None;
    for giver in reaching(caller, action, path) {
        match grant(giver, role, kind, holds) {
            Ok(Approval::AtOnce) => return Ok(Approval::AtOnce),
            Ok(other) => second = Some(other),
            Err(other) if why == Why::NotHere || why == Why::NotYoursToGive => why = other,
            Err(_) => {}
        }
    }
    second.ok_or(why)
}

/// Whether the caller may take a role at a place back.
pub(crate) fn may_take(caller: &Caller, action: Action, role: Role, path: &Path) -> bool {
    reaching(caller, action, path).any(|giver| givers(role).contains(&giver))
}

/// Whether the caller may end a role that somebody has.
pub fn may_end(caller: &Caller, held: &store::membership::Membership) -> bool {
    let path: Result<Path, _> = held.path.parse();
    path.is_ok_and(|path| may_take(caller, Action::MembershipEnd, held.role, &path))
}

/// The roles that the caller may give in an organisation, for a form.
pub fn roles_to_give(caller: &Caller, organisation: &Organisation) -> Result<Vec<Role>, Refusal> {
    let path: Path = organisation.path.parse().map_err(Refusal::broken)?;
    let gives = |role: &Role| {
        let place = (&path, organisation.kind);
        may_give(caller, Action::MembershipPropose, *role, place, &[]).is_ok()
    };
    Ok(Role::ALL.iter().copied().filter(gives).collect())
}

/// Whether a membership counts, or may come to count, on a day or later.
pub(crate) fn is_alive(held: &store::membership::Membership, today: Date) -> bool {
    matches!(held.state, State::Proposed | State::Active)
        && held.until.is_none_or(|until| today <= until)
}
