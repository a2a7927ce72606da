//! All programmes at a glance: verdict, score, window, what stands in the way, and how well the law is known.

use rules::{Answer, Outcome, Programme, Truth};
use words::reason::reason;
use words::score::figures;
use words::{provenance, verdict, window};

use super::{Answers, Go, chip};
use crate::failure::Failure;
use crate::view::{Block, Cell, Part, Table};

impl Answers<'_> {
    /// A row for each answer. `go` says where a programme's name leads. To whom figures are not shown, neither reasons
    /// nor scores are told: they follow from figures.
    pub fn overview(
        &self,
        answers: &[Answer<'_>],
        told: bool,
        go: impl Fn(&Programme) -> Go,
    ) -> Result<Block, Failure> {
        let say = self.say;
        let scored = told && answers.iter().any(|answer| score(answer).is_some());
        let mut columns = vec![say.t("answers.programme"), say.t("answers.verdict")];
        if told {
            columns.push(say.t("answers.reason"));
        }
        if scored {
            columns.push(say.t("answers.score"));
        }
        columns.extend([say.t("answers.window"), say.t("answers.source")]);
        let mut rows = Vec::with_capacity(answers.len());
        for answer in answers {
            let programme = answer.programme;
            let purpose = self.text(&verdict::purpose(answer.purpose));
            let name = self.text(&programme.title);
            let chip = chip(say, answer);
            let word = chip.text.clone();
            let mut row = vec![
                go(programme).cell(programme, name, purpose)?,
                Cell::Part(Part::new(&chip)?, word),
            ];
            if told {
                row.push(Cell::text(self.text(&reason(answer, self.rulebook))));
            }
            if scored {
                row.push(score(answer).map_or_else(Cell::none, Cell::Num));
            }
            row.extend([self.window(answer), self.source(answer)]);
            rows.push(row);
        }
        Ok(Block::Table(Table { caption: String::new(), columns, rows }))
    }

    /// A firm can meet the standard and still have no place in this round.
    fn window(&self, answer: &Answer<'_>) -> Cell {
        let barred = answer.round_criteria.iter().any(|result| result.truth == Truth::NotMet);
        let small = if barred { self.say.t("answers.barred") } else { String::new() };
        let text = self.text(&window::words(window::window(answer), answer.as_of));
        Cell::Two { text, small }
    }

    fn source(&self, answer: &Answer<'_>) -> Cell {
        let Outcome::Assessed(assessment) = &answer.outcome else { return Cell::none() };
        let text = provenance::short(&assessment.version.document).to_owned();
        let small = if assessment.rests_on_recalled {
            self.say.t("answers.recalled-short")
        } else if super::programme::verified(assessment) {
            String::new()
        } else {
            self.say.t("answers.unverified")
        };
        Cell::Two { text, small }
    }
}

fn score(answer: &Answer<'_>) -> Option<String> {
    match &answer.outcome {
        Outcome::Assessed(assessment) => assessment.score.as_ref().map(figures),
        Outcome::NoVersion { .. } => None,
    }
}
