//! What if: other numbers in one programme, and what they would do to the firms that one sees. The law stays as it is.

mod form;

use std::collections::{BTreeMap, BTreeSet};

use access::Action;
use app::enterprises::Figures;
use app::screening::{NotTried, Simulated, WhatIf, export_moves, read_programme, simulate};
use axum::http::StatusCode;
use rulebook::Applied;
use rules::Population;
use screening::Screened;
use simulation::{Effect, Gate, Moved, Stand, Through, What, option_name};

use self::form::{Numbers, Typed, Wrong, numbers, wrong};
use super::about::{Lines, about, programme as about_programme};
use super::enterprises::{no_population, population, section, title};
use super::screening::{titled, worth};
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::lang::Say;
use crate::law::value;
use crate::parts::Tone;
use crate::parts::figure::Figure;
use crate::parts::list::Column;
use crate::parts::tiles::{Tile, Tiles};
use crate::view::{Act, Block, Cell, Table, View};
use crate::workbook::{Head, Value, Workbook};

/// The programmes that can be tried.
pub(crate) async fn choose(ask: Ask) -> Answer {
    let say = ask.say;
    let mut view = View::new(&ask, say.t("what-if.title"));
    let found = app::screening::read_screening(ask.platform(), ask.caller()?).await?;
    let Some(found) = found else {
        view.part(&no_population(&ask))?;
        return view.show(&ask);
    };
    view.push(Block::Text(say.t("what-if.what")));
    let book = ask.book().await?;
    let count = |number: usize| Cell::count(i64::try_from(number).unwrap_or(i64::MAX));
    // A standard that is not public has no number to try another one for.
    let rows = found.city.programmes().zip(&found.counts).filter_map(|((screened, _), counts)| {
        let eligible = usize::try_from(counts.of(Population::Eligible)).unwrap_or(usize::MAX);
        let tried = numbers(&book, &screened.id, &versions(screened)).len();
        let (text, small) = (say.both(&screened.title), worth(say, screened));
        let to = format!("/what-if/{}", screened.id);
        (tried > 0).then(|| vec![Cell::Link { to, text, small }, count(tried), count(eligible)])
    });
    let columns = vec![
        say.t("enterprises.programme"),
        say.t("what-if.numbers"),
        population(say, Population::Eligible),
    ];
    let table = Table { caption: String::new(), columns, rows: rows.collect() };
    view.table(table, say.t("screening.no-programme"));
    view.show(&ask)
}

