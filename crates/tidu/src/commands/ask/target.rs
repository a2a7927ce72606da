//! Where the facts come from and where the answers go: a document is continued in its place, a table
//! is never written to, and nothing that is there already is replaced unasked.

use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use connectors::{Reading, read_subjects};
use enterprise::{Catalogue, Facts, Severity, Text};

use crate::arguments::Ask;
use crate::commands::firms::{Choice, Chosen, one_of};
use crate::output::{Screen, complain};
use crate::text::problems;

/// The facts to begin with, and the file to save them in.
pub(super) struct Target {
    pub facts: Facts,
    pub path: PathBuf,
    /// The file that they were read from, as one names the firm on a command line.
    pub from: Option<String>,
}

impl Target {
    pub fn of(ask: &Ask, catalogue: &Catalogue, screen: &Screen) -> Result<Self, Text> {
        if let Some(output) = &ask.output {
            is_document(output)?;
        }
        if !ask.facts.exists() {
            is_document(&ask.facts).map_err(|_| no_file(&ask.facts))?;
            let path = ask.output.clone().unwrap_or_else(|| ask.facts.clone());
            free(&path)?;
            return Ok(Self { facts: Facts::default(), path, from: None });
        }
        let (facts, alone) = one_firm(ask, catalogue, screen)?;
        let in_place = alone && is_document(&ask.facts).is_ok() && is_json(&ask.facts);
        let path = match &ask.output {
            Some(output) => output.clone(),
            None if in_place => ask.facts.clone(),
            None => beside(&ask.facts, alone, &facts),
        };
        if !(in_place && same(&path, &ask.facts)) {
            free(&path)?;
        }
        let code = facts.uscc.as_ref().filter(|_| !alone);
        let firm = code.map(|code| format!(" --firm {code}")).unwrap_or_default();
        let from = Some(format!("{}{firm}", ask.facts.display()));
        Ok(Self { facts, path, from })
    }
}

/// The one firm of the file, or the one that was named, and whether the file has no other.
fn one_firm(ask: &Ask, catalogue: &Catalogue, screen: &Screen) -> Result<(Facts, bool), Text> {
    if population::is_parquet(&ask.facts) {
        let reading = one_of(&ask.facts, ask.firm.as_deref(), catalogue, screen)?;
        return usable(Some(reading), screen).map(|facts| (facts, false));
    }
    let mut choice = ask.firm.as_deref().map(Choice::new);
    let mut first: Option<Box<Reading>> = None;
    let mut count = 0u64;
    let read = read_subjects(&ask.facts, catalogue, &mut |reading| {
        count += 1;
        match &mut choice {
            // Looks on to the end: it matters whether there are others.
            Some(choice) => drop(choice.offer(reading)),
            None => drop(first.get_or_insert_with(|| Box::new(reading))),
        }
        ControlFlow::Continue(())
    });
    let stderr = screen.of_stderr();
    match read {
        Ok(summary) => {
            for problem in &summary.problems {
                complain(&problems::problem(problem, &stderr));
            }
        }
        Err(problem) => {
            complain(&problems::problem(&problem, &stderr));
            return Err(Text::new(
                "数据读不出来，没有提问",
                "the facts cannot be read; nothing was asked",
            ));
        }
    }
    let reading = match choice.map(Choice::end) {
        Some(Chosen::One(reading)) => Some(reading),
        Some(Chosen::None(text)) => return Err(text),
        None if count > 1 => {
            return Err(Text::new(
                format!("文件中有 {count} 户企业，请用 --firm 指明一户"),
                format!("there are {count} firms in the file: name one with --firm"),
            ));
        }
        None => first,
    };
    Ok((usable(reading, screen)?, count == 1))
}

/// The facts of a firm, if they were not refused.
fn usable(reading: Option<Box<Reading>>, screen: &Screen) -> Result<Facts, Text> {
    let problems = reading.iter().flat_map(|reading| &reading.problems);
    for problem in
        problems.filter(|problem| problem.severity == Severity::Refused || reading.is_some())
    {
        complain(&problems::problem(problem, &screen.of_stderr()));
    }
    reading.and_then(|reading| reading.facts).ok_or_else(|| {
        Text::new("没有可用的企业数据，请先改正", "no usable facts: correct them first")
    })
}

/// Beside a table, under its name; with the firm's code where the file holds several.
fn beside(facts_file: &Path, alone: bool, facts: &Facts) -> PathBuf {
    let stem = facts_file.file_stem().unwrap_or_default().to_string_lossy();
    let code = facts.uscc.as_ref().filter(|_| !alone).map(|code| format!("-{code}"));
    facts_file.with_file_name(format!("{stem}{}.json", code.unwrap_or_default()))
}

fn is_document(path: &Path) -> Result<(), Text> {
    if path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("json")) {
        return Ok(());
    }
    Err(Text::new(
        format!("保存答案的文件“{}”须以 .json 结尾", path.display()),
        format!("the file to save the answers in, `{}`, must end in .json", path.display()),
    ))
}

fn no_file(path: &Path) -> Text {
    Text::new(
        format!("找不到“{}”；新建一户请给出以 .json 结尾的文件名", path.display()),
        format!(
            "there is no `{}`; to begin a new firm name a file that ends in .json",
            path.display()
        ),
    )
}

/// Whether the content is what the name says.
fn is_json(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(64).read_to_end(&mut start));
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).trim_ascii_start();
    read.is_ok() && matches!(text.first(), Some(b'{' | b'['))
}

fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Nothing may stand there already.
fn free(path: &Path) -> Result<(), Text> {
    if !path.exists() {
        return Ok(());
    }
    let path = path.display();
    Err(Text::new(
        format!("“{path}”已存在，不覆盖。接着回答：tidu ask {path}；另存：-o 别的文件.json"),
        format!(
            "`{path}` exists and is not replaced. To go on: tidu ask {path}; elsewhere: -o OTHER.json"
        ),
    ))
}
