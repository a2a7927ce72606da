//! What is asked of every firm: the day and the programmes.

use connectors::Reading;
use enterprise::{Facts, Text};
use jiff::civil::Date;
use rules::{Answer, Programme, Question, Rulebook, Standing, evaluate};

use crate::arguments::Explain;
use crate::commands::{firms, question};
use words::discrepancy::problem;

/// What is asked of every firm.
pub(super) struct Ask<'r> {
    pub rulebook: &'r Rulebook,
    pub question: Question,
    pub programmes: Vec<&'r Programme>,
    /// Whether programmes were named.
    pub named: bool,
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
        let question = Question { known_on: explain.known_on, ..question(&explain.when) };
        let named = !explain.programme.is_empty();
        let programmes = if named {
            firms::named(&explain.programme, rulebook)?
        } else {
            let telling = |known: &&Programme| says_something(known, question.as_of);
            let mut programmes: Vec<&Programme> =
                firms::of_firms(rulebook).into_iter().filter(telling).collect();
            programmes.sort_by_key(|programme| !firms::decides(programme));
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
