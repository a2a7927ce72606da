//! Which jobs there are.

use access::Visible;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;

use super::{Job, State, read, row};
use crate::database::Unit;
use crate::error::Error;
use crate::page::{Listed, Page, listed};
use crate::scope::Scope;

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
