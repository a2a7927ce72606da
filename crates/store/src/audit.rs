//! The chain of audit records, its seals, and the personal data that stands beside it. Records are appended in
//! the unit of what they record, and never changed.

use ::audit::{
    Act, Actor, DaySeal, Details, Draft, Hash, Head, Linked, Object, Personal, Record,
    append as link,
};
use crypto::Digest;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, FromQueryResult, QueryOrder, QuerySelect, QueryTrait,
};

use crate::database::Unit;
use crate::engine::Engine;
use crate::error::Error;
use crate::page::{Listed, Page};
use crate::time::{date, day, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_record")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub at: Instant,
        pub person_id: Option<i64>,
        pub way: String,
        pub organisation_id: Option<i64>,
        pub action: String,
        pub object_kind: String,
        pub object_id: String,
        pub outcome: String,
        pub origin: Option<String>,
        pub request: Option<String>,
        pub rulebook: Option<String>,
        pub details: String,
        pub commitment: Option<Vec<u8>>,
        pub digest: String,
        pub previous: Vec<u8>,
        pub hash: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Personal data, by the number of its record.
pub(crate) mod personal {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_personal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub salt: Vec<u8>,
        pub said: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where the chain ends.
pub(crate) mod end {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub one: i64,
        pub seq: i64,
        pub hash: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Seals of days.
pub(crate) mod seal {
    use sea_orm::entity::prelude::*;

    use crate::time::{Day, Instant};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_seal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Day,
        pub last_seq: i64,
        pub last_hash: Vec<u8>,
        pub records: i64,
        pub previous: Vec<u8>,
        pub keyed: String,
        pub tag: Vec<u8>,
        pub made_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Appends a record in the unit of what it records. Others who record wait until this unit ends: call it last.
pub async fn append(unit: &Unit, draft: Draft, digest: &dyn Digest) -> Result<Record, Error> {
    let head = locked_head(unit).await?;
    let (linked, head) = link(&head, draft, digest);
    let Linked { record, personal, digest, previous, hash } = linked;
    let act = &record.act;
    let entered = row::ActiveModel {
        seq: Set(record.seq),
        at: Set(instant(act.at)?),
        person_id: Set(act.actor.person),
        way: Set(act.actor.how.as_str().to_owned()),
        organisation_id: Set(act.organisation),
        action: Set(act.action.clone()),
        object_kind: Set(act.object.kind.clone()),
        object_id: Set(act.object.id.clone()),
        outcome: Set(act.outcome.as_str().to_owned()),
        origin: Set(act.origin.clone()),
        request: Set(act.request.clone()),
        rulebook: Set(act.rulebook.clone()),
        details: Set(act.details.as_str().to_owned()),
        commitment: Set(record.personal.map(|commitment| commitment.0.to_vec())),
        digest: Set(digest),
        previous: Set(previous.0.to_vec()),
        hash: Set(hash.0.to_vec()),
    };
    row::Entity::insert(entered).exec_without_returning(unit.connection()).await?;
    if let Some(personal) = personal {
        let apart = personal::ActiveModel {
            seq: Set(record.seq),
            salt: Set(personal.salt.0.to_vec()),
            said: Set(personal.text),
        };
        personal::Entity::insert(apart).exec_without_returning(unit.connection()).await?;
    }
    end::Entity::update_many()
        .col_expr(end::Column::Seq, head.seq.into())
        .col_expr(end::Column::Hash, head.hash.0.to_vec().into())
        .exec(unit.connection())
        .await?;
    Ok(record)
}

/// Where the chain ends. [`Error::Damaged`] if there are records, but nothing says which is the last.
pub async fn head(unit: &Unit) -> Result<Head, Error> {
    match (kept_head(unit).await?, last_seq(unit).await?) {
        (Some(head), _) => Ok(head),
        (None, None) => Ok(Head::NONE),
        (None, Some(_)) => Err(headless()),
    }
}

/// The ends of the chain for a check, in one state of the database: which record should be the last, if that is said
/// and can be read, and the number of the last that is there. They differ only if somebody interfered.
pub async fn ends(unit: &Unit) -> Result<(Option<Head>, i64), Error> {
    let last = last_seq(unit).await?;
    let head = match kept_head(unit).await {
        Err(Error::Damaged(_)) => None,
        other => other?,
    };
    // Nothing was recorded yet.
    let head = if last.is_none() { head.or(Some(Head::NONE)) } else { head };
    Ok((head, last.unwrap_or_default()))
}

async fn kept_head(unit: &Unit) -> Result<Option<Head>, Error> {
    let row = end::Entity::find_by_id(1i64).one(unit.connection()).await?;
    row.map(|row| Ok(Head { seq: row.seq, hash: hash(&row.hash)? })).transpose()
}

/// The highest number of a record. What is no number is not one of ours.
async fn last_seq(unit: &Unit) -> Result<Option<i64>, Error> {
    let last = row::Entity::find()
        .select_only()
        .column(row::Column::Seq)
        .filter(row::Column::Seq.lte(i64::MAX))
        .order_by_desc(row::Column::Seq)
        .limit(1)
        .into_tuple()
        .one(unit.connection())
        .await?;
    Ok(last)
}

fn headless() -> Error {
    Error::Damaged("the audit chain has records, but nothing says which is the last".into())
}

/// Where the chain ends, held until the unit ends, so that no two records follow the same one.
async fn locked_head(unit: &Unit) -> Result<Head, Error> {
    let mut select = end::Entity::find_by_id(1i64);
    if unit.engine() == Engine::Postgres {
        select = select.lock_exclusive();
    }
    if let Some(row) = select.clone().one(unit.connection()).await? {
        return Ok(Head { seq: row.seq, hash: hash(&row.hash)? });
    }
    let first = end::ActiveModel { one: Set(1), seq: Set(0), hash: Set(Hash::NONE.0.to_vec()) };
    let made = end::Entity::insert(first)
        .on_conflict(OnConflict::column(end::Column::One).do_nothing().to_owned())
        .exec_without_returning(unit.connection())
        .await?;
    // Only the first record of all has no head before it; a head that was taken away is not made up.
    if made == 1 && last_seq(unit).await?.is_some() {
        return Err(headless());
    }
    let row = select.one(unit.connection()).await?.ok_or_else(headless)?;
    Ok(Head { seq: row.seq, hash: hash(&row.hash)? })
}

/// Which records are wanted; `None` is any.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Of this person.
    pub person: Option<i64>,
    /// With this action, or with these first letters if it ends with a dot.
    pub action: Option<String>,
    /// With this outcome.
    pub outcome: Option<::audit::Outcome>,
    /// About this kind of object, and this one.
    pub object: Option<(String, Option<String>)>,
    /// Of people other than these, and not of the system itself: what the security officer may see.
    pub but_of: Option<Vec<i64>>,
}

/// What lies at a place of the chain, whether it can be read or not. One that cannot was not written so.
pub type Found = Result<Linked, Error>;

/// A page of records by their numbers, the newest first.
pub async fn list(unit: &Unit, wanted: &Wanted, page: Page) -> Result<Listed<(i64, Found)>, Error> {
    let select = chosen(wanted)?;
    let total = select.clone().count(unit.connection()).await?;
    let select =
        select.order_by_desc(row::Column::Seq).offset(page.skip).limit(page.take).into_query();
    Ok(Listed { rows: found(unit, &select).await?, total })
}

/// The records after a number, in order, at most so many: for reading the whole chain part by part.
pub async fn after(unit: &Unit, seq: i64, most: u64) -> Result<Vec<(i64, Found)>, Error> {
    let select = row::Entity::find()
        .filter(row::Column::Seq.gt(seq))
        .order_by_asc(row::Column::Seq)
        .limit(most)
        .into_query();
    found(unit, &select).await
}

/// The numbers of records about a person, or of what they did to other things than people, that have personal data,
/// in order. What they did to other people is those people's data, not theirs.
pub async fn personal_of(unit: &Unit, person: i64) -> Result<Vec<i64>, Error> {
    use sea_orm::sea_query::Condition;
    let of = Condition::any()
        .add(
            Condition::all()
                .add(row::Column::PersonId.eq(person))
                .add(row::Column::ObjectKind.ne("person")),
        )
        .add(
            Condition::all()
                .add(row::Column::ObjectKind.eq("person"))
                .add(row::Column::ObjectId.eq(person.to_string())),
        );
    let rows: Vec<i64> = row::Entity::find()
        .select_only()
        .column(row::Column::Seq)
        .filter(of)
        .filter(row::Column::Commitment.is_not_null())
        .order_by_asc(row::Column::Seq)
        .into_tuple()
        .all(unit.connection())
        .await?;
    Ok(rows)
}

/// Erases the personal data of records and says of how many it was there.
pub async fn erase_personal(unit: &Unit, records: &[i64]) -> Result<u64, Error> {
    let mut erased = 0;
    // Few enough values for each engine's limit.
    for part in records.chunks(10_000) {
        let done = personal::Entity::delete_many()
            .filter(personal::Column::Seq.is_in(part.iter().copied()))
            .exec(unit.connection())
            .await?;
        erased += done.rows_affected;
    }
    Ok(erased)
}

/// Keeps a seal. One of the same day is there already: [`Error::Taken`].
pub async fn keep_seal(unit: &Unit, sealed: &DaySeal, at: Timestamp) -> Result<(), Error> {
    let entered = seal::ActiveModel {
        day: Set(day(sealed.day)?),
        last_seq: Set(sealed.last),
        last_hash: Set(sealed.hash.0.to_vec()),
        records: Set(sealed.count),
        previous: Set(sealed.previous.0.to_vec()),
        keyed: Set(sealed.mac.clone()),
        tag: Set(sealed.tag.0.to_vec()),
        made_at: Set(instant(at)?),
    };
    seal::Entity::insert(entered).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// All seals in order, one a day, whether they can be read or not; with the day where that can be.
pub async fn seals(unit: &Unit) -> Result<Vec<(Option<Date>, Result<DaySeal, Error>)>, Error> {
    let select = seal::Entity::find().order_by_asc(seal::Column::Day).into_query();
    let rows = unit.connection().query_all(&select).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let of = row.try_get("", "day").ok().and_then(|day| date(day).ok());
            let read = seal::Model::from_query_result(&row, "").map_err(Error::from);
            (of, read.and_then(read_seal))
        })
        .collect())
}

/// The newest seal.
pub async fn last_seal(unit: &Unit) -> Result<Option<DaySeal>, Error> {
    let last = seal::Entity::find()
        .order_by_desc(seal::Column::Day)
        .limit(1)
        .one(unit.connection())
        .await?;
    last.map(read_seal).transpose()
}

/// How far the chain had come by the end of a day: its last record before an instant.
pub async fn head_before(unit: &Unit, end: Timestamp) -> Result<Head, Error> {
    let last = row::Entity::find()
        .filter(row::Column::At.lt(instant(end)?))
        .order_by_desc(row::Column::Seq)
        .limit(1)
        .one(unit.connection())
        .await?;
    match last {
        Some(row) => Ok(Head { seq: row.seq, hash: hash(&row.hash)? }),
        None => Ok(Head::NONE),
    }
}

/// The day that a record is of, in words of the calendar.
pub fn day_of(record: &Record) -> Date {
    ::audit::day_of(record.act.at)
}

fn chosen(wanted: &Wanted) -> Result<Select<row::Entity>, Error> {
    let mut select = row::Entity::find();
    if let Some(from) = wanted.from {
        select = select.filter(row::Column::At.gte(instant(from)?));
    }
    if let Some(until) = wanted.until {
        select = select.filter(row::Column::At.lt(instant(until)?));
    }
    if let Some(person) = wanted.person {
        select = select.filter(row::Column::PersonId.eq(person));
    }
    if let Some(action) = &wanted.action {
        select = match action.strip_suffix('.') {
            // The codes of actions have no sign that means something to `LIKE`.
            Some(noun) if noun.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-') => {
                select.filter(row::Column::Action.starts_with(action.as_str()))
            }
            _ => select.filter(row::Column::Action.eq(action.as_str())),
        };
    }
    if let Some(outcome) = wanted.outcome {
        select = select.filter(row::Column::Outcome.eq(outcome.as_str()));
    }
    if let Some((kind, id)) = &wanted.object {
        select = select.filter(row::Column::ObjectKind.eq(kind.as_str()));
        if let Some(id) = id {
            select = select.filter(row::Column::ObjectId.eq(id.as_str()));
        }
    }
    if let Some(people) = &wanted.but_of {
        select = select
            .filter(row::Column::PersonId.is_not_null())
            .filter(row::Column::PersonId.is_not_in(people.iter().copied()));
    }
    Ok(select)
}

