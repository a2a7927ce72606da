//! What somebody changes of an account.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;

use super::{Person, row};
use crate::database::{Unit, later, once};
use crate::error::Error;
use crate::page::folded;
use crate::time::{Instant, instant};

/// A change to an account that somebody made; `None` leaves a thing as it is.
#[derive(Clone, Default)]
pub struct Change {
    /// Another name.
    pub name: Option<String>,
    /// Another telephone number, sealed; or none any more.
    pub phone: Option<Option<Vec<u8>>>,
    /// Another mail address, sealed; or none any more.
    pub mail: Option<Option<Vec<u8>>>,
    /// Disabled since, or not any more.
    pub disabled: Option<Option<Timestamp>>,
}

/// Makes a change, if nobody has changed the account since `version`.
pub async fn change(
    unit: &Unit,
    person: &Person,
    version: i64,
    change: Change,
) -> Result<(), Error> {
    let mut update =
        row::Entity::update_many().col_expr(row::Column::Version, later(version).into());
    if let Some(name) = change.name {
        let search = folded(&format!("{name} {}", person.login));
        update = update
            .col_expr(row::Column::Name, name.into())
            .col_expr(row::Column::Search, search.into());
    }
    if let Some(phone) = change.phone {
        update = update.col_expr(row::Column::Phone, phone.into());
    }
    if let Some(mail) = change.mail {
        update = update.col_expr(row::Column::Mail, mail.into());
    }
    if let Some(disabled) = change.disabled {
        let disabled: Option<Instant> = disabled.map(instant).transpose()?;
        update = update.col_expr(row::Column::DisabledAt, disabled.into());
    }
    let done = update
        .filter(row::Column::Id.eq(person.id))
        .filter(row::Column::Version.eq(version))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}
