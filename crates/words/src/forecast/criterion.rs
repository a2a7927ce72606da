//! A criterion that turns: its new status, its clause and why.

use enterprise::Text;
use rules::{CriterionResult, Document, Finding, Outcome, Truth};

use super::test::test;
use super::{Place, score};
use crate::{provenance, verdict};

/// A criterion with its new status, its clause and why: `无重大事故：转为符合（…）`.
pub(super) fn criterion(
    before: Option<&CriterionResult<'_>>,
    after: &CriterionResult<'_>,
    place: Place<'_, '_>,
) -> Text {
    let label = &after.criterion.label;
    let reason = because(before, after, place);
    let to = match (after.truth, &reason) {
        // What is lacking says it by itself.
        (Truth::Unknown(_), Some(_)) => Text::new("待定", "undetermined"),
        (truth, _) => verdict::truth(truth),
    };
    let nothing = Document::default();
    let shown = match &place.period.answer.outcome {
        Outcome::Assessed(assessment) => &assessment.version.document,
        Outcome::NoVersion { .. } => &nothing,
    };
    let clause = provenance::clause(&after.criterion.citation, shown);
    let turn = match before {
        Some(_) => Text::new(format!("转为{}", to.zh), format!("becomes {}", to.en)),
        None => to,
    };
    let reason = reason.unwrap_or_default();
    let with = |text: &str, open: &str, close: &str| {
        if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
    };
    Text::new(
        format!(
            "{}{}{}{}",
            label.zh,
            with(&clause, "（", "）"),
            turn.zh,
            with(&reason.zh, "：", "")
        ),
        format!(
            "{}{} {}{}",
            label.en,
            with(&clause, " (", ")"),
            turn.en,
            with(&reason.en, ": ", "")
        ),
    )
}

fn because(
    before: Option<&CriterionResult<'_>>,
    after: &CriterionResult<'_>,
    place: Place<'_, '_>,
) -> Option<Text> {
    if let (Some(known), Some(when)) = (before.and_then(|b| b.when.as_ref()), &after.when)
        && known.truth != when.truth
    {
        return test(Some(known), when, place);
    }
    match (&after.finding, before.map(|result| &result.finding)) {
        (Finding::Condition(after), Some(Finding::Condition(before))) => {
            test(Some(before), after, place)
        }
        (Finding::Condition(after), _) => test(None, after, place),
        (Finding::Judged(Some(judgement)), _) => {
            judgement.on.map(|on| Text::new(format!("{on} 的判断"), format!("judged on {on}")))
        }
        (Finding::Score, _) => score::score(place),
        _ => None,
    }
}