/// The rows that a query finds, each by itself: one that cannot be read hides no other.
async fn found(unit: &Unit, select: &SelectStatement) -> Result<Vec<(i64, Found)>, Error> {
    let rows = unit.connection().query_all(select).await?;
    let models: Vec<(i64, Result<row::Model, Error>)> = rows
        .iter()
        .map(|row| {
            // What has no number stands behind all that have one.
            let seq = row.try_get("", "seq").unwrap_or(i64::MAX);
            (seq, row::Model::from_query_result(row, "").map_err(Error::from))
        })
        .collect();
    let with: Vec<i64> = models
        .iter()
        .filter(|(_, row)| row.as_ref().is_ok_and(|row| row.commitment.is_some()))
        .map(|(seq, _)| *seq)
        .collect();
    let mut apart = std::collections::HashMap::new();
    for part in with.chunks(10_000) {
        let select = personal::Entity::find()
            .filter(personal::Column::Seq.is_in(part.iter().copied()))
            .into_query();
        for row in unit.connection().query_all(&select).await? {
            let read = personal::Model::from_query_result(&row, "").map_err(Error::from);
            apart.insert(row.try_get::<i64>("", "seq")?, read);
        }
    }
    Ok(models
        .into_iter()
        .map(|(seq, row)| {
            let personal = apart.remove(&seq).transpose();
            (seq, row.and_then(|row| read(row, personal?)))
        })
        .collect())
}

