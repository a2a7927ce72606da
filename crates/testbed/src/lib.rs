//! Databases for tests: SQLite always, PostgreSQL where it can be had.
//!
//! PostgreSQL is the server that `TIDU_TEST_POSTGRES` names (an address whose user may create databases), else a
//! cluster of its own, started from the binaries that are installed. Where there is neither, tests run on SQLite
//! and say loudly what they skipped; with `TIDU_TEST_ALL=1` (the gate) that is a failure.
//!
//! This crate knows nothing of Tidu: it hands out places.

mod cluster;
mod server;

pub use server::Server;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

/// A fresh, empty database, which goes when this is dropped.
#[derive(Debug)]
pub enum Fresh {
    /// A folder for an embedded database.
    Sqlite(TempDir),
    /// The address of a PostgreSQL database.
    Postgres(Server),
}

/// Fresh databases of every engine that is to be had here.
pub fn fresh() -> Vec<Fresh> {
    let mut all = vec![sqlite()];
    all.extend(postgres());
    all
}

/// A folder for an embedded database.
///
/// # Panics
/// If no folder can be made: a test cannot go on.
#[expect(clippy::expect_used, reason = "a test without a folder cannot go on")]
pub fn sqlite() -> Fresh {
    Fresh::Sqlite(tempfile::tempdir_in(quick()).expect("a folder for a test"))
}

/// Where folders are quick: in memory, if there is much room. Databases write to the disk at every commit, which takes
/// most of the time of a test, and no test of this crate's users can cut off the power.
fn quick() -> &'static Path {
    static QUICK: OnceLock<PathBuf> = OnceLock::new();
    QUICK.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let asked =
            Command::new("df").args(["--output=avail", "--block-size=1M"]).arg(memory).output();
        let said = asked.map(|output| output.stdout).unwrap_or_default();
        let room =
            String::from_utf8_lossy(&said).lines().last().and_then(|line| line.trim().parse().ok());
        let much = room.is_some_and(|room: u64| room >= 1024);
        if much && std::env::var_os("TMPDIR").is_none() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        }
    })
}

/// A PostgreSQL database, if there is PostgreSQL.
pub fn postgres() -> Option<Fresh> {
    Server::database().map(Fresh::Postgres)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_are_apart() {
        let (Some(Fresh::Postgres(one)), Some(Fresh::Postgres(two))) = (postgres(), postgres())
        else {
            return;
        };
        assert_ne!(one.url(), two.url());
        assert_eq!(one.ask("CREATE TABLE here (a text)"), "");
        assert_eq!(two.ask("SELECT to_regclass('here') IS NULL"), "t");
    }
}
