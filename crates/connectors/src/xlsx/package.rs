//! The ZIP package of a workbook: opened only after every entry has been unpacked once and counted,
//! so that no header can lie about a size and no damage shows up half-way.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use enterprise::{Problem, ProblemKind};
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::says::{refused, shown, unreadable};

/// Bytes of the file itself.
pub(crate) const MOST_FILE_BYTES: u64 = 64 * 1024 * 1024;
const MOST_ENTRIES: usize = 2_000;
/// Unpacked bytes of one entry, and of all together.
const MOST_ENTRY_BYTES: u64 = 256 * 1024 * 1024;
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Unpacked to packed size, for entries of more than a megabyte.
const MOST_RATIO: u64 = 200;
const RATIO_FROM: u64 = 1024 * 1024;
/// Bytes from one tag to the next.
const MOST_RUN: usize = 1024 * 1024;

type Bytes = Cursor<Vec<u8>>;

/// An opened package.
pub(crate) struct Package {
    zip: ZipArchive<Bytes>,
    /// Lower-case part name to entry.
    parts: HashMap<String, usize>,
}

/// One part of it.
pub(crate) type Part<'p> = BufReader<Guarded<ZipFile<'p, Bytes>>>;

impl Package {
    pub(crate) fn open(path: &Path, size: u64) -> Result<Self, Box<Problem>> {
        if size > MOST_FILE_BYTES {
            return Err(too_large(
                format!("文件有 {} MB，超过 64 MB", size >> 20),
                format!("the file has {} MB, more than 64 MB", size >> 20),
            ));
        }
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(MOST_FILE_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(&error))?;
        // Counted before the directory is parsed, which takes memory for each of its entries.
        let entries = bytes.windows(4).filter(|window| *window == b"PK\x01\x02").count();
        if entries > MOST_ENTRIES {
            return Err(too_large(
                format!("压缩包里有 {entries} 个条目，超过 {MOST_ENTRIES} 个"),
                format!("the package has {entries} entries, more than {MOST_ENTRIES}"),
            ));
        }
        let mut zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
        let parts = walk(&mut zip)?;
        Ok(Self { zip, parts })
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// Whether the name of some part ends so.
    pub(crate) fn has_ending(&self, ending: &str) -> bool {
        self.parts.keys().any(|name| name.ends_with(ending))
    }

    /// Opens the part with this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Part<'_>, Box<Problem>> {
        let index = self.parts.get(&name.to_lowercase()).copied();
        let missing = || damaged(&format!("no part {}", shown(name)));
        let entry = self.zip.by_index(index.ok_or_else(missing)?);
        let entry = entry.map_err(|error| damaged(&error.to_string()))?;
        Ok(BufReader::with_capacity(64 * 1024, Guarded { inner: entry, run: 0 }))
    }
}

/// Unpacks everything once and forgets it again.
fn walk(zip: &mut ZipArchive<Bytes>) -> Result<HashMap<String, usize>, Box<Problem>> {
    let mut parts = HashMap::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut total = 0;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(|error| damaged(&error.to_string()))?;
        let name = entry.name().map_err(|error| damaged(&error.to_string()))?.into_owned();
        if entry.encrypted() {
            return Err(damaged("encrypted entry"));
        }
        let packed = entry.compressed_size().max(1);
        let mut size = 0;
        loop {
            let read = match entry.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
                Err(error) => return Err(damaged(&format!("{}: {error}", shown(&name)))),
            };
            size += read;
            total += read;
            if size > MOST_ENTRY_BYTES || total > MOST_BYTES {
                return Err(bomb(&name));
            }
            if size > RATIO_FROM && size / packed > MOST_RATIO {
                return Err(bomb(&name));
            }
        }
        parts.insert(name.replace('\\', "/").trim_start_matches('/').to_lowercase(), index);
    }
    Ok(parts)
}

fn bomb(name: &str) -> Box<Problem> {
    let name = shown(name);
    too_large(
        format!("其中的“{name}”解开后过大，可能是恶意文件"),
        format!("`{name}` inside it unpacks to far too much; the file may be malicious"),
    )
}

fn too_large(zh: String, en: String) -> Box<Problem> {
    Box::new(refused(
        ProblemKind::TooLarge,
        (zh, en),
        (
            "请把数据拆成几个文件，或另存为 CSV（大小不限）",
            "split the data into several files, or save it as CSV, which may have any size",
        ),
    ))
}

/// The package cannot be read.
pub(crate) fn damaged(detail: &str) -> Box<Problem> {
    let detail = shown(detail);
    Box::new(refused(
        ProblemKind::Unreadable,
        (
            format!("工作簿已损坏或没有传完整（{detail}）"),
            format!("the workbook is damaged or cut off ({detail})"),
        ),
        (
            "请重新传送，或在 Excel 或 WPS 中打开后重新保存",
            "send it again, or open it in Excel or WPS and save it again",
        ),
    ))
}

/// Refuses text or tags of absurd length before they are held in memory.
pub(crate) struct Guarded<R> {
    inner: R,
    run: usize,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = self.inner.read(out)?;
        let bytes = out.get(..size).unwrap_or_default();
        match bytes.iter().rposition(|byte| *byte == b'<') {
            Some(place) => self.run = size - place,
            None => self.run += size,
        }
        if self.run > MOST_RUN {
            return Err(io::Error::other("text of more than a megabyte"));
        }
        Ok(size)
    }
}
