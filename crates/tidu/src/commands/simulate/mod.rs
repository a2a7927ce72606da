//! `tidu simulate`: what would happen if numbers of the law were others: who enters, who leaves, what
//! it costs. The rulebook itself stays as it is.

mod in_force;
mod read;
mod variants;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use answers::asked;
use engine::Failure;
use enterprise::Text;
use rulebook::{Number, numbers};
use rules::Question;

use super::{fail, firms, question, told, usable};
use crate::arguments::{Names, Simulate};
use crate::exit::Exit;
use crate::file::{self, Draft};
use crate::json::Simulation;
use crate::law::{self, Law};
use crate::output::{Screen, complain, stdout};
use crate::outputs::Outputs;
use crate::text::{diagnostics, simulation as text};
use crate::{interrupt, outdated, workbook};
use simulation::{Ask, Effects};
pub(crate) use simulation::{
    Changed, Cost, Effect, Ends, Flows, Gate, Industry, Money, Moved, Pair, STANDS, Stand, Through,
    What, option_name, section_name,
};
use variants::changed;

/// How many of those who move are named for each programme where a screen or JSON shows them.
const NAMED: usize = 20;

/// What a simulation came to, with what it was asked of.
pub(crate) struct Simulated<'a> {
    pub ask: &'a Ask,
    pub effects: &'a Effects<'a>,
    /// The file of the population, as it was named.
    pub file: String,
    /// Whether its subjects are made up.
    pub synthetic: bool,
    /// Subjects whose data were refused.
    pub refused: u64,
    /// So many of those who move are named for each programme.
    pub shown: usize,
}

impl Simulated<'_> {
    /// What has to be known of lists of events that were not brought up to the day, if there are any.
    pub fn outdated(&self) -> Option<Text> {
        let effects = self.effects;
        let words = outdated::words(&effects.outdated, self.ask.question.as_of, effects.subjects)?;
        Some(Text::new(
            format!("{}。改变对这些户的影响可能看不出来", words.zh),
            format!("{}. What a change does to them may not show", words.en),
        ))
    }
}

