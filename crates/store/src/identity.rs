//! Who a person is at a provider of identities (统一认证), and sign-ins there that are under way.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use crate::database::Unit;
use crate::error::Error;
use crate::time::{instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "identity")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub issuer: String,
        pub subject: String,
        pub created_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Sign-ins under way.
pub(crate) mod flow {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_flow")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub state_hash: String,
        pub sealed: Vec<u8>,
        pub created_at: Instant,
        pub expires_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An account at a provider that is linked to a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The number of the link.
    pub id: i64,
    /// The provider.
    pub issuer: String,
    /// Who they are there. Personal.
    pub subject: String,
    /// Since when.
    pub since: Timestamp,
}

/// Says that somebody at a provider is this person. A subject is one person's: else [`Error::Taken`].
pub async fn link(
    unit: &Unit,
    person: i64,
    issuer: &str,
    subject: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let draft = row::ActiveModel {
        person_id: Set(person),
        issuer: Set(issuer.to_owned()),
        subject: Set(subject.to_owned()),
        created_at: Set(instant(at)?),
        ..Default::default()
    };
    draft.insert(unit.connection()).await?;
    Ok(())
}

/// The accounts at providers that are linked to a person, the oldest first.
pub async fn of_person(unit: &Unit, person: i64) -> Result<Vec<Identity>, Error> {
    let found = row::Entity::find()
        .filter(row::Column::PersonId.eq(person))
        .order_by_asc(row::Column::Id)
        .all(unit.connection())
        .await?;
    found
        .into_iter()
        .map(|row| {
            let since = timestamp(row.created_at)?;
            Ok(Identity { id: row.id, issuer: row.issuer, subject: row.subject, since })
        })
        .collect()
}

/// Says that one of a person's links holds no more, and gives it; none if it is not theirs.
pub async fn unlink_one(unit: &Unit, person: i64, id: i64) -> Result<Option<String>, Error> {
    let found = row::Entity::find_by_id(id)
        .filter(row::Column::PersonId.eq(person))
        .one(unit.connection())
        .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let done = row::Entity::delete_by_id(id).exec(unit.connection()).await?;
    Ok((done.rows_affected == 1).then_some(found.issuer))
}

/// Says that none of a person's links holds any more, and how many there were.
pub async fn unlink(unit: &Unit, person: i64) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Who somebody at a provider is.
pub async fn person_of(unit: &Unit, issuer: &str, subject: &str) -> Result<Option<i64>, Error> {
    let found = row::Entity::find()
        .filter(row::Column::Issuer.eq(issuer))
        .filter(row::Column::Subject.eq(subject))
        .one(unit.connection())
        .await?;
    Ok(found.map(|row| row.person_id))
}

/// Keeps what a sign-in under way has to remember, sealed, and forgets those that took too long.
pub async fn begin(
    unit: &Unit,
    state_hash: &str,
    sealed: Vec<u8>,
    at: Timestamp,
    expires: Timestamp,
) -> Result<(), Error> {
    let now = instant(at)?;
    flow::Entity::delete_many()
        .filter(flow::Column::ExpiresAt.lt(now))
        .exec(unit.connection())
        .await?;
    let draft = flow::ActiveModel {
        state_hash: Set(state_hash.to_owned()),
        sealed: Set(sealed),
        created_at: Set(now),
        expires_at: Set(instant(expires)?),
    };
    flow::Entity::insert(draft).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// Takes what a sign-in under way remembered, once.
pub async fn finish(
    unit: &Unit,
    state_hash: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Error> {
    let found = flow::Entity::find_by_id(state_hash.to_owned()).one(unit.connection()).await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let done = flow::Entity::delete_by_id(state_hash.to_owned()).exec(unit.connection()).await?;
    Ok((done.rows_affected == 1 && found.expires_at > instant(now)?).then_some(found.sealed))
}
