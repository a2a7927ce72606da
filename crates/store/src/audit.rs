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
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

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

/// Where the chain ends.
pub async fn head(unit: &Unit) -> Result<Head, Error> {
    match end::Entity::find_by_id(1i64).one(unit.connection()).await? {
        Some(row) => Ok(Head { seq: row.seq, hash: hash(&row.hash)? }),
        None => Ok(Head::NONE),
    }
}

/// Where the chain ends, held until the unit ends, so that no two records follow the same one.
async fn locked_head(unit: &Unit) -> Result<Head, Error> {
    let first = end::ActiveModel { one: Set(1), seq: Set(0), hash: Set(Hash::NONE.0.to_vec()) };
    end::Entity::insert(first)
        .on_conflict(OnConflict::column(end::Column::One).do_nothing().to_owned())
        .exec_without_returning(unit.connection())
        .await?;
    let mut select = end::Entity::find_by_id(1i64);
    if unit.engine() == Engine::Postgres {
        select = select.lock_exclusive();
    }
    let row = select
        .one(unit.connection())
        .await?
        .ok_or_else(|| Error::Damaged("no head of the audit chain".into()))?;
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

/// A page of records, the newest first. A row that cannot be read is an error: it was not written so.
pub async fn list(unit: &Unit, wanted: &Wanted, page: Page) -> Result<Listed<Linked>, Error> {
    let select = chosen(wanted)?;
    let total = select.clone().count(unit.connection()).await?;
    let rows = select
        .order_by_desc(row::Column::Seq)
        .offset(page.skip)
        .limit(page.take)
        .all(unit.connection())
        .await?;
    Ok(Listed {
        rows: with_personal(unit, rows).await?.into_iter().collect::<Result<_, _>>()?,
        total,
    })
}

/// What lies at a place of the chain, whether it can be read or not.
pub type Found = Result<Linked, Error>;

/// The records after a number, in order, at most so many: for reading the whole chain part by part.
pub async fn after(unit: &Unit, seq: i64, most: u64) -> Result<Vec<(i64, Found)>, Error> {
    let rows = row::Entity::find()
        .filter(row::Column::Seq.gt(seq))
        .order_by_asc(row::Column::Seq)
        .limit(most)
        .all(unit.connection())
        .await?;
    let numbers: Vec<i64> = rows.iter().map(|row| row.seq).collect();
    Ok(numbers.into_iter().zip(with_personal(unit, rows).await?).collect())
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

/// All seals in order: one a day.
pub async fn seals(unit: &Unit) -> Result<Vec<DaySeal>, Error> {
    let rows = seal::Entity::find().order_by_asc(seal::Column::Day).all(unit.connection()).await?;
    rows.into_iter().map(read_seal).collect()
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

async fn with_personal(unit: &Unit, rows: Vec<row::Model>) -> Result<Vec<Found>, Error> {
    let mut apart = std::collections::HashMap::new();
    let with: Vec<i64> =
        rows.iter().filter(|row| row.commitment.is_some()).map(|row| row.seq).collect();
    for part in with.chunks(10_000) {
        let found = personal::Entity::find()
            .filter(personal::Column::Seq.is_in(part.iter().copied()))
            .all(unit.connection())
            .await?;
        apart.extend(found.into_iter().map(|row| (row.seq, row)));
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let personal = apart.remove(&row.seq);
            read(row, personal)
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
