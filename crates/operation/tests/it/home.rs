//! Where an installation of a test is.

use std::path::PathBuf;

use operation::{Config, Finding, Given, Trouble, Weight, examine, open, read_config};
use sea_orm::ConnectionTrait as _;
use testbed::Fresh;

/// Where an installation of a test is.
pub struct Home {
    folder: tempfile::TempDir,
    fresh: Fresh,
}

impl Home {
    /// One for each engine that is to be had.
    pub fn each() -> Vec<Self> {
        let folder = || tempfile::tempdir().unwrap();
        testbed::fresh().into_iter().map(|fresh| Self { folder: folder(), fresh }).collect()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn config(&self) -> Config {
        let mut flags = vec![("data".to_owned(), self.data().display().to_string())];
        if let Fresh::Postgres(server) = &self.fresh {
            flags.push(("database".to_owned(), server.url().to_owned()));
        }
        read_config(&Given { flags, ..Given::default() }).unwrap()
    }

    /// Opens it once, as a start does, and closes it again.
    pub async fn start(&self) -> Result<(), Trouble> {
        let opened = open(&self.config(), &rulebook::Sources::default(), "test").await?;
        let platform = std::sync::Arc::into_inner(opened.platform).unwrap();
        platform.close().await.unwrap();
        Ok(())
    }

    /// What is found that is not as it should be.
    pub async fn found(&self) -> Vec<Finding> {
        let mut found = examine(&self.config()).await.unwrap();
        found.retain(|one| one.weight != Weight::Fine);
        found
    }

    /// Whether an examination says something, and how much it weighs.
    pub async fn says(&self, part: &str) -> Option<Weight> {
        let found = self.found().await;
        found.iter().find(|one| one.what.en.contains(part)).map(|one| one.weight)
    }

    /// Runs a statement past everything.
    pub async fn sql(&self, statement: &str) {
        let url = match &self.fresh {
            Fresh::Sqlite(_) => format!("sqlite://{}", self.data().join("tidu.db").display()),
            Fresh::Postgres(server) => server.url().to_owned(),
        };
        let door = sea_orm::Database::connect(&url).await.unwrap();
        let statement = sea_orm::Statement::from_string(door.get_database_backend(), statement);
        door.execute_raw(statement).await.unwrap();
        door.close().await.unwrap();
    }
}
