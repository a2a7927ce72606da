//! Who asks, from where.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::{Action, Membership, PersonId, Proof, Who};
use audit::{Actor, How};
use jiff::Timestamp;
use store::person::Person;
use store::session::Session;
use store::{Scope, Unit};

use crate::clock::today;
use crate::once::Once;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// From where and in which request somebody asks.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Origin {
    /// The address.
    pub address: Option<String>,
    /// The browser, as it says.
    pub agent: Option<String>,
    /// The number of the request, which the log has, too.
    pub request: Option<String>,
}

/// Who asks, and what they are.
#[derive(Clone, Debug)]
pub struct Caller {
    /// For the policy.
    pub who: Who,
    /// The name that pages show.
    pub name: String,
    /// The memberships behind it, with names, that hold today.
    pub memberships: Vec<store::membership::Membership>,
    /// The session, if it is one.
    pub session: Option<Session>,
    /// The number of the token, if it is one.
    pub token: Option<i64>,
    /// What makes sure that the request is done once, if that is wanted.
    pub once: Option<Arc<Once>>,
    /// What has to be done before anything else, if anything.
    pub owes: Option<Owes>,
    /// From where.
    pub origin: Origin,
}

/// What somebody has to settle before anything else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owes {
    /// The second factor of this session.
    SecondFactor,
    /// Another password than the one that somebody else knows, or that is too old.
    Password,
    /// To set up the second factor that the role requires.
    SetUpSecondFactor,
}

impl Caller {
    /// The person's number.
    pub fn person(&self) -> i64 {
        self.who.person.0
    }

    /// What they can see on a day of what they may.
    pub(crate) fn actor(&self) -> Actor {
        let how = if matches!(self.who.proof, Proof::Token(_)) { How::Token } else { How::Session };
        Actor { person: Some(self.person()), how }
    }

    /// The organisation that the person acts for, if there is only one.
    pub(crate) fn organisation(&self) -> Option<i64> {
        match self.memberships.as_slice() {
            [only] => Some(only.organisation),
            _ => None,
        }
    }
}

/// Who holds the secret of a session; nobody if it has ended.
pub async fn by_session(
    platform: &Platform,
    secret: &str,
    origin: Origin,
) -> Result<Option<Caller>, Refusal> {
    let now = platform.now();
    let unit = platform.store().read().await?;
    let Some(session) =
        store::session::by_secret(&unit, &platform.hash_secret(secret), now).await?
    else {
        return Ok(None);
    };
    let Some(person) = alive(&unit, session.person).await? else {
        return Ok(None);
    };
    let memberships = holding(&unit, person.id, now).await?;
    let security = platform.security(&unit).await?;
    let owes = owes(&person, &session, &memberships, &security, now);
    drop(unit);
    let proof = match owes {
        Some(_) => Proof::Owing,
        None if session.second_factor.is_some() => Proof::SecondFactor,
        None => Proof::Password,
    };
    // Noted once a minute, so that reading a page is mostly reading.
    if now.as_second() - session.seen.as_second() >= 60 {
        let latest = session.created + security.session_length();
        let expires = (now + security.session_idle()).min(latest);
        let noting = async {
            let unit = platform.store().write().await?;
            store::session::touch(&unit, session.id, now, expires).await?;
            unit.commit().await
        };
        noted(noting.await);
    }
    Ok(Some(caller(person, memberships, proof, Some(session), owes, origin)?))
}

/// Who holds the secret of a token; nobody if it holds no more.
pub async fn by_token(
    platform: &Platform,
    secret: &str,
    origin: Origin,
) -> Result<Option<Caller>, Refusal> {
    let now = platform.now();
    let unit = platform.store().read().await?;
    let Some(token) = store::token::by_secret(&unit, &platform.hash_secret(secret), now).await?
    else {
        return Ok(None);
    };
    let Some(person) = alive(&unit, token.person).await? else {
        return Ok(None);
    };
    // An account that somebody is taking back is closed to programs as well, until its owner is in again. A lock after
    // failed attempts is not: whoever types wrong passwords would stop them.
    if person.is_held() || person.must_change_password {
        return Ok(None);
    }
    let memberships = holding(&unit, person.id, now).await?;
    drop(unit);
    if token.used.is_none_or(|used| now.as_second() - used.as_second() >= 60) {
        let noting = async {
            let unit = platform.store().write().await?;
            store::token::touch(&unit, token.id, now).await?;
            unit.commit().await
        };
        noted(noting.await);
    }
    let actions: BTreeSet<Action> =
        token.actions.iter().filter_map(|code| Action::from_code(code)).collect();
    let caller = caller(person, memberships, Proof::Token(actions), None, None, origin)?;
    Ok(Some(Caller { token: Some(token.id), ..caller }))
}

/// When somebody was seen is noted as far as that can be done: with a full disk people can still read.
fn noted(done: Result<(), store::Error>) {
    if let Err(error) = done {
        tracing::warn!(%error, "when somebody was seen could not be noted");
    }
}

fn caller(
    person: Person,
    memberships: Vec<store::membership::Membership>,
    proof: Proof,
    session: Option<Session>,
    owes: Option<Owes>,
    origin: Origin,
) -> Result<Caller, Refusal> {
    let roles = memberships
        .iter()
        .map(|held| {
            Ok(Membership { path: held.path.parse().map_err(Refusal::broken)?, role: held.role })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    let who = Who { person: PersonId(person.id), memberships: roles, proof };
    Ok(Caller {
        who,
        name: person.name,
        memberships,
        session,
        token: None,
        once: None,
        owes,
        origin,
    })
}

async fn alive(unit: &Unit, person: i64) -> Result<Option<Person>, Refusal> {
    let person = store::person::get(unit, person).await?;
    Ok(person.filter(|person| person.disabled.is_none() && person.erased.is_none()))
}

/// The memberships of a person that hold today, in organisations that are not closed.
pub(crate) async fn holding(
    unit: &Unit,
    person: i64,
    now: Timestamp,
) -> Result<Vec<store::membership::Membership>, Refusal> {
    let today = today(now);
    let all = store::membership::of_person(unit, person).await?;
    Ok(all.into_iter().filter(|held| held.holds_on(today) && !held.organisation_closed).collect())
}

fn owes(
    person: &Person,
    session: &Session,
    memberships: &[store::membership::Membership],
    security: &crate::Security,
    now: Timestamp,
) -> Option<Owes> {
    let set_up = person.second_factor_since.is_some();
    if set_up && session.second_factor.is_none() {
        return Some(Owes::SecondFactor);
    }
    if person.must_change_password || security.password_is_old(person.password_set, now) {
        return Some(Owes::Password);
    }
    let required = memberships.iter().any(|held| security.requires_second_factor(held.role));
    (required && session.second_factor.is_none()).then_some(Owes::SetUpSecondFactor)
}

/// What somebody sees today of the rows that the policy allows.
pub(crate) fn scope<'a>(rows: &'a access::Rows, now: Timestamp) -> Scope<'a> {
    Scope { rows, today: today(now) }
}
