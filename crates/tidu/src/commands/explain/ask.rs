//! What is asked of every firm: the day and the programmes.

use connectors::Reading;
use enterprise::{Facts, Text};
use jiff::civil::Date;
use rules::{Answer, Programme, Question, Rulebook, Standing, evaluate};

use crate::arguments::Explain;
use crate::clock;
use crate::commands::find;
use words::discrepancy::problem;

/// What this command line judges: other subjects need files of their own.
const SUBJECT: &str = "enterprise";

/// What is asked of every firm.
pub(super) struct Ask<'r> {
    pub rulebook: &'r Rulebook,
    pub question: Question,
    pub programmes: Vec<&'r Programme>,
    /// Whether programmes were named.
    pub named: bool,
}

/// What judges enterprises. Of a pure title nothing can be said: it has no versions.
pub(in crate::commands) fn judged(rulebook: &Rulebook) -> Vec<&Programme> {
    let all = rulebook.programmes.iter();
    all.filter(|known| known.subject == SUBJECT && !known.versions.is_empty()).collect()
}

/// The programmes that somebody named, each once.
pub(in crate::commands) fn named_programmes<'r>(
    rulebook: &'r Rulebook,
    names: &[String],
) -> Result<Vec<&'r Programme>, Text> {
    let judged = judged(rulebook);
    let mut chosen: Vec<&Programme> = Vec::new();
    for wanted in names {
        let programme = find::programme(wanted, rulebook, &judged)?;
        if !chosen.iter().any(|known| known.id == programme.id) {
            chosen.push(programme);
        }
    }
    Ok(chosen)
}

/// Whether it has a version that decides: those come before what is only for reference.
pub(in crate::commands) fn decides(programme: &Programme) -> bool {
    programme.versions.iter().any(|version| version.standing == Standing::Binding)
}

/// Whether something can be said unasked: a standard is public, and it is not a matter of the past.
fn says_something(programme: &Programme, as_of: Date) -> bool {
    programme.versions.iter().any(|version| match version.standing {
        Standing::Binding | Standing::Indicative => true,
        Standing::Historical => version.applies.iter().any(|applies| applies.covers(as_of)),
        Standing::Open => false,
    })
}

impl<'r> Ask<'r> {
    /// What the arguments ask for.
    pub fn new(explain: &Explain, rulebook: &'r Rulebook) -> Result<Self, Text> {
        let question = Question {
            as_of: explain.as_of.unwrap_or_else(clock::today),
            base_year: explain.base_year,
            purpose: explain.purpose.map(Into::into),
            known_on: explain.known_on,
        };
        let named = !explain.programme.is_empty();
        let programmes = if named {
            named_programmes(rulebook, &explain.programme)?
        } else {
            let mut programmes = judged(rulebook);
            programmes.retain(|known| says_something(known, question.as_of));
            programmes.sort_by_key(|programme| !decides(programme));
            programmes
        };
        Ok(Self { rulebook, question, programmes, named })
    }

    /// The facts as they were known on the day asked for.
    pub fn known(&self, facts: Facts) -> Facts {
        match self.question.known_on {
            Some(day) => facts.as_known_on(day),
            None => facts,
        }
    }

    /// Adds what contradicts itself in a firm's figures to its problems.
    pub fn cross_check(&self, reading: &mut Reading) {
        let Some(facts) = &reading.facts else { return };
        let found = rules::cross_check(self.rulebook, facts, &self.question);
        reading.problems.extend(found.iter().map(|found| problem(found, &reading.place)));
    }

    /// The answers for one firm.
    pub fn answers(&self, facts: &Facts) -> Vec<Answer<'r>> {
        self.programmes
            .iter()
            .map(|programme| evaluate(self.rulebook, programme, facts, &self.question))
            .collect()
    }

    /// The base year where no round pins another.
    pub fn base_year(&self) -> i16 {
        self.question.base_year.unwrap_or(self.question.as_of.year().saturating_sub(1))
    }
}