pub(crate) fn read(row: row::Model, apart: Option<personal::Model>) -> Found {
    let seq = row.seq;
    let damaged = |what: String| Error::Damaged(format!("audit record {seq}: {what}"));
    let act = Act {
        at: timestamp(row.at)?,
        actor: Actor { person: row.person_id, how: row.way.parse().map_err(damaged)? },
        organisation: row.organisation_id,
        action: row.action,
        object: Object { kind: row.object_kind, id: row.object_id },
        outcome: row.outcome.parse().map_err(damaged)?,
        origin: row.origin,
        request: row.request,
        rulebook: row.rulebook,
        details: Details::stored(row.details),
    };
    let personal = match apart {
        Some(apart) => Some(Personal { salt: hash(&apart.salt)?, text: apart.said }),
        None => None,
    };
    let commitment = row.commitment.as_deref().map(hash).transpose()?;
    Ok(Linked {
        record: Record { seq, act, personal: commitment },
        personal,
        digest: row.digest,
        previous: hash(&row.previous)?,
        hash: hash(&row.hash)?,
    })
}

pub(crate) fn read_seal(row: seal::Model) -> Result<DaySeal, Error> {
    Ok(DaySeal {
        day: date(row.day)?,
        last: row.last_seq,
        hash: hash(&row.last_hash)?,
        count: row.records,
        previous: hash(&row.previous)?,
        mac: row.keyed,
        tag: hash(&row.tag)?,
    })
}

fn hash(bytes: &[u8]) -> Result<Hash, Error> {
    bytes
        .try_into()
        .map(Hash)
        .map_err(|_| Error::Damaged(format!("a hash of {} bytes", bytes.len())))
}
