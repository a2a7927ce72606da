//! People: who they are, how they prove it, whether they may sign in.
//!
//! Passwords come in as hashes; telephone, mail and the secret of the second factor as sealed bytes.

mod change;
mod erasure;
mod list;
mod lock;
mod proof;
mod sealed;

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, LockType};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use access::Visible;

use crate::database::Unit;
use crate::engine::Engine;
use crate::error::Error;
use crate::membership;
use crate::page::folded;
use crate::scope::Scope;
use crate::time::{Instant, instant, timestamp};

pub use change::{Change, change};
pub use erasure::{ask_erasure, erase, erasure_asked};
pub use list::{By, Standing, Wanted, list};
pub(crate) use lock::enabled;
pub use lock::{Failure, count_failure, count_nobody, forget_failures, held, hold, release};
pub use proof::{forget_password, set_password, set_second_factor, take_step};
pub use sealed::{Sealed, anything_sealed};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub login: String,
        pub name: String,
        pub search: String,
        pub phone: Option<Vec<u8>>,
        pub mail: Option<Vec<u8>>,
        pub password: Option<String>,
        pub password_set_at: Option<Instant>,
        pub must_change_password: bool,
        pub second_factor: Option<Vec<u8>>,
        pub second_factor_since: Option<Instant>,
        pub second_factor_step: i64,
        pub failed: i64,
        pub failed_at: Option<Instant>,
        pub locked_until: Option<Instant>,
        pub disabled_at: Option<Instant>,
        pub erasure_asked_at: Option<Instant>,
        pub erasure_asked_by: Option<i64>,
        pub erased_at: Option<Instant>,
        pub created_at: Instant,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A person with an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The number that records name the person by.
    pub id: i64,
    /// What is typed to sign in.
    pub login: String,
    /// The name that others see.
    pub name: String,
    /// Telephone number, sealed.
    pub phone: Option<Vec<u8>>,
    /// Mail address, sealed.
    pub mail: Option<Vec<u8>>,
    /// The hash of the password; none before the invitation is accepted.
    pub password: Option<String>,
    /// Since when the password holds.
    pub password_set: Option<Timestamp>,
    /// Whether the next thing to do is to choose another password.
    pub must_change_password: bool,
    /// The secret of the second factor, sealed.
    pub second_factor: Option<Vec<u8>>,
    /// Since when the second factor is asked for; none while it is being set up.
    pub second_factor_since: Option<Timestamp>,
    /// The time step of the last code that was taken: none is taken twice.
    pub second_factor_step: i64,
    /// How many times in a row signing in has failed.
    pub failed: i64,
    /// When it failed last.
    pub failed_at: Option<Timestamp>,
    /// Until when nobody can sign in with this account.
    pub locked_until: Option<Timestamp>,
    /// Since when the account is disabled.
    pub disabled: Option<Timestamp>,
    /// Since when somebody wants everything personal erased.
    pub erasure_asked: Option<Timestamp>,
    /// Who wants it.
    pub erasure_asked_by: Option<i64>,
    /// Since when everything personal is erased.
    pub erased: Option<Timestamp>,
    /// When the account was made.
    pub created: Timestamp,
    /// Counts changes that somebody made.
    pub version: i64,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Logs must not show what identifies or proves a person.
        out.debug_struct("Person").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a new account is.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// What is typed to sign in.
    pub login: &'a str,
    /// The name that others see.
    pub name: &'a str,
    /// Telephone number, sealed.
    pub phone: Option<Vec<u8>>,
    /// Mail address, sealed.
    pub mail: Option<Vec<u8>>,
    /// When it is made.
    pub at: Timestamp,
}

/// A login as it is compared: full width as half width, small letters, no room around it.
pub fn normal_login(login: &str) -> String {
    folded(login.trim())
}

