//! What is wrong with rows, as far as anybody reads it on a screen; the rest is counted.

use enterprise::{Problem, Severity};

use crate::output::{Screen, complain};
use crate::text::problems;
use crate::text::screening::grouped;

/// More problems than anybody reads on a screen.
const MOST_REFUSED: u64 = 20;
/// Notes are less than problems.
const MOST_NOTES: u64 = 5;

/// Tells the first problems and counts the others.
pub(super) struct Said {
    screen: Screen,
    refused: u64,
    notes: u64,
}

impl Said {
    pub fn new(screen: Screen) -> Self {
        Self { screen, refused: 0, notes: 0 }
    }

    /// What is wrong with one row. Answers what keeps it out, if anything does.
    pub fn row<'p>(&mut self, problems: &'p [Problem]) -> Vec<&'p Problem> {
        let is_refused = |problem: &&Problem| problem.severity == Severity::Refused;
        let refused: Vec<&Problem> = problems.iter().filter(is_refused).collect();
        // That a row was taken with a note is no news of one that was not taken.
        if refused.is_empty() {
            problems.iter().for_each(|problem| self.tell(problem));
        }
        refused.iter().for_each(|problem| self.tell(problem));
        refused
    }

    fn tell(&mut self, problem: &Problem) {
        let (counter, most) = match problem.severity {
            Severity::Refused => (&mut self.refused, MOST_REFUSED),
            Severity::Warning => (&mut self.notes, MOST_NOTES),
        };
        *counter += 1;
        if *counter <= most {
            complain(&problems::problem(problem, &self.screen.of_stderr()));
        }
    }

    /// Counts what was not told; `remedy` is where all reasons can be had.
    pub fn end(&self, remedy: (&str, &str)) {
        let unsaid = self.refused.saturating_sub(MOST_REFUSED);
        if unsaid > 0 {
            let (unsaid, (zh, en)) = (grouped(unsaid), remedy);
            self.say(
                &format!("另有 {unsaid} 个未读入的原因没有列出{zh}"),
                &format!("reasons not shown: {unsaid} more{en}"),
            );
        }
        let unsaid = self.notes.saturating_sub(MOST_NOTES);
        if unsaid > 0 {
            let unsaid = grouped(unsaid);
            self.say(
                &format!("另有 {unsaid} 条提示没有列出，相关的行已读入"),
                &format!("notes not shown: {unsaid} more; their rows were taken"),
            );
        }
    }

    fn say(&self, zh: &str, en: &str) {
        complain(self.screen.say(zh, en));
    }
}
