//! The firms of a population file. For one firm, only codes and names are read until it is found.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use arrow::array::RecordBatch;
use connectors::Reading;
use enterprise::{Catalogue, Lang, Place, Problem, Text};
use population::{Batches, Reader, Shape, Special};

use super::{Choice, Chosen};
use crate::commands::fail;
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::text::problems;

/// What the word in the column `subject` is for firms.
const FIRM: &str = "enterprise";

/// See [`each`](super::each).
pub(super) fn each(
    path: &Path,
    wanted: Option<&str>,
    catalogue: &Catalogue,
    screen: &Screen,
    take: &mut dyn FnMut(Reading) -> io::Result<()>,
) -> io::Result<Result<bool, Exit>> {
    if wanted.is_some() {
        return match one_of(path, wanted, catalogue, screen) {
            Ok(reading) => take(*reading).map(|()| Ok(false)),
            Err(text) => Ok(Err(fail(screen, &text))),
        };
    }
    match Reader::open(path, catalogue) {
        Ok(reader) => {
            told(reader.warnings(), screen);
            all(reader.batches(), path, screen, take).map(Ok)
        }
        Err(problems) => Ok(Ok(told(&problems, screen))),
    }
}

/// The firm that was asked for; without a name, the only one.
pub(in crate::commands) fn one_of(
    path: &Path,
    wanted: Option<&str>,
    catalogue: &Catalogue,
    screen: &Screen,
) -> Result<Box<Reading>, Text> {
    let unreadable = |problems: Vec<Problem>| {
        told(&problems, screen);
        Text::new("数据读不出来", "the facts cannot be read")
    };
    let reader = Reader::open(path, catalogue).map_err(unreadable)?;
    told(reader.warnings(), screen);
    let row = match wanted {
        Some(wanted) => match find(&reader, wanted, path).map_err(unreadable)? {
            Chosen::One(reading) => reading.place.row.unwrap_or(1).saturating_sub(1),
            Chosen::None(text) => return Err(text),
        },
        None if reader.rows() > 1 => {
            let count = reader.rows();
            return Err(Text::new(
                format!("文件中有 {count} 户企业，请用 --firm 指明一户"),
                format!("there are {count} firms in the file: name one with --firm"),
            ));
        }
        None => 0,
    };
    let mut found = None;
    let taken = &mut |mut reading: Reading| {
        // Alone it would seem to be the first.
        reading.place.row = Some(row + 1);
        reading.problems.iter_mut().for_each(|problem| problem.place.row = Some(row + 1));
        found = Some(Box::new(reading));
        Ok(())
    };
    let read = all(reader.row(row), path, screen, taken);
    found.filter(|_| read.is_ok()).ok_or_else(|| unreadable(Vec::new()))
}

/// Hands over every firm; answers whether the file was damaged.
fn all(
    batches: Result<Batches, Box<Problem>>,
    path: &Path,
    screen: &Screen,
    take: &mut dyn FnMut(Reading) -> io::Result<()>,
) -> io::Result<bool> {
    let batches = match batches {
        Ok(batches) => batches,
        Err(problem) => return Ok(told(&[*problem], screen)),
    };
    let shape = batches.shape().clone();
    let (mut first_row, mut others) = (0, 0u64);
    for batch in batches {
        let batch = match batch {
            Ok(batch) => batch,
            Err(problem) => return Ok(told(&[*problem], screen)),
        };
        let sifted = match shape.sift(&batch, first_row) {
            Ok(sifted) => sifted,
            Err(refused) => return Ok(told(&refused.problems, screen)),
        };
        let mut problems: BTreeMap<Option<u64>, Vec<Problem>> = BTreeMap::new();
        for mut problem in sifted.problems {
            problem.place.file = Some(path.display().to_string());
            problems.entry(problem.place.row).or_default().push(problem);
        }
        for (row, sound) in sifted.sound.iter().enumerate() {
            if !is_firm(&shape, &sifted.batch, row) {
                others += 1;
                continue;
            }
            let place = place(path, first_row, row);
            let problems = problems.remove(&place.row).unwrap_or_default();
            let name = shape.identity(Special::Name, &sifted.batch, row).map(str::to_owned);
            let facts = sound.then(|| shape.subject(&sifted.batch, row));
            let code = facts.as_ref().and_then(|facts| facts.uscc.clone());
            take(Reading { place, name, code, facts, problems })?;
        }
        first_row += u64::try_from(sifted.sound.len()).unwrap_or_default();
    }
    if others > 0 {
        complain(&match screen.lang {
            Lang::Zh => format!("另有 {others} 个对象不是企业，没有列出"),
            Lang::En => format!("{others} other subjects are no firms and are not shown"),
        });
    }
    Ok(false)
}

/// The one that was asked for, by code or name.
fn find(reader: &Reader, wanted: &str, path: &Path) -> Result<Chosen, Vec<Problem>> {
    let mut choice = Choice::new(wanted);
    let batches = reader.identities().map_err(|problem| vec![*problem])?;
    let shape = batches.shape().clone();
    let mut first_row = 0;
    for batch in batches {
        let batch = batch.map_err(|problem| vec![*problem])?;
        let sifted = shape.sift(&batch, first_row).map_err(|refused| refused.problems)?;
        for row in 0..sifted.batch.num_rows() {
            if !is_firm(&shape, &sifted.batch, row) {
                continue;
            }
            let identity = |special| shape.identity(special, &sifted.batch, row);
            let reading = || Reading {
                place: place(path, first_row, row),
                name: None,
                code: None,
                facts: None,
                problems: Vec::new(),
            };
            let name = identity(Special::Name).unwrap_or_default();
            let found = choice.consider(identity(Special::Uscc), name, reading);
            if let ControlFlow::Break(()) = found {
                return Ok(choice.end());
            }
        }
        first_row += u64::try_from(batch.num_rows()).unwrap_or_default();
    }
    Ok(choice.end())
}

fn is_firm(shape: &Shape, canonical: &RecordBatch, row: usize) -> bool {
    shape.identity(Special::Subject, canonical, row).is_none_or(|subject| subject == FIRM)
}

fn place(path: &Path, first_row: u64, row: usize) -> Place {
    let row = u64::try_from(row).map_or(u64::MAX, |row| first_row + row + 1);
    Place { file: Some(path.display().to_string()), row: Some(row), ..Place::default() }
}

/// Says what is wrong; answers that the file was damaged.
fn told(problems: &[Problem], screen: &Screen) -> bool {
    for problem in problems {
        complain(&problems::problem(problem, &screen.of_stderr()));
    }
    true
}
