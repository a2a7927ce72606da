//! What is asked of every firm: the day and the programmes.

use answers::asked;
use connectors::Reading;
use enterprise::{Facts, Text};
use rules::{Answer, Programme, Question, Rulebook, evaluate};

use crate::arguments::Explain;
use crate::commands::question;
use words::discrepancy::problem;

/// What is asked of every firm.
pub(super) struct Ask<'r> {
    pub rulebook: &'r Rulebook,
    pub question: Question,
    pub programmes: Vec<&'r Programme>,
    /// Whether programmes were named.
    pub named: bool,
}

impl<'r> Ask<'r> {
    /// What the arguments ask for.
    pub fn new(explain: &Explain, rulebook: &'r Rulebook) -> Result<Self, Text> {
        let question = Question { known_on: explain.known_on, ..question(&explain.when) };
        let named = !explain.programme.is_empty();
        let programmes = if named {
            asked::named(&explain.programme, rulebook)?
        } else {
            asked::telling(rulebook, question.as_of)
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
