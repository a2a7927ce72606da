//! The question after the verdict (再问): a verdict is given as soon as one criterion decides it, and the others may
//! still be unknown. Whoever wants to know everything that stands in the way is asked for them, too, in the order in
//! which questions are asked before.

use std::collections::BTreeSet;

use enterprise::Cost;

use super::reply::Span;
use super::span::Spans;
use super::{Rank, candidates};
use crate::amount::Missing;
use crate::programme::{Programme, Standing};
use crate::rulebook::Rulebook;
use crate::truth::{Truth, Why};
use crate::verdict::{
    Answer, ConditionResult, CriterionResult, Finding, Outcome, ScoreResult, Test,
};

/// What to ask after the verdict.
#[derive(Debug, Clone)]
pub struct Further<'r> {
    /// What is asked: a fact with its year, a title, or events of a kind.
    pub what: Missing,
    /// What it costs to find out.
    pub cost: Cost,
    /// For events: the days that the answer has to cover.
    pub span: Span,
    /// The programmes in which it is not known.
    pub missing_in: Vec<&'r Programme>,
}

/// The next question about programmes of which everything is to be known, whatever their verdict; none if all that
/// somebody could look up is known or was skipped.
pub fn further_question<'r>(
    rulebook: &Rulebook,
    answers: &[&Answer<'r>],
    spans: &Spans<'_>,
    skipped: &[Missing],
) -> Option<Further<'r>> {
    let open: Vec<(&'r Programme, BTreeSet<Missing>)> =
        answers.iter().map(|answer| (answer.programme, not_known(answer))).collect();
    let open = open.iter().map(|(programme, missing)| (*programme, missing.iter()));
    let first = candidates(rulebook, open, skipped).into_iter().next();
    first.map(|(Rank { cost, .. }, what, missing_in)| {
        let span = spans.of(&what);
        Further { what, cost, span, missing_in }
    })
}

/// What somebody could look up about a programme and nobody has said: also beside what is not met already. What is met
/// needs nothing more.
pub fn not_known(answer: &Answer<'_>) -> BTreeSet<Missing> {
    let mut found = Found::default();
    if let Outcome::Assessed(assessment) = &answer.outcome
        && assessment.version.standing != Standing::Open
    {
        found.criteria(&assessment.criteria, assessment.score.as_ref());
    }
    found.0.retain(|what| what.why() == Why::DATA);
    found.0
}

#[derive(Default)]
struct Found(BTreeSet<Missing>);

impl Found {
    fn criteria(&mut self, results: &[CriterionResult<'_>], score: Option<&ScoreResult<'_>>) {
        for result in results.iter().filter(|result| is_open(result.truth)) {
            if let Some(when) = &result.when {
                self.condition(when);
            }
            match &result.finding {
                Finding::Condition(condition) => self.condition(condition),
                Finding::Children(children) => self.criteria(children, score),
                Finding::Score => {
                    let groups = score.into_iter().flat_map(|score| &score.groups);
                    for item in groups.flat_map(|group| &group.items) {
                        self.0.extend(item.lacking.missing.iter().cloned());
                    }
                }
                Finding::Judged(_) | Finding::OtherPurpose => {}
            }
        }
    }

    fn condition(&mut self, result: &ConditionResult<'_>) {
        if !is_open(result.truth) {
            return;
        }
        self.0.extend(result.lacking.missing.iter().cloned());
        // One part decides; how the others stand is a gap of its own.
        if let Test::All(parts) | Test::AtLeast(_, parts) = &result.test {
            for part in parts {
                self.condition(part);
            }
        }
    }
}

/// Whether something about it may still be in the way.
fn is_open(truth: Truth) -> bool {
    matches!(truth, Truth::NotMet | Truth::Unknown(_))
}
