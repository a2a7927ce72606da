//! Audit records: with filters, as files, verified.

use std::collections::BTreeMap;

use access::{Action, Topic};
use app::audit_trail::{Asked, export_list, export_records, list_records, verify_records};
use app::people::{Named, find_person, name_people};
use audit::{How, Linked, Outcome};
use jiff::civil::Date;

use super::audit_details::Words;
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong};
use crate::parts::figure::Figure;
use crate::parts::list::{Column, Kind, List};
use crate::view::{Act, Block, Cell, Choice, Field, Form, Table, View};
use crate::workbook::{Head, Value, Workbook};

/// What the filters ask for, and what of it cannot be read.
async fn asked(ask: &Ask) -> Result<(Asked, Wrong), Failure> {
    let mut wrong = Wrong::default();
    let mut day = |name: &'static str| -> Option<Date> {
        let typed = ask.query.text(name)?;
        let found = typed.parse().ok();
        if found.is_none() {
            let words = app::Words::new("日期应如 2026-11-23", "a day is written like 2026-11-23");
            wrong.add(Wrong::one(name, &words, ask.say));
        }
        found
    };
    let (from, until) = (day("from"), day("until"));
    let mut person = None;
    if let Some(typed) = ask.query.text("person") {
        person = find_person(ask.platform(), ask.caller()?, Action::AuditRead, typed).await?;
        if person.is_none() {
            let words = app::Words::new(
                "没有这个人；请填写登录名或人员编号，如 12",
                "there is nobody like this: give a login, or the number of a person such as 12",
            );
            wrong.add(Wrong::one("person", &words, ask.say));
        }
    }
    let action = ask.filter("action", &mut wrong, |code| {
        let (topic, _) = code.split_once('.')?;
        Topic::from_code(topic).map(|_| code.to_owned())
    });
    let outcome = ask.filter("outcome", &mut wrong, |code| code.parse().ok());
    Ok((Asked { from, until, person, action, outcome, object: None }, wrong))
}

/// The records that are asked for. Looking is recorded, too.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let mut view = View::new(&ask, say.t("audit.title"));
    let (asked, wrong) = asked(&ask).await?;
    let Asked { from, action, outcome, .. } = &asked;
    if ask.may(Action::AuditVerify) {
        view.acts.push(Act::post("/audit/verify", say.t("audit.verify"), Vec::new()));
    }
    let narrowed = ask.query.without(&["page", "done"]).without(&crate::look::SWITCHES).to_string();
    let narrowed = if narrowed.is_empty() { narrowed } else { format!("?{narrowed}") };
    view.offer(
        &ask,
        Action::AuditExport,
        Act::link(format!("/audit/export.xlsx{narrowed}"), say.t("list.export")),
    );
    let part = from.map_or_else(String::new, |from| format!("?from={from}"));
    view.offer(
        &ask,
        Action::AuditExport,
        Act::link(format!("/audit/export.jsonl{part}"), say.t("audit.export")),
    );
    let mut topics = vec![Choice::new("", say.t("list.all"), action.is_none())];
    topics.extend(Topic::ALL.iter().map(|topic| {
        let code = format!("{}.", topic.code());
        let chosen = action.as_deref() == Some(code.as_str());
        Choice::new(code, say.name(topic.words()), chosen)
    }));
    let mut ends = vec![Choice::new("", say.t("list.all"), outcome.is_none())];
    ends.extend(
        Outcome::ALL
            .into_iter()
            .map(|one| Choice::new(one.as_str(), say.t(ended(one).1), *outcome == Some(one))),
    );
    let text = |name: &str| ask.query.text(name).unwrap_or_default().to_owned();
    let filters = Form::new("/audit", say.t("list.search"))
        .field(Field::day("from", say.t("audit.from"), &text("from")))
        .field(Field::day("until", say.t("audit.until"), &text("until")))
        .field(Field::line("person", say.t("audit.person"), &text("person")))
        .field(Field::select("action", say.t("audit.topic"), topics))
        .field(Field::select("outcome", say.t("audit.outcome"), ends))
        .mistakes(&wrong);
    if !wrong.0.is_empty() {
        view.push(Block::Filters(filters));
        return view.show_as(&ask, wrong.status());
    }
    let found = list_records(ask.platform(), ask.caller()?, &asked, ask.page()).await?;
    let names = named(&ask, &found.rows).await?;
    let mut list = List::new(&ask, say.t("audit.title"), columns(&ask));
    list.filters(filters);
    for (seq, linked) in &found.rows {
        list.row(match linked {
            Some(linked) => row(&ask, linked, &names),
            None => unreadable(&ask, *seq),
        });
    }
    list.total(&ask, found.total);
    if ask.may(Action::AuditExport) {
        view.push(Block::Text(say.t("audit.file-what")));
    }
    view.list(&list)?;
    view.show(&ask)
}

