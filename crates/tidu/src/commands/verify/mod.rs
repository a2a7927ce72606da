//! `tidu verify`: the user's own population, judged by columns and one by one, every output compared.

mod checking;
mod outputs;

use std::io::{self, Write as _};
use std::path::Path;

use engine::{Failure, Source};
use enterprise::Text;
use population::Shape;
use rules::{Programme, Question, Rulebook, Standing};
use screening::{Builder, Screened};

use super::firms::Progress;
use super::query::told;
use super::{fail, find, usable};
use crate::arguments::Verify;
use crate::exit::Exit;
use crate::json::Verification;
use crate::output::{Screen, complain, stdout};
use crate::text::{problems, verify as text};
use crate::{clock, law};
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
    let question = Question {
        base_year: verify.base_year,
        purpose: verify.purpose.map(Into::into),
        ..Question::on(verify.as_of.unwrap_or_else(clock::today))
    };
    let programmes = match programmes(&verify.programme, rulebook, &question) {
        Ok(programmes) => programmes,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let verified = match verified(verify, rulebook, &programmes, &question, screen) {
        Ok(verified) => verified,
        Err(failure) => return Ok(told(&failure, &screen)),
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
    programmes: &[&Programme],
    question: &Question,
    screen: Screen,
) -> Result<Verified, Failure> {
    let refused = |problems: Vec<_>| {
        let count = problems.len() as u64;
        Failure::Refused(problems, count)
    };
    let source = Source::open(&verify.population).map_err(|problem| refused(vec![problem]))?;
    let (shape, warnings) = Shape::of(source.schema(), &rulebook.catalogue).map_err(refused)?;
    for warning in &warnings {
        complain(&problems::problem(warning, &screen.of_stderr()));
    }
    let mut builder = Builder::new(&shape, question.clone());
    for programme in programmes {
        builder.add(rulebook, programme);
    }
    let screening = builder.build().keeping_missing();
    let check = Check {
        rulebook,
        programmes,
        question,
        shape: &shape,
        screening: &screening,
        rows: source.rows(),
        sample: verify.sample,
    };
    let mut progress = Progress::new(screen, true);
    let checked = check.run(source.batches(&shape, ROWS), &mut |more| {
        (0..more).for_each(|_| progress.step());
    });
    progress.end();
    let checked = checked?;
    Ok(Verified {
        file: verify.population.display().to_string(),
        rows: source.rows(),
        subjects: checked.subjects,
        programmes: programmes.len(),
        answers: checked.answers,
        differing: checked.differing,
        lists_agree: check.is_whole().then(|| checked.lists_agree()),
        differences: checked.differences,
    })
}

/// The programmes that were named, else all with a binding version in force.
fn programmes<'r>(
    wanted: &[String],
    rulebook: &'r Rulebook,
    question: &Question,
) -> Result<Vec<&'r Programme>, Text> {
    let in_force = |programme: &Programme| Screened::of(rulebook, programme, question).cases;
    let judged: Vec<&Programme> =
        rulebook.programmes.iter().filter(|programme| !programme.versions.is_empty()).collect();
    if wanted.is_empty() {
        let binding = |programme: &&&Programme| {
            in_force(programme).iter().any(|case| case.standing == Standing::Binding)
        };
        return Ok(judged.iter().filter(binding).copied().collect());
    }
    let mut chosen: Vec<&Programme> = Vec::new();
    for wanted in wanted {
        let programme = find::programme(wanted, rulebook, &judged)?;
        if chosen.iter().all(|known| known.id != programme.id) {
            chosen.push(programme);
        }
    }
    Ok(chosen)
}
