//! Who there is, page by page.

use jiff::Timestamp;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;

use super::{Person, own, read, row};
use crate::database::Unit;
use crate::error::Error;
use crate::page::{Listed, Page, Sorted, contains, listed};
use crate::scope::Scope;
use crate::time::instant;

/// By what people can be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum By {
    /// By name.
    #[default]
    Name,
    /// By what they type to sign in.
    Login,
    /// By when the account was made.
    Created,
}

/// How an account can stand that somebody has to look after.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nobody has chosen a password yet.
    Invited,
    /// It is locked at this instant.
    Locked(Timestamp),
    /// It is disabled.
    Disabled,
}

/// Which people are wanted, and in which order.
#[derive(Clone, Copy, Default, Debug)]
pub struct Wanted<'a> {
    /// Only with these words in name or login.
    pub words: Option<&'a str>,
    /// Only those whose account stands so.
    pub standing: Option<Standing>,
    /// In this order.
    pub order: Sorted<By>,
}

/// A page of those who are visible through an organisation that they belong to.
pub async fn list(
    unit: &Unit,
    wanted: &Wanted<'_>,
    seen: &Scope<'_>,
    page: Page,
) -> Result<Listed<Person>, Error> {
    let mut select = row::Entity::find().filter(own(seen)?);
    if let Some(words) = wanted.words.filter(|words| !words.trim().is_empty()) {
        select = select.filter(contains(row::Column::Search, words));
    }
    if let Some(standing) = wanted.standing {
        select = select.filter(match standing {
            Standing::Invited => Condition::all()
                .add(row::Column::Password.is_null())
                .add(row::Column::ErasedAt.is_null()),
            Standing::Locked(now) => {
                Condition::all().add(row::Column::LockedUntil.gt(instant(now)?))
            }
            Standing::Disabled => Condition::all().add(row::Column::DisabledAt.is_not_null()),
        });
    }
    let column = match wanted.order.by {
        By::Name => row::Column::Search,
        By::Login => row::Column::Login,
        By::Created => row::Column::CreatedAt,
    };
    let sorted = select.order_by(column, wanted.order.order()).order_by_asc(row::Column::Id);
    listed(unit, sorted, page, read).await
}
