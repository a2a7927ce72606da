//! `tidu screen`: every programme for every subject of a population.

mod absent;
pub(super) mod choose;
mod lists;
pub(super) mod progress;

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::Path;

use engine::{Asked, Failure, Population};
use enterprise::{Problem, Text};
use rules::{Programme, Question, Rulebook, Standing};
use screening::{Builder, Screening};

use super::{fail, limits, question, told, usable};
use crate::arguments::Screen as Arguments;
use crate::exit::Exit;
use crate::file::{self, Draft};
use crate::json::ScreeningPage;
use crate::output::{Screen, complain, stdout};
use crate::outputs::Outputs;
use crate::screened::Screened;
use crate::text::{problems, screening as page};
use crate::{interrupt, law};
use progress::Progress;

pub(super) fn run(
    arguments: &Arguments,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let outputs = Outputs::beside([&arguments.population])
        .and(Some(&arguments.output), &["parquet"])
        .and(arguments.lists.as_ref(), &["xlsx"]);
    if let Err(text) = outputs.check(arguments.replace.force) {
        return Ok(fail(&screen, &text));
    }
    interrupt::listen();
    let (screened, listed) = match written(arguments, &law.compiled.rulebook, &screen) {
        Ok(written) => written,
        Err(Ended::Wrong(text)) => return Ok(fail(&screen, &text)),
        Err(Ended::Failed(failure)) => return Ok(told(&failure, &screen)),
    };
    let mut out = stdout();
    if arguments.json {
        serde_json::to_writer(&mut out, &ScreeningPage::of(&screened)).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for line in page::page(&screened, &screen) {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    out.flush()?;
    if let Some(said) = listed {
        complain(said.get(screen.lang));
    }
    Ok(Exit::Answered)
}

/// Why nothing was screened.
pub(super) enum Ended {
    /// What was asked for makes no sense.
    Wrong(Text),
    Failed(Failure),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Vec<Problem>> for Ended {
    fn from(problems: Vec<Problem>) -> Self {
        let all = problems.len() as u64;
        Self::Failed(Failure::Refused(problems, all))
    }
}

/// The result and the lists, both or none; answers what to say about the lists.
fn written<'r>(
    arguments: &Arguments,
    rulebook: &'r Rulebook,
    screen: &Screen,
) -> Result<(Screened<'r>, Option<Text>), Ended> {
    let result = Draft::of(&arguments.output).map_err(Ended::Wrong)?;
    let (screened, population) = screened(arguments, rulebook, &result, screen)?;
    let Some(path) = &arguments.lists else {
        file::keep([result])?;
        return Ok((screened, None));
    };
    let lists = Draft::of(path).map_err(Ended::Wrong)?;
    let read = (&population, arguments.population.as_path(), result.place());
    let said = lists::write(&screened, read, (&lists, path), screen)?;
    file::keep([lists, result])?;
    Ok((screened, Some(said)))
}

fn screened<'r>(
    arguments: &Arguments,
    rulebook: &'r Rulebook,
    result: &Draft,
    screen: &Screen,
) -> Result<(Screened<'r>, Population), Ended> {
    let limits = limits(&arguments.threads);
    let question = question(&arguments.when);
    let population = Population::open(&arguments.population, &rulebook.catalogue)?;
    for problem in population.warnings() {
        complain(&problems::problem(problem, &screen.of_stderr()));
    }
    let kinds = population.kinds(limits)?;
    let mut standings = vec![Standing::Binding];
    standings.extend(arguments.standing.iter().map(|name| Standing::from(*name)));
    let programmes =
        choose::programmes(&arguments.programme, &standings, rulebook, &question, &kinds)
            .map_err(Ended::Wrong)?;
    if let Some(said) =
        choose::left_out(&arguments.programme, &standings, rulebook, &question, &kinds)
    {
        complain(said.get(screen.lang));
    }
    let wanted = wanted(&programmes, rulebook, &question);
    let population = population.narrowed(&|indicator| wanted.contains(indicator))?;
    let (screening, size_class) = compiled(&population, &programmes, rulebook, &question);
    let base_year = question.base_year.unwrap_or(question.as_of.year().saturating_sub(1));
    let asked = Asked {
        as_of: question.as_of,
        base_year,
        rulebook: rulebook.hash.clone(),
        population: arguments.population.display().to_string(),
        size_class,
    };
    let (listed, fields) = (screening.programmes().to_vec(), screening.fields().to_vec());
    let synthetic = population.is_synthetic();
    let progress = Progress::new(population.rows(), screen);
    let summary = file::fill(result, |path| {
        engine::screen(&population, screening, &asked, path, limits, &progress)
    });
    progress.end();
    let absent = absent::columns(population.shape(), &fields, &programmes, rulebook, &question);
    let screened = Screened {
        rulebook,
        question,
        base_year,
        population: asked.population,
        synthetic,
        result: arguments.output.display().to_string(),
        programmes: listed,
        fields,
        absent,
        summary: summary?,
    };
    Ok((screened, population))
}

/// Everything that the programmes look at, and what the size class is told from.
fn wanted(programmes: &[&Programme], rulebook: &Rulebook, question: &Question) -> BTreeSet<String> {
    let needs = programmes.iter().map(|own| rules::needs::needs(rulebook, own, question.as_of));
    needs.flatten().chain(rules::needs::computed_from(rulebook, engine::SIZE)).collect()
}

/// The kernels, and where they tell the size class, if a standard is in force.
fn compiled(
    population: &Population,
    programmes: &[&Programme],
    rulebook: &Rulebook,
    question: &Question,
) -> (Screening, Option<usize>) {
    let mut builder = Builder::new(population.shape(), question.clone());
    for programme in programmes {
        builder.add(rulebook, programme);
    }
    let size_class = builder.classify(rulebook, engine::SIZE);
    (builder.build(), size_class)
}
