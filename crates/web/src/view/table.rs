//! A small table of a page: no sorting, no pages. What is longer is a [`crate::parts::list::List`].

use super::Cell;

/// A table.
pub(crate) struct Table {
    pub caption: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Whether its rows begin with what they are about.
    pub fn is_named(&self) -> bool {
        let mut first = self.rows.iter().filter_map(|row| row.first());
        first.all(|cell| matches!(cell, Cell::Link { .. }))
    }

    /// Whether a name and a figure or two are all that there is of a row, so that it fits on a phone as it is.
    pub fn is_compact(&self) -> bool {
        self.columns.len() <= 3 && (1..self.columns.len()).all(|index| self.is_figures(&index))
    }

    /// Whether figures stand in a column: at the right edge.
    pub fn is_figures(&self, index: &usize) -> bool {
        let cells = self.rows.iter().filter_map(|row| row.get(*index));
        let told = cells.filter(|cell| !cell.is_none()).collect::<Vec<_>>();
        let is_figure = |cell: &&Cell| matches!(cell, Cell::Figure(_) | Cell::To(..));
        // A figure that is not told ("under 5") stands among those that are.
        let fits = |cell: &&Cell| is_figure(cell) || matches!(cell, Cell::Num(_));
        told.iter().copied().any(|cell| is_figure(&cell)) && told.iter().all(fits)
    }

    /// The head of a column, for screens on which a row stands by itself.
    pub fn head(&self, index: &usize) -> Option<&str> {
        self.columns.get(*index).map(String::as_str)
    }
}
