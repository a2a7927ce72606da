//! Sessions of people who signed in. What the browser holds is a secret; here lies its hash.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use crate::database::{Unit, once};
use crate::error::Error;
use crate::time::{Instant, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub secret_hash: String,
        pub form_secret: String,
        pub person_id: i64,
        pub created_at: Instant,
        pub seen_at: Instant,
        pub expires_at: Instant,
        pub ended_at: Option<Instant>,
        pub second_factor_at: Option<Instant>,
        pub way: String,
        pub address: String,
        pub agent: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A session.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub id: i64,
    /// Who signed in.
    pub person: i64,
    /// The text that forms carry, so that no other site can send them.
    pub form_secret: String,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// When it was ended.
    pub ended: Option<Timestamp>,
    /// When the second factor was given.
    pub second_factor: Option<Timestamp>,
    /// How the person signed in: `password` or the issuer of an identity.
    pub way: String,
    /// From where.
    pub address: String,
    /// With which browser, as it says.
    pub agent: String,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Session")
            .field("id", &self.id)
            .field("person", &self.person)
            .finish_non_exhaustive()
    }
}

/// What a new session is.
#[derive(Clone, Copy)]
pub struct New<'a> {
    /// Who signed in.
    pub person: i64,
    /// The hash of the browser's secret.
    pub secret_hash: &'a str,
    /// The text that forms carry.
    pub form_secret: &'a str,
    /// When it begins.
    pub at: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// When the second factor was given.
    pub second_factor: Option<Timestamp>,
    /// How the person signed in.
    pub way: &'a str,
    /// From where.
    pub address: &'a str,
    /// With which browser.
    pub agent: &'a str,
}

/// Begins a session and gives its number.
pub async fn insert(unit: &Unit, new: &New<'_>) -> Result<i64, Error> {
    let at = instant(new.at)?;
    let draft = row::ActiveModel {
        secret_hash: Set(new.secret_hash.to_owned()),
        form_secret: Set(new.form_secret.to_owned()),
        person_id: Set(new.person),
        created_at: Set(at),
        seen_at: Set(at),
        expires_at: Set(instant(new.expires)?),
        ended_at: Set(None),
        second_factor_at: Set(new.second_factor.map(instant).transpose()?),
        way: Set(new.way.to_owned()),
        address: Set(new.address.to_owned()),
        agent: Set(new.agent.to_owned()),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// The session of a secret, if it is under way.
pub async fn by_secret(
    unit: &Unit,
    secret_hash: &str,
    now: Timestamp,
) -> Result<Option<Session>, Error> {
    let found = row::Entity::find()
        .filter(row::Column::SecretHash.eq(secret_hash))
        .filter(row::Column::EndedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(instant(now)?))
        .one(unit.connection())
        .await?;
    found.map(read).transpose()
}

/// Sessions of a person that are under way, the one used last first.
pub async fn of_person(unit: &Unit, person: i64, now: Timestamp) -> Result<Vec<Session>, Error> {
    let rows = row::Entity::find()
        .filter(row::Column::PersonId.eq(person))
        .filter(row::Column::EndedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(instant(now)?))
        .order_by_desc(row::Column::SeenAt)
        .order_by_desc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Whether a person has ever signed in, as far as sessions are kept.
pub async fn has_ever_begun(unit: &Unit, person: i64) -> Result<bool, Error> {
    let any = row::Entity::find().filter(row::Column::PersonId.eq(person)).limit(1);
    Ok(any.one(unit.connection()).await?.is_some())
}

/// Notes that a session is in use, which moves its end.
pub async fn touch(unit: &Unit, id: i64, at: Timestamp, expires: Timestamp) -> Result<(), Error> {
    row::Entity::update_many()
        .col_expr(row::Column::SeenAt, instant(at)?.into())
        .col_expr(row::Column::ExpiresAt, instant(expires)?.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Gives a session another secret, as whenever it comes to mean more than before, and notes the second factor.
pub async fn rotate(
    unit: &Unit,
    id: i64,
    secret_hash: &str,
    form_secret: &str,
    second_factor: Option<Timestamp>,
) -> Result<(), Error> {
    let second_factor: Option<Instant> = second_factor.map(instant).transpose()?;
    let done = row::Entity::update_many()
        .col_expr(row::Column::SecretHash, secret_hash.into())
        .col_expr(row::Column::FormSecret, form_secret.into())
        .col_expr(row::Column::SecondFactorAt, second_factor.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::EndedAt.is_null())
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Ends one session of a person. False if it is not theirs or has ended already.
pub async fn end(unit: &Unit, id: i64, person: i64, at: Timestamp) -> Result<bool, Error> {
    let done = ending(at)?
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends all sessions of a person but one, and says how many.
pub async fn end_all(
    unit: &Unit,
    person: i64,
    but: Option<i64>,
    at: Timestamp,
) -> Result<u64, Error> {
    let mut ending = ending(at)?.filter(row::Column::PersonId.eq(person));
    if let Some(but) = but {
        ending = ending.filter(row::Column::Id.ne(but));
    }
    Ok(ending.exec(unit.connection()).await?.rows_affected)
}

/// Erases all sessions of a person, with addresses and browsers, and says how many.
pub async fn erase(unit: &Unit, person: i64) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Forgets sessions that ended or expired before a day, and says how many.
pub async fn forget(unit: &Unit, before: Timestamp) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::ExpiresAt.lt(instant(before)?))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}

fn ending(at: Timestamp) -> Result<sea_orm::UpdateMany<row::Entity>, Error> {
    Ok(row::Entity::update_many()
        .col_expr(row::Column::EndedAt, Some::<Instant>(instant(at)?).into())
        .filter(row::Column::EndedAt.is_null()))
}

pub(crate) fn read(row: row::Model) -> Result<Session, Error> {
    Ok(Session {
        id: row.id,
        person: row.person_id,
        form_secret: row.form_secret,
        created: timestamp(row.created_at)?,
        seen: timestamp(row.seen_at)?,
        expires: timestamp(row.expires_at)?,
        ended: row.ended_at.map(timestamp).transpose()?,
        second_factor: row.second_factor_at.map(timestamp).transpose()?,
        way: row.way,
        address: row.address,
        agent: row.agent,
    })
}
