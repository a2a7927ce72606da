//! Forecasts (预测): how the verdict goes on if nothing happens but time. New Year moves the base year,
//! titles end, events leave their windows, versions follow each other; figures of years to come are
//! carried over, and that is said. Nothing is told beyond the versions that are known.

mod change;
mod course;
mod days;
mod reach;

use std::collections::BTreeSet;

use enterprise::Facts;
use jiff::ToSpan as _;
use jiff::civil::Date;

pub use change::Change;
pub use course::Course;

use crate::carry::{Carry, carry_over};
use crate::evaluate::{Question, evaluate};
use crate::programme::{Programme, Purpose, Version};
use crate::rulebook::Rulebook;
use crate::verdict::{Answer, Outcome, Population, Verdict};
use days::turning_days;
use reach::Reach;

/// How far a forecast looks unless told otherwise, in years.
pub const YEARS: i64 = 10;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The day on which the forecast is made.
    pub today: Date,
    /// The last day to be told; by default ten years ahead.
    pub until: Option<Date>,
    /// The purpose; by default as in an evaluation on each day.
    pub purpose: Option<Purpose>,
}

/// How the verdict about one programme goes on.
#[derive(Debug, Clone)]
pub struct Forecast<'r> {
    /// The programme.
    pub programme: &'r Programme,
    /// The day on which it was made.
    pub today: Date,
    /// The last day that it tells about.
    pub until: Date,
    /// Why it tells no more.
    pub ends: Ends<'r>,
    /// Periods of one verdict each, without a gap from `today` to `until`; at least one.
    pub periods: Vec<Period<'r>>,
    /// What was taken for granted, as far as the programme looks at it.
    pub assumed: Vec<Carry>,
}

/// Why a forecast tells no more.
#[derive(Debug, Clone, Copy)]
pub enum Ends<'r> {
    /// Nobody asked for more.
    Asked,
    /// No version is known for the days after; this one was the last, if there was one.
    NoVersion(Option<&'r Version>),
}

/// Days in a row with one verdict.
#[derive(Debug, Clone)]
pub struct Period<'r> {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The answer on the first day.
    pub answer: Answer<'r>,
    /// The answer on the day before, except for the first period.
    pub before: Option<Box<Answer<'r>>>,
    /// Days within it on which a criterion turns whose status is known, while the verdict stays
    /// undetermined; each as a period of that one day.
    pub steps: Vec<Period<'r>>,
}

/// What a period has in common: within it, only what does not bear on the verdict may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand<'r> {
    /// The purpose.
    pub purpose: Purpose,
    /// The id of the version in force, the verdict and the population; none without a version.
    pub found: Option<(&'r str, Verdict, Population)>,
}

impl<'r> Stand<'r> {
    /// What the answer has in common with its neighbours.
    pub fn of(answer: &Answer<'r>) -> Self {
        let found = match &answer.outcome {
            Outcome::NoVersion { .. } => None,
            Outcome::Assessed(assessment) => {
                let version = assessment.version.id.as_str();
                Some((version, assessment.verdict, assessment.population))
            }
        };
        Self { purpose: answer.purpose, found }
    }
}

/// How the verdict goes on from `outlook.today` if nothing happens but time.
pub fn forecast<'r>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    facts: &Facts,
    outlook: &Outlook,
) -> Forecast<'r> {
    let today = outlook.today;
    let ahead = || today.checked_add(YEARS.years()).unwrap_or(Date::MAX);
    let until = outlook.until.unwrap_or_else(ahead).max(today);
    let carried = carry_over(rulebook, facts, today, until);
    let reach = Reach::of(rulebook, programme, (today, until));
    let on = |day: Date| {
        let question = Question { purpose: outlook.purpose, ..Question::on(day) };
        evaluate(rulebook, programme, &carried.facts, &question)
    };
    let begins =
        |(from, to), answer, before| Period { from, to, answer, before, steps: Vec::new() };
    let mut periods = vec![begins((today, until), on(today), None)];
    for day in turning_days(rulebook, programme, &carried.facts, &reach, (today, until)) {
        let answer = on(day);
        let (Some(last), Ok(eve)) = (periods.last_mut(), day.yesterday()) else { continue };
        if Stand::of(&last.answer) != Stand::of(&answer) {
            last.to = eve;
            periods.push(begins((day, until), answer, Some(Box::new(on(eve)))));
        } else if matches!(answer.verdict(), Some(Verdict::Undetermined(_))) {
            let step = begins((day, day), answer, Some(Box::new(on(eve))));
            if !step.turned().is_empty() {
                last.steps.push(step);
            }
        }
    }
    let ends = cut(&mut periods);
    let until = periods.last().map_or(today, |last| last.to);
    let assumed = carried.assumed.into_iter().filter(|step| matters(step, &reach, until));
    Forecast { programme, today, until, ends, assumed: assumed.collect(), periods }
}

/// The days after the first, up to the last, on which an answer about the programme can change while
/// these facts stay as they are.
pub(crate) fn days_of_change(
    rulebook: &Rulebook,
    programme: &Programme,
    facts: &Facts,
    (after, until): (Date, Date),
) -> BTreeSet<Date> {
    let reach = Reach::of(rulebook, programme, (after, until));
    turning_days(rulebook, programme, facts, &reach, (after, until))
}

/// Takes away the days at the end for which no version is known; today's answer stays.
fn cut<'r>(periods: &mut Vec<Period<'r>>) -> Ends<'r> {
    let mut ends = Ends::Asked;
    let mut count = periods.len();
    while let Some(last) = periods.last_mut()
        && let Outcome::NoVersion { next: None, previous } = last.answer.outcome
    {
        ends = Ends::NoVersion(previous.map(|(_, version)| version));
        if count == 1 {
            last.to = last.from;
            break;
        }
        periods.pop();
        count -= 1;
    }
    ends
}

/// Whether something that was taken for granted can bear on the forecast.
fn matters(step: &Carry, reach: &Reach<'_>, until: Date) -> bool {
    match step {
        Carry::Same { key, .. } | Carry::Grown { key, .. } | Carry::Nothing { key } => {
            // A verdict may ask for the year of its own day.
            let in_time = key.year.is_none_or(|year| year <= until.year());
            in_time && reach.indicators.contains(key.indicator.as_str())
        }
        Carry::NoEvents { kind, after } => {
            *after < until
                && if kind == "*" {
                    !reach.events.is_empty()
                } else {
                    reach.events.contains(kind.as_str())
                }
        }
    }
}
