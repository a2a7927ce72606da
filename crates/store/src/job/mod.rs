//! Jobs: work that is asked for in the same unit as the change that needs it, and done later, at least once.
//!
//! A worker holds a job for a while and says again and again that it still does. A worker that dies says nothing
//! more, so that its job falls back to whoever looks next.

mod control;
mod list;
mod work;

use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::TryInsertResult;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::database::Unit;
use crate::error::Error;
use crate::time::{instant, timestamp};

pub use control::{cancel, forget, retry};
pub use list::{counts, find, get, last_ended, list};
pub use work::{End, Progress, bring_back, bury, end, progress, take};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "job")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub kind: String,
        pub payload: String,
        pub state: String,
        pub only_one: Option<String>,
        pub attempts: i64,
        pub attempts_allowed: i64,
        pub run_at: Instant,
        pub held_by: Option<String>,
        pub held_until: Option<Instant>,
        pub cancel_asked: bool,
        pub done: i64,
        pub of: Option<i64>,
        pub note: Option<String>,
        pub result: Option<String>,
        pub failure: Option<String>,
        pub asked_by: Option<i64>,
        pub created_at: Instant,
        pub started_at: Option<Instant>,
        pub finished_at: Option<Instant>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far a job has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// It waits for its time, for the first time or again.
    Waiting,
    /// A worker holds it.
    Running,
    /// It is done.
    Done,
    /// It failed as often as it may: somebody has to look.
    Dead,
    /// Somebody cancelled it.
    Cancelled,
}

impl State {
    /// All of them.
    pub const ALL: [State; 5] =
        [State::Waiting, State::Running, State::Done, State::Dead, State::Cancelled];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Running => "running",
            State::Done => "done",
            State::Dead => "dead",
            State::Cancelled => "cancelled",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// What is to be done.
    pub kind: String,
    /// With what: JSON.
    pub payload: String,
    /// How far it has come.
    pub state: State,
    /// How often it was begun.
    pub attempts: i64,
    /// How often it may be begun.
    pub attempts_allowed: i64,
    /// When it may begin.
    pub run_at: Timestamp,
    /// The worker that holds it.
    pub held_by: Option<String>,
    /// Until when it is held.
    pub held_until: Option<Timestamp>,
    /// Whether somebody wants it to stop.
    pub cancel_asked: bool,
    /// How many parts are done.
    pub done: i64,
    /// How many parts there are, if that is known.
    pub of: Option<i64>,
    /// What it is at.
    pub note: Option<String>,
    /// What came out: JSON.
    pub result: Option<String>,
    /// Why it failed last.
    pub failure: Option<String>,
    /// Who asked for it; nobody for what a schedule asks for.
    pub asked_by: Option<i64>,
    /// When it was asked for.
    pub created: Timestamp,
    /// When it began last.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub finished: Option<Timestamp>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// What is to be done.
    pub kind: &'a str,
    /// With what: JSON.
    pub payload: &'a str,
    /// At most one unfinished job has this key: a second one is not made.
    pub only_one: Option<&'a str>,
    /// How often it may be begun.
    pub attempts_allowed: i64,
    /// When it may begin.
    pub run_at: Timestamp,
    /// Who asks for it.
    pub asked_by: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// Asks for a job, in the unit of the change that needs it. Nothing if an unfinished one has the same key.
pub async fn ask(unit: &Unit, new: &New<'_>) -> Result<Option<i64>, Error> {
    let draft = row::ActiveModel {
        kind: Set(new.kind.to_owned()),
        payload: Set(new.payload.to_owned()),
        state: Set(State::Waiting.code().to_owned()),
        only_one: Set(new.only_one.map(str::to_owned)),
        attempts: Set(0),
        attempts_allowed: Set(new.attempts_allowed),
        run_at: Set(instant(new.run_at)?),
        cancel_asked: Set(false),
        done: Set(0),
        asked_by: Set(new.asked_by),
        created_at: Set(instant(new.at)?),
        ..Default::default()
    };
    // In one statement: another unit may ask at the same time, and a refusal would be the end of this one.
    let asked = row::Entity::insert(draft)
        .on_conflict(OnConflict::column(row::Column::OnlyOne).do_nothing().to_owned())
        .try_insert()
        .exec(unit.connection())
        .await?;
    Ok(match asked {
        TryInsertResult::Inserted(asked) => Some(asked.last_insert_id),
        TryInsertResult::Conflicted | TryInsertResult::Empty => None,
    })
}

pub(crate) fn read(row: row::Model) -> Result<Job, Error> {
    let state = State::from_code(&row.state)
        .ok_or_else(|| Error::Damaged(format!("job {} has the state `{}`", row.id, row.state)))?;
    Ok(Job {
        id: row.id,
        kind: row.kind,
        payload: row.payload,
        state,
        attempts: row.attempts,
        attempts_allowed: row.attempts_allowed,
        run_at: timestamp(row.run_at)?,
        held_by: row.held_by,
        held_until: row.held_until.map(timestamp).transpose()?,
        cancel_asked: row.cancel_asked,
        done: row.done,
        of: row.of,
        note: row.note,
        result: row.result,
        failure: row.failure,
        asked_by: row.asked_by,
        created: timestamp(row.created_at)?,
        started: row.started_at.map(timestamp).transpose()?,
        finished: row.finished_at.map(timestamp).transpose()?,
    })
}
