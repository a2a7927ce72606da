//! A plan step by step: what to bring about, by when, what for.

use askama::Template;
use enterprise::Text;
use rules::Answer;
use rules::plan::{Plan, Step};
use words::join;
use words::plan as said;

use super::Answers;
use crate::failure::Failure;
use crate::lang::Say;
use crate::view::{Block, Part};

#[derive(Template)]
#[template(path = "answers/steps.html")]
struct Steps {
    say: Say,
    steps: Vec<Shown>,
}

struct Shown {
    figure: String,
    change: String,
    by: String,
    day: String,
    warnings: String,
    /// Whether going further needs other steps to go further.
    tied: String,
    serves: Vec<String>,
    meaning: String,
}

impl Answers<'_> {
    pub(super) fn steps(
        &self,
        plan: &Plan<'_>,
        before: &Answer<'_>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Failure> {
        let shown = said::shown(plan, self.rulebook);
        if shown.is_empty() {
            return Ok(());
        }
        let steps = shown.iter().map(|step| self.step(step, before)).collect();
        blocks.push(Block::Part(Part::new(&Steps { say: self.say, steps })?));
        Ok(())
    }

    fn step(&self, step: &Step<'_>, before: &Answer<'_>) -> Shown {
        let parts: Vec<Text> =
            [Some(said::change(step)), said::movement(step)].into_iter().flatten().collect();
        let warnings = said::warnings(step, self.today);
        let serves = match Self::document(before) {
            Some(document) => step
                .serves
                .iter()
                .map(|serves| self.text(&said::serves(serves, document)))
                .collect(),
            None => Vec::new(),
        };
        Shown {
            figure: self.text(&said::figure(step)),
            change: self.text(&join(&parts, "，", ", ")),
            by: self.text(&said::by(step)),
            day: step.by.to_string(),
            warnings: self.text(&join(&warnings, "；", "; ")),
            tied: said::tied(step).map(|tied| self.text(&tied)).unwrap_or_default(),
            serves,
            meaning: self.text(&said::first_sentence(&step.indicator.note)),
        }
    }

    /// `营业收入 2026：4000 万元 → 至少 5000 万元，最迟 2026-12-31；距最后期限只有 38 天`
    pub(super) fn in_short(&self, step: &Step<'_>) -> Text {
        let (figure, change, by) = (said::figure(step), said::change(step), said::by(step));
        let mut words = Text::new(
            format!("{}：{}，{}", figure.zh, change.zh, by.zh),
            format!("{}: {}, {}", figure.en, change.en, by.en),
        );
        for warning in said::warnings(step, self.today) {
            words.zh.push_str(&format!("；{}", warning.zh));
            words.en.push_str(&format!("; {}", warning.en));
        }
        words
    }
}
