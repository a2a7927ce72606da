//! A population file, read into memory. Judges nobody.

use std::path::Path;

use arrow::array::RecordBatch;
use enterprise::{Catalogue, Facts, Problem};
use population::origin::SYNTHETIC;
use population::{Reader, Refused, Shape, Special};

use crate::facets::Facets;

/// A population in memory. Rows are counted from 0.
#[derive(Debug)]
pub struct Snapshot {
    shape: Shape,
    batches: Vec<RecordBatch>,
    /// The first row of each batch, and the end.
    starts: Vec<u32>,
    /// All rows, by code.
    by_code: Vec<u32>,
    facets: Facets,
    made_up: bool,
}

impl Snapshot {
    /// Reads a population file.
    ///
    /// # Errors
    /// It cannot be read, or is no population, or holds values that the catalogue refuses: a file that is kept was
    /// checked when it was brought, so that one with such values is not the file that was brought.
    pub fn read(path: &Path, catalogue: &Catalogue) -> Result<Self, Vec<Problem>> {
        let reader = Reader::open(path, catalogue)?;
        let shape = reader.shape().clone();
        let mut batches = Vec::new();
        let mut starts = vec![0];
        let mut rows = 0u32;
        let read = reader.batches().map_err(|problem| vec![*problem])?;
        for batch in read {
            let batch = batch.map_err(|problem| vec![*problem])?;
            let canonical = shape
                .canonical(&batch, u64::from(rows))
                .map_err(|Refused { problems, .. }| problems)?;
            rows = rows.saturating_add(u32::try_from(canonical.num_rows()).unwrap_or(u32::MAX));
            starts.push(rows);
            batches.push(canonical);
        }
        let made_up =
            reader.metadata().iter().any(|(key, value)| key == SYNTHETIC && value == "true");
        let facets = Facets::of(&shape, &batches);
        let mut snapshot = Self { shape, batches, starts, by_code: Vec::new(), facets, made_up };
        let mut by_code: Vec<u32> = (0..rows).collect();
        by_code.sort_unstable_by(|one, other| snapshot.code(*one).cmp(snapshot.code(*other)));
        snapshot.by_code = by_code;
        Ok(snapshot)
    }

    /// How many subjects.
    pub fn rows(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Whether they are made up.
    pub fn is_made_up(&self) -> bool {
        self.made_up
    }

    /// Its columns.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// All rows, batch by batch, each with the number of its first.
    pub fn batches(&self) -> impl Iterator<Item = (u32, &RecordBatch)> {
        self.starts.iter().copied().zip(&self.batches)
    }

    /// What lists are narrowed and counted by.
    pub fn facets(&self) -> &Facets {
        &self.facets
    }

    /// Everything that is known of a subject. Nothing is known of a row that is not there.
    pub fn facts(&self, row: u32) -> Facts {
        self.at(row).map(|(batch, row)| self.shape.subject(batch, row)).unwrap_or_default()
    }

    /// The unified social credit code, or whatever else identifies a subject; empty if nothing does.
    pub fn code(&self, row: u32) -> &str {
        self.text(Special::Uscc, row).or_else(|| self.text(Special::Id, row)).unwrap_or_default()
    }

    /// The name.
    pub fn name(&self, row: u32) -> &str {
        self.text(Special::Name, row).unwrap_or_default()
    }

    /// What kind of subject it is, if the file says so.
    pub fn kind(&self, row: u32) -> Option<&str> {
        self.text(Special::Subject, row)
    }

    /// The subject with a code.
    pub fn find(&self, code: &str) -> Option<u32> {
        let place = self.by_code.binary_search_by(|row| self.code(*row).cmp(code)).ok()?;
        self.by_code.get(place).copied()
    }

    fn text(&self, special: Special, row: u32) -> Option<&str> {
        let (batch, row) = self.at(row)?;
        self.shape.identity(special, batch, row)
    }

    fn at(&self, row: u32) -> Option<(&RecordBatch, usize)> {
        let batch = self.starts.partition_point(|start| *start <= row).checked_sub(1)?;
        let start = self.starts.get(batch)?;
        Some((self.batches.get(batch)?, usize::try_from(row.checked_sub(*start)?).ok()?))
    }
}
