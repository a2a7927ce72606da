//! Jobs: work that is asked for in the same unit as the change that needs it, and done later, at least once.
//!
//! A worker holds a job for a while and says again and again that it still does. A worker that dies says nothing
//! more, so that its job falls back to whoever looks next.

use access::Visible;
use jiff::{SignedDuration, Timestamp};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, ExprTrait, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, TryInsertResult};

use crate::database::{Unit, once};
use crate::engine::Engine;
use crate::error::Error;
use crate::page::{Listed, Page, listed};
use crate::scope::Scope;
use crate::time::{Instant, instant, timestamp};

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

/// Takes the job that is due longest and that nobody holds, of the kinds that the worker can do. One that was begun as
/// often as it may be is never given out again: see [`bury`].
pub async fn take(
    unit: &Unit,
    worker: &str,
    kinds: &[&str],
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Job>, Error> {
    let at = instant(now)?;
    let mut due = Query::select();
    due.column(row::Column::Id)
        .from(row::Entity)
        .and_where(row::Column::Kind.is_in(kinds.iter().copied()))
        .and_where(Expr::col(row::Column::Attempts).lt(Expr::col(row::Column::AttemptsAllowed)))
        .cond_where(
            Condition::any()
                .add(row::Column::State.eq(State::Waiting.code()).and(row::Column::RunAt.lte(at)))
                .add(left_behind(at)),
        )
        .order_by(row::Column::RunAt, sea_orm::Order::Asc)
        .order_by(row::Column::Id, sea_orm::Order::Asc)
        .limit(1);
    if unit.engine() == Engine::Postgres {
        due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let Some(found) = unit.connection().query_one(&due).await? else {
        return Ok(None);
    };
    let id: i64 = found.try_get("", "id")?;
    row::Entity::update_many()
        .col_expr(row::Column::State, State::Running.code().into())
        .col_expr(row::Column::HeldBy, Some(worker.to_owned()).into())
        .col_expr(row::Column::HeldUntil, Some(instant(until)?).into())
        .col_expr(row::Column::StartedAt, Some(at).into())
        .col_expr(row::Column::Attempts, Expr::col(row::Column::Attempts).add(1))
        .col_expr(row::Column::Done, 0i64.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    get(unit, id).await
}

/// Brings jobs back that a clock which was wrong has sent away: what waits for longer than any job does, or is held for
/// longer than any worker holds one, is due or free at once.
pub async fn bring_back(unit: &Unit, now: Timestamp) -> Result<(), Error> {
    let (at, far) = (instant(now)?, instant(now + SignedDuration::from_hours(24))?);
    row::Entity::update_many()
        .col_expr(row::Column::RunAt, at.into())
        .filter(row::Column::State.eq(State::Waiting.code()))
        .filter(row::Column::RunAt.gt(far))
        .exec(unit.connection())
        .await?;
    row::Entity::update_many()
        .col_expr(row::Column::HeldUntil, Some(at).into())
        .filter(row::Column::State.eq(State::Running.code()))
        .filter(row::Column::HeldUntil.gt(far))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Ends jobs whose worker died in the last attempt that they are allowed: whatever ends the process with it is not
/// begun for ever. Gives those that this unit has ended.
pub async fn bury(unit: &Unit, kinds: &[&str], now: Timestamp) -> Result<Vec<Job>, Error> {
    let at = instant(now)?;
    let mut select = row::Entity::find()
        .filter(row::Column::Kind.is_in(kinds.iter().copied()))
        .filter(Expr::col(row::Column::Attempts).gte(Expr::col(row::Column::AttemptsAllowed)))
        .filter(left_behind(at));
    if unit.engine() == Engine::Postgres {
        select = select.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let rows = select.all(unit.connection()).await?;
    for row in &rows {
        row::Entity::update_many()
            .col_expr(row::Column::State, State::Dead.code().into())
            .col_expr(row::Column::OnlyOne, None::<String>.into())
            .col_expr(row::Column::HeldBy, None::<String>.into())
            .col_expr(row::Column::HeldUntil, None::<Instant>.into())
            .col_expr(row::Column::FinishedAt, Some(at).into())
            .col_expr(
                row::Column::Failure,
                Some("the process ended while it was being done".to_owned()).into(),
            )
            .filter(row::Column::Id.eq(row.id))
            .exec(unit.connection())
            .await?;
    }
    rows.into_iter().map(read).collect()
}

/// Whether a job is held by a worker of whom nothing was heard for too long.
fn left_behind(at: Instant) -> sea_orm::sea_query::Expr {
    row::Column::State.eq(State::Running.code()).and(row::Column::HeldUntil.lt(at))
}

/// Says that the worker still holds the job, and how far it is. [`Error::Changed`] if somebody else holds it by now;
/// else whether somebody wants it to stop.
pub async fn progress(
    unit: &Unit,
    id: i64,
    worker: &str,
    until: Timestamp,
    said: &Progress<'_>,
) -> Result<bool, Error> {
    let mut update =
        held(id, worker).col_expr(row::Column::HeldUntil, Some(instant(until)?).into());
    if let Progress::At { done, of, note } = said {
        update = update
            .col_expr(row::Column::Done, (*done).into())
            .col_expr(row::Column::Of, (*of).into())
            .col_expr(row::Column::Note, note.map(str::to_owned).into());
    }
    once(update.exec(unit.connection()).await?.rows_affected)?;
    Ok(get(unit, id).await?.is_some_and(|job| job.cancel_asked))
}

/// What a worker says about a job that it holds.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// Nothing but that it still holds it.
    Held,
    /// How far it is.
    At {
        /// How many parts are done.
        done: i64,
        /// How many parts there are.
        of: Option<i64>,
        /// What it is at.
        note: Option<&'a str>,
    },
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
pub enum End<'a> {
    /// Done, with what came out.
    Done {
        /// JSON.
        result: Option<&'a str>,
    },
    /// It stopped because somebody wanted it to.
    Cancelled,
    /// It failed and is to be begun again.
    Again {
        /// Why it failed.
        failure: &'a str,
        /// Not before then.
        run_at: Timestamp,
    },
    /// It failed for good.
    Dead {
        /// Why it failed.
        failure: &'a str,
    },
    /// The worker stops and gives it back as if it had not been begun.
    HandedBack,
}

/// Ends an attempt, in the unit of what the job has changed. [`Error::Changed`] if the worker holds it no more.
pub async fn end(
    unit: &Unit,
    id: i64,
    worker: &str,
    end: &End<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let free = |update: sea_orm::UpdateMany<row::Entity>| {
        update
            .col_expr(row::Column::HeldBy, None::<String>.into())
            .col_expr(row::Column::HeldUntil, None::<Instant>.into())
    };
    let finished = |update: sea_orm::UpdateMany<row::Entity>, state: State| -> Result<_, Error> {
        Ok(update
            .col_expr(row::Column::State, state.code().into())
            .col_expr(row::Column::OnlyOne, None::<String>.into())
            .col_expr(row::Column::FinishedAt, Some(instant(now)?).into()))
    };
    let update = free(held(id, worker));
    let update = match end {
        End::Done { result } => finished(update, State::Done)?
            .col_expr(row::Column::Result, result.map(str::to_owned).into())
            .col_expr(row::Column::Failure, None::<String>.into()),
        End::Cancelled => finished(update, State::Cancelled)?,
        End::Dead { failure } => finished(update, State::Dead)?
            .col_expr(row::Column::Failure, Some((*failure).to_owned()).into()),
        End::Again { failure, run_at } => update
            .col_expr(row::Column::State, State::Waiting.code().into())
            .col_expr(row::Column::RunAt, instant(*run_at)?.into())
            .col_expr(row::Column::Failure, Some((*failure).to_owned()).into()),
        End::HandedBack => update
            .col_expr(row::Column::State, State::Waiting.code().into())
            .col_expr(row::Column::Attempts, Expr::col(row::Column::Attempts).sub(1)),
    };
    once(update.exec(unit.connection()).await?.rows_affected)
}

/// Wants a job to stop: one that waits is cancelled at once. False if it has ended already.
pub async fn cancel(unit: &Unit, id: i64, now: Timestamp) -> Result<bool, Error> {
    // First what holds for both, so that the row stays as it is between the two.
    let asked = row::Entity::update_many()
        .col_expr(row::Column::CancelAsked, true.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.is_in([State::Waiting.code(), State::Running.code()]))
        .exec(unit.connection())
        .await?;
    row::Entity::update_many()
        .col_expr(row::Column::State, State::Cancelled.code().into())
        .col_expr(row::Column::OnlyOne, None::<String>.into())
        .col_expr(row::Column::FinishedAt, Some(instant(now)?).into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(State::Waiting.code()))
        .exec(unit.connection())
        .await?;
    Ok(asked.rows_affected == 1)
}

/// Lets a job that is dead or cancelled begin anew. False if it is neither.
pub async fn retry(unit: &Unit, id: i64, now: Timestamp) -> Result<bool, Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::State, State::Waiting.code().into())
        .col_expr(row::Column::Attempts, 0i64.into())
        .col_expr(row::Column::CancelAsked, false.into())
        .col_expr(row::Column::RunAt, instant(now)?.into())
        .col_expr(row::Column::FinishedAt, None::<Instant>.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.is_in([State::Dead.code(), State::Cancelled.code()]))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// A job by its number.
pub async fn get(unit: &Unit, id: i64) -> Result<Option<Job>, Error> {
    row::Entity::find_by_id(id).one(unit.connection()).await?.map(read).transpose()
}

/// A job by its number, if it is visible.
pub async fn find(unit: &Unit, id: i64, seen: &Scope<'_>) -> Result<Option<Job>, Error> {
    row::Entity::find_by_id(id)
        .filter(own(seen))
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// A page of jobs, the newest first: everybody's, or those that the visible people asked for.
pub async fn list(
    unit: &Unit,
    state: Option<State>,
    seen: &Scope<'_>,
    page: Page,
) -> Result<Listed<Job>, Error> {
    let mut select = row::Entity::find().filter(own(seen));
    if let Some(state) = state {
        select = select.filter(row::Column::State.eq(state.code()));
    }
    listed(unit, select.order_by_desc(row::Column::Id), page, read).await
}

/// The job of a kind that ended last, however it ended; nothing if none has.
pub async fn last_ended(unit: &Unit, kind: &str) -> Result<Option<Job>, Error> {
    let last = row::Entity::find()
        .filter(row::Column::Kind.eq(kind))
        .filter(row::Column::FinishedAt.is_not_null())
        .order_by_desc(row::Column::FinishedAt)
        .order_by_desc(row::Column::Id)
        .one(unit.connection())
        .await?;
    last.map(read).transpose()
}

/// How many jobs there are in each state.
pub async fn counts(unit: &Unit) -> Result<Vec<(State, u64)>, Error> {
    let mut all = Vec::new();
    for state in State::ALL {
        let count = row::Entity::find()
            .filter(row::Column::State.eq(state.code()))
            .count(unit.connection())
            .await?;
        all.push((state, count));
    }
    Ok(all)
}

/// Forgets what is done or cancelled since before then, and says how many. What is dead stays for somebody to see.
pub async fn forget(unit: &Unit, before: Timestamp) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::State.is_in([State::Done.code(), State::Cancelled.code()]))
        .filter(row::Column::FinishedAt.lt(instant(before)?))
        .filter(row::Column::Id.not_in_subquery(crate::schedule::last_jobs()))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Jobs are one's own, or everybody's.
fn own(seen: &Scope<'_>) -> Condition {
    let mut own = Condition::any().add(Expr::value(false));
    for one in seen.rows.parts() {
        match one {
            Visible::Everything => own = own.add(Expr::value(true)),
            Visible::Person(id) => own = own.add(row::Column::AskedBy.eq(id.0)),
            _ => {}
        }
    }
    own
}

fn held(id: i64, worker: &str) -> sea_orm::UpdateMany<row::Entity> {
    row::Entity::update_many()
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(State::Running.code()))
        .filter(row::Column::HeldBy.eq(worker))
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
