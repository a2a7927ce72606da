//! `tidu verify`: the user's own population, judged by columns and one by one, every output compared.

mod checking;
mod outputs;

use std::io::{self, Write as _};
use std::num::NonZeroU64;
use std::path::Path;

use engine::{Limits, Population};
use rules::{Question, Rulebook, Standing};
use screening::Builder;

use super::screen::Ended;
use super::screen::choose;
use super::screen::progress::Progress;
use super::{fail, question, told, usable};
use crate::arguments::Verify;
use crate::exit::Exit;
use crate::json::Verification;
use crate::output::{Screen, complain, stdout};
use crate::text::{problems, verify as text};
use crate::{interrupt, law};
use checking::Check;
pub(crate) use checking::Difference;
pub(crate) use outputs::Unlike;

/// Subjects in a batch: several blocks of the columns, and soon something to tell.
const ROWS: usize = 2048;

/// What a verification came to.
#[derive(Debug)]
pub(crate) struct Verified {
    /// The population.
    pub file: String,
    /// How many subjects it has.
    pub rows: u64,
    /// How many of them were judged twice.
    pub subjects: u64,
    /// How many programmes.
    pub programmes: usize,
    /// How many answers were compared.
    pub answers: u64,
    /// How many of them differ.
    pub differing: u64,
    /// The first of those.
    pub differences: Vec<Difference>,
    /// Whether the work lists agree; none for a sample.
    pub lists_agree: Option<bool>,
}

impl Verified {
    /// Whether nothing differs.
    pub fn agrees(&self) -> bool {
        self.differing == 0 && self.lists_agree != Some(false)
    }
}

pub(super) fn run(verify: &Verify, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let rulebook = &law.compiled.rulebook;
    let question = question(&verify.when);
    interrupt::listen();
    let verified = match verified(verify, rulebook, &question, &screen) {
        Ok(verified) => verified,
        Err(Ended::Wrong(text)) => return Ok(fail(&screen, &text)),
        Err(Ended::Failed(failure)) => return Ok(told(&failure, &screen)),
    };
    let mut out = stdout();
    if verify.json {
        let page = Verification::of(rulebook, &question, &verified);
        serde_json::to_writer(&mut out, &page).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for line in text::page(rulebook, &question, &verified, &screen) {
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    Ok(if verified.agrees() { Exit::Answered } else { Exit::Problems })
}

fn verified(
    verify: &Verify,
    rulebook: &Rulebook,
    question: &Question,
    screen: &Screen,
) -> Result<Verified, Ended> {
    let population = Population::open(&verify.population, &rulebook.catalogue)?;
    for warning in population.warnings() {
        complain(&problems::problem(warning, &screen.of_stderr()));
    }
    let kinds = population.kinds(Limits::default())?;
    let programmes =
        choose::programmes(&verify.programme, &[Standing::Binding], rulebook, question, &kinds)
            .map_err(Ended::Wrong)?;
    let shape = population.shape();
    let mut builder = Builder::new(shape, question.clone());
    for programme in &programmes {
        builder.add(rulebook, programme);
    }
    let screening = builder.build().keeping_missing();
    let rows = population.rows();
    let sample = verify.sample.filter(|sample| sample.get() < rows);
    let check = Check {
        rulebook,
        programmes: &programmes,
        question,
        shape,
        screening: &screening,
        rows,
        sample,
    };
    let progress = Progress::new(sample.map_or(rows, NonZeroU64::get), screen);
    let checked = check.run(population.batches(ROWS), &progress);
    progress.end();
    let checked = checked?;
    Ok(Verified {
        file: verify.population.display().to_string(),
        rows,
        subjects: checked.subjects,
        programmes: programmes.len(),
        answers: checked.answers,
        differing: checked.differing,
        lists_agree: sample.is_none().then(|| checked.lists_agree()),
        differences: checked.differences,
    })
}
