//! Both engines, and the few places where they differ. Nothing else of the house asks which one it is.

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, Statement, TransactionOptions,
};

use crate::error::Error;

/// A database engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Embedded, a file in a folder.
    Sqlite,
    /// A server of its own.
    Postgres,
}

impl Engine {
    /// The name that is shown and logged.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }

    /// A statement as it stands.
    pub(crate) fn statement(self, text: &str) -> sea_orm::Statement {
        sea_orm::Statement::from_string(self.backend(), text)
    }

    pub(crate) fn backend(self) -> DbBackend {
        match self {
            Engine::Sqlite => DbBackend::Sqlite,
            Engine::Postgres => DbBackend::Postgres,
        }
    }

    /// A unit that writes: SQLite takes its only write lock at once, since a unit that reads first and writes
    /// later would fail as "locked" whatever time it is given.
    pub(crate) fn writing(self) -> TransactionOptions {
        TransactionOptions {
            isolation_level: None,
            access_mode: None,
            sqlite_transaction_mode: match self {
                Engine::Sqlite => Some(SqliteTransactionMode::Immediate),
                Engine::Postgres => None,
            },
        }
    }

    /// A unit that reads one state of everything, however long it takes.
    pub(crate) fn reading(self) -> TransactionOptions {
        match self {
            Engine::Sqlite => TransactionOptions::default(),
            Engine::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            },
        }
    }

    /// Has units that write a table one after the other, where what one writes depends on what is there. Those that
    /// read it go on. SQLite has one writer already.
    pub(crate) async fn in_turn(
        self,
        transaction: &DatabaseTransaction,
        table: &'static str,
    ) -> Result<(), Error> {
        if self == Engine::Postgres {
            let lock = format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE");
            let lock = Statement::from_string(self.backend(), lock);
            transaction.execute_raw(lock).await.map_err(Error::from)?;
        }
        Ok(())
    }

    /// Has two processes that start at once migrate one after the other. SQLite's write lock does so already.
    pub(crate) async fn alone(self, transaction: &DatabaseTransaction) -> Result<(), Error> {
        if self == Engine::Postgres {
            // Any number that nobody else uses in this database: "tidu" in hexadecimal.
            let lock =
                Statement::from_string(self.backend(), "SELECT pg_advisory_xact_lock(1953064053)");
            transaction.execute_raw(lock).await.map_err(Error::from)?;
        }
        Ok(())
    }
}
