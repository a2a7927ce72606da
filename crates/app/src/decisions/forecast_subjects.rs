//! How the verdicts about some firms go on by time alone.

use answers::{ForecastPage, SubjectView, asked};
use connectors::Reading;
use rules::Question;
use rules::forecast::{Outlook, forecast};

use super::judge_subjects::{Judging, checked, judge_subjects, not_too_far, wrong};
use crate::caller::Caller;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Tells ahead for the programmes that are named, by id or title; without names for all that have a standard that
/// decides.
pub async fn forecast_subjects(
    platform: &Platform,
    caller: &Caller,
    documents: Vec<String>,
    named: Vec<String>,
    outlook: Outlook,
) -> Result<Vec<ForecastPage>, Refusal> {
    let today = outlook.today;
    if let Some(until) = outlook.until.filter(|until| *until < today) {
        return Err(Refusal::invalid(
            "until",
            format!("预测的末日 {until} 早于起日 {today}"),
            format!("the last day, {until}, lies before the first, {today}"),
        ));
    }
    not_too_far("until", today, outlook.until)?;
    let judging = Judging { what: "forecast", as_of: today };
    judge_subjects(platform, caller, judging, documents, move |rulebook, readings| {
        let programmes = match named.as_slice() {
            [] => asked::deciding(rulebook),
            named => asked::named(named, rulebook).map_err(wrong("programmes"))?,
        };
        let question = Question::on(today);
        let tell = |reading: Reading| {
            let (reading, problems) = checked(rulebook, reading, &question);
            let Some(facts) = reading.facts else {
                let subject = SubjectView::refused(reading.name.as_deref(), &reading.place);
                return ForecastPage::refused(rulebook, today, subject, problems);
            };
            let ahead = |programme| forecast(rulebook, programme, &facts, &outlook);
            let forecasts: Vec<_> = programmes.iter().copied().map(ahead).collect();
            let subject = SubjectView::of(&facts, &reading.place);
            ForecastPage::of(rulebook, today, subject, problems, &forecasts)
        };
        Ok(readings.into_iter().map(tell).collect())
    })
    .await
}
