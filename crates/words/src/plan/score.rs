//! By which way a plan passes: the score before and after it, or the direct path beside the score.

use enterprise::Text;
use rules::plan::Plan;
use rules::{Assessment, Body, Criterion, CriterionResult, Finding, Group, Outcome, Truth};

use crate::amounts;
use crate::condition::quoted;

/// A score before and after: `评分 52 → 60，及格 60`; or the direct path that makes it needless.
pub fn score(before: &Assessment<'_>, plan: &Plan<'_>) -> Option<Text> {
    let Outcome::Assessed(after) = &plan.answer.outcome else { return None };
    let (before, score) = (before.score.as_ref()?, after.score.as_ref()?);
    if let Some(direct) = direct(&after.criteria, plan) {
        let label = &direct.label;
        return Some(Text::new(
            format!("走直通{}，不看评分", quoted(&label.zh)),
            format!("by a direct path beside the score: {}", label.en),
        ));
    }
    let bounds = |low, high| {
        let (low, high) = (amounts::points(low), amounts::points(high));
        if low == high { low } else { format!("{low}–{high}") }
    };
    let pass = score.table.pass.points;
    // Words of persons are taken to be favourable, and the page says so.
    let (hoped_zh, hoped_en) = if score.low < pass {
        ("，待确认、待判断项须有利", ", what is open has to come in well")
    } else {
        ("", "")
    };
    let pass = amounts::points(pass);
    let (before, after) = (bounds(before.low, before.high), bounds(score.low, score.high));
    Some(Text::new(
        format!("评分 {before} → {after}，及格 {pass}{hoped_zh}"),
        format!("score {before} → {after}, pass {pass}{hoped_en}"),
    ))
}

/// The direct path that a plan takes: one that is met with it, or one that it hopes to be met.
fn direct<'r>(results: &[CriterionResult<'r>], plan: &Plan<'r>) -> Option<&'r Criterion> {
    results.iter().find_map(|result| {
        let hoped = || {
            let mut trusted = plan.trusted.iter().filter_map(|trusted| trusted.criterion);
            trusted.any(|trusted| contains(result.criterion, trusted))
        };
        if result.criterion.direct {
            let open = result.truth.unknown().is_some();
            return (result.truth == Truth::Met || open && hoped()).then_some(result.criterion);
        }
        match &result.finding {
            Finding::Children(children) => direct(children, plan),
            _ => None,
        }
    })
}

fn contains(whole: &Criterion, part: &Criterion) -> bool {
    std::ptr::eq(whole, part)
        || matches!(&whole.body, Body::Group(_, parts) if parts.iter().any(|one| contains(one, part)))
}

/// Whether nothing that can be measured has to be met: persons decide all of it.
pub fn all_judged(assessment: &Assessment<'_>) -> bool {
    !assessment.criteria.is_empty() && assessment.criteria.iter().all(judged)
}

fn judged(result: &CriterionResult<'_>) -> bool {
    match (&result.criterion.body, &result.finding) {
        (Body::Judged { .. }, _) => true,
        // Where one branch is left to persons, no other one has passed.
        (Body::Group(Group::Any, _), Finding::Children(children)) => {
            result.truth != Truth::Met && children.iter().any(judged)
        }
        (Body::Group(..), Finding::Children(children)) => children.iter().all(judged),
        _ => result.truth == Truth::NotApplicable,
    }
}
