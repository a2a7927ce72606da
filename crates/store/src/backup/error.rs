//! What can go wrong with a backup, in words for whoever has to restore one at night.

use std::fmt;
use std::io;

use access::Words;

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
    /// A row has a text with U+0000, which this engine does not keep.
    Unfit {
        /// Its table.
        table: &'static str,
        /// Its place in the file, from 1.
        row: u64,
    },
}

impl Error {
    /// What to tell people.
    pub fn words(&self) -> Words<String> {
        let (zh, en) = match self {
            Error::Store(error) => return error.words(),
            Error::File(error) => (
                format!("文件无法读写（原话：{error}）"),
                format!("the file cannot be read or written (in its own words: {error})"),
            ),
            Error::NothingThere => (
                "数据库是空的，没有可备份的内容".to_owned(),
                "the database is empty: nothing to save".to_owned(),
            ),
            Error::NotABackup => {
                ("这不是备份文件".to_owned(), "this file is not a backup".to_owned())
            }
            Error::Truncated => (
                "备份文件不完整：未写完或未完整复制".to_owned(),
                "it ends too early: it was not finished or not copied as a whole".to_owned(),
            ),
            Error::Altered { what } => (
                format!("备份文件已损坏或被改动：{what}"),
                format!("it was damaged or changed: {what}"),
            ),
            Error::Newer { what, found, known } => {
                let of = match *what {
                    "format" => "格式",
                    _ => "数据库结构",
                };
                (
                    format!("由更新的程序生成（{of}第 {found} 版，本程序只认识到第 {known} 版）"),
                    format!(
                        "a newer program made it ({what} {found}, this one knows up to {known})"
                    ),
                )
            }
            Error::NotEmpty { table } => (
                format!("目标数据库不是空的（表 {table}）"),
                format!("the database is not empty (table {table})"),
            ),
            Error::Unfit { table, row } => (
                format!("表 {table} 第 {row} 行的文本含 U+0000，PostgreSQL 不能保存"),
                format!(
                    "row {row} of table {table} has a text with U+0000, which PostgreSQL does not take"
                ),
            ),
        };
        Words { zh, en }
    }
}

/// For the log.
impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Store(error) => error.fmt(out),
            other => write!(out, "the backup: {}", other.words().en),
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
