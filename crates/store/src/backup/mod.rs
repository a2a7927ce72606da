//! A backup of everything in the database, the same file for both engines, and the way back from it.
//!
//! The file is a ZIP: one file of JSON lines for each table, the files of populations, and at last `manifest.json`,
//! which says of each table how many rows it has and their digest, and the same of each file. It is one state of the database, taken while others go on writing. Bytes
//! are hexadecimal, instants and days are text, numbers are whole. What is sealed in the database (telephone, mail,
//! second factors) is sealed in the file; passwords and secrets are their hashes. The keys are not in it: without the
//! file of keys, which is kept elsewhere, sealed things stay sealed for ever and seals of the audit chain cannot be
//! checked. Whoever has the file reads everything else: it is kept like the database itself.
//!
//! What it is not: a defence against somebody who can write a new manifest. Against that, the audit chain has seals.

mod cell;
mod error;
mod files;
mod manifest;
pub(crate) mod numbers;
mod opened;
mod restore;
mod running;
mod write;

pub use error::Error;
pub use manifest::{FORMAT, Manifest, Saved, SavedFile};
pub use restore::{Restored, check, restore};
pub use write::{About, write};

use std::io::{Read, Seek};

/// How far it has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress<'a> {
    /// The table that it is at.
    pub table: &'a str,
    /// How many of its rows are done.
    pub rows: u64,
    /// How many it has, if that is known.
    pub of: Option<u64>,
}

/// What a backup says that it holds. Nothing but that is read.
pub fn manifest<R: Read + Seek>(from: R) -> Result<Manifest, Error> {
    Ok(opened::Opened::open(from)?.manifest)
}

/// The name of the file in it that says what it is, for whoever opens it by hand.
const README: &str = "README.txt";
/// The name of the file that finishes it.
const MANIFEST: &str = "manifest.json";

fn file_of(table: &str) -> String {
    format!("{table}.jsonl")
}

const WORDS: &str = "\
这是梯度（Tidu）平台数据库的备份。用 `tidu restore` 恢复到一个空的数据库（SQLite 或 PostgreSQL 均可）。\r
文件内含个人信息和商业秘密，请与数据库同等保管。密钥文件不在其中，须另行备份：没有密钥，已加密的字段无法解密。\r
\r
This is a backup of the database of a Tidu platform. `tidu restore` puts it into an empty database, SQLite or\r
PostgreSQL. It holds personal data and business secrets: keep it like the database itself. The file of keys is not\r
in it and needs a backup of its own: without the keys, sealed fields cannot be opened.\r
";
