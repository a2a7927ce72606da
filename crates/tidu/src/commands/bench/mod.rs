//! `tidu bench`: screening held against the practical limit, side by side in one run.

mod case;
mod export;
mod files;
pub(crate) mod measured;
mod memory;
mod real;
mod sql;

use std::io::{self, Write as _};
use std::path::Path;

use enterprise::Text;

use super::{fail, usable};
use crate::arguments::Bench;
use crate::exit::Exit;
use crate::json::BenchPage;
use crate::law;
use crate::output::{Screen, complain, stdout};
use crate::text::bench as page;

/// The law, the population and the rows are the same on every machine.
const SEED: u64 = 1;

pub(super) fn run(bench: &Bench, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    if let Some(folder) = &bench.export {
        return Ok(match export::write(bench, folder) {
            Ok(written) => {
                complain(written.get(screen.lang));
                Exit::Answered
            }
            Err(text) => fail(&screen, &text),
        });
    }
    let mut cases = Vec::new();
    for criteria in &bench.criteria {
        for rows in &bench.rows {
            let words = Text::new(
                format!("{rows} 户，{criteria} 条 ……"),
                format!("{rows} subjects, {criteria} criteria …"),
            );
            complain(words.get(screen.lang));
            match case::measure(bench, *criteria, *rows) {
                Ok(case) => cases.push(case),
                Err(text) => return Ok(fail(&screen, &text)),
            }
        }
    }
    if !bench.without.iter().any(|left| left == "rulebook") {
        let law = match usable(law::load(rulebook), &screen) {
            Ok(law) => law,
            Err(exit) => return Ok(exit),
        };
        complain(screen.say("规则库 ……", "the rulebook …"));
        match real::measure(bench, &law.compiled.rulebook) {
            Ok(case) => cases.push(case),
            Err(text) => return Ok(fail(&screen, &text)),
        }
    }
    let wrong = cases.iter().any(|case| !case.differences.is_empty());
    let mut out = stdout();
    if bench.json {
        serde_json::to_writer(&mut out, &BenchPage::of(bench, &cases)).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for line in page::page(bench, &cases, &screen) {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    out.flush()?;
    Ok(if wrong { Exit::Problems } else { Exit::Answered })
}
