//! What can go wrong below a use case, sorted by what its caller can do about it. What is shown to people is said in
//! one language ([`Error::words`]); what is written for the log has the engine's own words in it.

use std::fmt;

use access::Words;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::unreachable::Unreachable;

/// Why the database did not do it.
#[derive(Debug)]
pub enum Error {
    /// The address of the database cannot be used.
    Address {
        /// What was given, without a password.
        given: String,
        /// What is wrong with it.
        why: Unusable,
    },
    /// Somebody changed the same row since it was read.
    Changed,
    /// A value that must be there once is there already: the columns' names, as far as the engine tells them.
    Taken(String),
    /// What a row refers to is not there, or is still referred to.
    Dangling(String),
    /// The server is not to be had; the same call may succeed later.
    Unreachable(Unreachable),
    /// The database is busy, or its disk does not answer; the same call may succeed later.
    Unavailable(String),
    /// No room is left where the database writes.
    Full(String),
    /// The database takes no changes.
    ReadOnly(String),
    /// The database does not keep its text as UTF-8.
    Encoding {
        /// How it keeps it.
        found: String,
    },
    /// The database was made by a newer program.
    Newer {
        /// The version found.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// A row that this program did not write so.
    Damaged(String),
    /// Whatever else the engine said: a fault of this program or of the engine.
    Engine(String),
}

/// Why an address is none of a database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unusable {
    /// The name of the folder is not UTF-8.
    NotUtf8,
    /// It is not an address of PostgreSQL.
    NotPostgres,
    /// It begins as one, but cannot be read.
    NotAnAddress,
    /// There is no database in the folder.
    NothingThere,
}

impl Unusable {
    fn words(self) -> Words {
        let (zh, en) = match self {
            Self::NotUtf8 => ("文件夹名称不是 UTF-8", "the name of the folder is not UTF-8"),
            Self::NotPostgres => (
                "PostgreSQL 数据库地址应以 postgres:// 开头",
                "the address of a PostgreSQL database begins with `postgres://`",
            ),
            Self::NotAnAddress => (
                "应如 postgres://用户:密码@主机:端口/库名",
                "it has to be like postgres://user:password@host:port/name",
            ),
            Self::NothingThere => ("这个文件夹里没有数据库", "there is no database in this folder"),
        };
        Words { zh, en }
    }
}

impl Error {
    /// Whether the same call may succeed if it is made again later.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Error::Unavailable(_) | Error::Unreachable(_) | Error::Full(_) | Error::ReadOnly(_)
        )
    }

    /// What to tell people. Only what nobody foresaw is quoted as the engine says it.
    pub fn words(&self) -> Words<String> {
        let (zh, en) = match self {
            Error::Address { given, why } => {
                let why = why.words();
                (
                    format!("数据库地址 {given} 不能使用：{}", why.zh),
                    format!("the address `{given}` cannot be used: {}", why.en),
                )
            }
            Error::Changed => (
                "其他人刚刚修改了这一内容".to_owned(),
                "somebody else has changed this since it was read".to_owned(),
            ),
            Error::Taken(what) => {
                (format!("已经存在：{what}"), format!("there is one already: {what}"))
            }
            Error::Dangling(what) => (
                format!("引用的内容不存在，或仍被引用：{what}"),
                format!("it refers to something that is not there, or is referred to: {what}"),
            ),
            Error::Unreachable(why) => {
                let Words { zh, en } = why.words();
                (format!("数据库连不上：{zh}"), format!("the server cannot be reached: {en}"))
            }
            Error::Unavailable(said) => (
                format!("数据库暂时不能使用（原话：{said}）"),
                format!("it cannot be used at the moment (in its own words: {said})"),
            ),
            Error::Full(_) => {
                ("数据库所在的磁盘已满".to_owned(), "the disk of the database is full".to_owned())
            }
            Error::ReadOnly(_) => (
                "数据库只读，不能写入".to_owned(),
                "it is read-only and takes no changes".to_owned(),
            ),
            Error::Encoding { found } => (
                format!("数据库的编码是 {found}，本平台只用 UTF8"),
                format!("its encoding is {found}, and the platform needs UTF8"),
            ),
            Error::Newer { found, known } => (
                format!("数据库结构为第 {found} 版，由更新的程序建立；本程序只认识到第 {known} 版"),
                format!(
                    "it has schema version {found}, made by a newer program; this one knows up to {known}"
                ),
            ),
            Error::Damaged(what) => (
                format!("数据库里有无法读取的内容（原话：{what}）"),
                format!("it holds something that cannot be read: {what}"),
            ),
            Error::Engine(said) => (
                format!("数据库拒绝了这一操作（原话：{said}）"),
                format!("it refused (in its own words: {said})"),
            ),
        };
        Words { zh, en }
    }
}

/// For the log.
impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the database: {}", self.words().en)?;
        match self {
            Error::Full(said) | Error::ReadOnly(said) => write!(out, " ({said})"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => return Error::Taken(what),
            Some(SqlErr::ForeignKeyConstraintViolation(what)) => return Error::Dangling(what),
            _ => {}
        }
        match &error {
            // Whatever else keeps it from opening may pass; a damaged file does not.
            DbErr::Conn(RuntimeErr::SqlxError(inner)) => match sorted(inner) {
                Error::Engine(said) => Error::Unavailable(said),
                other => other,
            },
            DbErr::ConnectionAcquire(_) => {
                Error::Unavailable("no connection was free in time".to_owned())
            }
            DbErr::Conn(_) => Error::Unavailable(error.to_string()),
            DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner)) => sorted(inner),
            DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => {
                Error::Damaged(error.to_string())
            }
            _ => Error::Engine(error.to_string()),
        }
    }
}

/// Sorts what the driver says by its codes: SQLite's result codes, PostgreSQL's classes of states.
fn sorted(error: &sea_orm::sqlx::Error) -> Error {
    use sea_orm::sqlx::Error as Driver;
    match error {
        Driver::PoolTimedOut => Error::Unavailable("no connection was free in time".to_owned()),
        Driver::Io(_)
        | Driver::Tls(_)
        | Driver::PoolClosed
        | Driver::WorkerCrashed
        | Driver::Protocol(_) => Error::Unavailable(error.to_string()),
        Driver::Database(inner) => {
            let said = inner.message().to_owned();
            let code = inner.code().unwrap_or_default();
            // The low byte of an extended code of SQLite is the code that it extends.
            let short = (code.len() < 5).then(|| code.parse::<u32>().ok()).flatten();
            match (code.as_ref(), short.map(|code| code & 0xff)) {
                // SQLITE_FULL, and PostgreSQL's disk_full.
                (_, Some(13)) | ("53100", _) => Error::Full(said),
                // SQLITE_READONLY, and PostgreSQL's read_only_sql_transaction.
                (_, Some(8)) | ("25006", _) => Error::ReadOnly(said),
                // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_CANTOPEN.
                (_, Some(5 | 6 | 10 | 14)) => Error::Unavailable(said),
                // SQLITE_CORRUPT, SQLITE_NOTADB.
                (_, Some(11 | 26)) => Error::Damaged(said),
                // Serialization failures and deadlocks: the same unit may pass when it is run again.
                ("40001" | "40P01", _) => Error::Unavailable(said),
                (state, None)
                    if ["08", "53", "57"].iter().any(|class| state.starts_with(class)) =>
                {
                    Error::Unavailable(said)
                }
                _ => Error::Engine(said),
            }
        }
        Driver::ColumnDecode { .. } | Driver::Decode(_) => Error::Damaged(error.to_string()),
        _ => Error::Engine(error.to_string()),
    }
}
