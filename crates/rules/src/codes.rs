//! Tables of codes (代码表): districts, industries, chains. Edited as data; each says whether it is
//! known to be complete.

use enterprise::Text;

use crate::provenance::Citation;

/// A table of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeTable {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// Where it comes from.
    pub citation: Citation,
    /// Whether nothing is known to be missing.
    pub complete: bool,
    /// The codes, in file order.
    pub entries: Vec<CodeEntry>,
}

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeEntry {
    /// The code, always text.
    pub code: String,
    /// What people read.
    pub name: Text,
    /// The entry of the same table that it belongs to.
    pub under: Option<String>,
    /// The code that replaced it.
    pub successor: Option<String>,
    /// The divisions (大类) that an industry section covers, first and last.
    pub divisions: Option<(u8, u8)>,
    /// Where a district stands on a map drawn as tiles: column and row, counted from 0.
    pub tile: Option<(u8, u8)>,
    /// Where it comes from.
    pub citation: Citation,
}

impl CodeTable {
    /// The entry with this code.
    pub fn entry(&self, code: &str) -> Option<&CodeEntry> {
        self.entries.iter().find(|entry| entry.code == code)
    }

    /// What stands for this code today: itself, or its last successor. `None` for an unknown code
    /// and for successors that lead nowhere.
    pub fn in_force(&self, code: &str) -> Option<&CodeEntry> {
        let mut entry = self.entry(code)?;
        for _ in 0..self.entries.len() {
            match &entry.successor {
                None => return Some(entry),
                Some(next) => entry = self.entry(next)?,
            }
        }
        None
    }
}
