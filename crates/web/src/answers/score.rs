//! A score table: the whole as a bar, parts and items with their points, the value that was scored, and its band.

use rules::{GroupResult, ScoreResult, Truth};
use words::amounts::points;
use words::explanation::Explainer;
use words::score::{bounds, mark};

use super::Answers;
use crate::failure::Failure;
use crate::parts::score::ScoreBar;
use crate::view::{Block, Cell, Part, Table};

impl Answers<'_> {
    pub(super) fn score(
        &self,
        score: &ScoreResult<'_>,
        explainer: &Explainer<'_>,
    ) -> Result<Vec<Block>, Failure> {
        let say = self.say;
        let mut blocks = vec![Block::Heading(say.t("answers.score-title"))];
        blocks.push(Block::Part(Part::new(&self.bar(score))?));
        for group in &score.groups {
            let columns = vec![
                say.t("answers.item"),
                say.t("answers.points"),
                say.t("answers.value"),
                say.t("answers.band"),
            ];
            let mut rows = Vec::new();
            for item in &group.items {
                for (index, scored) in explainer.item(item).iter().enumerate() {
                    let first = index == 0;
                    let label = if first { self.text(&item.item.label) } else { String::new() };
                    let won =
                        format!("{} / {}", bounds(item.low, item.high), points(item.item.max));
                    rows.push(vec![
                        Cell::Text(label),
                        Cell::Num(if first { won } else { String::new() }),
                        Cell::Num(self.text(&scored.value)),
                        Cell::Text(self.text(&scored.reason)),
                    ]);
                }
            }
            let caption = self.caption(group);
            blocks.push(Block::Table(Table { caption, columns, rows }));
        }
        Ok(blocks)
    }

    /// The score as a bar with its bounds and its mark.
    pub fn bar(&self, score: &ScoreResult<'_>) -> ScoreBar {
        ScoreBar {
            say: self.say,
            label: self.say.t("answers.score-title"),
            low: score.low.0,
            high: score.high.0,
            max: score.groups.iter().map(|group| group.group.max.0).sum(),
            pass: Some(score.table.pass.points.0),
        }
    }

    /// `创新能力 20–25 / 30 分；须 ≥ 15 分，已达到`
    fn caption(&self, group: &GroupResult<'_>) -> String {
        let say = self.say;
        let label = self.text(&group.group.label);
        let won = format!("{} / {}", bounds(group.low, group.high), points(group.group.max));
        let mut caption = say.t2("answers.group", ("label", label), ("points", won));
        if let (Some(floor), Some(truth)) = (&group.group.floor, group.floor) {
            let state = match truth {
                Truth::Met => say.t("answers.floor-met"),
                Truth::NotMet => say.t("answers.floor-not-met"),
                _ => say.t("answers.floor-open"),
            };
            let floor = self.text(&mark(floor));
            caption.push_str(&say.t2("answers.floor", ("floor", floor), ("state", state)));
        }
        caption
    }
}
