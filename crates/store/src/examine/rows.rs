//! Every row as its noun reads it: one that cannot be read was not written by this program.

use sea_orm::{EntityTrait, FromQueryResult};

use super::{Finding, asked, finding};
use crate::database::Unit;
use crate::engine::Engine;
use crate::error::Error;
use crate::schema::table::Kind;
use crate::schema::{newest, tables_at};
use crate::walk::Walk;
use crate::{
    audit, confirmation, decision, delegation, draft, identity, invitation, job, membership,
    organisation, person, population, rulebook, schedule, screening, self_check, session, setting,
    token,
};

/// So many rows at once: some have whole rulebooks.
const PAGE: u64 = 50;

pub(super) async fn examined(unit: &Unit) -> Result<Vec<Finding>, Error> {
    // Only what a membership shows of its organisation, which has its own row below.
    let somewhere = organisation::row::Model {
        id: 0,
        parent_id: None,
        path: String::new(),
        kind: String::new(),
        name: String::new(),
        search: String::new(),
        uscc: None,
        district: None,
        created_at: Default::default(),
        closed_at: None,
        version: 0,
    };
    let at_all = [
        read::<organisation::row::Entity, _>(unit, organisation::read).await?,
        read::<person::row::Entity, _>(unit, person::read).await?,
        read::<membership::row::Entity, _>(unit, |row| membership::read(row, Some(&somewhere)))
            .await?,
        read::<delegation::row::Entity, _>(unit, delegation::read).await?,
        read::<invitation::row::Entity, _>(unit, Ok).await?,
        read::<identity::row::Entity, _>(unit, Ok).await?,
        read::<identity::flow::Entity, _>(unit, Ok).await?,
        read::<session::row::Entity, _>(unit, session::read).await?,
        read::<token::row::Entity, _>(unit, token::read).await?,
        read::<setting::row::Entity, _>(unit, Ok).await?,
        read::<audit::row::Entity, _>(unit, |row| audit::read(row, None)).await?,
        read::<audit::personal::Entity, _>(unit, Ok).await?,
        read::<audit::end::Entity, _>(unit, Ok).await?,
        read::<audit::seal::Entity, _>(unit, audit::read_seal).await?,
        read::<job::row::Entity, _>(unit, job::read).await?,
        read::<schedule::row::Entity, _>(unit, schedule::read).await?,
        read::<rulebook::row::Entity, _>(unit, rulebook::read).await?,
        read::<rulebook::switch::Entity, _>(unit, rulebook::read_switch).await?,
        read::<decision::row::Entity, _>(unit, decision::read).await?,
        read::<confirmation::row::Entity, _>(unit, confirmation::read).await?,
        read::<self_check::row::Entity, _>(unit, self_check::read).await?,
        read::<population::row::Entity, _>(unit, population::read).await?,
        read::<population::uses::Entity, _>(unit, population::read_use).await?,
        read::<screening::row::Entity, _>(unit, screening::read).await?,
        read::<draft::row::Entity, _>(unit, draft::read).await?,
    ];
    Ok(at_all.into_iter().flatten().collect())
}

/// Texts that SQLite keeps and PostgreSQL would not.
pub(super) async fn texts(unit: &Unit, version: i64) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    if unit.engine() == Engine::Postgres {
        return Ok(findings);
    }
    for table in tables_at(version) {
        for column in table.columns.iter().filter(|column| column.kind == Kind::Text) {
            let (table, column) = (table.name, column.name);
            let question = format!(
                "SELECT count(*) AS rows FROM {table} WHERE instr(\"{column}\", char(0)) > 0"
            );
            for row in asked(unit, question).await? {
                let rows: i64 = row.try_get("", "rows")?;
                if rows > 0 {
                    findings.push(finding::unportable(table, column, rows));
                }
            }
        }
    }
    Ok(findings)
}

/// Reads every row of a table, one at a time.
async fn read<E, T>(
    unit: &Unit,
    read: impl Fn(E::Model) -> Result<T, Error>,
) -> Result<Option<Finding>, Error>
where
    E: EntityTrait,
{
    let name = E::default();
    let Some(table) = tables_at(newest()).find(|table| table.name == name.table_name()) else {
        return Ok(None);
    };
    let (mut bad, mut first) = (0, None);
    let mut walk = Walk::new(table, PAGE);
    loop {
        let rows = walk.page(unit).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let model = E::Model::from_query_result(&row, "").map_err(Error::from);
            if let Err(error) = model.and_then(&read) {
                bad += 1;
                first.get_or_insert(error.to_string());
            }
        }
    }
    Ok(first.map(|first| finding::unreadable(table.name, bad, &first)))
}
