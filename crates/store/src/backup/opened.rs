//! A backup that is being read: first its manifest, then its tables line by line, each held against what the
//! manifest says of it.

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use crypto::Digest;
use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{Error, reading};
use super::manifest::{FORMAT, Manifest, Saved};
use super::running::Running;
use super::{MANIFEST, README, file_of};
use crate::schema::{newest, tables_at};

/// No manifest is longer.
const LONGEST_MANIFEST: u64 = 1 << 20;
/// No row is longer: what the platform takes in is far below.
const LONGEST_LINE: u64 = 256 << 20;

pub(super) struct Opened<R> {
    pub(super) archive: ZipArchive<R>,
    pub(super) manifest: Manifest,
    pub(super) digest: &'static dyn Digest,
}

impl<R: Read + Seek> Opened<R> {
    pub(super) fn open(mut from: R) -> Result<Self, Error> {
        let mut start = [0; 4];
        from.read_exact(&mut start).map_err(|_| Error::NotABackup)?;
        if start != *b"PK\x03\x04" {
            return Err(Error::NotABackup);
        }
        from.seek(SeekFrom::Start(0)).map_err(Error::File)?;
        let mut archive = ZipArchive::new(from).map_err(|error| match error {
            ZipError::Io(error) => reading("ZIP", error),
            _ => Error::Truncated,
        })?;
        if archive.index_for_name(MANIFEST).is_none() {
            let ours = archive.index_for_name(README).is_some();
            return Err(if ours { Error::Truncated } else { Error::NotABackup });
        }
        let manifest = manifest(&mut archive)?;
        let digest = crypto::digest_named(&manifest.digest).ok_or_else(|| Error::Altered {
            what: format!("{MANIFEST}: digest `{}`", manifest.digest),
        })?;
        Ok(Self { archive, manifest, digest })
    }

    /// The lines of a table.
    pub(super) fn lines<'a>(&'a mut self, saved: &'a Saved) -> Result<Lines<'a, impl Read>, Error> {
        let name = file_of(&saved.name);
        let digest = self.digest;
        let file = self.archive.by_name(&name).map_err(|error| opening(&name, error))?;
        Ok(Lines { from: BufReader::new(file), saved, name, running: Running::new(digest) })
    }
}

pub(super) fn opening(name: &str, error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => reading(name, error),
        other => Error::Altered { what: format!("{name}: {other}") },
    }
}

fn manifest<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Manifest, Error> {
    let altered = |what: String| Error::Altered { what: format!("{MANIFEST}: {what}") };
    let file = archive.by_name(MANIFEST).map_err(|error| opening(MANIFEST, error))?;
    let mut text = Vec::new();
    file.take(LONGEST_MANIFEST).read_to_end(&mut text).map_err(|error| reading(MANIFEST, error))?;
    // What a newer program says in it may be anything but its versions.
    let found: serde_json::Value =
        serde_json::from_slice(&text).map_err(|error| altered(error.to_string()))?;
    for (what, known) in [("format", FORMAT), ("schema", newest())] {
        let found = found.get(what).and_then(serde_json::Value::as_i64);
        let found = found.ok_or_else(|| altered(format!("no `{what}`")))?;
        if found > known {
            return Err(Error::Newer { what, found, known });
        }
    }
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|error| altered(error.to_string()))?;
    let tables = manifest.tables.iter().map(|table| table.name.as_str());
    if !tables.eq(tables_at(manifest.schema).map(|table| table.name)) {
        return Err(altered(format!("not the tables of version {}", manifest.schema)));
    }
    Ok(manifest)
}

/// The lines of a table. What comes out is bounded by what the manifest promised, whatever the ZIP would unpack to.
pub(super) struct Lines<'a, R> {
    from: BufReader<R>,
    saved: &'a Saved,
    name: String,
    running: Running<'a>,
}

impl<R: Read> Lines<'_, R> {
    /// The next line with its end, and its number; none after the last, when all is as the manifest says.
    pub(super) fn next(&mut self, line: &mut Vec<u8>) -> Result<Option<u64>, Error> {
        line.clear();
        let left = self.saved.bytes.saturating_sub(self.running.bytes);
        // One more byte than promised tells that there is more.
        let most = left.saturating_add(1).min(LONGEST_LINE);
        let name = &self.name;
        let altered = |what: &str| Error::Altered { what: format!("{name}: {what}") };
        let read = self
            .from
            .by_ref()
            .take(most)
            .read_until(b'\n', line)
            .map_err(|error| reading(name, error))?;
        if read == 0 {
            let found = self.running.saved(&self.saved.name, self.saved.last_number);
            return if found == *self.saved { Ok(None) } else { Err(altered("digest")) };
        }
        if line.last() != Some(&b'\n') || read as u64 > left {
            return Err(altered("length"));
        }
        self.running.line(line);
        Ok(Some(self.running.rows))
    }
}
