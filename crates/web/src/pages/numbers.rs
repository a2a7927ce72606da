//! The numbers of the law with what was found about each: what differs from the official text on top, how far each
//! programme is, and one programme's numbers row by row; the same as a workbook.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use app::confirmations::{Held, read_confirmations};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;
use rulebook::Number;
use words::{programme as say_of, provenance};

use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::lang::Say;
use crate::law::{Book, Checked, Marks, Progress, Told};
use crate::parts::Tone;
use crate::parts::list::{Column, Kind, List};
use crate::parts::tiles::{Tile, Tiles};
use crate::view::{Act, Block, Cell, Choice, Field, Form, Table, View};
use crate::workbook::{self, Workbook};

/// A number with everything that a row says of it.
struct Line<'a> {
    number: &'a Number,
    told: &'a Told,
    checked: Checked<'a>,
    said: String,
}

/// Which numbers are asked for.
struct Wanted<'a> {
    /// The programme and the definitions that it uses; none for all.
    owners: Option<Vec<&'a str>>,
    /// How their addresses begin.
    at: Option<&'a str>,
}

/// All numbers: what is wrong on top, then how far each programme is.
pub(crate) async fn overview(ask: Ask) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let (owner, at) = (ask.query.text("owner"), ask.query.text("at"));
    if owner.is_some() || at.is_some() {
        let wanted = Wanted { owners: owner.map(|owner| vec![owner]), at };
        let named = owner.or_else(|| at.and_then(|at| at.split('@').next()));
        let title = named.map(|owner| book.title(owner, say)).unwrap_or_default();
        let view = View::new(&ask, say.t1("numbers.of", "title", title))
            .up("/numbers", say.t("numbers.title"));
        return rows(&ask, &book, view, wanted, "/numbers.xlsx").await;
    }
    let seen = read_confirmations(ask.platform(), ask.caller.as_ref(), None).await?;
    let marks = Marks::new(&book, &seen, say);
    let all = lines(&book, &marks, &Wanted { owners: None, at: None });
    let mut whole = Progress::default();
    let mut by_owner: BTreeMap<&str, Progress> = BTreeMap::new();
    let mut owners: Vec<&str> = Vec::new();
    for line in &all {
        whole.add(line.checked.held);
        by_owner.entry(&line.number.owner).or_default().add(line.checked.held);
        if !owners.contains(&line.number.owner.as_str()) {
            owners.push(&line.number.owner);
        }
    }
    let mut view = View::new(&ask, say.t("numbers.title"));
    view.acts.push(Act::link("/numbers.xlsx", say.t("numbers.excel")));
    view.push(Block::Text(say.t("numbers.what")));
    view.part(&tiles(whole, say))?;
    for (held, title, empty) in [
        (Held::Differs, "numbers.differing", "numbers.none-differ"),
        (Held::Outdated, "numbers.outdated", ""),
    ] {
        let found: Vec<&Line<'_>> = all.iter().filter(|line| line.checked.held == held).collect();
        if found.is_empty() && empty.is_empty() {
            continue;
        }
        if found.is_empty() {
            view.push(Block::Note("done", say.t(empty)));
            continue;
        }
        view.push(Block::Heading(say.t(title)));
        view.push(Block::Table(findings(&book, &found, say)));
    }
    view.push(Block::Heading(say.t("numbers.by-programme")));
    let columns =
        ["numbers.programme", "numbers.done", "numbers.open-count", "numbers.differ-count"];
    let columns = columns.iter().map(|key| say.t(key)).collect();
    let rows = owners
        .into_iter()
        .filter_map(|owner| Some((owner, by_owner.get(owner)?)))
        .map(|(owner, progress)| owner_row(&book, owner, progress, say))
        .collect();
    view.push(Block::Table(Table { caption: String::new(), columns, rows }));
    view.show(&ask)
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn owner_row(book: &Book, owner: &str, progress: &Progress, say: Say) -> Vec<Cell> {
    let to = match book.programme(owner) {
        Some(programme) => format!("/programmes/{}/numbers", programme.id),
        None => format!("/numbers?owner={owner}"),
    };
    let done = Cell::Progress {
        done: count(progress.agrees),
        of: count(progress.all),
        text: String::new(),
    };
    let open = progress.all - progress.agrees - progress.differs;
    let differs = match progress.differs {
        0 => Cell::none(),
        some => Cell::State("bad", some.to_string()),
    };
    vec![Cell::link(to, book.title(owner, say)), done, Cell::Num(open.to_string()), differs]
}

