//! `tidu plan`: what every firm of a file would have to change to qualify, one firm at a time.

mod ask;

use std::io::{self, BufWriter, StdoutLock, Write as _};
use std::path::Path;

use answers::{PlanPage, ProblemView, SubjectView};
use connectors::Reading;

use super::firms::{self, Counts, Progress};
use super::{fail, usable};
use crate::arguments::Plan;
use crate::exit::Exit;
use crate::law;
use crate::output::{Screen, complain, stdout};
use crate::text::plan::Page;
use crate::text::problems;
use ask::Ask;
use words::discrepancy::problem;

pub(super) fn run(plan: &Plan, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let ask = match Ask::new(plan, &law.compiled.rulebook) {
        Ok(ask) => ask,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let mut show = Show {
        ask: &ask,
        screen,
        json: plan.json,
        progress: Progress::new(screen, false),
        out: stdout(),
        counts: Counts::default(),
    };
    let (catalogue, firm) = (&ask.rulebook.catalogue, plan.firm.as_deref());
    let take = &mut |reading| show.take(reading);
    let read = firms::each(&plan.facts, firm, catalogue, &screen, take)?;
    show.out.flush()?;
    show.progress.end();
    Ok(match read {
        Ok(damaged) => firms::exit(show.counts, damaged, &screen),
        Err(exit) => exit,
    })
}

/// Where plans go: a page for each firm, or a line of JSON.
struct Show<'a, 'r> {
    ask: &'a Ask<'r>,
    screen: Screen,
    json: bool,
    progress: Progress,
    out: BufWriter<StdoutLock<'static>>,
    counts: Counts,
}

impl Show<'_, '_> {
    fn take(&mut self, mut reading: Reading) -> io::Result<()> {
        self.progress.step();
        if let Some(facts) = &reading.facts {
            let found = rules::cross_check(self.ask.rulebook, facts, &self.ask.question());
            reading.problems.extend(found.iter().map(|found| problem(found, &reading.place)));
        }
        match &reading.facts {
            Some(_) => self.counts.answered += 1,
            None => self.counts.refused += 1,
        }
        if self.json { self.as_json(&reading) } else { self.as_page(&reading) }
    }

    fn as_json(&mut self, reading: &Reading) -> io::Result<()> {
        let (rulebook, wish) = (self.ask.rulebook, &self.ask.wish);
        let problems = reading.problems.iter().map(ProblemView::from).collect();
        let outlook = match &reading.facts {
            Some(facts) => {
                let (plannings, climbs) = self.ask.plans(facts);
                let subject = SubjectView::of(facts, &reading.place);
                PlanPage::of(rulebook, wish, subject, problems, (&plannings, &climbs))
            }
            None => {
                let subject = SubjectView::refused(reading.name.as_deref(), &reading.place);
                PlanPage::refused(rulebook, wish, subject, problems)
            }
        };
        serde_json::to_writer(&mut self.out, &outlook).map_err(io::Error::from)?;
        writeln!(self.out)
    }

    fn as_page(&mut self, reading: &Reading) -> io::Result<()> {
        let stderr = self.screen.of_stderr();
        for problem in &reading.problems {
            complain(&problems::problem(problem, &stderr));
        }
        let Some(facts) = &reading.facts else { return Ok(()) };
        let (ask, screen) = (self.ask, &self.screen);
        let page = Page::new(ask.rulebook, facts, &ask.wish, screen);
        if self.counts.answered > 1 {
            writeln!(self.out)?;
        }
        let (plannings, climbs) = ask.plans(facts);
        for line in page.lines(&plannings, &climbs) {
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