pub(super) fn run(
    simulate: &Simulate,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let question = question(&simulate.when);
    let numbers = numbers(&law.sources);
    if let Some(wanted) = &simulate.list {
        return list(wanted, &law, &numbers, &question, &screen);
    }
    let Some(population) = &simulate.population else { return Ok(Exit::Nothing) };
    let books = books(simulate);
    let inputs = [Some(population), simulate.overlay.as_ref()];
    let outputs = Outputs::beside(inputs.into_iter().flatten());
    let outputs = books.iter().fold(outputs, |all, (path, _)| all.and(Some(path), &["xlsx"]));
    if let Err(text) = outputs.check(simulate.replace.force) {
        return Ok(fail(&screen, &text));
    }
    interrupt::leave(screen);
    let ask = match ask(simulate, law, &numbers, question, &screen) {
        Ok(ask) => ask,
        Err(exit) => return Ok(exit),
    };
    let mut effects = Effects::new(&ask);
    let read = read::population(population, &ask, &mut effects, simulate, &screen)?;
    let counts = match read {
        Ok(counts) => counts,
        Err(exit) => return Ok(exit),
    };
    let simulated = Simulated {
        ask: &ask,
        effects: &effects,
        file: population.display().to_string(),
        synthetic: counts.synthetic,
        refused: counts.counts.refused,
        shown: match &simulate.names {
            Some(Names::Shown(count)) => *count,
            Some(Names::Saved(_)) | None if simulate.json && ask.names => NAMED,
            _ => 0,
        },
    };
    if let Err(failure) = save(&simulated, &books, &screen) {
        return Ok(told(&failure, &screen));
    }
    let mut out = stdout();
    if simulate.json {
        serde_json::to_writer_pretty(&mut out, &Simulation::of(&simulated))
            .map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for line in text::page(&simulated, &screen) {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    out.flush()?;
    Ok(firms::exit(counts.counts, counts.damaged, &screen))
}

/// The workbooks that are wanted, and whether names are all that they tell.
fn books(simulate: &Simulate) -> Vec<(&PathBuf, bool)> {
    let names = match &simulate.names {
        Some(Names::Saved(path)) => Some((path, true)),
        _ => None,
    };
    simulate.output.as_ref().map(|path| (path, false)).into_iter().chain(names).collect()
}

/// Writes the workbooks, all of them or none.
fn save(
    simulated: &Simulated<'_>,
    books: &[(&PathBuf, bool)],
    screen: &Screen,
) -> Result<(), Failure> {
    let mut drafts = Vec::new();
    for (path, names_only) in books {
        let draft = Draft::of(path).map_err(Failure::Broken)?;
        file::fill(&draft, |place| {
            Ok(workbook::simulation(simulated, place, *names_only, screen.lang)?)
        })?;
        drafts.push(draft);
    }
    file::keep(drafts)?;
    for (path, _) in books {
        let path = path.display();
        let written = Text::new(format!("已写入 {path}"), format!("wrote {path}"));
        complain(written.get(screen.lang));
    }
    Ok(())
}

/// The law and its variants, or why they cannot be asked about.
fn ask(
    simulate: &Simulate,
    law: Law,
    numbers: &[Number],
    question: Question,
    screen: &Screen,
) -> Result<Ask, Exit> {
    let variants = changed(simulate, &law, numbers, question.as_of, screen)?;
    let chosen = asked::named(&simulate.programme, &law.compiled.rulebook);
    let chosen: Vec<String> = match chosen {
        Ok(programmes) => programmes.iter().map(|one| one.id.clone()).collect(),
        Err(text) => return Err(fail(screen, &text)),
    };
    let known = asked::of_firms(&law.compiled.rulebook);
    let known: Vec<String> = known.iter().map(|one| one.id.clone()).collect();
    let wanted = if chosen.is_empty() { known } else { chosen };
    let mut variants = variants;
    if let Some(text) = in_force::check(&law.compiled.rulebook, &question, &mut variants) {
        return Err(fail(screen, &text));
    }
    let names = simulate.names.is_some() || simulate.output.is_some();
    let is_wanted = |programme: &rules::Programme| wanted.contains(&programme.id);
    let ask = Ask::new(law.compiled.rulebook.into(), question, variants, &is_wanted, names);
    if ask.pairs.is_empty() {
        let text = Text::new(
            "这些改变不涉及所看的项目，没有可比较的",
            "what is set concerns none of these programmes: there is nothing to compare",
        );
        return Err(fail(screen, &text));
    }
    for variant in &ask.variants {
        for remark in &variant.remarks {
            complain(&diagnostics::remark(remark, &variant.sources, &screen.of_stderr()));
        }
    }
    Ok(ask)
}

/// `--list`
fn list(
    wanted: &str,
    law: &Law,
    numbers: &[Number],
    question: &Question,
    screen: &Screen,
) -> io::Result<Exit> {
    let rulebook = &law.compiled.rulebook;
    let (owner, version) = match wanted.split_once('@') {
        Some((owner, version)) => (owner, Some(version)),
        None => (wanted, None),
    };
    let of = |number: &&Number| {
        number.owner == owner && version.is_none_or(|version| number.version == version)
    };
    let found: Vec<&Number> = numbers.iter().filter(of).collect();
    if found.is_empty() {
        let scope = rulebook::Scope { rulebook, numbers, day: question.as_of };
        let refusal = rulebook::resolve(&scope, &format!("{wanted}.*"));
        if let Err(refusal) = refusal {
            return Ok(variants::refuse(wanted, &refusal, screen));
        }
    }
    let mut out = stdout();
    for line in text::list(&found, rulebook, question.as_of, screen) {
        writeln!(out, "{}", line.trim_end())?;
    }
    out.flush()?;
    Ok(Exit::Answered)
}