/// Makes an account without a password. A login that is there already is [`Error::Taken`].
pub async fn insert(unit: &Unit, new: New<'_>) -> Result<Person, Error> {
    let login = normal_login(new.login);
    let draft = row::ActiveModel {
        search: Set(folded(&format!("{} {login}", new.name))),
        login: Set(login),
        name: Set(new.name.to_owned()),
        phone: Set(new.phone),
        mail: Set(new.mail),
        must_change_password: Set(false),
        second_factor_step: Set(0),
        failed: Set(0),
        created_at: Set(instant(new.at)?),
        version: Set(1),
        ..Default::default()
    };
    read(draft.insert(unit.connection()).await?)
}

/// A person by number, whoever asks: for the use cases that look after themselves.
pub async fn get(unit: &Unit, id: i64) -> Result<Option<Person>, Error> {
    row::Entity::find_by_id(id).one(unit.connection()).await?.map(read).transpose()
}

/// The same, with everybody else who wants to change the person's account waiting until this unit ends: what is decided
/// by what is read here still holds when it is written. Rows that only name the person wait for nothing: of two who act
/// on each other, none waits for the other.
pub async fn get_alone(unit: &Unit, id: i64) -> Result<Option<Person>, Error> {
    let mut select = row::Entity::find_by_id(id);
    if unit.engine() == Engine::Postgres {
        select = select.lock(LockType::NoKeyUpdate);
    }
    select.one(unit.connection()).await?.map(read).transpose()
}

/// People by their numbers, whoever asks: for the names of those whom a visible row names.
pub async fn of_ids(unit: &Unit, ids: &[i64]) -> Result<Vec<Person>, Error> {
    let rows = row::Entity::find()
        .filter(row::Column::Id.is_in(ids.iter().copied()))
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// A person by number, if visible.
pub async fn find(unit: &Unit, id: i64, seen: &Scope<'_>) -> Result<Option<Person>, Error> {
    row::Entity::find_by_id(id)
        .filter(own(seen)?)
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// The person who signs in with a login.
pub async fn by_login(unit: &Unit, login: &str) -> Result<Option<Person>, Error> {
    let login = normal_login(login);
    row::Entity::find()
        .filter(row::Column::Login.eq(login))
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// Whether anybody has an account.
pub async fn is_anybody_there(unit: &Unit) -> Result<bool, Error> {
    Ok(row::Entity::find().limit(1).one(unit.connection()).await?.is_some())
}

/// When the first account of all was made.
pub async fn first_made(unit: &Unit) -> Result<Option<Timestamp>, Error> {
    let first: Option<Instant> = row::Entity::find()
        .select_only()
        .column(row::Column::CreatedAt)
        .order_by_asc(row::Column::CreatedAt)
        .limit(1)
        .into_tuple()
        .one(unit.connection())
        .await?;
    first.map(timestamp).transpose()
}

/// People are seen through where they belong to, and everybody sees themselves.
fn own(seen: &Scope<'_>) -> Result<Condition, Error> {
    let mut any = Condition::any().add(row::Column::Id.in_subquery(membership::people(seen)?));
    for one in seen.rows.parts() {
        match one {
            // Also those who belong to nothing yet.
            Visible::Everything => any = any.add(Expr::value(true)),
            Visible::Person(id) => any = any.add(row::Column::Id.eq(id.0)),
            _ => {}
        }
    }
    Ok(any)
}

pub(crate) fn read(row: row::Model) -> Result<Person, Error> {
    Ok(Person {
        id: row.id,
        login: row.login,
        name: row.name,
        phone: row.phone,
        mail: row.mail,
        password: row.password,
        password_set: row.password_set_at.map(timestamp).transpose()?,
        must_change_password: row.must_change_password,
        second_factor: row.second_factor,
        second_factor_since: row.second_factor_since.map(timestamp).transpose()?,
        second_factor_step: row.second_factor_step,
        failed: row.failed,
        failed_at: row.failed_at.map(timestamp).transpose()?,
        locked_until: row.locked_until.map(timestamp).transpose()?,
        disabled: row.disabled_at.map(timestamp).transpose()?,
        erasure_asked: row.erasure_asked_at.map(timestamp).transpose()?,
        erasure_asked_by: row.erasure_asked_by,
        erased: row.erased_at.map(timestamp).transpose()?,
        created: timestamp(row.created_at)?,
        version: row.version,
    })
}
