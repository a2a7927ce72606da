//! A database for a test, on every engine one after the other.

use std::ops::Deref;

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement};
use store::{Place, Store, Unit};
use testbed::Fresh;

/// An open database of a test. Its units are those of the store.
pub struct Bed {
    pub store: Store,
    pub place: Place,
    url: String,
}

impl Deref for Bed {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Bed {
    async fn open(fresh: &Fresh) -> Self {
        let (place, url) = match fresh {
            Fresh::Sqlite(folder) => (
                Place::folder(folder.path()).unwrap(),
                format!("sqlite://{}?mode=rwc", folder.path().join("tidu.db").display()),
            ),
            Fresh::Postgres(server) => {
                (Place::postgres(server.url()).unwrap(), server.url().to_owned())
            }
        };
        Self { store: Store::open(&place).await.unwrap(), place, url }
    }

    /// The same database, opened once more as another process would.
    pub async fn again(&self) -> Store {
        Store::open(&self.place).await.unwrap()
    }

    /// A way into the database past the store.
    pub async fn past_the_store(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.unwrap()
    }

    /// Runs a statement past the store and says how many rows it changed.
    pub async fn sql(&self, statement: &str) -> u64 {
        let door = self.past_the_store().await;
        let statement = Statement::from_string(door.get_database_backend(), statement);
        let done = door.execute_raw(statement).await.unwrap().rows_affected();
        door.close().await.unwrap();
        done
    }

    /// What a query past the store answers.
    pub async fn rows(&self, query: &str) -> Vec<QueryResult> {
        let door = self.past_the_store().await;
        let statement = Statement::from_string(door.get_database_backend(), query);
        let rows = door.query_all_raw(statement).await.unwrap();
        door.close().await.unwrap();
        rows
    }

    /// One unit that reads: its answer.
    pub async fn look<T>(&self, read: impl AsyncFnOnce(&Unit) -> Result<T, store::Error>) -> T {
        let unit = self.store.read().await.unwrap();
        read(&unit).await.unwrap()
    }

    /// One unit that writes and is committed if it succeeds: its answer.
    pub async fn act<T>(
        &self,
        write: impl AsyncFnOnce(&Unit) -> Result<T, store::Error>,
    ) -> Result<T, store::Error> {
        let unit = self.store.write().await?;
        let done = write(&unit).await?;
        unit.commit().await?;
        Ok(done)
    }
}

/// Runs a test on a fresh, empty database of every engine.
pub fn each_empty(test: impl AsyncFn(&Bed)) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for fresh in testbed::fresh() {
        runtime.block_on(async {
            let bed = Bed::open(&fresh).await;
            // Seen when the test fails.
            println!("on {}", bed.engine().name());
            test(&bed).await;
            bed.store.close().await.unwrap();
        });
    }
}

/// Runs a test with two fresh databases, of every engine each: one of the newest version and an empty one.
pub fn each_pair(test: impl AsyncFn(&Bed, &Bed)) {
    each(async |from| {
        for fresh in testbed::fresh() {
            let to = Bed::open(&fresh).await;
            println!("to {}", to.engine().name());
            test(from, &to).await;
            to.store.close().await.unwrap();
        }
    });
}

/// Runs a test on a fresh database of the newest version of every engine.
pub fn each(test: impl AsyncFn(&Bed)) {
    each_empty(async |bed| {
        store::migrate(&bed.store, at("2026-11-23T00:00:00Z")).await.unwrap();
        test(bed).await;
    });
}

/// An instant.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A day.
pub fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}
