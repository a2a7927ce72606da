//! Inviting somebody: an account without a password, a first role, and a secret that is told once.

use access::{Action, Field, Why};
use jiff::Timestamp;
use serde_json::json;
use store::Unit;
use store::membership::State;
use store::person::{Change, New};

use super::checks::Checks;
use super::propose_membership::{NewMembership, details, enter, give, is_open};
use super::shown::sealed;
use crate::caller::Caller;
use crate::clock::today;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Who is invited, as what.
#[derive(Clone, Copy, Debug)]
pub struct Invite<'a> {
    /// What they will type to sign in.
    pub login: &'a str,
    /// The name that others see.
    pub name: &'a str,
    /// Telephone number.
    pub phone: Option<&'a str>,
    /// Mail address.
    pub mail: Option<&'a str>,
    /// The first role.
    pub membership: NewMembership,
}

/// An invitation that was made. The secret is not kept and not shown again.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// The person's number.
    pub person: i64,
    /// The membership's number.
    pub membership: i64,
    /// Whether the role counts already.
    pub state: State,
    /// What the person opens the account with.
    pub secret: String,
    /// Until when.
    pub expires: Timestamp,
}

/// Makes an account with a first role and an invitation to it.
pub async fn invite_person(
    platform: &Platform,
    caller: &Caller,
    invite: &Invite<'_>,
) -> Result<Invited, Refusal> {
    let permit = Permit::ask(platform, caller, Action::PersonInvite).await?;
    let (now, first) = (platform.now(), invite.membership);
    let about = Said::of("organisation", first.organisation);
    // Whoever closes the organisation meanwhile waits, or is seen.
    store::organisation::hold_alone(permit.unit(), first.organisation).await?;
    let scope = permit.scope();
    let place = store::organisation::find(permit.unit(), first.organisation, &scope).await?;
    let Some(place) = place else {
        return Err(permit.not_here(about).await);
    };
    let state = match give(caller, Action::PersonInvite, &first, &place, &[])? {
        Ok(state) => state,
        Err(why) => return Err(permit.refuse(why, about).await),
    };
    let mut checks = Checks::default();
    let login = checks.login(invite.login);
    let name = checks.name("name", invite.name, 64);
    let phone = checks.phone(invite.phone);
    let mail = checks.mail(invite.mail);
    checks.until(first.role, first.until, today(now));
    checks.done()?;
    is_open(&place)?;
    let new = New { login: &login, name: &name, phone: None, mail: None, at: now };
    let person = match store::person::insert(permit.unit(), new).await {
        Ok(person) => person,
        Err(store::Error::Taken(_)) => {
            // Recorded, since trying one login after another is a way to find out who has an account.
            let said = about.saying(json!({ "why": "login-taken" })).personal(login);
            return Err(match permit.refuse(Why::NotHere, said).await {
                Refusal::Forbidden(_) => Refusal::invalid(
                    "login",
                    "这一登录名已被使用，请换一个",
                    "this login is taken: choose another one",
                ),
                other => other,
            });
        }
        Err(error) => return Err(error.into()),
    };
    if phone.is_some() || mail.is_some() {
        // Sealed under the person's number, which was not known before.
        let change = Change {
            phone: Some(sealed(platform, Field::Phone, person.id, phone.as_deref())?),
            mail: Some(sealed(platform, Field::Mail, person.id, mail.as_deref())?),
            ..Change::default()
        };
        store::person::change(permit.unit(), &person, person.version, change).await?;
    }
    let membership = enter(permit.unit(), platform, caller, person.id, &first, state).await?;
    let (secret, expires) = invitation(platform, permit.unit(), caller, person.id).await?;
    let mut said = details(person.id, &first, state);
    if let Some(said) = said.as_object_mut() {
        said.insert("membership".to_owned(), json!(membership));
    }
    permit
        .keep(Said::of("person", person.id).saying(said).personal(format!("{login} {name}")))
        .await?;
    Ok(Invited { person: person.id, membership, state, secret, expires })
}

/// Makes an invitation, which takes the place of an earlier one.
pub(super) async fn invitation(
    platform: &Platform,
    unit: &Unit,
    caller: &Caller,
    person: i64,
) -> Result<(String, Timestamp), Refusal> {
    let now = platform.now();
    let expires = now + platform.security(unit).await?.invitation();
    let secret = crypto::secret_token("tidui_")?;
    let hash = platform.hash_secret(&secret);
    store::invitation::insert(unit, person, &hash, Some(caller.person()), now, expires).await?;
    Ok((secret, expires))
}
