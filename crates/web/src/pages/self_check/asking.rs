//! One question after the other; the way back to any of them.

use app::Refusal;
use app::self_check::{Looked, SelfCheck, Through, Turned};
use axum::http::{HeaderValue, StatusCode, header};
use jiff::civil::Date;
use rules::{Missing, Rulebook};
use serde::Deserialize;

use super::carry::{self, carry, work};
use super::filled::{Asking, Sent};
use super::parts::{Question, given, standing};
use super::{end, words};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::lang::Say;
use crate::view::{Block, Part, View};

/// Where a self-check stands when a page is made of it.
pub(super) struct Step {
    pub check: SelfCheck,
    /// What was known before the last answer.
    pub before: Option<SelfCheck>,
    /// A question that somebody goes back to.
    pub asked: Option<Missing>,
    /// What was sent and what is wrong with it.
    pub sent: Option<Sent>,
    pub wrong: Wrong,
    /// What is worth a look about the last answer.
    pub remarks: Vec<String>,
}

impl Step {
    /// The next question.
    pub fn next(check: SelfCheck) -> Self {
        Self {
            check,
            before: None,
            asked: None,
            sent: None,
            wrong: Wrong::default(),
            remarks: Vec::new(),
        }
    }
}

/// A page that is made, but for what stands around it.
pub(super) struct Made {
    pub title: String,
    pub path: &'static str,
    pub status: StatusCode,
    /// Whether it has tables that want the whole width.
    pub wide: bool,
    pub blocks: Vec<Block>,
}

impl Made {
    pub fn show(self, ask: &Ask) -> Answer {
        let mut view = View::new(ask, self.title);
        view.p.by = Some(carry::FORM);
        view.p.again = format!("{}?", self.path);
        view.p.wide = self.wide;
        view.blocks = self.blocks;
        let mut answer = view.show_as(ask, self.status)?;
        // The answers are nowhere but in this page: it has to be there still when somebody goes back to it.
        let keep = HeaderValue::from_static("private, no-cache");
        answer.headers_mut().insert(header::CACHE_CONTROL, keep);
        Ok(answer)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Go {
    check: String,
    /// A question to go back to.
    #[serde(default)]
    asked: Option<String>,
    /// What a document said, to be asked instead.
    #[serde(default)]
    forget: Option<String>,
    /// Asks again what was skipped.
    #[serde(default)]
    again: Option<String>,
    /// Asks on about a programme that is decided, to see what else is missing: its id, or `*` for all.
    #[serde(default)]
    further: Option<String>,
}

/// Shows a question: the next one, or one that was answered before.
pub(crate) async fn go(ask: Ask) -> Answer {
    let Go { check, asked, forget, again, further } = ask.form()?;
    let (say, secret) = (ask.say, carry::secret(&ask));
    let made = work(&ask, Some(check), move |rulebook, today, mut check| {
        let named =
            |name: &String| SelfCheck::question_of(rulebook, name, today).ok_or(Failure::Form);
        if let Some(name) = &forget {
            check.forget(rulebook, &named(name)?)?;
        }
        if again.is_some() {
            check.ask_skipped();
        }
        if let Some(which) = &further {
            let which = if which == "*" { Through::All } else { Through::One(which) };
            check.ask_through(rulebook, today, which)?;
        }
        let asked = asked.as_ref().map(named).transpose()?;
        page(say, &secret, rulebook, today, Step { asked, ..Step::next(check) })
    })
    .await?;
    made.show(&ask)
}

/// Takes an answer in, and asks on.
pub(crate) async fn answer(ask: Ask) -> Answer {
    let sent: Sent = ask.form()?;
    let (say, secret) = (ask.say, carry::secret(&ask));
    let made = work(&ask, Some(sent.check.clone()), move |rulebook, today, check| {
        let step = step(say, rulebook, today, check, sent)?;
        page(say, &secret, rulebook, today, step)
    })
    .await?;
    made.show(&ask)
}

/// What becomes of what was sent.
fn step(
    say: Say,
    rulebook: &Rulebook,
    today: Date,
    mut check: SelfCheck,
    sent: Sent,
) -> Result<Step, Failure> {
    let asked = SelfCheck::question_of(rulebook, &sent.asked, today).ok_or(Failure::Form)?;
    let before = check.clone();
    match sent.op.as_deref() {
        Some("skip") => {
            check.skip(&asked, today);
            Ok(Step { before: Some(before), ..Step::next(check) })
        }
        Some("rows") => Ok(Step { asked: Some(asked), sent: Some(sent), ..Step::next(check) }),
        _ => {
            let filled = sent.filled(rulebook, &asked);
            match check.answer(rulebook, today, &asked, &filled) {
                Ok(remarks) => {
                    let remarks = remarks.iter().map(|remark| say.text(remark)).collect();
                    Ok(Step { before: Some(before), remarks, ..Step::next(check) })
                }
                Err(refusal @ Refusal::Invalid(_)) => Ok(Step {
                    asked: Some(asked),
                    sent: Some(sent),
                    wrong: wrong(refusal, say)?,
                    ..Step::next(check)
                }),
                Err(refusal) => Err(refusal.into()),
            }
        }
    }
}

/// The page of a question, or the end if there is none.
pub(super) fn page(
    say: Say,
    secret: &str,
    rulebook: &Rulebook,
    today: Date,
    step: Step,
) -> Result<Made, Failure> {
    let Step { check, before, asked, sent, wrong, remarks } = step;
    let Looked { facts, answers, next, left } = check.look(rulebook, today);
    let turned: Vec<Turned<'_>> =
        before.map(|before| check.turned(rulebook, today, &before)).unwrap_or_default();
    let next = match &asked {
        Some(asked) => Some(check.ask_again(rulebook, today, asked)),
        None => next,
    };
    let Some(next) = next else {
        return end::made(
            say,
            secret,
            rulebook,
            today,
            &check,
            &end::Looked { facts, answers, left },
        );
    };
    let text = check.text(rulebook, today);
    let mut blocks = vec![carry(secret, text.clone(), "")?];
    blocks.extend(remarks.into_iter().map(|remark| Block::Note("wait", remark)));
    let asking = Asking {
        say,
        rulebook,
        facts: &facts,
        check: &check,
        asked: &next.asked,
        span: next.span,
        wrong: &wrong,
    };
    let shown = ["value", "from", "to", "days", "numbers"];
    let question = Question {
        say,
        secret: secret.to_owned(),
        check: text,
        asked: SelfCheck::name_of(&next.asked),
        question: words::question(say, (rulebook, &facts), &next.asked, next.span),
        help: words::help(say, rulebook, &next.asked, next.span),
        stake: words::stake(say, &next),
        fields: asking.fields(sent.as_ref()),
        wrong: wrong.beside(&shown).into_iter().map(str::to_owned).collect(),
        left,
        done: check.given().len(),
        counts: words::counts(say, &check),
        least: next.span.from.to_string(),
        most: next.span.until.to_string(),
    };
    blocks.push(Block::Part(Part::new(&question)?));
    blocks.push(standing(say, rulebook, &answers, &turned)?);
    blocks.extend(given(say, rulebook, &check, left)?);
    blocks.push(Block::Text(words::kept(say, &check)));
    let status = if wrong.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Made { title: say.t("check.title"), path: "/self-check/go", status, wide: false, blocks })
}
