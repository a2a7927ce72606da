//! What can be reached by the day, and by which later day.

use rules::plan::{Later, Planning, Reach, TargetBecause};
use rules::{Outcome, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

use super::PlanningView;
use super::obstacle::ObstacleView;
use super::step::PlanView;
use crate::ProgrammeView;
use crate::carry::CarryView;
use crate::gap::MissingView;
use crate::label::Label;
use words::plan::nothing_to_do;

/// 要通过的日子 | The day on which the programme is to be passed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Target")]
pub(super) struct TargetView {
    day: String,
    /// `asked` 指定，`round` 批次末日，`end_of_year` 年末 | `asked`, `round` (the last day of the round) or `end_of_year`.
    because: &'static str,
    words: Label,
}

/// 晚于所问日期的一天 | A day later than the one that was asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Later")]
pub(super) struct LaterView {
    day: String,
    /// 当日的上一会计年度 | The last fiscal year on that day.
    base_year: i16,
    /// 方案，最佳的在前；没有内容的方案表示只需等待 | The plans for it, best first; one without anything to do says that time alone suffices.
    plans: Vec<PlanView>,
    /// 到那时的假定 | What was taken for granted until then.
    carried: Vec<CarryView>,
    /// 除时间推移外什么都不变时，当日的结论 | The answer on that day if nothing but time passes.
    unchanged: ProgrammeView,
}

impl PlanningView {
    pub(super) fn of(planning: &Planning<'_>, rulebook: &Rulebook) -> Self {
        let (mut plans, mut obstacles, mut later, mut until) = (&[][..], &[][..], None, None);
        let mut ruled_out = None;
        let reach = match &planning.reach {
            Reach::NoVersion => "no_version",
            Reach::NotPublic => "not_public",
            Reach::Plans(found) => {
                plans = found;
                if found.first().is_some_and(nothing_to_do) { "nothing_to_do" } else { "plans" }
            }
            Reach::NotByThen { obstacles: found, earliest, proven, looked_until } => {
                ruled_out = Some(*proven);
                obstacles = found;
                later = earliest.as_deref();
                until = Some(looked_until.to_string());
                "not_by_then"
            }
        };
        let answer = &planning.unchanged;
        let base_year = answer.base_year;
        let missing = match &answer.outcome {
            Outcome::Assessed(assessment) => assessment.lacking(),
            Outcome::NoVersion { .. } => Vec::new(),
        };
        let open_from = planning.today.year();
        Self {
            programme: planning.programme.id.clone(),
            title: (&planning.programme.title).into(),
            target: TargetView::of(planning),
            reach,
            plans: plans.iter().map(|plan| PlanView::of(plan, rulebook, base_year)).collect(),
            ruled_out,
            obstacles: obstacles
                .iter()
                .map(|obstacle| ObstacleView::of(obstacle, rulebook, base_year, open_from))
                .collect(),
            earliest: later.map(|later| LaterView::of(later, rulebook)),
            looked_until: until,
            missing: MissingView::all(&missing, rulebook),
            carried: planning.carried.iter().map(CarryView::from).collect(),
            unchanged: ProgrammeView::of(answer, rulebook),
        }
    }
}

impl TargetView {
    fn of(planning: &Planning<'_>) -> Self {
        Self {
            day: planning.target.to_string(),
            because: match planning.target_because {
                TargetBecause::Asked => "asked",
                TargetBecause::Round(_) => "round",
                TargetBecause::EndOfYear => "end_of_year",
            },
            words: words::plan::because(planning).into(),
        }
    }
}

impl LaterView {
    fn of(later: &Later<'_>, rulebook: &Rulebook) -> Self {
        let base_year = later.unchanged.base_year;
        Self {
            day: later.day.to_string(),
            base_year,
            plans: later.plans.iter().map(|plan| PlanView::of(plan, rulebook, base_year)).collect(),
            carried: later.carried.iter().map(CarryView::from).collect(),
            unchanged: ProgrammeView::of(&later.unchanged, rulebook),
        }
    }
}
