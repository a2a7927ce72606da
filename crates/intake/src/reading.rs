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

use crate::Inputs;
use crate::told::{Failure, Told};

/// Who takes the sound rows.
pub(crate) trait Taker {
    /// What a population says of itself.
    fn origin(&mut self, _metadata: &[(String, String)]) {}
    /// A subject of a table or document.
    fn subject(&mut self, facts: &Facts) -> Result<(), Failure>;
    /// Rows of a population.
    fn batch(&mut self, shape: &Shape, canonical: &RecordBatch) -> Result<(), Failure>;
}

/// The way in.
pub(crate) struct Reading<'a> {
    catalogue: &'a Catalogue,
    blanks: &'a Blanks,
    seen: Seen,
    /// File and sheet of what has been seen, by number.
    places: Vec<Place>,
}

impl<'a> Reading<'a> {
    /// Nothing read yet.
    pub fn new(inputs: &Inputs<'a>) -> Self {
        let Inputs { catalogue, blanks, .. } = *inputs;
        Self { catalogue, blanks, seen: Seen::default(), places: Vec::new() }
    }

    /// Reads all inputs.
    pub fn all(
        mut self,
        inputs: &[PathBuf],
        taker: &mut dyn Taker,
        told: &mut dyn Told,
    ) -> Result<(), Failure> {
        for input in inputs {
            match is_parquet(input) {
                true => self.population(input, taker, told)?,
                false => self.table(input, taker, told)?,
            }
        }
        Ok(())
    }

    fn table(
        &mut self,
        path: &Path,
        taker: &mut dyn Taker,
        told: &mut dyn Told,
    ) -> Result<(), Failure> {
        let mut failure = None;
        let (catalogue, blanks) = (self.catalogue, self.blanks);
        let read = read_subjects_with(path, catalogue, blanks, &mut |mut reading| {
            told.step();
            let sound = reading.facts.as_ref().and(reading.code.as_ref());
            let again =
                sound.and_then(|code| self.again(Some(code.as_str()), None, &reading.place));
            if let Some(problem) = again {
                reading.facts = None;
                reading.problems.push(problem);
            }
            let code = reading.code.as_ref().map(|code| code.as_str());
            told.row(&reading.place, (reading.name.as_deref(), code), &reading.problems);
            let taken = reading.facts.as_ref().map_or(Ok(()), |facts| taker.subject(facts));
            let done = if told.stops() { Err(Failure::Stopped) } else { taken };
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
                told.file(&summary.problems);
                told.blanked(summary.blanked);
                Ok(())
            }
            Err(problem) => {
                told.file(&[*problem]);
                Err(Failure::Told)
            }
        }
    }

    fn population(
        &mut self,
        path: &Path,
        taker: &mut dyn Taker,
        told: &mut dyn Told,
    ) -> Result<(), Failure> {
        let reader =
            Reader::open(path, self.catalogue).map_err(|problems| tell(told, &problems))?;
        told.file(reader.warnings());
        taker.origin(&reader.metadata());
        let batches = reader.batches().map_err(|problem| tell(told, &[*problem]))?;
        self.batches(path, batches, taker, told)
    }

    fn batches(
        &mut self,
        path: &Path,
        batches: Batches,
        taker: &mut dyn Taker,
        told: &mut dyn Told,
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
                    told.file(&problems);
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
                told.step();
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
                told.row(&place, (identity(Special::Name, row), code), problems);
            }
            first_row += u64::try_from(sound.len()).unwrap_or_default();
            let sound = filter_record_batch(&sifted.batch, &BooleanArray::from(sound)).map_err(
                |error| Failure::Broken(Text::new(error.to_string(), error.to_string())),
            )?;
            taker.batch(&shape, &sound)?;
            if told.stops() {
                return Err(Failure::Stopped);
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

fn tell(told: &mut dyn Told, problems: &[Problem]) -> Failure {
    told.file(problems);
    Failure::Told
}
