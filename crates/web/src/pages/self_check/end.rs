//! The end: verdicts of all programmes, one of them in full, everything for print.

use app::self_check::{Left, SelfCheck};
use askama::Template;
use axum::http::StatusCode;
use enterprise::Facts;
use jiff::civil::Date;
use rules::forecast::{Outlook, forecast};
use rules::plan::{Wish, plan};
use rules::{Answer as Result_, Outcome, Programme, Question, Rulebook, evaluate};
use serde::Deserialize;
use words::provenance;

use super::asking::Made;
use super::carry::{FORM, carry, secret, work};
use super::parts::{counts, given};
use super::words as say_of;
use crate::answers::{Answers, Go};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong};
use crate::lang::Say;
use crate::view::{Block, Part};

/// How many plans are shown beside the best one.
const ALTERNATIVES: usize = 2;

/// What a self-check comes to.
pub(super) struct Looked<'r> {
    pub facts: Facts,
    pub answers: Vec<Result_<'r>>,
    pub left: Left,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    check: String,
    #[serde(default)]
    programme: Option<String>,
}

/// What can be done with the results.
#[derive(Template)]
#[template(path = "self_check/end.html")]
struct End {
    say: Say,
    form: &'static str,
    skipped: usize,
    /// Whether there is something left to ask.
    open: bool,
    /// How much can be asked about what is decided already.
    further: usize,
    /// Whether it can be kept: not if it is.
    keeps: bool,
    /// The name and the code that are known already.
    name: String,
    uscc: String,
    secret: String,
    check: String,
    /// What is wrong with them.
    wrong: Vec<String>,
}

/// The way on to what else is missing for one programme.
#[derive(Template)]
#[template(path = "self_check/further.html")]
struct Further<'a> {
    say: Say,
    form: &'static str,
    /// The programme, or `*` for all.
    which: &'a str,
    count: usize,
}

/// A way back to the results.
#[derive(Template)]
#[template(path = "self_check/back.html")]
struct Back {
    say: Say,
    form: &'static str,
}

/// The way to what stands further down on the page.
#[derive(Template)]
#[template(path = "self_check/jump.html")]
struct Jump {
    say: Say,
    places: Vec<(&'static str, String)>,
}

/// A heading that can be jumped to.
#[derive(Template)]
#[template(path = "self_check/heading.html")]
struct Chapter {
    id: &'static str,
    title: String,
}

/// The verdicts so far.
pub(crate) async fn result(ask: Ask) -> Answer {
    let Asked { check, .. } = ask.form()?;
    let (say, secret) = (ask.say, secret(&ask));
    let made = work(&ask, Some(check), move |rulebook, today, check| {
        let looked = look(&check, rulebook, today);
        made(say, &secret, rulebook, today, &check, &looked)
    })
    .await?;
    made.show(&ask)
}

fn look<'r>(check: &SelfCheck, rulebook: &'r Rulebook, today: Date) -> Looked<'r> {
    let looked = check.stand(rulebook, today);
    Looked { facts: looked.facts, answers: looked.answers, left: looked.left }
}

/// The page with all verdicts.
pub(super) fn made(
    say: Say,
    secret: &str,
    rulebook: &Rulebook,
    today: Date,
    check: &SelfCheck,
    looked: &Looked<'_>,
) -> Result<Made, Failure> {
    build(say, secret, rulebook, today, check, looked, &Wrong::default())
}

/// The page of a self-check as it stands.
pub(super) fn of(
    say: Say,
    secret: &str,
    rulebook: &Rulebook,
    today: Date,
    check: &SelfCheck,
) -> Result<Made, Failure> {
    again(say, secret, rulebook, today, check, &Wrong::default())
}

/// The same with what is wrong with the code for a file.
pub(super) fn again(
    say: Say,
    secret: &str,
    rulebook: &Rulebook,
    today: Date,
    check: &SelfCheck,
    wrong: &Wrong,
) -> Result<Made, Failure> {
    let looked = look(check, rulebook, today);
    build(say, secret, rulebook, today, check, &looked, wrong)
}

fn build(
    say: Say,
    secret: &str,
    rulebook: &Rulebook,
    today: Date,
    check: &SelfCheck,
    looked: &Looked<'_>,
    wrong: &Wrong,
) -> Result<Made, Failure> {
    let Looked { facts, answers, left } = looked;
    let shown = Answers::new(say, rulebook, facts, today);
    let text = check.text(rulebook, today);
    let mut blocks = vec![carry(secret, text.clone(), "")?];
    blocks.push(Block::Text(counts(say, answers)));
    if check.kept_until().is_some() {
        blocks.push(Block::Note("", say_of::kept(say, check)));
    }
    blocks.push(
        shown.overview(answers, true, |_| Go::Sends { form: FORM, to: "/self-check/programme" })?,
    );
    let part = End {
        say,
        form: FORM,
        skipped: left.skipped,
        open: left.most > 0,
        further: left.further,
        keeps: check.kept_until().is_none(),
        name: facts.name.clone().unwrap_or_default(),
        uscc: facts.uscc.as_ref().map(ToString::to_string).unwrap_or_default(),
        secret: secret.to_owned(),
        check: text,
        wrong: wrong.0.iter().map(|(_, why)| why.clone()).collect(),
    };
    blocks.push(Block::Part(Part::new(&part)?));
    sources(&shown, answers, &mut blocks)?;
    blocks.extend(given(say, rulebook, check, *left)?);
    blocks.push(Block::Note("", say.t("check.orientation")));
    if check.kept_until().is_none() {
        blocks.push(Block::Text(say_of::kept(say, check)));
    }
    Ok(Made {
        title: say.t("check.results"),
        path: "/self-check/result",
        status: wrong.status(),
        wide: true,
        blocks,
    })
}