fn columns(ask: &Ask) -> Vec<Column> {
    let say = ask.say;
    vec![
        Column::new("number", say.t("audit.number"), Kind::Code),
        Column::new("at", say.t("audit.at-zone"), Kind::Day),
        Column::text("who", say.t("audit.who")),
        Column::text("did", say.t("audit.did")),
        Column::text("object", say.t("audit.object")),
        Column::new("outcome", say.t("audit.outcome"), Kind::State),
        Column::text("from-where", say.t("audit.from-where")),
        Column::text("details", say.t("audit.details")),
    ]
}

/// Those who did something and those it was done to, as far as the reader sees their names.
async fn named(ask: &Ask, rows: &[(i64, Option<Linked>)]) -> Result<BTreeMap<i64, Named>, Failure> {
    let readable = || rows.iter().filter_map(|(_, linked)| linked.as_ref());
    let actors = readable().filter_map(|linked| linked.record.act.actor.person);
    let people = actors.chain(readable().filter_map(person_acted_upon));
    Ok(name_people(ask.platform(), ask.caller()?, Action::AuditRead, people).await?)
}

/// The number of the person whom a record is about.
fn person_acted_upon(linked: &Linked) -> Option<i64> {
    let object = &linked.record.act.object;
    (object.kind == "person").then(|| object.id.parse().ok()).flatten()
}

/// What was acted upon: what it is, and which; people by their names where the reader may see them.
fn object(ask: &Ask, linked: &Linked, names: &BTreeMap<i64, Named>) -> Cell {
    let object = &linked.record.act.object;
    let words = Words { say: ask.say, numbers: &[] };
    let small = words.object(&object.kind, &short(&object.id));
    let person = person_acted_upon(linked).and_then(|person| names.get(&person));
    match person.and_then(|person| person.name.text.clone()) {
        Some(name) => Cell::Two { text: name, small },
        None => Cell::text(small),
    }
}

/// Who did it: the name where the reader may see it, and the login; else the number.
fn who(ask: &Ask, linked: &Linked, names: &BTreeMap<i64, Named>) -> Cell {
    let actor = &linked.record.act.actor;
    let way = ask.say.t(how(actor.how));
    let Some(person) = actor.person else { return Cell::text(way) };
    let named = names.get(&person);
    let name = named.and_then(|named| named.name.text.clone());
    let login = named.and_then(|named| named.login.clone());
    let text = name.or_else(|| login.clone()).unwrap_or_else(|| format!("#{person}"));
    let by = (actor.how != How::Session).then_some(way);
    let small: Vec<String> = [login, by].into_iter().flatten().collect();
    let small = small.join(" · ");
    // A page that the reader may not see is not offered.
    if ask.may(Action::PersonRead) {
        Cell::Link { to: format!("/people/{person}"), text, small }
    } else {
        Cell::Two { text, small }
    }
}

/// A record that the platform did not write so.
fn unreadable(ask: &Ask, seq: i64) -> Vec<Cell> {
    let mut row =
        vec![Cell::Num(seq.to_string()), Cell::State("bad", ask.say.t("audit.unreadable"))];
    row.resize_with(8, Cell::none);
    row
}

fn row(ask: &Ask, linked: &Linked, names: &BTreeMap<i64, Named>) -> Vec<Cell> {
    let say = ask.say;
    let act = &linked.record.act;
    let (kind, key) = ended(act.outcome);
    let personal =
        linked.personal.as_ref().map(|personal| personal.text.clone()).unwrap_or_default();
    let law = ask.platform().law();
    let details = Words { say, numbers: law.numbers() }.said(act.details.as_str());
    vec![
        Cell::Num(linked.record.seq.to_string()),
        Cell::Num(say.exact(act.at)),
        who(ask, linked, names),
        Cell::Two { text: did(ask, &act.action), small: act.action.clone() },
        object(ask, linked, names),
        Cell::State(kind, say.t(key)),
        Cell::Two {
            text: act.origin.clone().unwrap_or_else(|| "—".to_owned()),
            small: act.request.clone().unwrap_or_default(),
        },
        match details.is_empty() && personal.is_empty() {
            true => Cell::none(),
            false => Cell::Two { text: details, small: personal },
        },
    ]
}

/// What was done, in words where the table of actions has them.
fn did(ask: &Ask, action: &str) -> String {
    let say = ask.say;
    match Action::from_code(action) {
        Some(known) => say.name(known.words()).to_owned(),
        None => match action {
            "session.begin" => say.t("audit.session-begin"),
            "session.end" => say.t("audit.session-end"),
            "session.second-factor" => say.t("audit.session-factor"),
            "job.end" => say.t("audit.job-end"),
            other => other.to_owned(),
        },
    }
}

