//! What of a person's fields a caller sees: whole, masked, or not at all.

use access::{Field, PersonId, Place, Purpose, Sight, mask, see};
use jiff::civil::Date;
use store::membership::{Membership, State};

use super::giving::is_alive;
use crate::caller::Caller;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A field as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// How much of it.
    pub sight: Sight,
    /// The text or its mask; nothing if it is hidden or there is none.
    pub text: Option<String>,
}

impl Shown {
    /// What is shown of a text that is there or not.
    pub(crate) fn of(field: Field, sight: Sight, text: Option<String>) -> Self {
        let text = text.and_then(|text| match sight {
            Sight::Full => Some(text),
            Sight::Masked => Some(mask(field, &text)),
            Sight::Hidden => None,
        });
        Self { sight, text }
    }
}

/// Where a person stands: at every organisation that they belong to now. Somebody who has left is known by name to
/// those whom they have left, and nothing else of them.
pub(crate) fn places(
    person: i64,
    memberships: &[Membership],
    field: Field,
    today: Date,
) -> Result<Vec<Place>, Refusal> {
    let person = Some(PersonId(person));
    let mut places = vec![Place { person, ..Place::default() }];
    for held in memberships {
        let by_name = field == Field::PersonName && held.state != State::Refused;
        if by_name || is_alive(held, today) {
            let path = Some(held.path.parse().map_err(Refusal::broken)?);
            places.push(Place { path, person, ..Place::default() });
        }
    }
    Ok(places)
}

/// How much of a person's field the caller sees in lists and pages.
pub(crate) fn sight(
    caller: &Caller,
    person: i64,
    memberships: &[Membership],
    field: Field,
    today: Date,
) -> Result<Sight, Refusal> {
    let places = places(person, memberships, field, today)?;
    let sights = places.iter().map(|place| see(&caller.who, field, place, Purpose::Administration));
    Ok(sights.max().unwrap_or(Sight::Hidden))
}

/// The context under which a field of a person is sealed.
pub(crate) fn context(field: Field, person: i64) -> String {
    format!("{field}/{person}")
}

/// A sealed field of a person, opened.
pub(crate) fn opened(
    platform: &Platform,
    field: Field,
    person: i64,
    sealed: Option<&[u8]>,
) -> Result<Option<String>, Refusal> {
    sealed.map(|sealed| platform.open(sealed, &context(field, person))).transpose()
}

/// A field of a person, sealed.
pub(crate) fn sealed(
    platform: &Platform,
    field: Field,
    person: i64,
    text: Option<&str>,
) -> Result<Option<Vec<u8>>, Refusal> {
    text.map(|text| platform.seal(text, &context(field, person))).transpose()
}
