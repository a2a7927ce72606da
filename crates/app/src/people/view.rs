//! A person as a caller sees them: fields masked, memberships only where the caller sees.

use access::{Field, PersonId, Place, Purpose, Rows, Sight, may_unmask};
use jiff::Timestamp;
use store::membership::Membership;
use store::person::Person;

use super::shown::{Shown, opened, places, sight};
use crate::caller::Caller;
use crate::clock::today;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A person as a caller sees them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonView {
    /// The person's number.
    pub id: i64,
    /// What they type to sign in; seen by those who see the name.
    pub login: Option<String>,
    /// The name.
    pub name: Shown,
    /// The telephone number.
    pub phone: Shown,
    /// The mail address.
    pub mail: Shown,
    /// What they are, have been or may become where the caller sees.
    pub memberships: Vec<Membership>,
    /// Whether they have not chosen a password yet.
    pub invited: bool,
    /// Whether they have set up a second factor.
    pub second_factor: bool,
    /// Which of the masked fields the caller may look at as a whole.
    pub unmaskable: Vec<Field>,
    /// Until when the account is locked, if it is.
    pub locked: Option<Timestamp>,
    /// Whether it is locked until the security officer releases it.
    pub held: bool,
    /// Since when it is disabled.
    pub disabled: Option<Timestamp>,
    /// Since when somebody wants the personal data erased.
    pub erasure_asked: Option<Timestamp>,
    /// Since when it is.
    pub erased: Option<Timestamp>,
    /// When the account was made.
    pub created: Timestamp,
    /// To be given back with a change.
    pub version: i64,
}

/// A person with all their memberships, as the caller sees both. `rows` are what the caller reaches.
pub(crate) fn view(
    platform: &Platform,
    caller: &Caller,
    rows: &Rows,
    person: &Person,
    memberships: &[Membership],
) -> Result<PersonView, Refusal> {
    let now = platform.now();
    let shown = |field: Field, sealed: Option<&[u8]>| {
        let sight = sight(caller, person.id, memberships, field, today(now))?;
        let text = match sight {
            Sight::Hidden => None,
            _ => opened(platform, field, person.id, sealed)?,
        };
        Ok::<_, Refusal>(Shown::of(field, sight, text))
    };
    let of_name = sight(caller, person.id, memberships, Field::PersonName, today(now))?;
    let mut seen = Vec::new();
    for held in memberships {
        let place = Place {
            path: Some(held.path.parse().map_err(Refusal::broken)?),
            person: Some(PersonId(person.id)),
            ..Place::default()
        };
        if rows.covers(&place) {
            seen.push(held.clone());
        }
    }
    let mut unmaskable = Vec::new();
    for field in [Field::Phone, Field::Mail] {
        let places = places(person.id, memberships, field, today(now))?;
        let may = |place| may_unmask(&caller.who, field, place, Purpose::Administration).is_ok();
        if places.iter().any(may) {
            unmaskable.push(field);
        }
    }
    Ok(PersonView {
        id: person.id,
        login: (of_name == Sight::Full).then(|| person.login.clone()),
        name: Shown::of(Field::PersonName, of_name, Some(person.name.clone())),
        phone: shown(Field::Phone, person.phone.as_deref())?,
        mail: shown(Field::Mail, person.mail.as_deref())?,
        memberships: seen,
        invited: person.password.is_none() && person.erased.is_none(),
        second_factor: person.second_factor_since.is_some(),
        unmaskable,
        locked: person.locked_until.filter(|until| *until > now),
        held: person.is_held(),
        disabled: person.disabled,
        erasure_asked: person.erasure_asked,
        erased: person.erased,
        created: person.created,
        version: person.version,
    })
}
