//! What is missing and where it is found, what others have to say, what was assumed, and what would turn the verdict.

use enterprise::Text;
use rules::{Answer, Assessment, Missing, Outcome, Verdict, ways_to_turn};
use words::{gap, provenance, turn};

use super::Answers;
use crate::failure::Failure;
use crate::view::{Block, Cell, Table};

/// Ways to turn a verdict that are shown: the smallest.
const WAYS: usize = 3;
/// Ways with more parts are not shown.
const LONG: usize = 6;

impl Answers<'_> {
    /// What stands between the answer and a better one; for an eligible one, what is nearest to its edge.
    pub fn gaps(&self, answer: &Answer<'_>) -> Result<Vec<Block>, Failure> {
        let Outcome::Assessed(assessment) = &answer.outcome else { return Ok(Vec::new()) };
        let say = self.say;
        let mut blocks = self.missing(&assessment.missing)?;
        let waits: Vec<Text> = assessment
            .missing
            .iter()
            .filter(|missing| !missing.why().data)
            .map(|missing| gap::waits(missing, self.rulebook))
            .collect();
        self.list(say.t("answers.pending"), &waits, &mut blocks)?;
        let assumed: Vec<Text> = assessment
            .assumptions
            .iter()
            .map(|assume| {
                let (label, reason) = (&assume.indicator.label, &assume.reason);
                Text::new(
                    format!("{}：{}", label.zh, reason.zh),
                    format!("{}: {}", label.en, reason.en),
                )
            })
            .collect();
        self.list(say.t("answers.assumed"), &assumed, &mut blocks)?;
        let (title, ways) = self.ways(assessment, answer.base_year);
        self.list(title, &ways, &mut blocks)?;
        Ok(blocks)
    }

    fn ways(&self, assessment: &Assessment<'_>, base_year: i16) -> (String, Vec<Text>) {
        match assessment.verdict {
            Verdict::Eligible => (
                self.say.t("answers.least-to-spare"),
                turn::least_to_spare(assessment, base_year, WAYS),
            ),
            _ => {
                let mut ways = ways_to_turn(assessment, WAYS);
                // Where nearly everything is open, a list of everything helps nobody.
                ways.retain(|way| way.len() <= LONG);
                let words = ways.iter().map(|way| turn::way(way, base_year)).collect();
                (self.say.t("answers.smallest-changes"), words)
            }
        }
    }

    /// What has to be looked up, and where.
    pub(super) fn missing(&self, missing: &[Missing]) -> Result<Vec<Block>, Failure> {
        let say = self.say;
        let mut blocks = Vec::new();
        let rows: Vec<Vec<Cell>> = gap::figures(missing, self.rulebook)
            .into_iter()
            .map(|(indicator, years)| {
                let years: Vec<String> = years.iter().map(ToString::to_string).collect();
                vec![
                    Cell::Two {
                        text: self.text(&indicator.label),
                        small: self.text(&indicator.note),
                    },
                    Cell::Num(years.join(say.either("、", ", "))),
                    Cell::Text(self.text(&indicator.source)),
                    Cell::Text(self.text(&provenance::cost(indicator.cost))),
                ]
            })
            .collect();
        let lists = gap::lists(missing, self.rulebook);
        if !rows.is_empty() {
            let columns = vec![
                say.t("answers.fact"),
                say.t("answers.year"),
                say.t("answers.from-whom"),
                say.t("answers.how"),
            ];
            blocks.push(Block::Heading(say.t("answers.missing")));
            blocks.push(Block::Table(Table { caption: String::new(), columns, rows }));
        }
        self.list(say.t("answers.missing-lists"), &lists, &mut blocks)?;
        Ok(blocks)
    }
}
