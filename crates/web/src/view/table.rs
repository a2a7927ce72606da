//! A small table of a page: no sorting, no pages. What is longer is a [`crate::parts::list::List`].

use super::Cell;

/// A table.
pub(crate) struct Table {
    pub caption: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The head of a column, for screens on which a row stands by itself.
    pub fn head(&self, index: &usize) -> Option<&str> {
        self.columns.get(*index).map(String::as_str)
    }
}
