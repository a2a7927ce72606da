//! Who belongs to which organisation in which role, from when and until when. A proposed membership gives nothing
//! before somebody else has approved it.

use access::Role;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, IntoCondition, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use crate::database::{Unit, later, once};
use crate::error::Error;
use crate::organisation;
use crate::person;
use crate::scope::Scope;
use crate::time::{Day, Instant, date, day, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::{Day, Instant};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "membership")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub organisation_id: i64,
        pub role: String,
        pub state: String,
        pub from_day: Day,
        pub until_day: Option<Day>,
        pub proposed_by: Option<i64>,
        pub decided_by: Option<i64>,
        pub created_at: Instant,
        pub ended_at: Option<Instant>,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far a membership has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Somebody wants it; it gives nothing yet.
    Proposed,
    /// It holds, within its days.
    Active,
    /// It was refused.
    Refused,
    /// It was ended.
    Ended,
}

impl State {
    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::Active => "active",
            State::Refused => "refused",
            State::Ended => "ended",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [State::Proposed, State::Active, State::Refused, State::Ended]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// A person's role in an organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub person: i64,
    /// Where.
    pub organisation: i64,
    /// The organisation's place in the tree.
    pub path: String,
    /// The organisation's name.
    pub organisation_name: String,
    /// Whether the organisation is closed.
    pub organisation_closed: bool,
    /// As what.
    pub role: Role,
    /// How far it has come.
    pub state: State,
    /// The first day.
    pub from: Date,
    /// The last day; none if it has no end.
    pub until: Option<Date>,
    /// Who proposed it; nobody at the first start.
    pub proposed_by: Option<i64>,
    /// Who approved or refused it.
    pub decided_by: Option<i64>,
    /// When it was proposed.
    pub created: Timestamp,
    /// When it was ended.
    pub ended: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

impl Membership {
    /// Whether it gives its role on a day.
    pub fn holds_on(&self, today: Date) -> bool {
        self.state == State::Active
            && self.from <= today
            && self.until.is_none_or(|until| today <= until)
    }
}

/// What a new membership is.
#[derive(Clone, Copy, Debug)]
pub struct New {
    /// Whose it is.
    pub person: i64,
    /// Where.
    pub organisation: i64,
    /// As what.
    pub role: Role,
    /// Proposed, or active at once.
    pub state: State,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Option<Date>,
    /// Who proposes it.
    pub proposed_by: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// Enters a membership and gives its number.
pub async fn insert(unit: &Unit, new: &New) -> Result<i64, Error> {
    let draft = row::ActiveModel {
        person_id: Set(new.person),
        organisation_id: Set(new.organisation),
        role: Set(new.role.code().to_owned()),
        state: Set(new.state.code().to_owned()),
        from_day: Set(day(new.from)?),
        until_day: Set(new.until.map(day).transpose()?),
        proposed_by: Set(new.proposed_by),
        decided_by: Set(None),
        created_at: Set(instant(new.at)?),
        ended_at: Set(None),
        version: Set(1),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// All memberships of a person, also those that hold no more.
pub async fn of_person(unit: &Unit, person: i64) -> Result<Vec<Membership>, Error> {
    chosen(unit, row::Column::PersonId.eq(person).into_condition()).await
}

/// All memberships of several people: for lists.
pub async fn of_people(unit: &Unit, people: &[i64]) -> Result<Vec<Membership>, Error> {
    chosen(unit, row::Column::PersonId.is_in(people.iter().copied()).into_condition()).await
}

/// All memberships in an organisation.
pub async fn of_organisation(unit: &Unit, organisation: i64) -> Result<Vec<Membership>, Error> {
    chosen(unit, row::Column::OrganisationId.eq(organisation).into_condition()).await
}

/// Those that wait for somebody's decision, as far as they are visible.
pub async fn proposed(unit: &Unit, seen: &Scope<'_>) -> Result<Vec<Membership>, Error> {
    let waiting = Condition::all()
        .add(row::Column::State.eq(State::Proposed.code()))
        .add(row::Column::OrganisationId.in_subquery(organisation::visible_ids(seen)?));
    chosen(unit, waiting).await
}

/// A membership by its number, if its organisation is visible.
pub async fn find(unit: &Unit, id: i64, seen: &Scope<'_>) -> Result<Option<Membership>, Error> {
    let own = Condition::all()
        .add(row::Column::Id.eq(id))
        .add(row::Column::OrganisationId.in_subquery(organisation::visible_ids(seen)?));
    Ok(chosen(unit, own).await?.pop())
}

/// How many people hold a role on a day with an account that they can sign in with.
pub async fn holders(unit: &Unit, role: Role, today: Date) -> Result<u64, Error> {
    working(unit, role, None, today).await
}

/// The same but for one. Units that ask wait for one another, so that no two of them let the last two go.
pub async fn other_holders(
    unit: &Unit,
    role: Role,
    person: i64,
    today: Date,
) -> Result<u64, Error> {
    unit.engine().in_turn(unit.connection(), "membership").await?;
    working(unit, role, Some(person), today).await
}

async fn working(unit: &Unit, role: Role, but: Option<i64>, today: Date) -> Result<u64, Error> {
    let today: Day = day(today)?;
    let mut select = row::Entity::find()
        .select_only()
        .column(row::Column::PersonId)
        .filter(row::Column::Role.eq(role.code()))
        .filter(row::Column::State.eq(State::Active.code()))
        .filter(row::Column::FromDay.lte(today))
        .filter(
            Condition::any()
                .add(row::Column::UntilDay.is_null())
                .add(row::Column::UntilDay.gte(today)),
        );
    if let Some(person) = but {
        select = select.filter(row::Column::PersonId.ne(person));
    }
    let holders: Vec<i64> = select.into_tuple().all(unit.connection()).await?;
    person::enabled(unit, &holders).await
}

/// Everybody who has ever been given one of these roles.
pub async fn people_in_roles(unit: &Unit, roles: &[Role]) -> Result<Vec<i64>, Error> {
    let people: Vec<i64> = row::Entity::find()
        .select_only()
        .distinct()
        .column(row::Column::PersonId)
        .filter(row::Column::Role.is_in(roles.iter().map(|role| role.code())))
        .into_tuple()
        .all(unit.connection())
        .await?;
    Ok(people)
}

/// Approves, refuses or ends a membership, if nobody has changed it since `version`.
pub async fn decide(
    unit: &Unit,
    id: i64,
    version: i64,
    state: State,
    by: Option<i64>,
    at: Timestamp,
) -> Result<(), Error> {
    let mut update = row::Entity::update_many()
        .col_expr(row::Column::State, state.code().into())
        .col_expr(row::Column::Version, later(version).into());
    if state == State::Ended {
        update = update.col_expr(row::Column::EndedAt, Some::<Instant>(instant(at)?).into());
    } else {
        update = update.col_expr(row::Column::DecidedBy, by.into());
    }
    let done = update
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Version.eq(version))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// The people who belong to what is visible, whatever has become of their membership.
pub(crate) fn people(seen: &Scope<'_>) -> Result<SelectStatement, Error> {
    Ok(Query::select()
        .column(row::Column::PersonId)
        .from(row::Entity)
        .and_where(row::Column::OrganisationId.in_subquery(organisation::visible_ids(seen)?))
        .to_owned())
}

async fn chosen(unit: &Unit, which: Condition) -> Result<Vec<Membership>, Error> {
    let rows = row::Entity::find()
        .filter(which)
        .order_by_asc(row::Column::Id)
        .all(unit.connection())
        .await?;
    let mut ids: Vec<i64> = rows.iter().map(|row| row.organisation_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let places = organisation::row::Entity::find()
        .filter(organisation::row::Column::Id.is_in(ids))
        .all(unit.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            let place = places.iter().find(|place| place.id == row.organisation_id);
            read(row, place)
        })
        .collect()
}

pub(crate) fn read(
    row: row::Model,
    place: Option<&organisation::row::Model>,
) -> Result<Membership, Error> {
    let damaged = |what: &str| Error::Damaged(format!("membership {} has {what}", row.id));
    let place = place.ok_or_else(|| damaged("no organisation"))?;
    let role =
        Role::from_code(&row.role).ok_or_else(|| damaged(&format!("the role `{}`", row.role)))?;
    let state = State::from_code(&row.state)
        .ok_or_else(|| damaged(&format!("the state `{}`", row.state)))?;
    Ok(Membership {
        id: row.id,
        person: row.person_id,
        organisation: row.organisation_id,
        path: place.path.clone(),
        organisation_name: place.name.clone(),
        organisation_closed: place.closed_at.is_some(),
        role,
        state,
        from: date(row.from_day)?,
        until: row.until_day.map(date).transpose()?,
        proposed_by: row.proposed_by,
        decided_by: row.decided_by,
        created: timestamp(row.created_at)?,
        ended: row.ended_at.map(timestamp).transpose()?,
        version: row.version,
    })
}
