//! A database of its own for each test, on the one server of the process.

use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::cluster::{self, Cluster};

/// A PostgreSQL database made for a test.
#[derive(Debug)]
pub struct Server {
    url: String,
    name: String,
    admin: String,
}

/// Where databases are made; nothing if there is no PostgreSQL.
static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
static COUNT: AtomicU32 = AtomicU32::new(0);

impl Server {
    /// Makes a database.
    pub(crate) fn database() -> Option<Self> {
        let cluster = CLUSTER.get_or_init(found).as_ref()?;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tidu_test_{}_{number}", std::process::id());
        sql(&cluster.url_of("postgres"), &format!("CREATE DATABASE {name}"));
        Some(Self { url: cluster.url_of(&name), name, admin: cluster.url_of("postgres") })
    }

    /// What `psql` answers to a statement: for tests that need another way into a database than the one they test.
    pub fn ask(&self, statement: &str) -> String {
        sql(&self.url, statement)
    }

    /// Takes the database away from whoever uses it, until it is opened again: as if the server had gone.
    pub fn shut(&self) {
        sql(&self.admin, &format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name));
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname";
        sql(&self.admin, &format!("{cut} = '{}'", self.name));
    }

    /// Gives it back.
    pub fn open(&self) {
        sql(&self.admin, &format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name));
    }

    /// The address of the database.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Connections of a test that is just ending are cut off.
        sql(&self.admin, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

#[expect(
    clippy::panic,
    reason = "a PostgreSQL that is there and does not start must not be passed over"
)]
fn found() -> Option<Cluster> {
    let cluster = match std::env::var("TIDU_TEST_POSTGRES") {
        Ok(url) => Some(Cluster::elsewhere(url)),
        Err(_) => cluster::start().unwrap_or_else(|why| panic!("PostgreSQL did not start: {why}")),
    };
    if cluster.is_none() {
        let skipped = "SKIPPED: no PostgreSQL. Tests ran on SQLite only; install postgresql or set TIDU_TEST_POSTGRES.";
        assert!(std::env::var_os("TIDU_TEST_ALL").is_none(), "{skipped}");
        eprintln!("\n*** {skipped} ***\n");
    }
    cluster
}

/// Runs a statement and gives what it answers, as bare text.
fn sql(url: &str, statement: &str) -> String {
    let done = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", url])
        .args(["--command", statement])
        .output();
    match done {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
        }
        Ok(output) => panic_or_say(&String::from_utf8_lossy(&output.stderr)),
        Err(error) => panic_or_say(&error.to_string()),
    }
}

#[expect(clippy::panic, reason = "a test without its database cannot go on")]
fn panic_or_say(why: &str) -> String {
    // While a test unwinds already, a second panic would end the process.
    if std::thread::panicking() {
        eprintln!("psql: {why}");
        return String::new();
    }
    panic!("psql: {why}")
}
