//! `tidu screen`: every programme for every subject of a population.

pub(super) mod choose;
mod lists;
pub(super) mod progress;

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::Path;

use engine::{Asked, Failure, Limits, Population};
use enterprise::{Problem, Text};
use rules::{Programme, Question, Rulebook, Standing};
use screening::{Builder, Screening};

use super::query::told;
use super::{fail, usable};
use crate::arguments::Screen as Arguments;
use crate::exit::Exit;
use crate::json::ScreeningPage;
use crate::output::{Screen, complain, stdout};
use crate::screened::Screened;
use crate::text::{problems, screening as page};
use crate::{clock, file, interrupt, law, needs};
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
    interrupt::listen();
    let done = screened(arguments, &law.compiled.rulebook, &screen);
    let screened = match done {
        Ok(screened) => screened,
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
    let Some(path) = &arguments.lists else { return Ok(Exit::Answered) };
    match lists::write(&screened, &arguments.output, path, &screen) {
        Ok(said) => {
            complain(said.get(screen.lang));
            Ok(Exit::Answered)
        }
        Err(failure) => Ok(told(&failure, &screen)),
    }
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

fn screened<'r>(
    arguments: &Arguments,
    rulebook: &'r Rulebook,
    screen: &Screen,
) -> Result<Screened<'r>, Ended> {
    checked(arguments).map_err(Ended::Wrong)?;
    let mut limits = Limits::default();
    if let Some(threads) = arguments.threads {
        limits.threads = usize::from(threads);
    }
    let question = Question {
        as_of: arguments.as_of.unwrap_or_else(clock::today),
        base_year: arguments.base_year,
        purpose: arguments.purpose.map(Into::into),
        known_on: None,
    };
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
    let synthetic = population.says(city_mark()).is_some();
    let progress = Progress::new(population.rows(), screen);
    let summary = file::filled(&arguments.output, |path| {
        engine::screen(&population, screening, &asked, path, limits, &progress)
    });
    progress.end();
    Ok(Screened {
        rulebook,
        question,
        base_year,
        population: asked.population,
        synthetic,
        result: arguments.output.display().to_string(),
        programmes: listed,
        fields,
        summary: summary?,
    })
}

/// What a made-up population says of itself.
fn city_mark() -> &'static str {
    "tidu.synthetic"
}

/// Output files that do not take the place of the population.
fn checked(arguments: &Arguments) -> Result<(), Text> {
    let ends = |path: &Path, kind: &str| {
        path.extension().is_some_and(|own| own.to_string_lossy().eq_ignore_ascii_case(kind))
    };
    let wrong = |path: &Path, kind: &str| {
        let path = path.display();
        Text::new(
            format!("输出文件“{path}”须以 .{kind} 结尾"),
            format!("the file to write, `{path}`, must end in .{kind}"),
        )
    };
    if !ends(&arguments.output, "parquet") {
        return Err(wrong(&arguments.output, "parquet"));
    }
    if let Some(lists) = arguments.lists.as_ref().filter(|lists| !ends(lists, "xlsx")) {
        return Err(wrong(lists, "xlsx"));
    }
    let inside = match (arguments.output.canonicalize(), arguments.population.canonicalize()) {
        (Ok(output), Ok(population)) => output.starts_with(population),
        _ => false,
    };
    if inside {
        return Err(Text::new(
            "结果文件不能覆盖企业总体，请另取一个名字",
            "the result must not take the place of the population: choose another name",
        ));
    }
    Ok(())
}

/// Everything that the programmes look at, and what the size class is told from.
fn wanted(programmes: &[&Programme], rulebook: &Rulebook, question: &Question) -> BTreeSet<String> {
    let needs = programmes.iter().map(|own| needs::needs(rulebook, own, question.as_of));
    needs.flatten().chain(needs::computed_from(rulebook, engine::SIZE)).collect()
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
