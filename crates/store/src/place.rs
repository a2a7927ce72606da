//! Where a database is: a folder with SQLite in it, or the address of a PostgreSQL database.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::engine::Engine;
use crate::error::{Error, Unusable};

/// The name of the file of an embedded database.
const FILE: &str = "tidu.db";

/// Where a database is. Its words never show a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    engine: Engine,
    url: String,
    folder: Option<PathBuf>,
}

impl Place {
    /// SQLite in a folder, which must exist: its file is `tidu.db`.
    pub fn folder(folder: &Path) -> Result<Self, Error> {
        let file = folder.join(FILE);
        let text = file.to_str().ok_or_else(|| Error::Address {
            given: file.display().to_string(),
            why: Unusable::NotUtf8,
        })?;
        Ok(Self {
            engine: Engine::Sqlite,
            url: format!("sqlite://{}", escaped(text)),
            folder: Some(folder.to_owned()),
        })
    }

    /// A PostgreSQL database: `postgres://user:password@host:port/name`.
    pub fn postgres(url: &str) -> Result<Self, Error> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self { engine: Engine::Postgres, url: url.to_owned(), folder: None })
        } else {
            Err(Error::Address { given: without_password(url), why: Unusable::NotPostgres })
        }
    }

    /// Which of both engines it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The files of an embedded database, whether they are there or not.
    pub fn files(&self) -> Vec<PathBuf> {
        let folder = self.folder.as_deref();
        let names = ["", "-wal", "-shm"].map(|end| format!("{FILE}{end}"));
        folder.map_or_else(Vec::new, |folder| names.map(|name| folder.join(name)).into())
    }

    /// The folder of an embedded database.
    pub fn in_folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Makes the file of an embedded database if it is not there, for its owner only, whatever the folder is for: the
    /// engine gives the files beside it the same mode.
    pub(crate) fn make_file(&self) -> Result<(), Error> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        match options.open(folder.join(FILE)) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::StorageFull => {
                Err(Error::Full(error.to_string()))
            }
            Err(error) => Err(Error::Unavailable(format!("{self}: {error}"))),
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.folder {
            Some(folder) => write!(out, "{}", folder.join(FILE).display()),
            None => out.write_str(&without_password(&self.url)),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Place({self})")
    }
}

/// SQLite's addresses are URLs: a `?`, `#` or `%` in the name of a folder would end it.
fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((login, host)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_shows_its_password() {
        let place = Place::postgres("postgres://tidu:s3cr@t@db:5432/tidu").unwrap();
        assert_eq!(place.to_string(), "postgres://tidu:***@db:5432/tidu");
        assert_eq!(format!("{place:?}"), "Place(postgres://tidu:***@db:5432/tidu)");
    }

    #[test]
    fn another_engine_is_refused_without_its_password() {
        let error = Place::postgres("mysql://root:hidden@db/tidu").unwrap_err().to_string();
        assert!(error.contains("postgres://"), "{error}");
        assert!(!error.contains("hidden"), "{error}");
    }
}
