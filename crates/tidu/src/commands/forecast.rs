//! `tidu forecast`: how the verdicts about a firm go on if nothing happens but time.

use std::io::{self, BufWriter, StdoutLock, Write as _};
use std::path::Path;

use answers::{ForecastPage, ProblemView, SubjectView, asked};
use connectors::Reading;
use enterprise::{Facts, Text};
use rules::forecast::{Forecast, Outlook, forecast};
use rules::{Programme, Question, Rulebook};

use super::firms::{self, Counts};
use super::{fail, usable};
use crate::arguments;
use crate::clock;
use crate::exit::Exit;
use crate::law;
use crate::output::{Screen, complain, stdout};
use crate::text::{self, problems};
use words::discrepancy::problem;

/// Years that can be told ahead: beyond them everything would be assumption.
const MOST_YEARS: i16 = 50;

pub(super) fn run(
    asked: &arguments::Forecast,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let rulebook = &law.compiled.rulebook;
    let mut ahead = match Ahead::new(asked, rulebook, screen) {
        Ok(ahead) => ahead,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let firm = asked.firm.as_deref();
    let read = firms::each(&asked.facts, firm, &rulebook.catalogue, &screen, &mut |reading| {
        ahead.take(reading)
    })?;
    ahead.out.flush()?;
    Ok(match read {
        Ok(damaged) => firms::exit(ahead.counts, damaged, &screen),
        Err(exit) => exit,
    })
}

/// What is asked of every firm, and where the answers go.
struct Ahead<'r> {
    rulebook: &'r Rulebook,
    programmes: Vec<&'r Programme>,
    outlook: Outlook,
    screen: Screen,
    json: bool,
    out: BufWriter<StdoutLock<'static>>,
    counts: Counts,
}

impl<'r> Ahead<'r> {
    fn new(
        asked: &arguments::Forecast,
        rulebook: &'r Rulebook,
        screen: Screen,
    ) -> Result<Self, Text> {
        let today = asked.as_of.unwrap_or_else(clock::today);
        if let Some(until) = asked.until {
            if until < today {
                return Err(Text::new(
                    format!("预测的末日 {until} 早于起日 {today}"),
                    format!("the last day, {until}, lies before the first, {today}"),
                ));
            }
            if until.year().saturating_sub(today.year()) > MOST_YEARS {
                return Err(Text::new(
                    format!("最多预测 {MOST_YEARS} 年"),
                    format!("at most {MOST_YEARS} years can be told ahead"),
                ));
            }
        }
        let programmes = if asked.programme.is_empty() {
            asked::deciding(rulebook)
        } else {
            asked::named(&asked.programme, rulebook)?
        };
        let purpose = asked.purpose.map(Into::into);
        Ok(Self {
            rulebook,
            programmes,
            outlook: Outlook { today, until: asked.until, purpose },
            screen,
            json: asked.json,
            out: stdout(),
            counts: Counts::default(),
        })
    }

    fn take(&mut self, mut reading: Reading) -> io::Result<()> {
        if let Some(facts) = &reading.facts {
            let question = Question::on(self.outlook.today);
            let found = rules::cross_check(self.rulebook, facts, &question);
            reading.problems.extend(found.iter().map(|found| problem(found, &reading.place)));
        }
        if self.json { self.as_json(&reading) } else { self.as_page(&reading) }
    }

    fn forecasts(&self, facts: &Facts) -> Vec<Forecast<'r>> {
        self.programmes
            .iter()
            .map(|programme| forecast(self.rulebook, programme, facts, &self.outlook))
            .collect()
    }

    fn as_json(&mut self, reading: &Reading) -> io::Result<()> {
        let (rulebook, today) = (self.rulebook, self.outlook.today);
        let problems: Vec<ProblemView> = reading.problems.iter().map(ProblemView::from).collect();
        let page = match &reading.facts {
            Some(facts) => {
                self.counts.answered += 1;
                let subject = SubjectView::of(facts, &reading.place);
                ForecastPage::of(rulebook, today, subject, problems, &self.forecasts(facts))
            }
            None => {
                self.counts.refused += 1;
                let subject = SubjectView::refused(reading.name.as_deref(), &reading.place);
                ForecastPage::refused(rulebook, today, subject, problems)
            }
        };
        serde_json::to_writer(&mut self.out, &page).map_err(io::Error::from)?;
        writeln!(self.out)
    }

    fn as_page(&mut self, reading: &Reading) -> io::Result<()> {
        for problem in &reading.problems {
            complain(&problems::problem(problem, &self.screen.of_stderr()));
        }
        let Some(facts) = &reading.facts else {
            self.counts.refused += 1;
            return Ok(());
        };
        if self.counts.answered > 0 {
            writeln!(self.out)?;
        }
        self.counts.answered += 1;
        let forecasts = self.forecasts(facts);
        let today = self.outlook.today;
        let lines = text::forecast::page(facts, &forecasts, self.rulebook, today, &self.screen);
        for line in lines {
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
