//! Who may see which rows, as a condition of SQL. [`access::Rows::covers`] says what it means; a property test
//! holds both together.

use access::{Path, Rows, Visible};
use jiff::civil::Date;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, IntoColumnRef, LikeExpr};

use crate::delegation;
use crate::error::Error;

/// What somebody sees on a day: delegations begin and end.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The rows.
    pub rows: &'a Rows,
    /// The day.
    pub today: Date,
}

/// The columns of a noun by which its rows belong to somebody.
#[derive(Clone, Copy)]
pub(crate) struct Owned<Path, Organisation, Person> {
    /// The place in the tree, if the noun's table has it.
    pub(crate) path: Path,
    pub(crate) organisation: Organisation,
    /// The person whom the row is about, if it can be about one.
    pub(crate) person: Option<Person>,
}

/// The rows that are covered by any part of what is seen. Seeing nothing is no row.
pub(crate) fn visible<A, B, C>(
    seen: &Scope<'_>,
    columns: &Owned<A, B, C>,
) -> Result<Condition, Error>
where
    A: IntoColumnRef + Copy,
    B: IntoColumnRef + Copy,
    C: IntoColumnRef + Copy,
{
    let mut any = Condition::any().add(Expr::value(false));
    for part in seen.rows.parts() {
        any = match part {
            Visible::Everything => any.add(Expr::value(true)),
            Visible::Subtree(path) => any.add(below(columns.path, path)),
            Visible::Organisation(id) => any.add(Expr::col(columns.organisation).eq(id.0)),
            Visible::Consented(to) => any.add(
                Expr::col(columns.organisation)
                    .in_subquery(delegation::alive_to(to.0, seen.today)?),
            ),
            Visible::Person(id) => match columns.person {
                Some(person) => any.add(Expr::col(person).eq(id.0)),
                None => any,
            },
            // Nothing is assigned to anybody before there are cases.
            Visible::Assigned(_) => any,
        };
    }
    Ok(any)
}

/// The organisation at a path and all below it. A path is digits between slashes, so that the pattern has no sign
/// of its own, and ends with a slash, so that `/1/4/` is not the beginning of `/1/40/`.
fn below(column: impl IntoColumnRef, path: &Path) -> Expr {
    Expr::col(column).like(LikeExpr::new(format!("{path}%")))
}
