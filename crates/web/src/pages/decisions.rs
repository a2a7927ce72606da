//! Decisions that were recorded, and coming to them again.

use access::Action;
use app::decisions::{list_decisions, replay_decision, show_decision};
use serde::Deserialize;
use store::decision::Decision;

use crate::ask::{Answer, Ask};
use crate::parts::list::{Column, Kind, List};
use crate::view::{Act, Block, Cell, Field, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The decisions, of one subject or of all.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let subject = ask.query.text("q");
    let found = list_decisions(ask.platform(), ask.caller()?, subject, ask.page()).await?;
    let mut view = View::new(&ask, say.t("decisions.title"));
    let columns = vec![
        Column::link("subject", say.t("decisions.subject")),
        Column::text("programme", say.t("decisions.programme")),
        Column::new("verdict", say.t("decisions.verdict"), Kind::State),
        Column::new("as-of", say.t("decisions.as-of"), Kind::Day),
        Column::new("at", say.t("decisions.at"), Kind::Day),
    ];
    let mut list = List::new(&ask, say.t("decisions.title"), columns);
    list.filters(Form::new("/decisions", say.t("list.search")).field(Field::kind(
        "q",
        say.t("decisions.words"),
        "search",
        subject.unwrap_or_default(),
    )));
    if subject.is_none() {
        list.empty(say.t("decisions.none"));
    }
    for one in &found.rows {
        list.row(vec![
            Cell::Link {
                to: format!("/decisions/{}", one.id),
                text: one.subject.clone(),
                small: format!("#{}", one.id),
            },
            Cell::text(programme(&ask, &one.programme)),
            verdict(&ask, &one.verdict),
            Cell::Day(one.as_of),
            Cell::Num(say.time(one.at)),
        ]);
    }
    list.total(&ask, found.total);
    view.list(&list)?;
    view.show(&ask)
}

/// What a programme is called in the rulebook in force; its id where it has none any more.
fn programme(ask: &Ask, id: &str) -> String {
    let law = ask.platform().law();
    let found = law.rulebook.programmes.iter().find(|one| one.id == id);
    found.map_or_else(
        || id.to_owned(),
        |one| ask.say.either(&one.title.zh, &one.title.en).to_owned(),
    )
}

fn verdict(ask: &Ask, code: &str) -> Cell {
    let (class, key) = match code {
        "eligible" => ("good", "decisions.eligible"),
        "ineligible" => ("bad", "decisions.ineligible"),
        "undetermined" => ("wait", "decisions.undetermined"),
        _ => ("", "decisions.no-version"),
    };
    Cell::State(class, ask.say.t(key))
}

/// One of them.
pub(crate) async fn show(ask: Ask) -> Answer {
    let decision = show_decision(ask.platform(), ask.caller()?, ask.id()?).await?;
    page(&ask, &decision).show(&ask)
}

fn page(ask: &Ask, one: &Decision) -> View {
    let say = ask.say;
    let title = say.t2(
        "decisions.one",
        ("subject", &one.subject),
        ("programme", programme(ask, &one.programme)),
    );
    let mut view = View::new(ask, title).up("/decisions", say.t("decisions.title"));
    view.offer(
        ask,
        Action::DecisionReplay,
        Act::post(format!("/decisions/{}/replay", one.id), say.t("decisions.replay"), Vec::new()),
    );
    view.push(Block::Facts(vec![
        (say.t("decisions.verdict"), verdict(ask, &one.verdict)),
        (say.t("decisions.subject"), Cell::Num(one.subject.clone())),
        (say.t("decisions.programme"), Cell::text(programme(ask, &one.programme))),
        (say.t("decisions.as-of"), Cell::Num(one.as_of.to_string())),
        (say.t("decisions.base-year"), Cell::Num(one.base_year.to_string())),
        (say.t("decisions.at"), Cell::Num(say.time(one.at))),
        (
            say.t("rulebooks.hash"),
            Cell::Two {
                text: one.rulebook.clone(),
                small: say.t1("decisions.semantics", "number", one.semantics),
            },
        ),
        (say.t("decisions.answer-hash"), Cell::Code(one.answer_hash.clone())),
    ]));
    if one.facts == "null" {
        view.push(Block::Note("", say.t("decisions.no-figures")));
        return view;
    }
    view.push(Block::Heading(say.t("decisions.facts")));
    view.push(Block::Code(pretty(&one.facts)));
    view.push(Block::Heading(say.t("decisions.answer")));
    view.push(Block::Code(pretty(&one.answer)));
    view
}

fn pretty(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}

/// Comes to it again, under the rulebook of then.
pub(crate) async fn replay(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let say = ask.say;
    let replayed = replay_decision(ask.platform(), ask.caller()?, ask.id()?).await?;
    let mut view = page(&ask, &replayed.decision);
    let note = match (replayed.same, replayed.same_semantics) {
        (true, _) => Block::Note("done", say.t("decisions.same")),
        (false, true) => Block::Note("wrong", say.t("decisions.differs")),
        (false, false) => Block::Note("", say.t("decisions.other-semantics")),
    };
    view.blocks.insert(0, note);
    view.show(&ask)
}
