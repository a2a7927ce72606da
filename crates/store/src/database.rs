//! An open database, and the units of work that it hands out.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, TransactionOptions, TransactionTrait,
};

use crate::engine::Engine;
use crate::error::{Error, Unusable};
use crate::place::Place;
use crate::reach::Reach;
use crate::writes::Writes;

/// How many units can read at once.
const READERS: u32 = 8;
/// How long a unit waits for its turn before it is told that the database is not to be had.
const PATIENCE: Duration = Duration::from_secs(8);

/// An open database. Copies share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
    readers: DatabaseConnection,
    /// SQLite has one writer; PostgreSQL's readers write, too.
    writer: DatabaseConnection,
    /// The way to a server; an embedded database is always there.
    reach: Option<Arc<Reach>>,
    writes: Arc<Writes>,
}

impl Store {
    /// Opens a database. An embedded one is made if it is not there; a PostgreSQL database must exist.
    pub async fn open(place: &Place) -> Result<Self, Error> {
        match place.engine() {
            Engine::Sqlite => {
                place.make_file()?;
                let writer = sea_orm::Database::connect(sqlite(place, 1, false)).await?;
                let readers = sea_orm::Database::connect(sqlite(place, READERS, true)).await?;
                let writes = Arc::default();
                Ok(Self { engine: Engine::Sqlite, readers, writer, reach: None, writes })
            }
            Engine::Postgres => {
                let reach = Reach::to(place)?;
                reach.look().await?;
                let mut options = shared(place, READERS);
                options.test_before_acquire(true);
                options.map_sqlx_postgres_pool_opts(|pool| {
                    pool.after_release(|connection, _| Box::pin(is_clean(connection)))
                });
                let both = sea_orm::Database::connect(options).await?;
                Ok(Self {
                    engine: Engine::Postgres,
                    readers: both.clone(),
                    writer: both,
                    reach: Some(Arc::new(reach)),
                    writes: Arc::default(),
                })
            }
        }
    }

    /// Opens a database that is there; an embedded one is not made.
    pub async fn open_existing(place: &Place) -> Result<Self, Error> {
        if place.files().first().is_some_and(|file| !file.is_file()) {
            return Err(Error::Address { given: place.to_string(), why: Unusable::NothingThere });
        }
        Self::open(place).await
    }

    /// Which engine it is: for what is shown and logged, never for deciding.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// A unit that reads one state of everything and writes nothing.
    pub async fn read(&self) -> Result<Unit, Error> {
        self.begin(&self.readers, self.engine.reading(), None).await
    }

    /// A unit that may write. Nothing of it is there before [`Unit::commit`] has returned.
    pub async fn write(&self) -> Result<Unit, Error> {
        self.begin(&self.writer, self.engine.writing(), Some(&self.writes)).await
    }

    async fn begin(
        &self,
        on: &DatabaseConnection,
        options: TransactionOptions,
        writes: Option<&Arc<Writes>>,
    ) -> Result<Unit, Error> {
        let begin = on.begin_with_options(options);
        let transaction = match &self.reach {
            Some(reach) => reach.while_there(begin).await?,
            None => begin.await?,
        };
        Ok(Unit { engine: self.engine, transaction, writes: writes.cloned() })
    }

    pub(crate) fn writes(&self) -> &Writes {
        &self.writes
    }

    /// Sweeps up after something was erased by law, as far as that can be done at once: what the engine keeps beside the
    /// tables, or as rows that nobody sees any more, goes.
    pub async fn sweep(&self) -> Result<(), Error> {
        use sea_orm::ConnectionTrait as _;
        match self.engine {
            Engine::Sqlite => {
                let sweep = "PRAGMA wal_checkpoint(TRUNCATE)";
                self.writer.query_one_raw(self.engine.statement(sweep)).await?;
            }
            Engine::Postgres => {
                for table in PERSONAL {
                    let sweep = format!("VACUUM {table}");
                    self.writer.execute_raw(self.engine.statement(&sweep)).await?;
                }
            }
        }
        Ok(())
    }

    /// Gives all connections back, after the units that are under way.
    pub async fn close(self) -> Result<(), Error> {
        if self.engine == Engine::Sqlite {
            self.writer.close().await?;
        }
        Ok(self.readers.close().await?)
    }
}

/// The tables from which a person is erased.
const PERSONAL: [&str; 9] = [
    "person",
    "audit_personal",
    "session",
    "token",
    "identity",
    "invitation",
    "draft",
    "reply",
    "self_check",
];

/// What is read or written together. Dropped without [`Unit::commit`], it leaves nothing.
#[derive(Debug)]
pub struct Unit {
    engine: Engine,
    transaction: DatabaseTransaction,
    /// Where it is remembered how it ended, if it may write.
    writes: Option<Arc<Writes>>,
}

impl Unit {
    /// Makes everything that was written lasting. When this returns, a crash cannot take it away.
    pub async fn commit(self) -> Result<(), Error> {
        let ended = self.transaction.commit().await.map_err(Error::from);
        if let Some(writes) = self.writes {
            writes.note(&ended);
        }
        ended
    }

    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

fn shared(place: &Place, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(place.url());
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        // Statements carry personal data in their values.
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}

fn sqlite(place: &Place, connections: u32, only_reads: bool) -> ConnectOptions {
    let mut options = shared(place, connections);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        let sqlite = sqlite
            .create_if_missing(!only_reads)
            .journal_mode(SqliteJournalMode::Wal)
            // What was acknowledged is on the disk, also if the power goes.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is erased by law is overwritten, not only given free.
            .pragma("secure_delete", "ON")
            .busy_timeout(PATIENCE);
        if only_reads { sqlite.pragma("query_only", "ON") } else { sqlite }
    });
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| Box::pin(is_clean(connection)))
    });
    options
}

/// Whether a connection that comes back can be given out again. When a commit has failed (a full disk), the driver
/// still takes the transaction for open: the next one would be a savepoint in it, whose commit makes nothing lasting.
async fn is_clean<C: sea_orm::sqlx::Connection>(
    connection: &mut C,
) -> Result<bool, sea_orm::sqlx::Error> {
    // A transaction that was dropped is rolled back with the next word to the database.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// The version after one. What comes from a form may be any number: the last of all is no row's, and has none after it.
pub(crate) fn later(version: i64) -> i64 {
    version.saturating_add(1)
}

/// Holds that exactly the row was changed that was meant: none is there any more with the version that was read.
pub(crate) fn once(rows: u64) -> Result<(), Error> {
    if rows == 1 { Ok(()) } else { Err(Error::Changed) }
}
