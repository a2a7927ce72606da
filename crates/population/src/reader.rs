//! A population file, opened: what it has, and its rows batch by batch. Files that are none are refused
//! in words that say what they are.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use enterprise::{Catalogue, Place, Problem, ProblemKind, Severity};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};

use crate::careful::carefully;
use crate::hint::reading_schema;
use crate::says::{refused, unreadable, warning};
use crate::shape::Shape;
use crate::special::Special;

const MAGIC: &[u8] = b"PAR1";
/// Rows of a batch: its columns stay in the cache of a core.
const BATCH: usize = 8 * 1024;

/// A population file.
pub struct Reader {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    shape: Shape,
    warnings: Vec<Problem>,
}

/// Rows of a file, batch by batch, as [`Shape::canonical`] takes them.
pub struct Batches {
    shape: Shape,
    path: PathBuf,
    /// Nothing once they turned out damaged.
    rows: Option<ParquetRecordBatchReader>,
}

/// Whether a file says of itself that it is Parquet.
pub fn is_parquet(path: &Path) -> bool {
    let mut start = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == *MAGIC
}

impl Reader {
    /// Opens a file and checks its columns against the catalogue.
    ///
    /// # Errors
    /// Everything that keeps it out: it is not there, not Parquet, damaged, or its columns are not those of
    /// a population.
    pub fn open(path: &Path, catalogue: &Catalogue) -> Result<Self, Vec<Problem>> {
        let named = |problem: Problem| vec![problem.at(place(path))];
        let mut file = File::open(path).map_err(|error| named(unreadable(&error)))?;
        whole(&mut file).map_err(|problem| named(*problem))?;
        let load = |options| {
            let loaded = carefully(|| ArrowReaderMetadata::load(&file, options));
            let loaded = loaded.ok_or_else(|| named(damaged(&"-")))?;
            loaded.map_err(|error| named(damaged(&error)))
        };
        let metadata = load(ArrowReaderOptions::new())?;
        let hint = reading_schema(&metadata, catalogue);
        let metadata = load(ArrowReaderOptions::new().with_schema(hint))?;
        let located = |problems: Vec<Problem>| -> Vec<Problem> {
            let located = |mut problem: Problem| {
                problem.place.file = Some(path.display().to_string());
                problem
            };
            problems.into_iter().map(located).collect()
        };
        let (shape, warnings) = Shape::of(metadata.schema(), catalogue).map_err(located)?;
        let mut warnings = located(warnings);
        if metadata.metadata().file_metadata().num_rows() == 0 {
            warnings.push(nobody().at(place(path)));
        }
        Ok(Self { path: path.to_owned(), metadata, shape, warnings })
    }

