//! What can go wrong with a backup, in words for whoever has to restore one at night.

use std::fmt;
use std::io;

/// Why a backup was not made or not restored. Nothing of it is in the database then.
#[derive(Debug)]
pub enum Error {
    /// The database did not do it.
    Store(crate::Error),
    /// The file could not be read or written.
    File(io::Error),
    /// There is nothing to save: the database was never set up.
    NothingThere,
    /// The file is something else.
    NotABackup,
    /// The file ends too early or its end is damaged: it was not finished or not copied as a whole.
    Truncated,
    /// The file was changed since it was made.
    Altered {
        /// What is not as it was.
        what: String,
    },
    /// A newer program made the file.
    Newer {
        /// Of what the version is newer.
        what: &'static str,
        /// The version in the file.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The database to restore into is not empty.
    NotEmpty {
        /// A table in which there is something.
        table: String,
    },
    /// A row cannot be kept by this engine.
    Unfit {
        /// Its table.
        table: &'static str,
        /// Its place in the file, from 1.
        row: u64,
        /// Why.
        why: &'static str,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Store(error) => error.fmt(out),
            Error::File(error) => write!(out, "备份文件无法读写 / the backup file: {error}"),
            Error::NothingThere => {
                write!(
                    out,
                    "数据库是空的，没有可备份的内容 / the database is empty: nothing to save"
                )
            }
            Error::NotABackup => write!(out, "这不是备份文件 / this file is not a backup"),
            Error::Truncated => write!(
                out,
                "备份文件不完整：未写完或未完整复制 / the backup ends too early: it was not finished or not copied \
                 as a whole"
            ),
            Error::Altered { what } => write!(
                out,
                "备份文件已损坏或被改动：{what} / the backup was damaged or changed: {what}"
            ),
            Error::Newer { what, found, known } => write!(
                out,
                "备份由更新版本的程序生成，请用新版本恢复 / a newer program made the backup ({what} {found}, this \
                 one knows up to {known}): restore it with that one"
            ),
            Error::NotEmpty { table } => write!(
                out,
                "目标数据库不是空的（表 {table}），请恢复到空数据库 / the database is not empty (table {table}): \
                 restore into an empty one"
            ),
            Error::Unfit { table, row, why } => write!(
                out,
                "表 {table} 第 {row} 行无法存入 / row {row} of table {table} cannot be kept: {why}"
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Store(error) => Some(error),
            Error::File(error) => Some(error),
            _ => None,
        }
    }
}

impl From<crate::Error> for Error {
    fn from(error: crate::Error) -> Self {
        Error::Store(error)
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Error::Store(error.into())
    }
}

/// What went wrong while a file in the ZIP was read: bytes that do not fit their check are a changed file, all else
/// is the disk.
pub(super) fn reading(what: &str, error: io::Error) -> Error {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof, Unsupported};
    match error.kind() {
        InvalidData | InvalidInput | Other | UnexpectedEof | Unsupported => {
            Error::Altered { what: format!("{what}: {error}") }
        }
        _ => Error::File(error),
    }
}

pub(super) fn writing(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => Error::File(error),
        other => Error::File(io::Error::other(other)),
    }
}
