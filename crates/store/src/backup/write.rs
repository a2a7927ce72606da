//! Everything in the database into a file, table by table, page by page.

use std::io::Write;
use std::path::Path;

use crypto::Digest;
use jiff::Timestamp;
use serde_json::{Map, Value as Json};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

use super::cell::said;
use super::error::{Error, writing};
use super::files;
use super::manifest::{FORMAT, Manifest, Saved};
use super::running::Running;
use super::{MANIFEST, Progress, README, WORDS, file_of, numbers};
use crate::database::{Store, Unit};
use crate::schema::table::Table;
use crate::schema::{tables_at, version_in};
use crate::walk::{Walk, taken};

/// A page is at most so many rows,
const MOST_ROWS: u64 = 1000;
/// and about so many bytes: rows of a table are mostly of one size.
const MANY_BYTES: u64 = 1 << 20;

/// What the file says about itself.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The version of the program.
    pub program: &'a str,
    /// What time it is.
    pub at: Timestamp,
    /// Which digest.
    pub digest: &'a dyn Digest,
    /// The folder with the files of populations; without it, they are not saved.
    pub files: Option<&'a Path>,
}

/// Writes a backup of the state in which the database is now. Others go on reading and writing. The file is whole
/// when this returns; whether it lies on the disk is the caller's business. One that was given up is recognised.
pub async fn write<W: Write + Send>(
    store: &Store,
    out: W,
    about: &About<'_>,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Manifest, Error> {
    let unit = store.read().await?;
    // The first look fixes the state that all others see.
    let schema = version_in(&unit).await?;
    if schema == 0 {
        return Err(Error::NothingThere);
    }
    if schema > crate::newest() {
        return Err(crate::Error::Newer { found: schema, known: crate::newest() }.into());
    }
    let mut file = ZipWriter::new_stream(out);
    begin(&mut file, README)?;
    file.write_all(WORDS.as_bytes()).map_err(Error::File)?;
    let mut tables = Vec::new();
    let all: Vec<&'static Table> = tables_at(schema).collect();
    for table in all {
        begin(&mut file, &file_of(table.name))?;
        tables.push(save(&unit, table, &mut file, about.digest, progress).await?);
    }
    let (mut files, mut missing) = (Vec::new(), Vec::new());
    if let Some(folder) = about.files.filter(|_| schema >= FILES_SINCE) {
        for known in crate::population::all(&unit).await? {
            match files::save(&mut file, folder, &known)? {
                Some(saved) => files.push(saved),
                None => missing.push(known.file),
            }
        }
    }
    let manifest = Manifest {
        format: FORMAT,
        schema,
        engine: store.engine().name().to_owned(),
        made_at: about.at,
        program: about.program.to_owned(),
        digest: about.digest.name().to_owned(),
        tables,
        files,
        missing,
    };
    begin(&mut file, MANIFEST)?;
    serde_json::to_writer_pretty(&mut file, &manifest)
        .map_err(|error| Error::File(error.into()))?;
    let mut out = file.finish().map_err(writing)?.into_inner();
    out.flush().map_err(Error::File)?;
    Ok(manifest)
}

/// From this version of the tables on there are files beside the database.
const FILES_SINCE: i64 = 2;

pub(super) type Out<W> = ZipWriter<StreamWriter<W>>;

fn begin<W: Write>(file: &mut Out<W>, name: &str) -> Result<(), Error> {
    // A table may have more than ZIP had in mind once.
    let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600);
    file.start_file(name, options).map_err(writing)
}

async fn save<W: Write + Send>(
    unit: &Unit,
    table: &'static Table,
    file: &mut Out<W>,
    digest: &dyn Digest,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Saved, Error> {
    let mut running = Running::new(digest);
    // Not many before it is known how large they are.
    let mut walk = Walk::new(table, 8);
    loop {
        let before = running.bytes;
        let rows = walk.page(unit).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let mut line = Map::new();
            for column in table.columns {
                line.insert(column.name.to_owned(), said(&taken(row, column)?)?);
            }
            let mut line = Json::Object(line).to_string().into_bytes();
            line.push(b'\n');
            running.line(&line);
            file.write_all(&line).map_err(Error::File)?;
        }
        progress(Progress { table: table.name, rows: running.rows, of: None });
        walk.most = match running.bytes - before {
            much if much > MANY_BYTES => (walk.most / 4).max(1),
            little if little < MANY_BYTES / 2 => (walk.most * 2).min(MOST_ROWS),
            _ => walk.most,
        };
    }
    let last_number = match table.numbered() {
        Some(_) => numbers::last(unit, table.name).await?,
        None => None,
    };
    Ok(running.saved(table.name, last_number))
}