fn tiles(whole: Progress, say: Say) -> Tiles {
    let tile = |key: &str, number: usize, tone: Tone| {
        Tile::new(say.t(key), number, say.t("programmes.numbers-unit")).tone(tone)
    };
    let percent = (whole.agrees * 100).checked_div(whole.all).unwrap_or_default();
    let open = whole.all - whole.agrees - whole.differs - whole.outdated;
    Tiles {
        tiles: vec![
            tile("numbers.all", whole.all, Tone::Plain),
            tile("numbers.agree", whole.agrees, Tone::Good).note(format!("{percent} %")),
            tile("numbers.differ", whole.differs, Tone::Bad),
            tile("numbers.outdated-short", whole.outdated, Tone::Near),
            tile("numbers.open", open, Tone::Open),
        ],
    }
}

/// What was found, number by number.
fn findings(book: &Book, found: &[&Line<'_>], say: Say) -> Table {
    let columns =
        ["numbers.number", "numbers.value", "numbers.says", "numbers.source", "numbers.state"];
    let rows = found
        .iter()
        .map(|line| {
            let last = line.checked.by.iter().find(|seen| {
                line.checked.held != Held::Differs || seen.confirmation.says.is_some()
            });
            let says = last.map(|seen| {
                let known = &seen.confirmation;
                known.says.clone().unwrap_or_else(|| known.value.clone())
            });
            vec![
                Cell::Link {
                    to: format!("/numbers/{}", line.told.address),
                    text: say.both(&line.told.name),
                    small: book.title(&line.number.owner, say),
                },
                Cell::text(say.both(&line.told.value)),
                Cell::maybe(says),
                Cell::maybe(last.map(|seen| seen.confirmation.source.clone())),
                Cell::State(crate::law::class(line.checked.held), line.said.clone()),
            ]
        })
        .collect();
    Table { caption: String::new(), columns: columns.iter().map(|key| say.t(key)).collect(), rows }
}

/// The numbers of a programme, with those of the definitions that it uses.
pub(crate) async fn of_programme(ask: Ask) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let programme = book.programme(ask.part("id")).ok_or_else(Failure::missing)?;
    let (title, to) = (say.both(&programme.title), format!("/programmes/{}", programme.id));
    let view = View::new(&ask, say.t1("numbers.of", "title", &title))
        .up("/programmes", say.t("programmes.title"))
        .up(&to, title);
    let wanted = Wanted { owners: Some(owners(&book, &programme.id)), at: ask.query.text("at") };
    rows(&ask, &book, view, wanted, &format!("{to}/numbers.xlsx")).await
}

fn owners<'a>(book: &'a Book, programme: &'a str) -> Vec<&'a str> {
    let shared = book.programme(programme).map(|known| book.shared(known)).unwrap_or_default();
    [programme].into_iter().chain(shared).collect()
}

fn lines<'a>(book: &'a Book, marks: &Marks<'a>, wanted: &Wanted<'_>) -> Vec<Line<'a>> {
    book.numbers()
        .enumerate()
        .filter(|(_, (number, told))| {
            wanted.owners.as_ref().is_none_or(|all| all.contains(&number.owner.as_str()))
                && wanted.at.is_none_or(|at| is_within(&told.address, at))
        })
        .filter_map(|(at, (number, told))| {
            let checked = marks.checked(at)?;
            let said = marks.words(at, &checked);
            Some(Line { number, told, checked, said })
        })
        .collect()
}

