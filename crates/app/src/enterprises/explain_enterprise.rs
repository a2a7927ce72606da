//! Why a firm of the population stands where it stands, programme by programme, as far as its figures are shown.

use access::Why;
use answers::{DerivedView, Explanation, ProblemView, SubjectView, asked};
use enterprise::Place;
use rules::{Question, evaluate};

use super::show_enterprise::show_enterprise;
use crate::aside::aside;
use crate::caller::Caller;
use crate::clock::today;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Explains the verdicts of today about the firm with a code: of the programmes that are named, by id or title, or of
/// all of which there is something to say. Whoever does not see figures is not told what follows from them: what is
/// explained is what can be said from the others.
pub async fn explain_enterprise(
    platform: &Platform,
    caller: &Caller,
    code: &str,
    named: Vec<String>,
) -> Result<Explanation, Refusal> {
    let found = show_enterprise(platform, caller, code).await?;
    let Some(facts) = found.told() else {
        return Err(Refusal::Forbidden(Why::NotYourRole));
    };
    let question = Question::on(today(platform.now()));
    aside(move || {
        let rulebook = &found.law.rulebook;
        let programmes = match named.as_slice() {
            [] => asked::telling(rulebook, question.as_of),
            named => asked::named(named, rulebook)
                .map_err(|text| Refusal::invalid("programme", text.zh, text.en))?,
        };
        let place = Place::default();
        let remarks = asked::remarks(rulebook, &facts, &question, &place);
        let evaluate = |programme| evaluate(rulebook, programme, &facts, &question);
        let answers: Vec<_> = programmes.into_iter().map(evaluate).collect();
        Ok(Explanation::of(
            rulebook,
            &question,
            SubjectView::of(&facts, &place),
            remarks.iter().map(ProblemView::from).collect(),
            DerivedView::all(rulebook, &facts, &question),
            &answers,
        )
        .withholding(found.withheld()))
    })
    .await?
}
