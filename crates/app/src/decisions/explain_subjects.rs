//! Verdicts about some firms, with their whole explanation or without.

use answers::{DerivedView, Explanation, SubjectView, Told, Verdicts, asked};
use connectors::Reading;
use enterprise::Facts;
use rules::{Answer, Programme, Question, Rulebook, evaluate};

use super::judge_subjects::{Judging, checked, judge_subjects, wrong};
use crate::caller::Caller;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// So many explanations, of a firm in a programme, are given at once: they are long, and who asks for more of them asks
/// in parts or for the verdicts.
pub const MOST_EXPLANATIONS: usize = 150;

/// How much of an answer is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// What came out.
    Verdicts,
    /// That and everything that it rests on.
    Explanation,
}

/// Tells the verdicts of the programmes that are named, by id or title; without names of all of which there is something
/// to say.
pub async fn explain_subjects(
    platform: &Platform,
    caller: &Caller,
    documents: Vec<String>,
    named: Vec<String>,
    extent: Extent,
    question: Question,
) -> Result<Vec<Told>, Refusal> {
    let judging = Judging { what: "verdict", as_of: question.as_of };
    judge_subjects(platform, caller, judging, documents, move |rulebook, readings| {
        let programmes = match named.as_slice() {
            [] => asked::telling(rulebook, question.as_of),
            named => asked::named(named, rulebook).map_err(wrong("programmes"))?,
        };
        if extent == Extent::Explanation {
            few_enough(readings.len(), programmes.len())?;
        }
        let about = About { rulebook, programmes: &programmes, extent, question: &question };
        Ok(readings.into_iter().map(|reading| about.told(reading)).collect())
    })
    .await
}

/// Refuses more explanations than are given at once, before the work is done.
fn few_enough(subjects: usize, programmes: usize) -> Result<(), Refusal> {
    let all = subjects.saturating_mul(programmes);
    if all <= MOST_EXPLANATIONS {
        return Ok(());
    }
    Err(Refusal::invalid(
        "answer",
        format!(
            "{subjects} 户 × {programmes} 个项目 = {all} 份全部理由，一次最多给出 {MOST_EXPLANATIONS} 份：请减少企业，用 \
             `programmes` 只选需要的项目，或请求 `\"answer\": \"verdicts\"`（只要结论）"
        ),
        format!(
            "{subjects} firms × {programmes} programmes are {all} explanations, and {MOST_EXPLANATIONS} are given at \
             once: ask for fewer firms, choose the programmes that you need with `programmes`, or ask for the verdicts \
             alone with `\"answer\": \"verdicts\"`"
        ),
    ))
}

/// What is asked about every subject.
struct About<'a> {
    rulebook: &'a Rulebook,
    programmes: &'a [&'a Programme],
    extent: Extent,
    question: &'a Question,
}

impl About<'_> {
    fn told(&self, reading: Reading) -> Told {
        let Self { rulebook, question, .. } = *self;
        let (reading, problems) = checked(rulebook, reading, question);
        let Some(facts) = reading.facts else {
            let subject = SubjectView::refused(reading.name.as_deref(), &reading.place);
            return match self.extent {
                Extent::Verdicts => {
                    Told::Verdicts(Verdicts::refused(rulebook, question, subject, problems).into())
                }
                Extent::Explanation => Told::Explanation(
                    Explanation::refused(rulebook, question, subject, problems).into(),
                ),
            };
        };
        let facts = match question.known_on {
            Some(day) => facts.as_known_on(day),
            None => facts,
        };
        let answers = self.answers(&facts);
        let subject = SubjectView::of(&facts, &reading.place);
        match self.extent {
            Extent::Verdicts => {
                Told::Verdicts(Verdicts::of(rulebook, question, subject, problems, &answers).into())
            }
            Extent::Explanation => {
                let derived = DerivedView::all(rulebook, &facts, question);
                Told::Explanation(
                    Explanation::of(rulebook, question, subject, problems, derived, &answers)
                        .into(),
                )
            }
        }
    }

    fn answers<'b>(&'b self, facts: &'b Facts) -> Vec<Answer<'b>> {
        let evaluate = |programme| evaluate(self.rulebook, programme, facts, self.question);
        self.programmes.iter().copied().map(evaluate).collect()
    }
}
