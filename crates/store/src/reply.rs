//! Answers to requests that must not be done twice, each under the key that its caller gave it.

use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use crate::database::{Unit, once};
use crate::error::Error;
use crate::time::instant;

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reply")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub token_id: i64,
        pub key: String,
        pub request: String,
        pub status: Option<i64>,
        pub answer: Option<Vec<u8>>,
        pub created_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Under which key something is done, and what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// Who asks.
    pub person: i64,
    /// With which token: each has keys of its own.
    pub token: i64,
    /// The digest of the key.
    pub key: String,
    /// The digest of everything that is asked.
    pub request: String,
}

/// What was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// The digest of what was asked.
    pub request: String,
    /// The status of the answer.
    pub status: i64,
    /// The answer, sealed.
    pub answer: Vec<u8>,
}

/// Enters a key in the unit in which something is to be done. [`Error::Taken`] if it has been done; whoever does it at
/// this moment is waited for. A key from before `since` counts no more.
pub async fn claim(unit: &Unit, key: &Key, at: Timestamp, since: Timestamp) -> Result<(), Error> {
    row::Entity::delete_many()
        .filter(row::Column::TokenId.eq(key.token))
        .filter(row::Column::Key.eq(&*key.key))
        .filter(row::Column::CreatedAt.lt(instant(since)?))
        .exec(unit.connection())
        .await?;
    let draft = row::ActiveModel {
        person_id: Set(key.person),
        token_id: Set(key.token),
        key: Set(key.key.clone()),
        request: Set(key.request.clone()),
        status: Set(None),
        answer: Set(None),
        created_at: Set(instant(at)?),
        ..Default::default()
    };
    row::Entity::insert(draft).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// Keeps the answer beside the key, in the same unit.
pub async fn keep(unit: &Unit, key: &Key, status: i64, answer: Vec<u8>) -> Result<(), Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::Status, Some(status).into())
        .col_expr(row::Column::Answer, Some(answer).into())
        .filter(row::Column::TokenId.eq(key.token))
        .filter(row::Column::Key.eq(&*key.key))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// What was answered under a key since an instant.
pub async fn find(
    unit: &Unit,
    token: i64,
    key: &str,
    since: Timestamp,
) -> Result<Option<Reply>, Error> {
    let found = row::Entity::find()
        .filter(row::Column::TokenId.eq(token))
        .filter(row::Column::Key.eq(key))
        .filter(row::Column::CreatedAt.gte(instant(since)?))
        .one(unit.connection())
        .await?;
    found
        .map(|row| match (row.status, row.answer) {
            (Some(status), Some(answer)) => Ok(Reply { request: row.request, status, answer }),
            _ => Err(Error::Damaged(format!("reply {} has no answer", row.id))),
        })
        .transpose()
}

/// Forgets the answers from before an instant, and says how many.
pub async fn forget(unit: &Unit, before: Timestamp) -> Result<u64, Error> {
    let old = row::Column::CreatedAt.lt(instant(before)?);
    let done = row::Entity::delete_many().filter(old).exec(unit.connection()).await?;
    Ok(done.rows_affected)
}

/// Forgets everything that a person was answered.
pub async fn erase(unit: &Unit, person: i64) -> Result<u64, Error> {
    let theirs = row::Column::PersonId.eq(person);
    let done = row::Entity::delete_many().filter(theirs).exec(unit.connection()).await?;
    Ok(done.rows_affected)
}
