//! What is best found out next about a firm.

use answers::{QuestionPage, SubjectView, asked};
use enterprise::FactKey;
use rules::inquiry::next_question;
use rules::{LackOrder, Missing, Question};

use super::judge_subjects::{Judging, checked, judge_subjects, wrong};
use crate::caller::Caller;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// The next question for the sake of the programmes that are named, by id or title; without names of all that have a
/// standard that decides. Facts that were skipped are not asked for.
pub async fn ask_next(
    platform: &Platform,
    caller: &Caller,
    document: String,
    named: Vec<String>,
    question: Question,
    skipped: Vec<FactKey>,
) -> Result<QuestionPage, Refusal> {
    let judging = Judging { what: "question", as_of: question.as_of };
    let skipped: Vec<Missing> = skipped
        .into_iter()
        .flat_map(|key| {
            [LackOrder::Data, LackOrder::Judgement, LackOrder::Open]
                .map(|lack| Missing::Fact { key: key.clone(), lack })
        })
        .collect();
    judge_subjects(platform, caller, judging, vec![document], move |rulebook, readings| {
        let programmes = match named.as_slice() {
            [] => asked::deciding(rulebook),
            named => asked::named(named, rulebook).map_err(wrong("programmes"))?,
        };
        let reading = readings.into_iter().next();
        let reading = reading.ok_or_else(|| Refusal::broken("nothing was read"))?;
        let (reading, problems) = checked(rulebook, reading, &question);
        let Some(facts) = reading.facts else {
            let subject = SubjectView::refused(reading.name.as_deref(), &reading.place);
            return Ok(QuestionPage::refused(rulebook, &question, subject, problems));
        };
        let next = next_question(rulebook, &programmes, &facts, &question, &skipped);
        let subject = SubjectView::of(&facts, &reading.place);
        Ok(QuestionPage::of(rulebook, &question, subject, problems, next.as_ref()))
    })
    .await
}
