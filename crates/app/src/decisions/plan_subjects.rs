//! What some firms would have to change to qualify.

use answers::{PlanPage, SubjectView, asked};
use connectors::Reading;
use jiff::civil::Date;
use rules::plan::Wish;
use rules::{Purpose, Question};

use super::judge_subjects::{Judging, checked, judge_subjects, not_too_far, wrong};
use crate::caller::Caller;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// What is planned for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Planned {
    /// Programmes, by id or title.
    pub programmes: Vec<String>,
    /// Ladders, by id or title. Without these and programmes, all on which there is a way up.
    pub ladders: Vec<String>,
    /// The day on which the plan is made.
    pub today: Date,
    /// The day by which it is to be passed; by default the end of the next round, or of the year.
    pub target: Option<Date>,
    /// The last fiscal year on that day; by default as in an evaluation.
    pub base_year: Option<i16>,
    /// The purpose; by default as in an evaluation on that day.
    pub purpose: Option<Purpose>,
    /// How many plans are wanted beside the best one.
    pub alternatives: usize,
}

/// Plans for each.
pub async fn plan_subjects(
    platform: &Platform,
    caller: &Caller,
    documents: Vec<String>,
    planned: Planned,
) -> Result<Vec<PlanPage>, Refusal> {
    let wish = wish(&planned)?;
    let judging = Judging { what: "plan", as_of: wish.today };
    judge_subjects(platform, caller, judging, documents, move |rulebook, readings| {
        let programmes =
            asked::named(&planned.programmes, rulebook).map_err(wrong("programmes"))?;
        let ladders = asked::ladders(&planned.ladders, rulebook).map_err(wrong("ladders"))?;
        let question = Question::on(wish.today);
        let plan = |reading: Reading| {
            let (reading, problems) = checked(rulebook, reading, &question);
            let Some(facts) = reading.facts else {
                let subject = SubjectView::refused(reading.name.as_deref(), &reading.place);
                return PlanPage::refused(rulebook, &wish, subject, problems);
            };
            let (plannings, climbs) = asked::plans(rulebook, &programmes, &ladders, &facts, &wish);
            let subject = SubjectView::of(&facts, &reading.place);
            PlanPage::of(rulebook, &wish, subject, problems, (&plannings, &climbs))
        };
        Ok(readings.into_iter().map(plan).collect())
    })
    .await
}

/// A wish that can be planned for.
fn wish(planned: &Planned) -> Result<Wish, Refusal> {
    let &Planned { today, target, base_year, purpose, alternatives, .. } = planned;
    if let Some(target) = target.filter(|target| *target < today) {
        return Err(Refusal::invalid(
            "target",
            format!("目标日 {target} 早于制定方案之日 {today}"),
            format!("the target day {target} lies before {today}, the day of the plan"),
        ));
    }
    not_too_far("target", today, target)?;
    let last = target.map_or(today.year().saturating_add(1), |target| target.year());
    if let Some(year) = base_year.filter(|year| *year >= last) {
        return Err(Refusal::invalid(
            "base_year",
            format!("会计年度 {year} 到目标日尚未结束，须早于 {last} 年"),
            format!("fiscal year {year} has not ended by the target day: it lies before {last}"),
        ));
    }
    Ok(Wish { today, target, base_year, purpose, alternatives })
}
