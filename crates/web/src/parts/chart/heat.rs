//! A grid in which colour says how much: rows against columns. It is a table, so that every number can be read, too.

use askama::Template;

use super::{Unit, share};
use crate::lang::Say;

/// A heat grid.
#[derive(Template)]
#[template(path = "parts/heat.html")]
pub(crate) struct Heat {
    pub say: Say,
    pub title: String,
    pub unit: Unit,
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<HeatCell>)>,
}

/// A cell of the grid.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeatCell {
    /// None where nothing is known.
    pub value: Option<i64>,
    pub to: Option<String>,
}

impl Heat {
    /// The shade of a cell from 0 to 5.
    fn shade(&self, cell: &HeatCell) -> i64 {
        let all = self.rows.iter().flat_map(|(_, cells)| cells);
        let most = all.filter_map(|cell| cell.value).max().unwrap_or_default();
        (share(cell.value.unwrap_or_default(), most) * 5 + 999) / 1000
    }

    fn shown(&self, cell: &HeatCell) -> String {
        cell.value.map_or_else(|| "—".to_owned(), |value| self.unit.short(value, self.say))
    }

    fn unit_name(&self) -> String {
        self.unit.name(self.say)
    }
}
