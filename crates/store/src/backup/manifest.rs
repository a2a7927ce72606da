//! What a backup says that it holds: the last thing that is written, the first that is read.

use serde::{Deserialize, Serialize};

/// The version of the form of the file, apart from that of the tables in it.
pub const FORMAT: i64 = 1;

/// What a backup holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the form.
    pub format: i64,
    /// The version of the tables.
    pub schema: i64,
    /// The engine that it was taken from.
    pub engine: String,
    /// When it was begun.
    pub made_at: jiff::Timestamp,
    /// The version of the program that made it.
    pub program: String,
    /// The name of the digest.
    pub digest: String,
    /// The tables, each after those that it refers to.
    pub tables: Vec<Saved>,
    /// The files beside the database.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<SavedFile>,
    /// Files that the database names and that were not there, or not as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// A file in a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedFile {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// SHA-256 of them, in hexadecimal.
    pub sha256: String,
}

/// A table in a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// How many bytes they are.
    pub bytes: u64,
    /// The digest of its rows, row by row: of the digest so far (at first zeros) and the line with its end.
    pub digest: String,
    /// The last number that was given in it, also to a row that is gone: none is given twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_number: Option<i64>,
}

impl Manifest {
    /// How many rows there are altogether.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}
