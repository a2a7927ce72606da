//! Numbers row by row: of a programme with the definitions that it uses, or of whatever is asked for.

use std::cmp::Reverse;

use app::confirmations::{Held, read_confirmations};
use jiff::civil::Date;
use rulebook::Number;
use words::{programme as say_of, provenance};

use super::filters::filters;
use super::{Line, Wanted, lines, owners, tiles};
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::lang::Say;
use crate::law::{Book, Marks, Progress, class};
use crate::parts::figure::Figure;
use crate::parts::list::{Column, Kind, List};
use crate::view::{Act, Block, Cell, View};

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

/// The rows that are asked for, with what narrows them.
pub(super) async fn rows(
    ask: &Ask,
    book: &Book,
    mut view: View,
    wanted: Wanted<'_>,
    export: &str,
) -> Answer {
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

/// The same as a list, for a page or a sheet.
pub(super) fn list(ask: &Ask, book: &Book, mut all: Vec<Line<'_>>) -> List {
    let say = ask.say;
    // The programme whose numbers these are; only what belongs to another one says to whom.
    let main = ask.part("id");
    let columns = vec![
        Column::link("number", say.t("numbers.number")).small(say.t("numbers.for")).width(50),
        Column::text("value", say.t("numbers.value")).width(24),
        // The same taken apart, so that a spreadsheet can reckon with it.
        Column::text("edge", say.t("numbers.edge")).aside().width(10),
        Column::figure("amount", say.t("numbers.amount")).aside(),
        Column::text("unit", say.t("numbers.unit")).aside().width(10),
        Column::text("version", say.t("programmes.version")).small(say.t("numbers.owner")),
        Column::text("clause", say.t("numbers.clause")).small(say.t("numbers.in")).width(24),
        Column::text("status", say.t("numbers.status")),
        Column::new("checked", say.t("numbers.state"), Kind::State).sorts().width(30),
        Column::text("says", say.t("numbers.says")).aside().width(40),
        Column::text("source", say.t("numbers.source")).aside().width(40),
        Column::text("note", say.t("numbers.note")).aside().width(30),
        Column::text("document", say.t("numbers.document")).aside().width(50),
        Column::new("address", say.t("numbers.address"), Kind::Code).aside().width(50),
        Column::new("place", say.t("numbers.place"), Kind::Code).aside().width(50),
    ];
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
        list.row(row(book, line, main, say));
    }
    list
}

/// Whether a number stands in a definition that several programmes share.
fn is_shared(book: &Book, line: &Line<'_>) -> bool {
    book.programme(&line.number.owner).is_none()
}

fn row(book: &Book, line: &Line<'_>, main: &str, say: Say) -> Vec<Cell> {
    let (number, told) = (line.number, line.told);
    let last = line.checked.by.first().map(|seen| &seen.confirmation);
    let version = book.programme(&number.owner).and_then(|programme| {
        programme.versions.iter().find(|version| version.id == number.version)
    });
    let version = match version {
        Some(version) => say.both(&say_of::version(version)),
        None => say.both(&say_of::version_of_year(&number.version)),
    };
    let owner = match number.owner == main {
        true => String::new(),
        false => book.title(&number.owner, say),
    };
    let place = told.place.as_ref().map(|(file, line)| format!("{file}:{line}"));
    let (edge, amount, unit) = apart(number);
    vec![
        Cell::Link {
            to: format!("/numbers/{}", told.address),
            text: say.both(&told.name),
            small: say.both(&told.about),
        },
        Cell::Num(say.both(&told.value)),
        Cell::maybe(Some(edge).filter(|edge| !edge.is_empty())),
        amount,
        Cell::maybe(Some(unit).filter(|unit| !unit.is_empty())),
        Cell::Two { text: version, small: owner },
        Cell::Two {
            text: number.clause.clone(),
            small: provenance::short(&number.citation.document).to_owned(),
        },
        Cell::Num(say.both(&provenance::status(&number.citation.status))),
        Cell::State(class(line.checked.held), line.said.clone()),
        Cell::maybe(last.and_then(|known| known.says.clone())),
        Cell::maybe(last.map(|known| known.source.clone())),
        Cell::maybe(last.and_then(|known| known.note.clone())),
        Cell::text(provenance::document(&number.citation.document)),
        Cell::Code(told.address.clone()),
        place.map_or_else(Cell::none, Cell::Code),
    ]
}

/// A number as its text writes it: edge, number or day, unit.
fn apart(number: &Number) -> (String, Cell, String) {
    let value = number.value();
    let edge: String = value.chars().take_while(|sign| "≥≤><=、".contains(*sign)).collect();
    let rest = value.get(edge.len()..).unwrap_or_default().trim();
    if let Ok(day) = rest.parse::<Date>() {
        return (edge, Cell::Day(day), String::new());
    }
    let end = rest.find(|sign: char| !"0123456789.,-".contains(sign)).unwrap_or(rest.len());
    let (digits, unit) = rest.split_at_checked(end).unwrap_or((rest, ""));
    match Figure::written(digits) {
        Some(figure) => (edge, Cell::Figure(figure), unit.trim().to_owned()),
        None => (edge, Cell::none(), String::new()),
    }
}
