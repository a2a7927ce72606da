//! What of a person is sealed, to see whether a key opens it.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;
use sea_orm::{QueryOrder, QuerySelect};

use super::{Person, read, row};
use crate::database::Unit;
use crate::error::Error;

/// What is sealed of a person.
#[derive(Clone, PartialEq, Eq)]
pub enum Sealed {
    /// The secret of the second factor.
    SecondFactor(Vec<u8>),
    /// The telephone number.
    Phone(Vec<u8>),
    /// The mail address.
    Mail(Vec<u8>),
}

/// Somebody of whom something is sealed, whichever it is: by what it is sealed for, and the seal.
pub async fn anything_sealed(unit: &Unit) -> Result<Option<(Person, Sealed)>, Error> {
    let found = row::Entity::find()
        .filter(
            Condition::any()
                .add(row::Column::SecondFactor.is_not_null())
                .add(row::Column::Phone.is_not_null())
                .add(row::Column::Mail.is_not_null()),
        )
        .order_by_desc(row::Column::Id)
        .limit(1)
        .one(unit.connection())
        .await?;
    let Some(person) = found.map(read).transpose()? else { return Ok(None) };
    let sealed = [
        person.second_factor.clone().map(Sealed::SecondFactor),
        person.phone.clone().map(Sealed::Phone),
        person.mail.clone().map(Sealed::Mail),
    ];
    Ok(sealed.into_iter().flatten().next().map(|sealed| (person, sealed)))
}
