//! The verdicts as rows of a workbook.

use rules::{Answer, Outcome};
use words::reason::reason;
use words::score::figures;
use words::{programme, provenance, verdict, window};

use super::Answers;
use crate::workbook::{Head, Value};

impl Answers<'_> {
    /// A head and a row for each answer.
    pub fn sheet(&self, answers: &[Answer<'_>]) -> (Vec<Head>, Vec<Vec<Value>>) {
        let say = self.say;
        let heads = [
            (say.t("answers.programme"), 30),
            (say.t("answers.purpose"), 10),
            (say.t("answers.verdict"), 18),
            (say.t("answers.reason"), 48),
            (say.t("answers.score"), 14),
            (say.t("answers.window"), 24),
            (say.t("answers.version"), 12),
            (say.t("answers.source"), 40),
            (say.t("answers.checked"), 18),
        ];
        let heads = heads.map(|(words, width)| Head { words, width }).into();
        (heads, answers.iter().map(|answer| self.line(answer)).collect())
    }

    fn line(&self, answer: &Answer<'_>) -> Vec<Value> {
        let text = |text: &enterprise::Text| Value::Text(self.text(text));
        let mut row = vec![
            text(&answer.programme.title),
            text(&verdict::purpose(answer.purpose)),
            text(&verdict::conclusion(answer)),
            text(&reason(answer, self.rulebook)),
        ];
        let Outcome::Assessed(assessment) = &answer.outcome else { return row };
        let score = assessment.score.as_ref().map(figures);
        let verified = super::programme::verified(assessment);
        let checked = if verified { "answers.verified" } else { "answers.unverified" };
        row.extend([
            score.map_or(Value::Empty, Value::Text),
            text(&window::words(window::window(answer), answer.as_of)),
            text(&programme::version(assessment.version)),
            Value::Text(provenance::document(&assessment.version.document)),
            Value::Text(self.say.t(checked)),
        ]);
        row
    }
}
