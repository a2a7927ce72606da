//! One programme as an official would read it: what it grants, who may apply, what must hold and where that is said,
//! the procedure, what is not public, worked examples. One version at a time.

use std::sync::Arc;

use app::confirmations::read_confirmations;
use askama::Template;
use catalogue::part::Part;
use jiff::civil::Date;
use rules::{Programme, Version};
use words::programme as say_of;

use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::lang::Say;
use crate::law::{Book, Chapter, Example, Marks, Progress, Read, Standing, chapter, standing};
use crate::parts::tabs::{Tab, Tabs};
use crate::view::{Act, Block, Part as Drawn, View};

#[derive(Template)]
#[template(path = "law/programme.html")]
struct Text {
    say: Say,
    about: Drawn,
    progress: Progress,
    numbers: String,
    chapters: Vec<Chapter>,
}

#[derive(Template)]
#[template(path = "law/examples.html")]
struct Examples<'a> {
    say: Say,
    examples: &'a [Example],
}

/// A programme in one of its versions.
pub(crate) async fn show(ask: Ask) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let programme = book.programme(ask.part("id")).ok_or_else(Failure::missing)?;
    let today = app::today(ask.platform().now());
    let version = match ask.query.text("version") {
        Some(id) => Some(named(programme, id)?),
        None => standing(programme, today).version(),
    };
    let read = book.read(&programme.id, version.map(|version| version.id.as_str()), say).await?;
    let shared = book.shared(programme);
    let owners: Vec<&str> = [programme.id.as_str()].into_iter().chain(shared).collect();
    let seen = read_confirmations(ask.platform(), ask.caller.as_ref(), Some(&owners)).await?;
    let marks = Marks::new(&book, &seen, say);

    let mut view =
        View::new(&ask, say.both(&programme.title)).up("/programmes", say.t("programmes.title"));
    let to = format!("/programmes/{}", programme.id);
    if programme.versions.len() > 1 {
        view.acts.push(Act::link(format!("{to}/compare"), say.t("programmes.compare")));
        view.part(&tabs(programme, version, today, say))?;
    }
    if let Some(version) = version {
        view.push(worth(programme, version, today, say));
    }
    let mut progress = Progress::default();
    for (at, (number, _)) in book.numbers().enumerate() {
        if number.owner == programme.id
            && version.is_some_and(|version| version.id == number.version)
            && let Some(checked) = marks.checked(at)
        {
            progress.add(checked.held);
        }
    }
    let numbers = match version {
        Some(version) => format!("{to}/numbers?version={}", version.id),
        None => format!("{to}/numbers"),
    };
    view.part(&text(&book, programme, version, &read, &marks, say, progress, numbers)?)?;
    view.show(&ask)
}

/// A version that an address names.
pub(super) fn named<'r>(programme: &'r Programme, id: &str) -> Result<&'r Version, Failure> {
    let found = programme.versions.iter().find(|version| version.id == id);
    found.ok_or_else(Failure::missing)
}

/// A version with how it stands today: `2026 版 · 现行`. Where several are in force, each for something else, it is said
/// for what: `2022 版 · 现行（复核）`.
pub(super) fn called(programme: &Programme, version: &Version, today: Date, say: Say) -> String {
    let name = say.both(&say_of::version(version));
    let when = say.t(time(version, today));
    let in_force = programme.versions.iter().filter(|one| time(one, today) == NOW).count();
    if time(version, today) != NOW || in_force < 2 {
        return format!("{name} · {when}");
    }
    let purposes = say.both(&say_of::purposes_on(version, today));
    let (open, close) = (say.either("（", " ("), say.either("）", ")"));
    // The name says it already where it is the whole purpose of the version.
    if name.contains(&purposes) {
        return format!("{name} · {when}");
    }
    format!("{name} · {when}{open}{purposes}{close}")
}

/// In force.
const NOW: &str = "programmes.now";

/// Whether a version is in force, over, or to come.
fn time(version: &Version, today: Date) -> &'static str {
    if version.applies.iter().any(|applies| applies.covers(today)) {
        NOW
    } else if version.applies.iter().any(|applies| applies.from > today) {
        "programmes.to-come"
    } else {
        "programmes.past"
    }
}

fn tabs(programme: &Programme, shown: Option<&Version>, today: Date, say: Say) -> Tabs {
    let tab = |version: &Version| Tab {
        to: format!("/programmes/{}?version={}", programme.id, version.id),
        text: called(programme, version, today, say),
        count: None,
        here: shown.is_some_and(|shown| shown.id == version.id),
    };
    // The newest first, as in any archive of regulations.
    let tabs = programme.versions.iter().rev().map(tab).collect();
    Tabs { label: say.t("programmes.versions"), tabs }
}

