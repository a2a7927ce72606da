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

/// What one subject would have to change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Plans")]
pub struct PlanPage {
    /// The version of this form.
    schema: u32,
    /// The rulebook that was used.
    rulebook: RulebookView,
    /// The day on which the plans are made, as YYYY-MM-DD.
    today: String,
    /// The last fiscal year that is closed on that day.
    closed_year: i16,
    /// The purpose that was asked for; without one each programme says how its own was chosen.
    purpose: Option<&'static str>,
    /// Whom it is about.
    subject: SubjectView,
    /// Whether the subject's data were refused; then there is no plan.
    refused: bool,
    /// What is wrong with the data.
    problems: Vec<ProblemView>,
    /// The programmes that were named.
    programmes: Vec<PlanningView>,
    /// The ladders.
    ladders: Vec<ClimbView>,
}

/// What can be done about one programme by a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Planning")]
struct PlanningView {
    programme: String,
    title: Label,
    target: TargetView,
    /// `nothing_to_do`, `plans`, `not_by_then`, `no_version` or `not_public`.
    reach: &'static str,
    /// The best plan first.
    plans: Vec<PlanView>,
    /// What stands in the way, if it cannot be reached by then.
    obstacles: Vec<obstacle::ObstacleView>,
    /// Where nothing was found: whether it is proven that nothing passes on the day.
    ruled_out: Option<bool>,
    /// The first later day on which a plan passes.
    earliest: Option<LaterView>,
    /// The last day that was looked at, if it cannot be reached by then.
    looked_until: Option<String>,
    /// What is not known on the target day, also where it could not turn the verdict.
    missing: Vec<MissingView>,
    /// What was taken for granted between today and the target day.
    carried: Vec<CarryView>,
    /// The answer on the target day if nothing but time passes, as `explain` gives it.
    unchanged: ProgrammeView,
}
/// Where a subject stands on a ladder, and how it gets on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Climb")]
struct ClimbView {
    ladder: String,
    title: Label,
    /// The rungs, lowest first.
    rungs: Vec<RungView>,
    /// The next rung whose criteria are public.
    next: Option<NextView>,
    /// The rung after that, planned as if the next one were held by then.
    after: Option<NextView>,
}

/// A rung of a ladder.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Rung")]
struct RungView {
    programme: String,
    title: Label,
    /// Whether it is held today; none if that is not known.
    held: Option<bool>,
}

/// A rung to be reached.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NextRung")]
struct NextView {
    /// The rung's programme.
    rung: String,
    /// From when on the rung below is taken to be held, where it is not held today.
    below_from: Option<String>,
    /// The plan; where several titles count as the rung, the nearest first.
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
