//! A page as a list of blocks: facts, tables, forms, notes, and parts with a template of their own. All pages inside
//! are made of these, so that they look and behave alike; one template draws them.

mod act;
mod block;
mod cell;
mod confirm;
mod field;
mod form;
mod table;

use askama::Template;
use axum::http::StatusCode;

pub(crate) use act::Act;
pub(crate) use block::{Block, Part};
pub(crate) use cell::Cell;
pub(crate) use confirm::Confirm;
pub(crate) use field::{Choice, Field, Input};
pub(crate) use form::Form;
pub(crate) use table::Table;

use crate::ask::{Answer, Ask, ROWS};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::parts::figure::Figure;
use crate::parts::list::List;

/// A page.
#[derive(Template)]
#[template(path = "view.html")]
pub(crate) struct View {
    pub p: Frame,
    /// The pages above, from the top down, and what they are called.
    pub above: Vec<(String, String)>,
    /// What can be done with the whole.
    pub acts: Vec<Act>,
    pub blocks: Vec<Block>,
}

/// Where a part of a list stands in it.
pub(crate) struct Pager {
    pub said: String,
    pub first: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub last: Option<String>,
}

impl View {
    pub fn new(ask: &Ask, title: impl AsRef<str>) -> Self {
        Self {
            p: ask.frame(title.as_ref()),
            above: Vec::new(),
            acts: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// Stands below a page; the topmost is told first.
    pub fn up(mut self, to: impl Into<String>, title: impl Into<String>) -> Self {
        self.above.push((to.into(), title.into()));
        self
    }

    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds a part that has a template of its own.
    pub fn part(&mut self, template: &impl Template) -> Result<(), Failure> {
        self.push(Block::Part(Part::new(template)?));
        Ok(())
    }

    /// Adds a list with everything that belongs to one.
    pub fn list(&mut self, list: &List) -> Result<(), Failure> {
        if let Some(said) = list.unsorted() {
            self.push(Block::Note("", said));
        }
        self.part(list)
    }

    /// An act, if the policy allows it to the caller.
    pub fn offer(&mut self, ask: &Ask, action: access::Action, act: Act) {
        if ask.may(action) {
            self.acts.push(act);
        }
    }

    /// A table, or why there is none.
    pub fn table(&mut self, table: Table, empty: String) {
        self.push(if table.rows.is_empty() { Block::Empty(empty) } else { Block::Table(table) });
    }

    /// The way to the other parts of a list, if there are any.
    pub fn pager(&mut self, ask: &Ask, total: u64) {
        if let Some(pager) = Pager::of(ask, total) {
            self.push(Block::Pager(pager));
        }
    }

    pub fn show(self, ask: &Ask) -> Answer {
        ask.show(&self)
    }

    pub fn show_as(self, ask: &Ask, status: StatusCode) -> Answer {
        ask.show_as(status, &self)
    }
}

impl Pager {
    /// Whether there are other parts.
    pub fn turns(&self) -> bool {
        self.before.is_some() || self.after.is_some()
    }

    /// The way to the other parts of a list. None if the list is empty.
    pub fn of(ask: &Ask, total: u64) -> Option<Self> {
        let pages = total.div_ceil(ROWS).max(1);
        let number = ask.number();
        let to = |number: u64| {
            let kept = ask.query.without(&["done"]).without(&crate::look::SWITCHES);
            format!("?{}", kept.query_with("page", &number.to_string()))
        };
        let shown = Figure::count(i64::try_from(total).unwrap_or(i64::MAX));
        let said = match (pages, total) {
            (_, 0) => return None,
            _ if number > pages => {
                ask.say.t2("list.beyond", ("pages", pages.to_string()), ("total", shown))
            }
            (1, _) => ask.say.t1("list.total", "total", shown),
            _ => ask.say.t2("list.page", ("page", format!("{number}/{pages}")), ("total", shown)),
        };
        Some(Self {
            said,
            first: (number > 2).then(|| to(1)),
            before: (number > 1).then(|| to((number - 1).min(pages))),
            after: (number < pages).then(|| to(number + 1)),
            last: (number.saturating_add(1) < pages).then(|| to(pages)),
        })
    }
}