/// One programme: its numbers, and what other ones would do.
pub(crate) async fn programme(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.part("programme").to_owned();
    let mut view = View::new(&ask, say.t("what-if.title")).up("/what-if", say.t("what-if.title"));
    let Some(found) = read_programme(ask.platform(), ask.caller()?, &id).await? else {
        view.part(&no_population(&ask))?;
        return view.show(&ask);
    };
    let book = ask.book().await?;
    let law = &book.law;
    let screened = found.city.programmes().nth(found.place).map(|(screened, _)| screened);
    let called = screened.map(|screened| titled(say, screened)).unwrap_or_default();
    view.p.title = say.t1("what-if.of", "programme", called);
    let versions = screened.map(versions).unwrap_or_default();
    let numbers = numbers(&book, &id, &versions);
    let typed = Typed::read(&ask);
    let settings = typed.settings(law.numbers());
    let asked = WhatIf { settings, names: false, threads: threads() };
    let (found, wrong) = if typed.is_empty() {
        (None, Wrong::new())
    } else {
        match simulate(ask.platform(), ask.caller()?, asked).await {
            Ok(found) => (found, Wrong::new()),
            Err(not) => (None, wrong(not, say)?),
        }
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    if typed.is_empty() {
        view.push(Block::Text(say.t("what-if.what")));
    }
    if numbers.is_empty() {
        view.push(Block::Empty(say.t("what-if.no-numbers")));
    } else {
        view.part(&Numbers::new(say, &id, &numbers, &typed, &wrong))?;
    }
    if let Some(found) = &found {
        outcome(&mut view, &ask, &id, found)?;
    }
    view.show_as(&ask, status)
}

/// The versions by which a programme is judged.
fn versions(screened: &Screened) -> BTreeSet<&str> {
    screened.cases.iter().map(|case| case.version.as_str()).collect()
}

/// Everybody who would move, as a workbook.
pub(crate) async fn export(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.part("programme").to_owned();
    let law = ask.platform().law();
    let settings = Typed::read(&ask).settings(law.numbers());
    let what_if = WhatIf { settings, names: true, threads: threads() };
    let what = ask.uri.query().unwrap_or_default().to_owned();
    let found = export_moves(ask.platform(), ask.caller()?, what_if, &what).await;
    let found = found.map_err(NotTried::refusal)?;
    let found = found.ok_or_else(Failure::missing)?;
    let heads = [
        ("enterprises.code", 22),
        ("enterprises.name", 36),
        ("enterprises.district", 14),
        ("enterprises.section", 24),
        ("enterprises.size", 10),
        ("what-if.from", 18),
        ("what-if.to", 18),
    ]
    .map(|(key, width)| Head { words: say.t(key), width });
    let effect = found.simulated.effects.iter().find(|(programme, _)| *programme == id);
    let rows: Vec<Vec<Value>> = effect
        .iter()
        .flat_map(|(_, effect)| &effect.names)
        .map(|moved| {
            let profile = &moved.profile;
            let choice = |what, place: Option<usize>| {
                let found = place.and_then(|place| option_name(&law.rulebook, what, place));
                Value::Text(found.map(|(_, text)| say.both(text)).unwrap_or_default())
            };
            let letter = profile.industry.map(|industry| industry.section);
            vec![
                Value::Text(profile.code.clone()),
                Value::Text(profile.name.clone()),
                choice(What::District, profile.district),
                Value::Text(section(say, &law.rulebook, letter)),
                choice(What::Size, profile.size),
                Value::Text(stand(say, moved.from)),
                Value::Text(stand(say, moved.to)),
            ]
        })
        .collect();
    let city = &found.simulated.city;
    let watermark = say.either(&found.watermark.zh, &found.watermark.en);
    let demo = city.snapshot().is_made_up() || ask.shared.config.demo;
    let mut book = Workbook::new(say, watermark, demo);
    book.sheet(&say.t("what-if.moved"), &heads, &rows)?;
    let judged = city.programme(&id);
    let mut told: Lines =
        judged.iter().map(|(screened, _)| about_programme(&ask, screened)).collect();
    told.extend(found.simulated.applied.iter().map(|one| {
        let address = one.number.address();
        (
            say.t("what-if.changed"),
            format!("{}{}{address}", changed(say, one), say.either("；", "; ")),
        )
    }));
    told.extend(found.simulated.remarks.iter().map(|one| (say.t("what-if.remark"), say.text(one))));
    let subjects = i64::try_from(found.simulated.subjects).unwrap_or(i64::MAX);
    told.push((say.t("what-if.subjects"), Figure::count(subjects).to_string()));
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    told.push((say.t("about.rows"), Figure::count(count).to_string()));
    told.extend(about(&ask, city, watermark));
    book.about(&say.t("about.title"), &told)?;
    ask.workbook("what-if.xlsx", book)
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A number as it was and as it was tried.
fn changed(say: Say, one: &Applied) -> String {
    let [before, after] = [&one.number, &one.set()].map(|number| say.both(&value(number)));
    let joint = say.either("：", ": ");
    // The edge stays what it is: it is said once.
    let after = after.trim_start_matches(|sign| "≥≤><=、, ".contains(sign));
    format!("{}{joint}{before} → {after}", say.both(&one.number.label))
}

fn stand(say: Say, stand: Stand) -> String {
    stand.map_or_else(|| say.t("what-if.not-judged"), |one| population(say, one))
}

/// What happened: who comes in and who goes out, where, and what it costs.
fn outcome(view: &mut View, ask: &Ask, id: &str, found: &Simulated) -> Result<(), Failure> {
    let say = ask.say;
    for remark in &found.remarks {
        view.push(Block::Note("wait", say.text(remark)));
    }
    let applied: Vec<String> = found.applied.iter().map(|one| changed(say, one)).collect();
    view.push(Block::Note("", applied.join(say.either("；", "; "))));
    let own = found.effects.iter().find(|(programme, _)| programme == id);
    let Some((_, effect)) = own else {
        view.push(Block::Note("wait", say.t("what-if.nothing")));
        return Ok(());
    };
    tiles(view, say, found, effect)?;
    if effect.costs.is_empty() {
        view.push(Block::Text(say.t("what-if.no-benefits")));
    }
    if found.figures != Figures::Shown {
        view.push(Block::Text(say.t("what-if.counts-only")));
    }
    if effect.moves.moved() > 0 {
        let query = ask.query.without(&["done", "lang", "theme", "type"]).to_string();
        if ask.may(Action::ScreeningExport) {
            let to = format!("/what-if/{id}/export.xlsx?{query}");
            view.push(Block::Acts(vec![Act::link(to, say.t("what-if.take-names"))]));
        }
        moves(view, say, found, effect);
        groups(view, ask, found, effect);
        ends(view, ask, effect)?;
    }
    others(view, ask, id, found);
    Ok(())
}

fn tiles(view: &mut View, say: Say, found: &Simulated, effect: &Effect) -> Result<(), Failure> {
    let gate = |gate, entered: &str, left: &str| {
        let (came, went) = effect.moves.through(gate);
        let number = |sign: &str, count: u64| match found.disclosure().count(count) {
            Some(count) => {
                format!("{sign}{}", Figure::count(i64::try_from(count).unwrap_or(i64::MAX)))
            }
            None => say.t("what-if.few"),
        };
        let unit = || say.t("screening.firms");
        let tile = |key: &str, sign: &str, count: u64, tone| match count {
            // Nobody is neither more nor less.
            0 => Tile::new(say.t(key), number("", 0), unit()).tone(Tone::Dim),
            _ => Tile::new(say.t(key), number(sign, count), unit()).tone(tone),
        };
        [tile(entered, "+", came, Tone::Good), tile(left, "−", went, Tone::Bad)]
    };
    let mut all: Vec<Tile> = Vec::new();
    all.extend(gate(Gate::Eligible, "what-if.newly-eligible", "what-if.no-longer-eligible"));
    all.extend(gate(Gate::Measurable, "what-if.newly-measurable", "what-if.no-longer-measurable"));
    for cost in &effect.costs {
        let flows = cost.at(Gate::Measurable);
        if flows.is_empty() {
            continue;
        }
        let Some(net) = found.disclosure().money(flows) else { continue };
        let net = i64::try_from(net).unwrap_or(i64::MAX);
        let mut tile =
            Tile::new(say.both(&cost.label), Figure::money(net, say), say.t("unit.money"));
        if flows.unknown() > 0 {
            tile = tile.note(match found.disclosure().count(flows.unknown()) {
                Some(count) => say.t1("what-if.unknown-cost", "count", count),
                None => say.t1("what-if.unknown-cost", "count", say.t("what-if.few")),
            });
        }
        all.push(tile);
    }
    view.part(&Tiles { tiles: all })
}

/// A number of firms, as far as it may be known.
fn firms(say: Say, found: &Simulated, count: u64) -> Cell {
    match found.disclosure().count(count) {
        Some(count) => Cell::count(i64::try_from(count).unwrap_or(i64::MAX)),
        None => Cell::Num(say.t("what-if.few")),
    }
}

/// Who moves from where to where.
fn moves(view: &mut View, say: Say, found: &Simulated, effect: &Effect) {
    let rows = effect.moves.made().map(|(from, to, count)| {
        vec![Cell::Text(stand(say, from)), Cell::Text(stand(say, to)), firms(say, found, count)]
    });
    let columns = vec![say.t("what-if.from"), say.t("what-if.to"), say.t("screening.firms")];
    view.push(Block::Table(Table {
        caption: say.t("what-if.moves"),
        columns,
        rows: rows.collect(),
    }));
}

/// In and out by district, industry and size.
fn groups(view: &mut View, ask: &Ask, found: &Simulated, effect: &Effect) {
    let say = ask.say;
    let law = ask.platform().law();
    let book = &law.rulebook;
    let choice = |what, place: &Option<usize>| {
        let found = place.and_then(|place| option_name(book, what, place));
        found.map_or_else(|| say.t("enterprises.not-told"), |(_, text)| say.both(text))
    };
    let line = |name: String, through: &Through| {
        let (came, went) = through.at(Gate::Measurable);
        vec![Cell::Text(name), firms(say, found, came), firms(say, found, went)]
    };
    let mut sections: BTreeMap<Option<char>, (u64, u64)> = Default::default();
    for (industry, through) in &effect.by_industry {
        let (came, went) = through.at(Gate::Measurable);
        let own = sections.entry(industry.map(|one| one.section)).or_default();
        own.0 += came;
        own.1 += went;
    }
    let of_sections = sections.into_iter().map(|(letter, (came, went))| {
        vec![
            Cell::Text(section(say, book, letter)),
            firms(say, found, came),
            firms(say, found, went),
        ]
    });
    let tables: [(&str, &str, Vec<Vec<Cell>>); 3] = [
        (
            "screening.by-district",
            "enterprises.district",
            effect
                .by_district
                .iter()
                .map(|(place, one)| line(choice(What::District, place), one))
                .collect(),
        ),
        ("screening.by-section", "enterprises.section", of_sections.collect()),
        (
            "screening.by-size",
            "enterprises.size",
            effect
                .by_size
                .iter()
                .map(|(place, one)| line(choice(What::Size, place), one))
                .collect(),
        ),
    ];
    for (caption, head, rows) in tables {
        if !rows.is_empty() {
            let columns = vec![say.t(head), say.t("what-if.in"), say.t("what-if.out")];
            view.push(Block::Table(Table { caption: say.t(caption), columns, rows }));
        }
    }
}

/// The smallest and the largest of those who come in and go out.
fn ends(view: &mut View, ask: &Ask, effect: &Effect) -> Result<(), Failure> {
    let say = ask.say;
    let all = [("what-if.entering", &effect.entering), ("what-if.leaving", &effect.leaving)];
    for (caption, ends) in all {
        let mut shown: Vec<&Moved> = ends.largest.iter().collect();
        for moved in ends.smallest.iter().rev() {
            if shown.iter().all(|known| known.row != moved.row) {
                shown.push(moved);
            }
        }
        if shown.is_empty() {
            continue;
        }
        let rows = shown.iter().map(|moved| {
            let profile = &moved.profile;
            let mut cells = vec![Cell::Link {
                to: format!("/enterprises/{}", profile.code),
                text: profile.name.clone(),
                small: profile.code.clone(),
            }];
            cells.push(Cell::money(profile.revenue, say));
            cells.push(Cell::Text(stand(say, moved.from)));
            cells.push(Cell::Text(stand(say, moved.to)));
            cells
        });
        let revenue =
            Column::figure("revenue", say.t("what-if.revenue")).unit(say.t("unit.money")).head(say);
        let mut columns = vec![say.t("enterprises.name")];
        columns.push(revenue);
        columns.extend([say.t("what-if.from"), say.t("what-if.to")]);
        let caption = say.t(caption);
        view.push(Block::Table(Table { caption, columns, rows: rows.collect() }));
    }
    Ok(())
}

/// Other programmes that feel it.
fn others(view: &mut View, ask: &Ask, id: &str, found: &Simulated) {
    let say = ask.say;
    let law = ask.platform().law();
    let moved = found
        .effects
        .iter()
        .filter(|(programme, effect)| programme != id && effect.moves.moved() > 0);
    let rows: Vec<Vec<Cell>> = moved
        .map(|(programme, effect)| {
            let (came, went) = effect.moves.through(Gate::Measurable);
            let screened = found.city.programme(programme).map(|(screened, _)| screened);
            let called = screened.map(|screened| titled(say, screened));
            let called = called.unwrap_or_else(|| title(say, &law.rulebook, programme));
            vec![Cell::Text(called), firms(say, found, came), firms(say, found, went)]
        })
        .collect();
    if !rows.is_empty() {
        let columns =
            vec![say.t("enterprises.programme"), say.t("what-if.in"), say.t("what-if.out")];
        view.push(Block::Table(Table { caption: say.t("what-if.others"), columns, rows }));
    }
}
