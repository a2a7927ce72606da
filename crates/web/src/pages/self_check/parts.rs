//! Parts of the pages: the question, how the programmes stand, what was said so far.

use app::self_check::{Given, Left, SelfCheck, Turned};
use askama::Template;
use enterprise::{FactKey, Facts, Text};
use rules::{Answer, LackOrder, Missing, Rulebook, Verdict};
use words::reason::reason;

use super::filled::Fields;
use super::{carry, words as say_of};
use crate::answers::chip;
use crate::failure::Failure;
use crate::lang::Say;
use crate::parts::verdict;
use crate::view::{Block, Input, Part};

/// A question with its fields.
#[derive(Template)]
#[template(path = "self_check/question.html")]
pub(super) struct Question {
    pub say: Say,
    pub secret: String,
    pub check: String,
    pub asked: String,
    pub question: String,
    pub help: Vec<String>,
    pub stake: Vec<String>,
    pub fields: Fields,
    /// What is wrong with none of the fields.
    pub wrong: Vec<String>,
    pub left: Left,
    /// How many were dealt with, and how many of them answered and skipped, in words.
    pub done: usize,
    pub counts: String,
    /// The days that can have an answer.
    pub least: String,
    pub most: String,
}

impl Question {
    /// How many questions there are at most, with those that are done.
    fn all(&self) -> usize {
        self.done + self.left.most
    }

    fn progress(&self) -> String {
        self.say.t2("check.progress", ("done", &self.counts), ("left", self.left.most))
    }
}

/// How the programmes stand.
#[derive(Template)]
#[template(path = "self_check/standing.html")]
struct Standing {
    say: Say,
    counts: String,
    /// What the last answer has changed.
    turned: Vec<(verdict::Verdict, String, String)>,
    rows: Vec<(verdict::Verdict, String)>,
    open: bool,
}

/// Programmes that are shown without being unfolded.
const FEW: usize = 8;

/// How the programmes stand, and what the last answer has changed.
pub(super) fn standing(
    say: Say,
    rulebook: &Rulebook,
    answers: &[Answer<'_>],
    turned: &[Turned<'_>],
) -> Result<Block, Failure> {
    let turned = turned
        .iter()
        .map(|pair| {
            let title = say.both(&pair.after.programme.title);
            let why = match pair.after.verdict() {
                Some(Verdict::Ineligible) => say.both(&reason(&pair.after, rulebook)),
                _ => score(&pair.after).unwrap_or_default(),
            };
            (chip(say, &pair.after), title, why)
        })
        .collect();
    let rows: Vec<_> = answers
        .iter()
        .map(|answer| (chip(say, answer), say.both(&answer.programme.title)))
        .collect();
    let open = rows.len() <= FEW;
    let part = Standing { say, counts: counts(say, answers), turned, rows, open };
    Ok(Block::Part(Part::new(&part)?))
}

fn score(answer: &Answer<'_>) -> Option<String> {
    match &answer.outcome {
        rules::Outcome::Assessed(assessment) => {
            assessment.score.as_ref().map(words::score::figures)
        }
        rules::Outcome::NoVersion { .. } => None,
    }
}

/// How many programmes stand how: `符合 2 · 不符合 5 · 待定 9`.
pub(super) fn counts(say: Say, answers: &[Answer<'_>]) -> String {
    let count = |wanted: fn(Option<Verdict>) -> bool| {
        answers.iter().filter(|answer| wanted(answer.verdict())).count()
    };
    let all = [
        (say.t("check.eligible"), count(|one| one == Some(Verdict::Eligible))),
        (say.t("check.ineligible"), count(|one| one == Some(Verdict::Ineligible))),
        (
            say.t("check.lacks-data"),
            count(|one| matches!(one, Some(Verdict::Undetermined(why)) if why.data)),
        ),
        (
            say.t("check.pending"),
            count(|one| matches!(one, Some(Verdict::Undetermined(why)) if !why.data)),
        ),
        (say.t("check.no-version"), count(|one| one.is_none())),
    ];
    let told: Vec<String> = all
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(words, count)| format!("{words} {count}"))
        .collect();
    told.join(" · ")
}

/// What was said so far, each with the way to change it.
#[derive(Template)]
#[template(path = "self_check/given.html")]
struct GivenList {
    say: Say,
    form: &'static str,
    counts: String,
    rows: Vec<Line>,
    brought: Vec<Line>,
    skipped: usize,
}

struct Line {
    name: String,
    what: String,
    said: String,
}

/// What was said so far; nothing if that is nothing.
pub(super) fn given(
    say: Say,
    rulebook: &Rulebook,
    check: &SelfCheck,
    left: Left,
) -> Result<Option<Block>, Failure> {
    if check.is_blank() {
        return Ok(None);
    }
    let line = |given: &Given| Line {
        name: SelfCheck::name_of(&given.asked),
        what: say_of::name(say, rulebook, &given.asked),
        said: say_of::said(say, rulebook, given),
    };
    let part = GivenList {
        say,
        form: carry::FORM,
        counts: say_of::counts(say, check),
        rows: check.given().iter().map(line).collect(),
        brought: check
            .brought()
            .map(|brought| lines(say, rulebook, brought.facts()))
            .unwrap_or_default(),
        skipped: left.skipped,
    };
    Ok(Some(Block::Part(Part::new(&part)?)))
}

/// What a document says, item by item.
fn lines(say: Say, rulebook: &Rulebook, facts: &Facts) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |asked: Missing, said: String| {
        let what = say_of::name(say, rulebook, &asked);
        lines.push(Line { name: SelfCheck::name_of(&asked), what, said });
    };
    for (key, fact) in facts.iter() {
        let Some(known) = rulebook.catalogue.indicator(&key.indicator) else { continue };
        let said = say.both(&words::indicator::value(known, &fact.value));
        let key = FactKey { indicator: key.indicator.clone(), year: key.year };
        add(Missing::Fact { key, lack: LackOrder::Data }, said);
    }
    let mut titles: Vec<(&str, Text)> = facts
        .titles
        .iter()
        .map(|title| {
            let (from, to) = (title.from, title.to);
            let words = match to {
                Some(to) => Text::new(format!("{from} 至 {to}"), format!("{from} to {to}")),
                None => Text::new(format!("自 {from}"), format!("from {from}")),
            };
            (title.programme.as_str(), words)
        })
        .collect();
    titles.extend(
        facts.titles_denied.iter().map(|id| (id.as_str(), Text::new("未持有", "not held"))),
    );
    for (programme, words) in titles {
        add(Missing::Title(programme.to_owned()), say.both(&words));
    }
    for event in &facts.events {
        let asked = Missing::Event { kind: event.kind.clone(), attribute: None };
        add(asked, event.date.to_string());
    }
    lines
}
