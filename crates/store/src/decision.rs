//! Decisions with everything that it takes to come to the same answer again. None is ever changed.

use access::Visible;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue::Set, QueryOrder};

use crate::database::Unit;
use crate::error::Error;
use crate::organisation;
use crate::page::{Listed, Page, listed};
use crate::scope::Scope;
use crate::time::{date, day, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::{Day, Instant};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "decision")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub organisation_id: i64,
        pub subject: String,
        pub programme: String,
        pub purpose: String,
        pub as_of: Day,
        pub base_year: i64,
        pub rulebook: String,
        pub semantics: i64,
        pub snapshot: Option<String>,
        pub journal: Option<i64>,
        pub facts: String,
        pub verdict: String,
        pub answer: String,
        pub answer_hash: String,
        pub by_person: Option<i64>,
        pub at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Its number; 0 before it is recorded.
    pub id: i64,
    /// The organisation that made it.
    pub organisation: i64,
    /// The subject's code.
    pub subject: String,
    /// The programme.
    pub programme: String,
    /// What it was judged for.
    pub purpose: String,
    /// The day that was judged.
    pub as_of: Date,
    /// The base year.
    pub base_year: i16,
    /// The hash of the rulebook.
    pub rulebook: String,
    /// The version of the meaning.
    pub semantics: i64,
    /// The snapshot of facts, if there was one.
    pub snapshot: Option<String>,
    /// How far the journal of single facts had come.
    pub journal: Option<i64>,
    /// The facts that were judged: JSON.
    pub facts: String,
    /// The verdict's code.
    pub verdict: String,
    /// The whole answer: JSON.
    pub answer: String,
    /// The hash of the answer.
    pub answer_hash: String,
    /// Who asked.
    pub by: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// Records a decision and gives its number.
pub async fn insert(unit: &Unit, decision: &Decision) -> Result<i64, Error> {
    let draft = row::ActiveModel {
        organisation_id: Set(decision.organisation),
        subject: Set(decision.subject.clone()),
        programme: Set(decision.programme.clone()),
        purpose: Set(decision.purpose.clone()),
        as_of: Set(day(decision.as_of)?),
        base_year: Set(i64::from(decision.base_year)),
        rulebook: Set(decision.rulebook.clone()),
        semantics: Set(decision.semantics),
        snapshot: Set(decision.snapshot.clone()),
        journal: Set(decision.journal),
        facts: Set(decision.facts.clone()),
        verdict: Set(decision.verdict.clone()),
        answer: Set(decision.answer.clone()),
        answer_hash: Set(decision.answer_hash.clone()),
        by_person: Set(decision.by),
        at: Set(instant(decision.at)?),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// A decision by its number, if it is visible.
pub async fn find(unit: &Unit, id: i64, seen: &Scope<'_>) -> Result<Option<Decision>, Error> {
    row::Entity::find_by_id(id)
        .filter(own(seen)?)
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// A page of decisions that are visible, the newest first.
pub async fn list(
    unit: &Unit,
    subject: Option<&str>,
    seen: &Scope<'_>,
    page: Page,
) -> Result<Listed<Decision>, Error> {
    let mut select = row::Entity::find().filter(own(seen)?);
    if let Some(subject) = subject {
        select = select.filter(row::Column::Subject.eq(subject));
    }
    listed(unit, select.order_by_desc(row::Column::Id), page, read).await
}

fn own(seen: &Scope<'_>) -> Result<Condition, Error> {
    let mut any = Condition::any()
        .add(row::Column::OrganisationId.in_subquery(organisation::visible_ids(seen)?));
    for part in seen.rows.parts() {
        if let Visible::Person(id) = part {
            any = any.add(row::Column::ByPerson.eq(id.0));
        }
    }
    Ok(any)
}

pub(crate) fn read(row: row::Model) -> Result<Decision, Error> {
    let base_year = i16::try_from(row.base_year).map_err(|_| {
        Error::Damaged(format!("decision {} has the base year {}", row.id, row.base_year))
    })?;
    Ok(Decision {
        id: row.id,
        organisation: row.organisation_id,
        subject: row.subject,
        programme: row.programme,
        purpose: row.purpose,
        as_of: date(row.as_of)?,
        base_year,
        rulebook: row.rulebook,
        semantics: row.semantics,
        snapshot: row.snapshot,
        journal: row.journal,
        facts: row.facts,
        verdict: row.verdict,
        answer: row.answer,
        answer_hash: row.answer_hash,
        by: row.by_person,
        at: timestamp(row.at)?,
    })
}
