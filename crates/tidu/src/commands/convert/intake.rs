//! The subjects of all inputs, one file after the other, whatever their format. Sound ones go on; refused
//! ones, and those that another row has named already, are reported.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use arrow::array::{BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use connectors::{Blanks, read_subjects_with};
use enterprise::{Catalogue, Facts, Place, Problem, ProblemKind, Severity, Text};
use population::{Batches, Reader, Seen, Shape, Special, is_parquet};

use super::refusals::Refusals;
use crate::commands::firms::Progress;
use crate::interrupt;
use crate::output::Screen;

/// Why a conversion ends early.
pub(super) enum Failure {
    /// The reason has been told.
    Told,
    /// The reason.
    Text(Text),
    /// Somebody interrupted it.
    Interrupted,
}

/// Who takes the sound rows.
pub(super) trait Taker {
    /// What a population says of itself.
    fn origin(&mut self, _metadata: &[(String, String)]) {}
    /// A subject of a table or document.
    fn subject(&mut self, facts: &Facts) -> Result<(), Failure>;
    /// Rows of a population.
    fn batch(&mut self, shape: &Shape, canonical: &RecordBatch) -> Result<(), Failure>;
}

/// The way in.
pub(super) struct Intake<'a> {
    catalogue: &'a Catalogue,
    blanks: Blanks,
    progress: Progress,
    seen: Seen,
    /// File and sheet of what has been seen, by number.
    places: Vec<Place>,
}

impl<'a> Intake<'a> {
    /// Nothing read yet; these words mean "not known".
    pub fn new(catalogue: &'a Catalogue, blank: &[String], screen: Screen) -> Self {
        let progress = Progress::new(screen, true);
        let blanks = Blanks::new(blank.iter().cloned());
        Self { catalogue, blanks, progress, seen: Seen::default(), places: Vec::new() }
    }

    /// Reads all inputs.
    pub fn all(
        mut self,
        inputs: &[PathBuf],
        taker: &mut dyn Taker,
        refusals: &mut Refusals,
    ) -> Result<(), Failure> {
        for input in inputs {
            let done = match is_parquet(input) {
                true => self.population(input, taker, refusals),
                false => self.table(input, taker, refusals),
            };
            if done.is_err() {
                self.progress.end();
                return done;
            }
        }
        self.progress.end();
        Ok(())
    }

