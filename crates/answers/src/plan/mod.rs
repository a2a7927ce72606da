//! The JSON form of plans: one object for each subject. What stands on the target day if nothing but
//! time passes is told as `explain` tells it. Described by `tidu schema plan`.

mod obstacle;
mod reach;
mod step;

use rules::Rulebook;
use rules::plan::{Climb, NextRung, Planning, Wish};
use schemars::JsonSchema;
use serde::Serialize;

use super::carry::CarryView;
use super::gap::MissingView;
use super::label::Label;
use super::{ProblemView, ProgrammeView, RulebookView, SubjectView};
use reach::{LaterView, TargetView};
use step::PlanView;
use words::verdict::purpose_code;

/// The version of this form.
const SCHEMA: u32 = 1;

/// 一户须作哪些改变 | What one subject would have to change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Plans")]
pub struct PlanPage {
    /// 本格式的版本 | The version of this form.
    schema: u32,
    /// 所用规则库 | The rulebook that was used.
    rulebook: RulebookView,
    /// 制定方案之日 | The day on which the plans are made, as YYYY-MM-DD.
    today: String,
    /// 当日已结束的最近会计年度 | The last fiscal year that is closed on that day.
    closed_year: i16,
    /// 指定的目的；未指定时各项目注明怎样确定 | The purpose that was asked for; without one each programme says how its own was chosen.
    purpose: Option<&'static str>,
    /// 对象 | Whom it is about.
    subject: SubjectView,
    /// 数据是否被拒收；拒收时没有方案 | Whether the subject's data were refused; then there is no plan.
    refused: bool,
    /// 数据的问题 | What is wrong with the data.
    problems: Vec<ProblemView>,
    /// 指定的项目 | The programmes that were named.
    programmes: Vec<PlanningView>,
    /// 各梯度 | The ladders.
    ladders: Vec<ClimbView>,
}

/// 到某日，一个项目可以怎样做 | What can be done about one programme by a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Planning")]
struct PlanningView {
    programme: String,
    title: Label,
    target: TargetView,
    /// `nothing_to_do` 无须改变，`plans` 有方案，`not_by_then` 到时不能达到，`no_version` 没有现行版本，`not_public` 标准未公开 | `nothing_to_do`, `plans`, `not_by_then`, `no_version` or `not_public`.
    reach: &'static str,
    /// 各方案，最佳的在前 | The best plan first.
    plans: Vec<PlanView>,
    /// 到时不能达到的，受阻于什么 | What stands in the way, if it cannot be reached by then.
    obstacles: Vec<obstacle::ObstacleView>,
    /// 没有找到方案时，是否已证明当日不可能通过 | Where nothing was found: whether it is proven that nothing passes on the day.
    ruled_out: Option<bool>,
    /// 之后首个有方案可通过的日子 | The first later day on which a plan passes.
    earliest: Option<LaterView>,
    /// 到时不能达到的，最远看到哪一天 | The last day that was looked at, if it cannot be reached by then.
    looked_until: Option<String>,
    /// 目标日缺少的数据，含不影响结论的 | What is not known on the target day, also where it could not turn the verdict.
    missing: Vec<MissingView>,
    /// 从今天到目标日的假定 | What was taken for granted between today and the target day.
    carried: Vec<CarryView>,
    /// 除时间推移外什么都不变时，目标日的结论，格式同测算 | The answer on the target day if nothing but time passes, as `explain` gives it.
    unchanged: ProgrammeView,
}
/// 在梯度中的位置，以及怎样上升 | Where a subject stands on a ladder, and how it gets on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Climb")]
struct ClimbView {
    ladder: String,
    title: Label,
    /// 各级，低的在前 | The rungs, lowest first.
    rungs: Vec<RungView>,
    /// 下一个标准公开的级 | The next rung whose criteria are public.
    next: Option<NextView>,
    /// 再上一级，假定届时已持有前一级 | The rung after that, planned as if the next one were held by then.
    after: Option<NextView>,
}

/// 梯度中的一级 | A rung of a ladder.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Rung")]
struct RungView {
    programme: String,
    title: Label,
    /// 今天是否持有；不明时为空 | Whether it is held today; none if that is not known.
    held: Option<bool>,
}

/// 要到达的一级 | A rung to be reached.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NextRung")]
struct NextView {
    /// 该级的项目 | The rung's programme.
    rung: String,
    /// 今天尚未持有下一级时，假定自何时起持有 | From when on the rung below is taken to be held, where it is not held today.
    below_from: Option<String>,
    /// 方案；一级有几个称号时，最近的在前 | The plan; where several titles count as the rung, the nearest first.
    plannings: Vec<PlanningView>,
}

impl PlanPage {
    /// The view of the plans for a subject.
    pub fn of(
        rulebook: &Rulebook,
        wish: &Wish,
        subject: SubjectView,
        problems: Vec<ProblemView>,
        (plannings, climbs): (&[Planning<'_>], &[Climb<'_>]),
    ) -> Self {
        Self {
            schema: SCHEMA,
            rulebook: rulebook.into(),
            today: wish.today.to_string(),
            closed_year: wish.today.year().saturating_sub(1),
            purpose: wish.purpose.map(purpose_code),
            subject,
            refused: false,
            problems,
            programmes: plannings.iter().map(|one| PlanningView::of(one, rulebook)).collect(),
            ladders: climbs.iter().map(|climb| ClimbView::of(climb, rulebook)).collect(),
        }
    }

    /// The view for a subject whose data were refused.
    pub fn refused(
        rulebook: &Rulebook,
        wish: &Wish,
        subject: SubjectView,
        problems: Vec<ProblemView>,
    ) -> Self {
        let nothing = Self::of(rulebook, wish, subject, problems, (&[], &[]));
        Self { refused: true, ..nothing }
    }
}

impl ClimbView {
    fn of(climb: &Climb<'_>, rulebook: &Rulebook) -> Self {
        let rungs = climb.ladder.rungs.iter().zip(&climb.held).map(|(id, held)| RungView {
            programme: id.clone(),
            title: words::gap::title(&rulebook.catalogue, id).into(),
            held: *held,
        });
        let next = |next: &NextRung<'_>| NextView {
            rung: climb.ladder.rungs.get(next.rung).cloned().unwrap_or_default(),
            below_from: next.below_from.map(|day| day.to_string()),
            plannings: next.plannings.iter().map(|one| PlanningView::of(one, rulebook)).collect(),
        };
        Self {
            ladder: climb.ladder.id.clone(),
            title: (&climb.ladder.title).into(),
            rungs: rungs.collect(),
            next: climb.next.as_ref().map(next),
            after: climb.after.as_ref().map(next),
        }
    }
}
