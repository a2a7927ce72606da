//! Verdicts about some firms with their whole explanation.

use answers::{DerivedView, Explanation, SubjectView, asked};
use connectors::Reading;
use rules::{Question, evaluate};

use super::judge_subjects::{Judging, checked, judge_subjects, wrong};
use crate::caller::Caller;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Explains the verdicts of the programmes that are named, by id or title; without names of all of which there is
/// something to say.
pub async fn explain_subjects(
    platform: &Platform,
    caller: &Caller,
    documents: Vec<String>,
    named: Vec<String>,
    question: Question,
) -> Result<Vec<Explanation>, Refusal> {
    let judging = Judging { what: "verdict", as_of: question.as_of };
    judge_subjects(platform, caller, judging, documents, move |rulebook, readings| {
        let programmes = match named.as_slice() {
            [] => asked::telling(rulebook, question.as_of),
            named => asked::named(named, rulebook).map_err(wrong("programmes"))?,
        };
        let explain = |reading: Reading| {
            let (reading, problems) = checked(rulebook, reading, &question);
            let Some(facts) = reading.facts else {
                let subject = SubjectView::refused(reading.name.as_deref(), &reading.place);
                return Explanation::refused(rulebook, &question, subject, problems);
            };
            let facts = match question.known_on {
                Some(day) => facts.as_known_on(day),
                None => facts,
            };
            let evaluate = |programme| evaluate(rulebook, programme, &facts, &question);
            let answers: Vec<_> = programmes.iter().copied().map(evaluate).collect();
            let derived = DerivedView::all(rulebook, &facts, &question);
            let subject = SubjectView::of(&facts, &reading.place);
            Explanation::of(rulebook, &question, subject, problems, derived, &answers)
        };
        Ok(readings.into_iter().map(explain).collect())
    })
    .await
}
