//! The folder in which the files of populations lie. A file has the name of its fingerprint and is never changed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What is left of an attempt that was cut off is taken away after so long.
const LEFT: Duration = Duration::from_hours(24);

/// The folder of populations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Populations {
    folder: PathBuf,
}

/// What a file is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fingerprint {
    /// SHA-256, in hexadecimal.
    pub hash: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// How a file differs from what is known of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Differs {
    /// It is not there.
    Gone,
    /// It is another one.
    Altered,
    /// It cannot be read.
    Unreadable,
}

impl Populations {
    /// In a folder; it is made when the first file comes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a file of the folder is.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// A place in the folder for something that is not finished, with a name that nobody else has.
    pub fn draft(&self, ending: &str) -> io::Result<PathBuf> {
        let mut maker = fs::DirBuilder::new();
        maker.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            maker.mode(0o700);
        }
        maker.create(&self.folder)?;
        let random = crypto::random_bytes::<12>().map_err(io::Error::other)?;
        Ok(self.folder.join(format!("new-{}.{ending}", crypto::hex(&random))))
    }

    /// Gives a finished file of the folder the name of its fingerprint, which it answers with the name.
    pub fn keep(&self, draft: &Path) -> io::Result<(String, Fingerprint)> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(draft, fs::Permissions::from_mode(0o600))?;
        }
        let (digest, bytes) = crypto::sha256_of(File::open(draft)?)?;
        let hash = crypto::hex(&digest);
        let file = format!("{hash}.parquet");
        fs::rename(draft, self.path(&file))?;
        // The name, too, is to survive a power cut.
        File::open(&self.folder)?.sync_all()?;
        Ok((file, Fingerprint { hash, bytes }))
    }

    /// Holds a file against what is known of it.
    pub fn examine(&self, known: &store::population::Population) -> Result<(), Differs> {
        let found = File::open(self.path(&known.file)).and_then(crypto::sha256_of);
        match found {
            Ok((digest, _)) if crypto::hex(&digest) == known.hash => Ok(()),
            Ok(_) => Err(Differs::Altered),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Differs::Gone),
            Err(_) => Err(Differs::Unreadable),
        }
    }

    /// Takes away what is left of attempts that were cut off: what was not finished, and what nobody knows. Says how
    /// many files that were.
    pub(crate) fn sweep(&self, known: &BTreeSet<String>) -> io::Result<u64> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(error),
        };
        let mut swept = 0;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let ours = ["new-", ".new-"].iter().any(|start| name.starts_with(start))
                || name.ends_with(".parquet")
                || name.ends_with(".part");
            let age = entry.metadata()?.modified().map(|at| SystemTime::now().duration_since(at));
            if ours && !known.contains(&*name) && matches!(age, Ok(Ok(age)) if age > LEFT) {
                fs::remove_file(entry.path())?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// A file that goes when nobody needs it any more.
pub(super) struct Passing(pub PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        // One that cannot be taken away now is swept away later.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gets_the_name_of_its_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        let all = Populations::new(folder.path().join("populations"));
        let draft = all.draft("parquet").unwrap();
        fs::write(&draft, "abc").unwrap();
        let (file, found) = all.keep(&draft).unwrap();
        assert_eq!(file, format!("{}.parquet", found.hash));
        assert!(found.hash.starts_with("ba7816bf") && found.bytes == 3, "{found:?}");
        assert!(!draft.exists() && all.path(&file).exists());
    }

    #[test]
    fn what_was_left_unfinished_long_ago_goes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let all = Populations::new(folder.path());
        for name in ["new-1.csv", "new-2.csv", "known.parquet", "unknown.parquet", "note.txt"] {
            fs::write(all.path(name), "x").unwrap();
            if name != "new-2.csv" {
                let old = SystemTime::now() - 2 * LEFT;
                File::options()
                    .write(true)
                    .open(all.path(name))
                    .unwrap()
                    .set_modified(old)
                    .unwrap();
            }
        }
        let known = BTreeSet::from(["known.parquet".to_owned()]);
        assert_eq!(all.sweep(&known).unwrap(), 2);
        let left = fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name());
        let left: BTreeSet<_> = left.map(|name| name.into_string().unwrap()).collect();
        assert_eq!(
            left.into_iter().collect::<Vec<_>>(),
            ["known.parquet", "new-2.csv", "note.txt"]
        );
    }
}