    fn table(
        &mut self,
        path: &Path,
        taker: &mut dyn Taker,
        refusals: &mut Refusals,
    ) -> Result<(), Failure> {
        let mut failure = None;
        let (catalogue, blanks) = (self.catalogue, self.blanks.clone());
        let read = read_subjects_with(path, catalogue, &blanks, &mut |mut reading| {
            self.progress.step();
            let sound = reading.facts.as_ref().and(reading.code.as_ref());
            let again =
                sound.and_then(|code| self.again(Some(code.as_str()), None, &reading.place));
            if let Some(problem) = again {
                reading.facts = None;
                reading.problems.push(problem);
            }
            let code = reading.code.as_ref().map(|code| code.as_str());
            refusals.row(&reading.place, (reading.name.as_deref(), code), &reading.problems);
            let taken = reading.facts.as_ref().map_or(Ok(()), |facts| taker.subject(facts));
            let done = if interrupt::asked() { Err(Failure::Interrupted) } else { taken };
            match done {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(failure) = failure {
            return Err(failure);
        }
        match read {
            Ok(summary) => {
                refusals.file(&summary.problems);
                refusals.blanked(summary.blanked);
                Ok(())
            }
            Err(problem) => {
                refusals.file(&[*problem]);
                Err(Failure::Told)
            }
        }
    }

    fn population(
        &mut self,
        path: &Path,
        taker: &mut dyn Taker,
        refusals: &mut Refusals,
    ) -> Result<(), Failure> {
        let told = |refusals: &mut Refusals, problems: &[Problem]| {
            refusals.file(problems);
            Failure::Told
        };
        let reader =
            Reader::open(path, self.catalogue).map_err(|problems| told(refusals, &problems))?;
        refusals.file(reader.warnings());
        taker.origin(&reader.metadata());
        let batches = reader.batches().map_err(|problem| told(refusals, &[*problem]))?;
        self.batches(path, batches, taker, refusals)
    }

    fn batches(
        &mut self,
        path: &Path,
        batches: Batches,
        taker: &mut dyn Taker,
        refusals: &mut Refusals,
    ) -> Result<(), Failure> {
        let shape = batches.shape().clone();
        let file = Some(path.display().to_string());
        let mut first_row = 0;
        for batch in batches {
            let sifted = batch
                .map_err(|problem| vec![*problem])
                .and_then(|batch| shape.sift(&batch, first_row).map_err(|found| found.problems));
            let sifted = match sifted {
                Ok(sifted) => sifted,
                Err(problems) => {
                    refusals.file(&problems);
                    return Err(Failure::Told);
                }
            };
            let identity =
                |special: Special, row: usize| shape.identity(special, &sifted.batch, row);
            let mut by_row: BTreeMap<u64, Vec<Problem>> = BTreeMap::new();
            for mut problem in sifted.problems {
                problem.place.file.clone_from(&file);
                by_row.entry(problem.place.row.unwrap_or_default()).or_default().push(problem);
            }
            let mut sound = sifted.sound;
            for (row, sound) in sound.iter_mut().enumerate() {
                self.progress.step();
                if !*sound {
                    continue;
                }
                let number = first_row + u64::try_from(row).unwrap_or_default() + 1;
                let place = Place { file: file.clone(), row: Some(number), ..Place::default() };
                let (code, id) = (identity(Special::Uscc, row), identity(Special::Id, row));
                if let Some(problem) = self.again(code, id, &place) {
                    *sound = false;
                    by_row.entry(number).or_default().push(problem);
                }
            }
            for (number, problems) in &by_row {
                let row = usize::try_from(number.saturating_sub(first_row + 1)).unwrap_or_default();
                let code = identity(Special::Uscc, row).or_else(|| identity(Special::Id, row));
                let place = Place { file: file.clone(), row: Some(*number), ..Place::default() };
                refusals.row(&place, (identity(Special::Name, row), code), problems);
            }
            first_row += u64::try_from(sound.len()).unwrap_or_default();
            let sound = filter_record_batch(&sifted.batch, &BooleanArray::from(sound))
                .map_err(|error| Failure::Text(Text::new(error.to_string(), error.to_string())))?;
            taker.batch(&shape, &sound)?;
            if interrupt::asked() {
                return Err(Failure::Interrupted);
            }
        }
        Ok(())
    }

    /// What is wrong with a subject that a row before has named.
    fn again(&mut self, code: Option<&str>, id: Option<&str>, place: &Place) -> Option<Problem> {
        let source = Place { row: None, field: None, ..place.clone() };
        if self.places.last() != Some(&source) {
            self.places.push(source);
        }
        let number = u64::try_from(self.places.len()).unwrap_or_default();
        let row = place.row.unwrap_or_default();
        // A file has fewer rows than 2^40.
        let first = self.seen.note(code, id, (number << 40) | row)?;
        let source = usize::try_from(first >> 40).ok()?.checked_sub(1)?;
        let row = Some(first & ((1 << 40) - 1));
        let first = Place { row, ..self.places.get(source)?.clone() };
        let who = id.or(code).unwrap_or_default();
        let problem = Problem {
            kind: ProblemKind::Duplicate,
            severity: Severity::Refused,
            place: place.clone(),
            message: Text::new(
                format!("“{who}”在 {first} 已经出现过"),
                format!("`{who}` already stands in {first}"),
            ),
            help: Text::new("请合并成一条", "merge the two into one"),
        };
        Some(problem)
    }
}
