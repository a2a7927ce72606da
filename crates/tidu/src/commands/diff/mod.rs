//! `tidu diff`: what changed between two rulebooks, from when and for whom; with facts, whose
//! verdict turned.

mod judge;

use std::io::{self, Write as _};
use std::path::Path;

use changes::compare;

use super::usable;
use crate::arguments::Diff;
use crate::exit::Exit;
use crate::json::Difference;
use crate::law::Law;
use crate::output::{Screen, complain, stdout};
use crate::text::changes as text;
use crate::text::problems;
use crate::{clock, law};
use judge::judge;
pub(crate) use judge::{Firm, Judged};

pub(super) fn run(diff: &Diff, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    // Both are read, so that the problems of both are told in one run.
    let old = read(Some(&diff.old), screen.say("原规则库", "former rulebook"), &screen);
    let after = diff.new.as_deref().or(rulebook);
    let new = read(after, screen.say("新规则库", "changed rulebook"), &screen);
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old.compiled.rulebook, new.compiled.rulebook),
        (Err(exit), _) | (_, Err(exit)) => return Ok(exit),
    };
    let as_of = diff.as_of.unwrap_or_else(clock::today);
    let changes = compare(&old, &new);
    let judged = diff.facts.as_deref().map(|facts| judge(facts, &old, &new, as_of));
    for problem in judged.iter().flat_map(|judged| &judged.problems) {
        complain(&problems::problem(problem, &screen.of_stderr()));
    }
    if judged.as_ref().is_some_and(|judged| judged.subjects == 0) {
        return Ok(Exit::Nothing);
    }
    let mut out = stdout();
    if diff.json {
        let view = Difference::of(&changes, (&old, &new), as_of, judged.as_ref());
        serde_json::to_writer_pretty(&mut out, &view).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        let mut lines = text::lines(&changes, (&old, &new), as_of, &screen);
        if let Some(judged) = &judged {
            lines.extend(text::turned::lines(judged, as_of, &screen));
        }
        for line in lines {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    out.flush()?;
    let problems = judged.is_some_and(|judged| judged.refused > 0 || judged.damaged);
    Ok(if problems { Exit::Problems } else { Exit::Answered })
}

/// A rulebook; of one that cannot be used it is said which of the two it is.
fn read(folder: Option<&Path>, which: &str, screen: &Screen) -> Result<Law, Exit> {
    usable(law::load(folder), screen).inspect_err(|_| {
        let folder = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
        complain(&format!("  → {which} {folder}"));
    })
}
