//! Parquet on disk: one file, or the files of a folder as one table. What the columns mean is
//! another crate's business.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::datatypes::{Schema, SchemaRef};
use enterprise::Problem;
use parquet::arrow::parquet_to_arrow_schema;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

use crate::metadata::SYNTHETIC;
use crate::trouble;

/// More columns than any catalogue times the years of a lifetime.
const MOST_COLUMNS: usize = 5_000;
const MOST_FILES: usize = 10_000;

/// A table of Parquet files, opened: footers are read, rows are not.
#[derive(Debug)]
pub struct Source {
    /// As it was named.
    pub(crate) name: PathBuf,
    pub(crate) parts: Vec<Part>,
    schema: SchemaRef,
    rows: u64,
}

/// One file of a table.
#[derive(Debug)]
pub(crate) struct Part {
    /// As it was named, or found in a folder that was.
    pub name: PathBuf,
    pub path: PathBuf,
    pub size: u64,
    pub modified: std::time::SystemTime,
    pub schema: SchemaRef,
    pub metadata: Arc<ParquetMetaData>,
}

impl Source {
    /// Opens a Parquet file, or all Parquet files of a folder in the order of their names.
    ///
    /// # Errors
    /// Why it cannot be a table: no file, not Parquet, damaged, too wide, or files that differ.
    pub fn open(path: &Path) -> Result<Self, Box<Problem>> {
        let known = fs::metadata(path).map_err(|error| trouble::unreadable(path, &error))?;
        let files = if known.is_dir() { files_of(path)? } else { vec![path.to_owned()] };
        let parts = files.iter().map(|file| Part::open(file)).collect::<Result<Vec<_>, _>>()?;
        let mut schema = Schema::empty();
        for part in &parts {
            schema = Schema::try_merge([schema, Schema::clone(&part.schema)])
                .map_err(|error| trouble::differing(&part.path, &error.to_string()))?;
        }
        if schema.fields().len() > MOST_COLUMNS {
            return Err(trouble::too_wide(path, schema.fields().len(), MOST_COLUMNS));
        }
        let rows = parts.iter().map(Part::rows).sum();
        Ok(Self { name: path.to_owned(), parts, schema: Arc::new(schema), rows })
    }

    /// The columns of all files, without what the files say beside them.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many bytes the files have.
    pub fn bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.size).sum()
    }

    /// What the files say of themselves under this key: the first that says it.
    pub fn says(&self, key: &str) -> Option<&str> {
        self.parts.iter().find_map(|part| part.says(key))
    }

    /// The file of a row, and which row of that it is; all counted from 0.
    pub(crate) fn part_of(&self, row: u64) -> Option<(&Part, u64)> {
        let mut before = 0;
        for part in &self.parts {
            if row - before < part.rows() {
                return Some((part, row - before));
            }
            before += part.rows();
        }
        None
    }

    /// Whether some file says that its subjects are made up.
    pub fn is_synthetic(&self) -> bool {
        self.parts.iter().any(|part| part.says(SYNTHETIC) == Some("true"))
    }
}

impl Part {
    fn open(path: &Path) -> Result<Self, Box<Problem>> {
        // Asked before it is opened: opening a pipe waits for somebody to write into it.
        let known = fs::metadata(path).map_err(|error| trouble::unreadable(path, &error))?;
        if !known.is_file() {
            return Err(trouble::no_file(path));
        }
        let file = File::open(path).map_err(|error| trouble::unreadable(path, &error))?;
        let reader = trouble::carefully(path, || SerializedFileReader::new(file))?;
        let metadata = reader.metadata().clone();
        let described = metadata.file_metadata();
        let schema = trouble::carefully(path, || {
            parquet_to_arrow_schema(described.schema_descr(), described.key_value_metadata())
        })?;
        let twice = twice(&schema);
        if !twice.is_empty() {
            return Err(trouble::twice(path, &twice));
        }
        // What other programs note about the whole file would make files differ that do not.
        let schema = Arc::new(schema.with_metadata(Default::default()));
        let modified = known.modified().unwrap_or(std::time::UNIX_EPOCH);
        let name = path.to_owned();
        let path = path.canonicalize().map_err(|error| trouble::unreadable(path, &error))?;
        Ok(Self { name, path, size: known.len(), modified, schema, metadata: Arc::new(metadata) })
    }

    /// What the file says of itself under this key.
    pub fn says(&self, key: &str) -> Option<&str> {
        let entries = self.metadata.file_metadata().key_value_metadata()?;
        let known = entries.iter().filter(|entry| entry.key == key);
        known.filter_map(|entry| entry.value.as_deref()).next()
    }

    pub fn rows(&self) -> u64 {
        u64::try_from(self.metadata.file_metadata().num_rows()).unwrap_or(0)
    }
}

/// Names of columns that stand more than once: whoever takes the first of them may take the wrong one.
fn twice(schema: &Schema) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let names = schema.fields().iter().map(|field| field.name().as_str());
    let again: BTreeSet<&str> = names.filter(|name| !seen.insert(*name)).collect();
    again.into_iter().collect()
}

/// The Parquet files of a folder, by name.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Box<Problem>> {
    let entries = fs::read_dir(folder).map_err(|error| trouble::unreadable(folder, &error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| trouble::unreadable(folder, &error))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let kind = path.extension().map(|kind| kind.to_string_lossy().to_lowercase());
        if !hidden && kind.is_some_and(|kind| kind == "parquet") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(trouble::empty_folder(folder));
    }
    if files.len() > MOST_FILES {
        return Err(trouble::too_many_files(folder, files.len(), MOST_FILES));
    }
    files.sort();
    Ok(files)
}
