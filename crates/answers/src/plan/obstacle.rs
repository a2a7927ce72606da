//! What stands in the way of every plan.

use rules::Rulebook;
use rules::plan::Obstacle;
use schemars::JsonSchema;
use serde::Serialize;

use crate::label::Label;
use crate::test::TestView;
use crate::value::CitationView;
use words::amounts::points;

/// 受阻于什么 | What stands in the way.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Obstacle")]
pub(super) struct ObstacleView {
    words: Label,
    /// 起决定作用的已结束年度，以文字说明 | The closed fiscal years that decide, in words.
    closed: Option<Label>,
    what: WhatView,
}

/// 无法达到的是什么 | What cannot be brought to pass.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "ObstacleKind")]
enum WhatView {
    /// 一项条件，及其中不满足而到时无法改变的部分 | A criterion, with the tests in it that fail and that nothing can change by then.
    Criterion { id: String, owner: String, citation: Box<CitationView>, tests: Vec<TestView> },
    /// 评分：最多能得多少，须得多少 | The score: the most that can be reached, and what is needed.
    Score { most: String, needed: String },
    /// 各条件单独都能满足，但不能同时满足 | Each criterion alone could be met, but not all together.
    Together,
}

impl ObstacleView {
    pub(super) fn of(
        obstacle: &Obstacle<'_>,
        rulebook: &Rulebook,
        base_year: i16,
        open_from: i16,
    ) -> Self {
        let what = match obstacle {
            Obstacle::Criterion { criterion, tests } => WhatView::Criterion {
                id: criterion.id.clone(),
                owner: criterion.owner.clone(),
                citation: Box::new(CitationView::of(&criterion.citation)),
                tests: tests.iter().map(|test| TestView::of(test, rulebook, base_year)).collect(),
            },
            Obstacle::Score { most, needed } => {
                WhatView::Score { most: points(*most), needed: points(*needed) }
            }
            Obstacle::Together => WhatView::Together,
        };
        Self {
            words: words::plan::obstacle(obstacle, base_year).into(),
            closed: words::plan::closed(obstacle, base_year, open_from).map(Label::from),
            what,
        }
    }
}