fn short(id: &str) -> String {
    if id.len() > 20 {
        format!("{}…", id.chars().take(12).collect::<String>())
    } else {
        id.to_owned()
    }
}

fn ended(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Done => ("good", "audit.done"),
        Outcome::Refused => ("bad", "audit.refused"),
        Outcome::Looked => ("", "audit.looked"),
    }
}

fn how(how: How) -> &'static str {
    match how {
        How::Session => "audit.by-nobody",
        How::Token => "audit.by-token",
        How::System => "audit.by-system",
        How::Command => "audit.by-command",
    }
}

/// The chain as the file that can be verified elsewhere: from a day on, and whole from there.
pub(crate) async fn export(ask: Ask) -> Answer {
    let (asked, wrong) = asked(&ask).await?;
    wrong.for_file()?;
    let export = export_records(ask.platform(), ask.caller()?, asked.from).await?;
    ask.file("audit.jsonl", "application/jsonl; charset=utf-8", export.text)
}

/// The records of the list as a workbook, with who took them out below the last row.
pub(crate) async fn export_sheet(ask: Ask) -> Answer {
    let say = ask.say;
    let (asked, wrong) = asked(&ask).await?;
    wrong.for_file()?;
    let export = export_list(ask.platform(), ask.caller()?, &asked).await?;
    let names = named(&ask, &export.rows).await?;
    let law = ask.platform().law();
    let words = Words { say, numbers: law.numbers() };
    let heads = [
        ("audit.number", 8),
        ("audit.at-zone", 20),
        ("audit.who", 14),
        ("audit.login", 16),
        ("audit.person-number", 10),
        ("audit.did", 24),
        ("audit.code", 24),
        ("audit.object", 30),
        ("audit.object-name", 24),
        ("audit.outcome", 10),
        ("audit.address", 18),
        ("audit.request", 34),
        ("audit.details", 60),
    ]
    .map(|(key, width)| Head { words: say.t(key), width });
    let text = |text: Option<String>| text.map_or(Value::Empty, Value::Text);
    let rows: Vec<Vec<Value>> = export
        .rows
        .iter()
        .map(|(seq, linked)| {
            let number = Value::Figure(Figure::count(*seq));
            let Some(linked) = linked else {
                return vec![number, Value::Text(say.t("audit.unreadable"))];
            };
            let act = &linked.record.act;
            let person = act.actor.person;
            let who = person.and_then(|person| names.get(&person));
            let whom = person_acted_upon(linked).and_then(|person| names.get(&person));
            let way = person.is_none().then(|| say.t(how(act.actor.how)));
            vec![
                number,
                Value::Text(say.exact(act.at)),
                text(who.and_then(|who| who.name.text.clone()).or(way)),
                text(who.and_then(|who| who.login.clone())),
                text(person.map(|person| person.to_string())),
                Value::Text(did(&ask, &act.action)),
                Value::Text(act.action.clone()),
                Value::Text(words.object(&act.object.kind, &act.object.id)),
                text(whom.and_then(|whom| whom.name.text.clone())),
                Value::Text(say.t(ended(act.outcome).1)),
                text(act.origin.clone()),
                text(act.request.clone()),
                Value::Text(words.said(act.details.as_str())),
            ]
        })
        .collect();
    let mark = &export.watermark;
    let mut book = Workbook::new(say, say.either(&mark.zh, &mark.en), ask.shared.config.demo);
    book.sheet(&say.t("audit.title"), &heads, &rows)?;
    ask.workbook("audit.xlsx", book)
}

/// Verifies the whole chain and says what was found.
pub(crate) async fn verify(ask: Ask) -> Answer {
    let say = ask.say;
    let report = verify_records(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("audit.verified")).up("/audit", say.t("audit.title"));
    if report.is_clean() {
        view.push(Block::Note("done", say.t("audit.clean")));
    } else {
        view.push(Block::Note("wrong", say.t1("audit.problems", "count", report.problems.len())));
    }
    view.push(Block::Facts(vec![
        (say.t("audit.records"), Cell::Num(report.records.to_string())),
        (say.t("audit.seals"), Cell::Num(report.seals.to_string())),
        (say.t("audit.erased"), Cell::Num(report.erased.to_string())),
    ]));
    let problems = report.problems.iter().map(|one| (one.zh(), one.en(), "bad", "audit.problem"));
    let remarks = report.remarks.iter().map(|one| (one.zh(), one.en(), "wait", "audit.remark"));
    let rows: Vec<Vec<Cell>> = problems
        .chain(remarks)
        .map(|(zh, en, kind, key)| {
            vec![Cell::State(kind, say.t(key)), Cell::text(say.either(&zh, &en))]
        })
        .collect();
    if !rows.is_empty() {
        let columns = vec![say.t("audit.kind"), say.t("audit.details")];
        view.push(Block::Table(Table { caption: String::new(), columns, rows }));
    }
    view.show(&ask)
}