/// The documents that the verdicts rest on, each once.
fn sources(
    shown: &Answers<'_>,
    answers: &[Result_<'_>],
    blocks: &mut Vec<Block>,
) -> Result<(), Failure> {
    let mut documents: Vec<String> = answers
        .iter()
        .filter_map(|answer| match &answer.outcome {
            Outcome::Assessed(assessment) => {
                Some(provenance::document(&assessment.version.document))
            }
            Outcome::NoVersion { .. } => None,
        })
        .collect();
    documents.sort();
    documents.dedup();
    shown.texts(shown.say.t("check.sources"), documents, blocks)
}

/// One programme in full: clause by clause, what is missing, plan and forecast.
pub(crate) async fn programme(ask: Ask) -> Answer {
    let Asked { check, programme } = ask.form()?;
    let (say, secret) = (ask.say, secret(&ask));
    // In the other language the page is asked for by its own form.
    let again = ask.form.text("_programme").map(str::to_owned);
    let wanted = programme.or(again).ok_or(Failure::Form)?;
    let made = work(&ask, Some(check), move |rulebook, today, check| {
        let programmes = check.programmes(rulebook, today);
        let known = programmes.into_iter().find(|known| known.id == wanted);
        let known = known.ok_or_else(Failure::missing)?;
        let facts = check.facts(rulebook, today);
        let text = check.text(rulebook, today);
        let mut blocks = vec![carry(&secret, text, &known.id)?];
        let back = Back { say, form: FORM };
        blocks.push(Block::Part(Part::new(&back)?));
        let places = vec![("plan", say.t("check.plan")), ("forecast", say.t("check.forecast"))];
        blocks.push(Block::Part(Part::new(&Jump { say, places })?));
        let shown = Answers::new(say, rulebook, &facts, today);
        let answer = evaluate(rulebook, known, &facts, &Question::on(today));
        let count = check.further_about(&answer);
        if count > 0 {
            let further = Further { say, form: FORM, which: &known.id, count };
            blocks.push(Block::Part(Part::new(&further)?));
        }
        in_full(&shown, known, &answer, &mut blocks)?;
        blocks.push(Block::Note("", say.t("check.orientation")));
        blocks.push(Block::Part(Part::new(&back)?));
        let title = say.both(&known.title);
        Ok(Made {
            title,
            path: "/self-check/programme",
            status: StatusCode::OK,
            wide: true,
            blocks,
        })
    })
    .await?;
    made.show(&ask)
}

fn in_full(
    shown: &Answers<'_>,
    known: &Programme,
    answer: &Result_<'_>,
    blocks: &mut Vec<Block>,
) -> Result<(), Failure> {
    let Answers { rulebook, facts, today, say, .. } = *shown;
    blocks.extend(shown.programme(answer)?);
    blocks.extend(shown.gaps(answer)?);
    if matches!(answer.outcome, Outcome::Assessed(_)) {
        let wish = Wish {
            today,
            target: None,
            base_year: None,
            purpose: None,
            alternatives: ALTERNATIVES,
        };
        let plan_of = Chapter { id: "plan", title: say.t("check.plan") };
        blocks.push(Block::Part(Part::new(&plan_of)?));
        blocks.extend(shown.plan(&plan(rulebook, known, facts, &wish))?);
        let outlook = Outlook { today, until: None, purpose: None };
        let forecast_of = Chapter { id: "forecast", title: say.t("check.forecast") };
        blocks.push(Block::Part(Part::new(&forecast_of)?));
        blocks.extend(shown.forecast(&[forecast(rulebook, known, facts, &outlook)])?);
    }
    Ok(())
}

/// Everything on one page, for print.
pub(crate) async fn print(ask: Ask) -> Answer {
    let Asked { check, .. } = ask.form()?;
    let (say, secret) = (ask.say, secret(&ask));
    let made = work(&ask, Some(check), move |rulebook, today, check| {
        let programmes = check.programmes(rulebook, today);
        let facts = check.facts(rulebook, today);
        let shown = Answers::new(say, rulebook, &facts, today);
        let answers: Vec<Result_<'_>> = programmes
            .iter()
            .map(|known| evaluate(rulebook, known, &facts, &Question::on(today)))
            .collect();
        let mut blocks = vec![carry(&secret, check.text(rulebook, today), "")?];
        blocks.push(Block::Part(Part::new(&Back { say, form: FORM })?));
        let who = facts.name.clone().unwrap_or_default();
        let code = facts.uscc.as_ref().map(ToString::to_string).unwrap_or_default();
        let head = say.t2("check.printed", ("day", today), ("hash", rulebook.short_hash()));
        blocks.push(Block::Text(format!("{who} {code} {head}").trim().to_owned()));
        blocks.push(Block::Note("", say.t("check.orientation")));
        blocks.push(shown.overview(&answers, true, |_| Go::Nowhere)?);
        for answer in &answers {
            if !matches!(answer.outcome, Outcome::Assessed(_)) {
                continue;
            }
            blocks.push(Block::Heading(say.both(&answer.programme.title)));
            blocks.extend(shown.programme(answer)?);
            blocks.extend(shown.gaps(answer)?);
        }
        sources(&shown, &answers, &mut blocks)?;
        blocks.extend(given(say, rulebook, &check, Left::default())?);
        let title = say.t("check.results");
        Ok(Made { title, path: "/self-check/print", status: StatusCode::OK, wide: true, blocks })
    })
    .await?;
    made.show(&ask)
}
