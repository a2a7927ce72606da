//! Work under way: how far it is. With a script it is asked for again by itself until it is over.

use askama::Template;

use super::figure::Figure;
use crate::lang::Say;

/// Work under way.
#[derive(Template)]
#[template(path = "parts/progress.html")]
pub(crate) struct Progress {
    pub say: Say,
    /// The id of the element on the page, so that it can be replaced.
    pub id: &'static str,
    /// What is done.
    pub label: String,
    pub done: i64,
    /// Of how many; none if nobody knows.
    pub of: Option<i64>,
    pub note: String,
    /// Where to ask again; none once it is over.
    pub again: Option<String>,
}

impl Progress {
    fn figures(&self) -> String {
        let of = Figure::count(self.of.unwrap_or_default());
        format!("{}/{of}", Figure::count(self.done))
    }

    fn percent(&self) -> Option<i64> {
        self.of.filter(|of| *of > 0).map(|of| (self.done.clamp(0, of) * 100) / of)
    }
}
