//! People: who they are, how they prove it, whether they may sign in.
//!
//! Passwords come in as hashes; telephone, mail and the secret of the second factor as sealed bytes.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, ExprTrait, LockType};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use access::Visible;

use crate::database::{Unit, later, once};
use crate::engine::Engine;
use crate::error::Error;
use crate::membership;
use crate::page::{Listed, Page, Sorted, contains, folded, listed};
use crate::scope::Scope;
use crate::time::{Instant, instant, timestamp};

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

/// The lock that only somebody takes away: it ends when the calendar does.
const HELD: Timestamp = Timestamp::constant(253_370_764_800, 0);

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

impl Person {
    /// Whether the account stays locked until somebody releases it.
    pub fn is_held(&self) -> bool {
        self.locked_until == Some(HELD)
    }
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

/// How many of some people can sign in: neither disabled nor erased, with a password, and not held.
pub(crate) async fn enabled(unit: &Unit, ids: &[i64]) -> Result<u64, Error> {
    let count = row::Entity::find()
        .filter(row::Column::Id.is_in(ids.iter().copied()))
        .filter(row::Column::DisabledAt.is_null())
        .filter(row::Column::ErasedAt.is_null())
        .filter(row::Column::Password.is_not_null())
        .filter(not_held()?)
        .count(unit.connection())
        .await?;
    Ok(count)
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

/// A change to an account that somebody made; `None` leaves a thing as it is.
#[derive(Clone, Default)]
pub struct Change {
    /// Another name.
    pub name: Option<String>,
    /// Another telephone number, sealed; or none any more.
    pub phone: Option<Option<Vec<u8>>>,
    /// Another mail address, sealed; or none any more.
    pub mail: Option<Option<Vec<u8>>>,
    /// Disabled since, or not any more.
    pub disabled: Option<Option<Timestamp>>,
}

/// Makes a change, if nobody has changed the account since `version`.
pub async fn change(
    unit: &Unit,
    person: &Person,
    version: i64,
    change: Change,
) -> Result<(), Error> {
    let mut update =
        row::Entity::update_many().col_expr(row::Column::Version, later(version).into());
    if let Some(name) = change.name {
        let search = folded(&format!("{name} {}", person.login));
        update = update
            .col_expr(row::Column::Name, name.into())
            .col_expr(row::Column::Search, search.into());
    }
    if let Some(phone) = change.phone {
        update = update.col_expr(row::Column::Phone, phone.into());
    }
    if let Some(mail) = change.mail {
        update = update.col_expr(row::Column::Mail, mail.into());
    }
    if let Some(disabled) = change.disabled {
        let disabled: Option<Instant> = disabled.map(instant).transpose()?;
        update = update.col_expr(row::Column::DisabledAt, disabled.into());
    }
    let done = update
        .filter(row::Column::Id.eq(person.id))
        .filter(row::Column::Version.eq(version))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Gives a password, given as its hash, and ends what failed before.
pub async fn set_password(
    unit: &Unit,
    id: i64,
    hash: &str,
    must_change: bool,
    at: Timestamp,
) -> Result<(), Error> {
    let at = instant(at)?;
    let done = row::Entity::update_many()
        .col_expr(row::Column::Password, hash.into())
        .col_expr(row::Column::PasswordSetAt, at.into())
        .col_expr(row::Column::MustChangePassword, must_change.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Takes the password away: nobody signs in with it any more.
pub async fn forget_password(unit: &Unit, id: i64) -> Result<(), Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::Password, None::<String>.into())
        .col_expr(row::Column::PasswordSetAt, None::<Instant>.into())
        .col_expr(row::Column::MustChangePassword, false.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Keeps the secret of a second factor, sealed, or takes it away. It is asked for from `since` on.
pub async fn set_second_factor(
    unit: &Unit,
    id: i64,
    sealed: Option<Vec<u8>>,
    since: Option<Timestamp>,
) -> Result<(), Error> {
    let since: Option<Instant> = since.map(instant).transpose()?;
    let done = row::Entity::update_many()
        .col_expr(row::Column::SecondFactor, sealed.into())
        .col_expr(row::Column::SecondFactorSince, since.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Takes a code of a time step, once: false if this step or a later one was taken before.
pub async fn take_step(unit: &Unit, id: i64, step: i64) -> Result<bool, Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::SecondFactorStep, step.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::SecondFactorStep.lt(step))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// An attempt to sign in that failed.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// Whether it is counted as the first: those before have been paid for with a lock that has ended.
    pub first: bool,
    /// Until when the account is locked, if that is due. A lock that lasts longer stays.
    pub lock: Option<Timestamp>,
}

/// Counts an attempt to sign in that failed.
pub async fn count_failure(unit: &Unit, id: i64, failure: &Failure) -> Result<(), Error> {
    let at = instant(failure.at)?;
    let mut update = row::Entity::update_many().col_expr(row::Column::FailedAt, at.into());
    update = if failure.first {
        update.col_expr(row::Column::Failed, 1i64.into())
    } else {
        update.col_expr(row::Column::Failed, Expr::col(row::Column::Failed).add(1))
    };
    once(update.filter(row::Column::Id.eq(id)).exec(unit.connection()).await?.rows_affected)?;
    let until: Option<Instant> = failure.lock.map(instant).transpose()?;
    if until.is_some() || failure.first {
        row::Entity::update_many()
            .col_expr(row::Column::LockedUntil, until.into())
            .filter(row::Column::Id.eq(id))
            .filter(
                Condition::any()
                    .add(row::Column::LockedUntil.is_null())
                    .add(row::Column::LockedUntil.lt(until.unwrap_or(at))),
            )
            .exec(unit.connection())
            .await?;
    }
    Ok(())
}

/// Does what counting costs, for nobody: a login that nobody has takes as long as one that somebody has.
pub async fn count_nobody(unit: &Unit, at: Timestamp) -> Result<(), Error> {
    let failure = Failure { at, first: false, lock: None };
    match count_failure(unit, 0, &failure).await {
        Err(Error::Changed) => Ok(()),
        other => other,
    }
}

/// Forgets failed attempts and ends the lock that they brought, but not one that somebody has to take away.
pub async fn forget_failures(unit: &Unit, id: i64) -> Result<(), Error> {
    let done = forgetting().filter(row::Column::Id.eq(id)).exec(unit.connection()).await?;
    once(done.rows_affected)?;
    row::Entity::update_many()
        .col_expr(row::Column::LockedUntil, None::<Instant>.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::LockedUntil.lt(instant(HELD)?))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Locks an account until somebody releases it.
pub async fn hold(unit: &Unit, id: i64) -> Result<(), Error> {
    let done = forgetting()
        .col_expr(row::Column::LockedUntil, Some::<Instant>(instant(HELD)?).into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Opens an account, whatever locked it, and forgets what failed.
pub async fn release(unit: &Unit, id: i64) -> Result<(), Error> {
    let done = forgetting()
        .col_expr(row::Column::LockedUntil, None::<Instant>.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

fn forgetting() -> sea_orm::UpdateMany<row::Entity> {
    row::Entity::update_many()
        .col_expr(row::Column::Failed, 0i64.into())
        .col_expr(row::Column::FailedAt, None::<Instant>.into())
}

/// Those who wait for somebody to release their account, as far as they are visible.
pub async fn held(unit: &Unit, seen: &Scope<'_>) -> Result<Vec<Person>, Error> {
    let rows = row::Entity::find()
        .filter(own(seen)?)
        .filter(row::Column::LockedUntil.gte(instant(HELD)?))
        .filter(row::Column::ErasedAt.is_null())
        .order_by_asc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

fn not_held() -> Result<Condition, Error> {
    Ok(Condition::any()
        .add(row::Column::LockedUntil.is_null())
        .add(row::Column::LockedUntil.lt(instant(HELD)?)))
}

/// Somebody of whom something is sealed, whichever it is: by what it is sealed for, and the seal.
pub async fn anything_sealed(unit: &Unit) -> Result<Option<(Person, Sealed)>, Error> {
    let found = row::Entity::find()
        .filter(
            Condition::any()
                .add(row::Column::SecondFactor.is_not_null())
                .add(row::Column::Phone.is_not_null())
                .add(row::Column::Mail.is_not_null()),
        )
        .order_by_desc(row::Column::Id)
        .limit(1)
        .one(unit.connection())
        .await?;
    let Some(person) = found.map(read).transpose()? else { return Ok(None) };
    let sealed = [
        person.second_factor.clone().map(Sealed::SecondFactor),
        person.phone.clone().map(Sealed::Phone),
        person.mail.clone().map(Sealed::Mail),
    ];
    Ok(sealed.into_iter().flatten().next().map(|sealed| (person, sealed)))
}

/// What is sealed of a person.
#[derive(Clone, PartialEq, Eq)]
pub enum Sealed {
    /// The secret of the second factor.
    SecondFactor(Vec<u8>),
    /// The telephone number.
    Phone(Vec<u8>),
    /// The mail address.
    Mail(Vec<u8>),
}

/// Notes that somebody wants everything personal erased. False if that was noted before, or is done.
pub async fn ask_erasure(unit: &Unit, id: i64, by: i64, at: Timestamp) -> Result<bool, Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::ErasureAskedAt, instant(at)?.into())
        .col_expr(row::Column::ErasureAskedBy, by.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::ErasureAskedAt.is_null())
        .filter(row::Column::ErasedAt.is_null())
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Those whose erasure waits to be done, as far as they are visible.
pub async fn erasure_asked(unit: &Unit, seen: &Scope<'_>) -> Result<Vec<Person>, Error> {
    let rows = row::Entity::find()
        .filter(own(seen)?)
        .filter(row::Column::ErasureAskedAt.is_not_null())
        .filter(row::Column::ErasedAt.is_null())
        .order_by_asc(row::Column::ErasureAskedAt)
        .order_by_asc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Erases everything personal. The number stays, so that records of what was done stay whole.
pub async fn erase(unit: &Unit, id: i64, at: Timestamp) -> Result<(), Error> {
    let at = instant(at)?;
    let gone = format!("erased-{id}");
    let done = row::Entity::update_many()
        .col_expr(row::Column::Login, gone.clone().into())
        .col_expr(row::Column::Name, gone.clone().into())
        .col_expr(row::Column::Search, gone.into())
        .col_expr(row::Column::Phone, None::<Vec<u8>>.into())
        .col_expr(row::Column::Mail, None::<Vec<u8>>.into())
        .col_expr(row::Column::Password, None::<String>.into())
        .col_expr(row::Column::SecondFactor, None::<Vec<u8>>.into())
        .col_expr(row::Column::SecondFactorSince, None::<Instant>.into())
        .col_expr(row::Column::DisabledAt, at.into())
        .col_expr(row::Column::ErasedAt, at.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
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