    /// Its columns. Batches come with those that are read only; see [`Batches::shape`].
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// What is worth a look.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        u64::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or_default()
    }

    /// The keys and values that stand in it.
    pub fn metadata(&self) -> Vec<(String, String)> {
        let stored = self.metadata.metadata().file_metadata().key_value_metadata();
        stored
            .into_iter()
            .flatten()
            .filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?)))
            .collect()
    }

    /// All rows.
    ///
    /// # Errors
    /// The file cannot be read any more.
    pub fn batches(&self) -> Result<Batches, Box<Problem>> {
        self.select(&self.shape.sources(), None)
    }

    /// All rows, of which only the columns that say who each is are read.
    ///
    /// # Errors
    /// The file cannot be read any more.
    pub fn identities(&self) -> Result<Batches, Box<Problem>> {
        let wanted = [Special::Uscc, Special::Id, Special::Name, Special::Subject];
        let sources: Vec<usize> = wanted
            .into_iter()
            .filter_map(|special| self.shape.source_of(self.shape.column(special)?))
            .collect();
        self.select(&sources, None)
    }

    /// One row, counted from 0.
    ///
    /// # Errors
    /// The file cannot be read any more.
    pub fn row(&self, row: u64) -> Result<Batches, Box<Problem>> {
        self.select(&self.shape.sources(), usize::try_from(row).ok())
    }

    fn select(&self, columns: &[usize], row: Option<usize>) -> Result<Batches, Box<Problem>> {
        let wrong = |problem: Problem| Box::new(problem.at(place(&self.path)));
        let file = File::open(&self.path).map_err(|error| wrong(unreadable(&error)))?;
        let builder =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), columns.iter().copied());
        let mut builder = builder.with_batch_size(BATCH).with_projection(mask);
        if let Some(row) = row {
            let selectors = vec![RowSelector::skip(row), RowSelector::select(1)];
            builder = builder.with_row_selection(RowSelection::from(selectors));
        }
        let rows = carefully(|| builder.build()).ok_or_else(|| wrong(damaged(&"-")))?;
        let rows = rows.map_err(|error| wrong(damaged(&error)))?;
        let schema = arrow::array::RecordBatchReader::schema(&rows);
        let catalogue = self.shape.catalogue();
        let (shape, _) = Shape::of(&schema, catalogue).map_err(|problems| {
            let first = problems.into_iter().find(|one| one.severity == Severity::Refused);
            wrong(first.unwrap_or_else(|| damaged(&"")))
        })?;
        Ok(Batches { shape, path: self.path.clone(), rows: Some(rows) })
    }
}

impl Batches {
    /// The shape of the batches.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, Box<Problem>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rows = self.rows.as_mut()?;
        let wrong = |error: &dyn std::fmt::Display| Box::new(damaged(error).at(place(&self.path)));
        let batch = match carefully(|| rows.next()) {
            Some(batch) => batch?.map_err(|error| wrong(&error)),
            None => Err(wrong(&"-")),
        };
        if batch.is_err() {
            self.rows = None;
        }
        Some(batch)
    }
}

/// Whether the file begins and ends as Parquet does. One that only begins so was cut off.
fn whole(file: &mut File) -> Result<(), Box<Problem>> {
    let mut ends = [[0; 4]; 2];
    let [start, end] = &mut ends;
    let read = file.read_exact(start);
    if read.is_err() || start.as_slice() != MAGIC {
        let empty = file.metadata().is_ok_and(|file| file.len() == 0);
        return Err(Box::new(not_parquet(empty)));
    }
    let read = file.seek(SeekFrom::End(-4)).and_then(|_| file.read_exact(end));
    if read.is_err() || end.as_slice() != MAGIC {
        return Err(Box::new(cut_off()));
    }
    Ok(())
}

fn place(path: &Path) -> Place {
    Place { file: Some(path.display().to_string()), ..Place::default() }
}

fn not_parquet(empty: bool) -> Problem {
    let message = if empty {
        ("文件是空的", "the file is empty")
    } else {
        ("这不是 Parquet 文件", "this is not a Parquet file")
    };
    refused(
        ProblemKind::Unreadable,
        message,
        (
            "CSV、Excel、JSON 可用 `tidu convert` 转成 Parquet",
            "`tidu convert` turns CSV, Excel and JSON into Parquet",
        ),
    )
}

fn cut_off() -> Problem {
    refused(
        ProblemKind::Unreadable,
        ("Parquet 文件不完整：结尾缺失", "the Parquet file is not complete: its end is missing"),
        (
            "多半是复制或下载中断，请重新取得这个文件",
            "a copy or a download was cut off most likely: fetch the file again",
        ),
    )
}

fn damaged(error: &dyn std::fmt::Display) -> Problem {
    refused(
        ProblemKind::Unreadable,
        (
            format!("Parquet 文件已损坏（{error}）"),
            format!("the Parquet file is damaged ({error})"),
        ),
        ("请重新取得这个文件", "fetch the file again"),
    )
}

fn nobody() -> Problem {
    warning(
        ProblemKind::Empty,
        ("文件中没有一户企业的数据", "there is no subject in the file"),
        ("表头是对的，只是没有行", "the columns are right, there are just no rows"),
    )
}
