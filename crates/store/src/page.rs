//! Lists in pages.

use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, LikeExpr, Order};
use sea_orm::{EntityTrait, PaginatorTrait, QuerySelect, Select};
use unicode_normalization::UnicodeNormalization;

use crate::database::Unit;
use crate::error::Error;

/// Which part of a list is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// How many rows are left out before it.
    pub skip: u64,
    /// How many rows at most.
    pub take: u64,
}

impl Page {
    /// Everything.
    pub const ALL: Self = Self { skip: 0, take: i64::MAX as u64 };
}

/// In which order a list is wanted: by one thing, small or large first. What has no such thing comes last.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Sorted<By> {
    /// By what.
    pub by: By,
    /// Whether large comes first.
    pub down: bool,
}

impl<By> Sorted<By> {
    /// The same for the database.
    pub(crate) fn order(&self) -> Order {
        if self.down { Order::Desc } else { Order::Asc }
    }
}

/// A part of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed<T> {
    /// The rows of the page.
    pub rows: Vec<T>,
    /// How many rows the whole list has.
    pub total: u64,
}

/// The rows of a page and how many there are altogether, in one state of the database.
pub(crate) async fn listed<E, T>(
    unit: &Unit,
    select: Select<E>,
    page: Page,
    read: impl Fn(E::Model) -> Result<T, Error>,
) -> Result<Listed<T>, Error>
where
    E: EntityTrait,
    E::Model: Sync,
{
    let total = select.clone().count(unit.connection()).await?;
    let rows = select.offset(page.skip).limit(page.take).all(unit.connection()).await?;
    Ok(Listed { rows: rows.into_iter().map(read).collect::<Result<_, _>>()?, total })
}

/// A text as it is looked for: full width as half width, capitals as small letters.
pub(crate) fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// Whether a folded column has the words in it. Signs that mean something to `LIKE` mean themselves.
pub(crate) fn contains(column: impl IntoColumnRef, words: &str) -> Expr {
    let mut pattern = String::from("%");
    for sign in folded(words.trim()).chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    Expr::col(column).like(LikeExpr::new(pattern).escape('\\'))
}
