//! The files beside the database, into a backup and out of it again. Each is held against the fingerprint that the
//! database or the manifest has of it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::error::{Error, reading, writing};
use super::manifest::SavedFile;
use super::opened::{Opened, opening};
use super::write::Out;
use crate::population::Population;

/// The folder in the ZIP.
const FOLDER: &str = "populations";

/// Saves the file of a population. None if it is not there, or is not what was kept: the rest is worth saving.
pub(super) fn save<W: Write>(
    out: &mut Out<W>,
    folder: &Path,
    known: &Population,
) -> Result<Option<SavedFile>, Error> {
    let path = folder.join(&known.file);
    let fits = File::open(&path).and_then(crypto::sha256_of);
    let bytes = match fits {
        Ok((digest, bytes)) if crypto::hex(&digest) == known.hash => bytes,
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::File(error)),
    };
    // They are packed already.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .large_file(true)
        .unix_permissions(0o600);
    out.start_file(format!("{FOLDER}/{}", known.file), options).map_err(writing)?;
    let copied =
        io::copy(&mut File::open(&path).map_err(Error::File)?, out).map_err(Error::File)?;
    if copied != bytes {
        return Err(Error::File(io::Error::other(format!("{} changes", path.display()))));
    }
    Ok(Some(SavedFile { name: known.file.clone(), bytes, sha256: known.hash.clone() }))
}

impl<R: Read + Seek> Opened<R> {
    /// Holds a file against what the manifest says of it, and puts it nowhere.
    pub(super) fn hold(&mut self, saved: &SavedFile) -> Result<(), Error> {
        let name = format!("{FOLDER}/{}", saved.name);
        let altered = |what: &str| Error::Altered { what: format!("{name}: {what}") };
        if !is_a_name(&saved.name) {
            return Err(altered("name"));
        }
        let file = self.archive.by_name(&name).map_err(|error| opening(&name, error))?;
        // One more byte than promised tells that there is more.
        let found = crypto::sha256_of(file.take(saved.bytes.saturating_add(1)))
            .map_err(|error| reading(&name, error))?;
        if (crypto::hex(&found.0), found.1) != (saved.sha256.clone(), saved.bytes) {
            return Err(altered("digest"));
        }
        Ok(())
    }

    /// Puts a file back into its folder: complete under its name, or not there at all. One that is there is the same.
    pub(super) fn bring_back(&mut self, saved: &SavedFile, folder: &Path) -> Result<(), Error> {
        let name = format!("{FOLDER}/{}", saved.name);
        let altered = |what: &str| Error::Altered { what: format!("{name}: {what}") };
        if !is_a_name(&saved.name) {
            return Err(altered("name"));
        }
        private(folder).map_err(Error::File)?;
        let file = self.archive.by_name(&name).map_err(|error| opening(&name, error))?;
        let draft = folder.join(format!("{}.part", saved.name));
        let written = (|| {
            let mut out = File::create(&draft).map_err(Error::File)?;
            // One more byte than promised tells that there is more.
            let copied = io::copy(&mut file.take(saved.bytes.saturating_add(1)), &mut out);
            copied.map_err(|error| reading(&name, error))?;
            out.sync_all().map_err(Error::File)?;
            let back = File::open(&draft).and_then(crypto::sha256_of).map_err(Error::File)?;
            if (crypto::hex(&back.0), back.1) != (saved.sha256.clone(), saved.bytes) {
                return Err(altered("digest"));
            }
            fs::rename(&draft, folder.join(&saved.name)).map_err(Error::File)
        })();
        if written.is_err() {
            // Whether it goes or not, nobody takes it for what it was to become.
            let _ = fs::remove_file(&draft);
        }
        written
    }
}

/// Names that the platform gives: nothing that leads out of the folder.
fn is_a_name(name: &str) -> bool {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    !name.is_empty() && name.len() <= 100 && !name.starts_with('.') && name.chars().all(plain)
}

fn private(folder: &Path) -> io::Result<()> {
    let mut maker = fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        maker.mode(0o700);
    }
    maker.create(folder)
}