/// Whether an address is this one or one within it.
fn is_within(address: &str, at: &str) -> bool {
    address.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

async fn rows(ask: &Ask, book: &Book, mut view: View, wanted: Wanted<'_>, export: &str) -> Answer {
    let say = ask.say;
    let seen =
        read_confirmations(ask.platform(), ask.caller.as_ref(), wanted.owners.as_deref()).await?;
    let marks = Marks::new(book, &seen, say);
    let all = lines(book, &marks, &wanted);
    if all.is_empty() && wanted.at.is_some() {
        return Err(Failure::missing());
    }
    let mut progress = Progress::default();
    all.iter().for_each(|line| progress.add(line.checked.held));
    view.acts.push(Act::link(export_of(ask, export), say.t("numbers.excel")));
    view.push(Block::Text(say.t("numbers.what")));
    view.part(&tiles(progress, say))?;
    let list = list(ask, book, all);
    view.list(&list)?;
    view.show(ask)
}

/// The way to a workbook of what is asked for.
fn export_of(ask: &Ask, path: &str) -> String {
    let query =
        ask.query.without(&["done", "lang", "theme", "type", "page", "columns"]).to_string();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn list(ask: &Ask, book: &Book, mut all: Vec<Line<'_>>) -> List {
    let say = ask.say;
    let several =
        all.iter().any(|line| Some(&line.number.owner) != all.first().map(|one| &one.number.owner));
    let mut columns = vec![
        Column::link("number", say.t("numbers.number")).small(say.t("numbers.for")).width(50),
        Column::text("value", say.t("numbers.value")).width(24),
        Column::text("version", say.t("programmes.version")).small(say.t("numbers.owner")),
        Column::text("clause", say.t("numbers.clause")).small(say.t("numbers.document")).width(24),
        Column::text("status", say.t("numbers.status")),
        Column::new("checked", say.t("numbers.state"), Kind::State).sorts().width(30),
        Column::text("says", say.t("numbers.says")).aside().width(40),
        Column::text("source", say.t("numbers.source")).aside().width(40),
        Column::text("note", say.t("numbers.note")).aside().width(30),
        Column::new("address", say.t("numbers.address"), Kind::Code).aside().width(50),
        Column::new("place", say.t("numbers.place"), Kind::Code).aside().width(50),
    ];
    if !several {
        columns
            .iter_mut()
            .filter(|column| column.key == "version")
            .for_each(|one| one.small = None);
    }
    let mut list = List::new(ask, say.t("numbers.title"), columns);
    list.filters(filters(ask, &all));
    let query = |name: &str| ask.query.text(name).unwrap_or_default();
    let held = Held::from_code(query("held"));
    let version = query("version");
    let needle = query("q").to_lowercase();
    all.retain(|line| {
        let texts = [&line.told.name, &line.told.about, &line.told.value];
        held.is_none_or(|held| line.checked.held == held)
            && (version.is_empty() || line.number.version == version || is_shared(book, line))
            && (needle.is_empty()
                || line.told.address.contains(&needle)
                || line.number.clause.to_lowercase().contains(&needle)
                || texts.iter().any(|text| {
                    text.zh.to_lowercase().contains(&needle)
                        || text.en.to_lowercase().contains(&needle)
                }))
    });
    match list.sort().map(|sort| sort.down) {
        Some(down) => {
            all.sort_by_key(|line| line.checked.held);
            if down {
                all.reverse();
            }
        }
        // The programme's own before what it shares, the newest version first: that is what people come for.
        None => all.sort_by_key(|line| {
            let is_shared = is_shared(book, line);
            (is_shared, line.number.owner.clone(), Reverse(line.number.version.clone()))
        }),
    }
    for line in &all {
        list.row(row(book, line, several, say));
    }
    list
}

/// Whether a number stands in a definition that several programmes share.
fn is_shared(book: &Book, line: &Line<'_>) -> bool {
    book.programme(&line.number.owner).is_none()
}

fn row(book: &Book, line: &Line<'_>, several: bool, say: Say) -> Vec<Cell> {
    let (number, told) = (line.number, line.told);
    let last = line.checked.by.first().map(|seen| &seen.confirmation);
    let version = book.programme(&number.owner).and_then(|programme| {
        programme.versions.iter().find(|version| version.id == number.version)
    });
    let version = match version {
        Some(version) => say.both(&say_of::version(version)),
        None => number.version.clone(),
    };
    let owner = if several { book.title(&number.owner, say) } else { String::new() };
    let place = told.place.as_ref().map(|(file, line)| format!("{file}:{line}"));
    vec![
        Cell::Link {
            to: format!("/numbers/{}", told.address),
            text: say.both(&told.name),
            small: say.both(&told.about),
        },
        Cell::Num(say.both(&told.value)),
        Cell::Two { text: version, small: owner },
        Cell::Two {
            text: number.clause.clone(),
            small: provenance::document(&number.citation.document),
        },
        Cell::Num(say.both(&provenance::status(&number.citation.status))),
        Cell::State(crate::law::class(line.checked.held), line.said.clone()),
        Cell::maybe(last.and_then(|known| known.says.clone())),
        Cell::maybe(last.map(|known| known.source.clone())),
        Cell::maybe(last.and_then(|known| known.note.clone())),
        Cell::Code(told.address.clone()),
        place.map_or_else(Cell::none, Cell::Code),
    ]
}

fn filters(ask: &Ask, all: &[Line<'_>]) -> Form {
    let say = ask.say;
    let query = |name: &str| ask.query.text(name).unwrap_or_default();
    let mut versions: Vec<&str> = Vec::new();
    for line in all {
        if !versions.contains(&line.number.version.as_str()) {
            versions.push(&line.number.version);
        }
    }
    let any = |name: &str| Choice::new("", say.t("programmes.any"), query(name).is_empty());
    let states = [
        (Held::Differs, "numbers.differ"),
        (Held::Outdated, "numbers.outdated-short"),
        (Held::Open, "numbers.open"),
        (Held::Agrees, "numbers.agree"),
    ];
    let states = states
        .into_iter()
        .map(|(held, key)| Choice::new(held.code(), say.t(key), query("held") == held.code()));
    let of_versions = versions
        .into_iter()
        .map(|version| Choice::new(version, version, query("version") == version));
    let mut form = Form::new(ask.uri.path(), say.t("list.search"))
        .field(Field::kind("q", say.t("numbers.words"), "search", query("q")))
        .field(Field::select(
            "version",
            say.t("programmes.version"),
            [any("version")].into_iter().chain(of_versions).collect(),
        ))
        .field(Field::select(
            "held",
            say.t("numbers.state"),
            [any("held")].into_iter().chain(states).collect(),
        ));
    for name in ["owner", "at"] {
        if let Some(value) = ask.query.text(name) {
            form = form.hide(if name == "owner" { "owner" } else { "at" }, value);
        }
    }
    form
}

/// All numbers as a workbook, or those that are asked for.
pub(crate) async fn export(ask: Ask) -> Answer {
    let book = ask.book().await?;
    let owners = ask.query.text("owner").map(|owner| vec![owner]);
    let wanted = Wanted { owners, at: ask.query.text("at") };
    workbook(&ask, &book, wanted, "numbers.xlsx").await
}

/// The numbers of a programme as a workbook.
pub(crate) async fn export_of_programme(ask: Ask) -> Answer {
    let book = ask.book().await?;
    let programme = book.programme(ask.part("id")).ok_or_else(Failure::missing)?;
    let wanted = Wanted { owners: Some(owners(&book, &programme.id)), at: ask.query.text("at") };
    workbook(&ask, &book, wanted, &format!("numbers-{}.xlsx", programme.id)).await
}

async fn workbook(ask: &Ask, book: &Book, wanted: Wanted<'_>, name: &str) -> Answer {
    let say = ask.say;
    let seen =
        read_confirmations(ask.platform(), ask.caller.as_ref(), wanted.owners.as_deref()).await?;
    let marks = Marks::new(book, &seen, say);
    let mut list = list(ask, book, lines(book, &marks, &wanted));
    list.asked.columns = Some(list.columns.iter().map(|one| one.key.to_string()).collect());
    let (heads, rows) = list.sheet();
    let today = app::today(ask.platform().now());
    let hash = book.law.rulebook.short_hash();
    let mark = say.t2("numbers.mark", ("hash", hash), ("day", today));
    let mut file = Workbook::new(say, &mark, false);
    file.sheet(&say.t("numbers.title"), &heads, &rows)?;
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""))
        .map_err(app::Refusal::broken)?;
    let kind = HeaderValue::from_static(workbook::KIND);
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, file.finish()?).into_response())
}
