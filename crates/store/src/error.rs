//! What can go wrong below a use case, sorted by what its caller can do about it.

use std::fmt;

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why the database did not do it.
#[derive(Debug)]
pub enum Error {
    /// The address of the database cannot be used.
    Address {
        /// What was given, without a password.
        given: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Somebody changed the same row since it was read.
    Changed,
    /// A value that must be there once is there already: the columns' names, as far as the engine tells them.
    Taken(String),
    /// What a row refers to is not there, or is still referred to.
    Dangling(String),
    /// The database cannot be reached or has no room at the moment; the same call may succeed later.
    Unavailable(String),
    /// No room is left where the database writes.
    Full(String),
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

impl Error {
    /// Whether the same call may succeed if it is made again later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Error::Unavailable(_) | Error::Full(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Address { given, why } => {
                write!(out, "the database address `{given}` cannot be used: {why}")
            }
            Error::Changed => write!(out, "somebody else has changed this since it was read"),
            Error::Taken(what) => write!(out, "there is one already: {what}"),
            Error::Dangling(what) => {
                write!(out, "it refers to something that is not there, or is referred to: {what}")
            }
            Error::Unavailable(why) => {
                write!(out, "the database cannot be reached at the moment: {why}")
            }
            Error::Full(why) => write!(out, "the database has no room left to write: {why}"),
            Error::Newer { found, known } => write!(
                out,
                "the database has schema version {found}, made by a newer program; this one knows up to {known}"
            ),
            Error::Damaged(what) => {
                write!(out, "the database holds something that cannot be read: {what}")
            }
            Error::Engine(why) => write!(out, "the database refused: {why}"),
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
        let said = error.to_string();
        match &error {
            // Whatever else keeps it from opening may pass; a damaged file does not.
            DbErr::Conn(RuntimeErr::SqlxError(inner))
                if matches!(sorted(inner, String::new()), Error::Damaged(_)) =>
            {
                Error::Damaged(said)
            }
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Error::Unavailable(said),
            DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner)) => sorted(inner, said),
            DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => Error::Damaged(said),
            _ => Error::Engine(said),
        }
    }
}

/// Sorts what the driver says by its codes: SQLite's result codes, PostgreSQL's classes of states.
fn sorted(error: &sea_orm::sqlx::Error, said: String) -> Error {
    use sea_orm::sqlx::Error as Driver;
    match error {
        Driver::Io(_)
        | Driver::Tls(_)
        | Driver::PoolTimedOut
        | Driver::PoolClosed
        | Driver::WorkerCrashed => Error::Unavailable(said),
        Driver::Protocol(_) => Error::Unavailable(said),
        Driver::Database(inner) => {
            let code = inner.code().unwrap_or_default();
            match code.as_ref() {
                // SQLITE_FULL, and PostgreSQL's disk_full.
                "13" | "53100" => Error::Full(said),
                // SQLITE_BUSY and SQLITE_LOCKED with what extends them, SQLITE_CANTOPEN, SQLITE_IOERR.
                "5" | "6" | "10" | "14" | "261" | "517" | "773" | "262" => Error::Unavailable(said),
                // SQLITE_CORRUPT with what extends it, SQLITE_NOTADB.
                "11" | "26" | "267" | "523" | "779" => Error::Damaged(said),
                // Serialization failures and deadlocks: the same unit may pass when it is run again.
                "40001" | "40P01" => Error::Unavailable(said),
                code if code.starts_with("08")
                    || code.starts_with("53")
                    || code.starts_with("57") =>
                {
                    Error::Unavailable(said)
                }
                // Extended SQLITE_IOERR: the low byte says so.
                code if code.parse::<u32>().is_ok_and(|code| code & 0xff == 10)
                    && code.len() < 5 =>
                {
                    Error::Unavailable(said)
                }
                _ => Error::Engine(said),
            }
        }
        Driver::ColumnDecode { .. } | Driver::Decode(_) => Error::Damaged(said),
        _ => Error::Engine(said),
    }
}