/// What the version is worth today.
fn worth(programme: &Programme, version: &Version, today: Date, say: Say) -> Block {
    let means = say.both(&say_of::standing_means(version.standing));
    let kind = match (version.standing, time(version, today)) {
        (rules::Standing::Binding, NOW) => "done",
        _ => "wait",
    };
    let when = match time(version, today) {
        "programmes.past" => match standing(programme, today) {
            Standing::InForce(now, _) if now.id != version.id => {
                say.t1("programmes.is-past", "now", say.both(&say_of::version(now)))
            }
            _ => say.t("programmes.is-over"),
        },
        "programmes.to-come" => say.t("programmes.is-to-come"),
        _ => String::new(),
    };
    Block::Note(kind, format!("{means}{}{when}", if when.is_empty() { "" } else { " " }))
}

#[expect(clippy::too_many_arguments, reason = "all that stands on the page")]
fn text(
    book: &Arc<Book>,
    programme: &Programme,
    version: Option<&Version>,
    read: &Read,
    marks: &Marks<'_>,
    say: Say,
    progress: Progress,
    numbers: String,
) -> Result<Text, Failure> {
    let reading = &read.reading;
    let none: Vec<Part> = Vec::new();
    let of =
        |get: fn(&catalogue::Chapters) -> &Vec<Part>| read.chapters.as_ref().map_or(&none, get);
    let order: [(&'static str, &Vec<Part>); 13] = [
        ("benefits", of(|all| &all.benefits)),
        ("criteria", of(|all| &all.criteria)),
        ("score", of(|all| &all.score)),
        ("preferences", of(|all| &all.preferences)),
        ("assumptions", of(|all| &all.assumptions)),
        ("materials", of(|all| &all.materials)),
        ("procedure", of(|all| &all.procedure)),
        ("rounds", &reading.rounds),
        ("duties", of(|all| &all.duties)),
        ("open", of(|all| &all.open)),
        ("terms", of(|all| &all.terms)),
        ("versions", &reading.versions),
        ("documents", &reading.documents),
    ];
    let everything: Vec<&Part> = order.iter().flat_map(|(_, parts)| parts.iter()).collect();
    let places = marks.by_place(&everything);
    let mut chapters = Vec::new();
    if let Some(version) = version {
        chapters.extend(head(book, programme, version, of(|all| &all.head), marks, say)?);
    }
    for (id, parts) in order {
        let folded = (id == "terms").then(|| rows(parts));
        chapters.extend(
            chapter(id, parts, programme, &places, say)?.map(|known| Chapter { folded, ..known }),
        );
        if id == "terms" && !read.examples.is_empty() {
            let body = Drawn::new(&Examples { say, examples: &read.examples })?;
            let folded = Some(read.examples.len());
            let title = say.t("programmes.examples");
            chapters.push(Chapter { id: "examples", title, body, folded });
        }
    }
    let about = chapter("about", &reading.about, programme, &places, say)?;
    let about = about.map(|chapter| chapter.body).unwrap_or_default();
    Ok(Text { say, about, progress, numbers, chapters })
}

/// Document, day, validity, remark; and what the rulebook has nothing about.
fn head(
    book: &Arc<Book>,
    programme: &Programme,
    version: &Version,
    parts: &[Part],
    marks: &Marks<'_>,
    say: Say,
) -> Result<Option<Chapter>, Failure> {
    // What it is worth stands above already.
    let rest = parts.get(1..).unwrap_or_default();
    let mut all = rest.to_vec();
    let lacking: Vec<String> = [
        (version.criteria.is_empty(), "programmes.of-criteria"),
        (version.benefits.is_empty(), "programmes.of-benefits"),
        (version.materials.is_empty(), "programmes.of-materials"),
        (version.steps.is_empty(), "programmes.of-procedure"),
        (
            !book.law.rulebook.rounds.iter().any(|round| round.programme == programme.id),
            "programmes.of-rounds",
        ),
    ]
    .into_iter()
    .filter(|(lacks, _)| *lacks)
    .map(|(_, key)| say.t(key))
    .collect();
    if let (false, Some(Part::Bullets(items))) = (lacking.is_empty(), all.last_mut()) {
        let names = lacking.join(say.either("、", ", "));
        items.push(say.t1("programmes.lacking", "names", names).into());
    }
    let places = marks.by_place(&[]);
    let chapter = chapter("text", &all, programme, &places, say)?;
    Ok(chapter.map(|chapter| Chapter { title: say.both(&say_of::version(version)), ..chapter }))
}

/// How many rows there are.
fn rows(parts: &[Part]) -> usize {
    let count = |part: &Part| if let Part::Table(table) = part { table.rows.len() } else { 0 };
    parts.iter().map(count).sum()
}
