//! Populations: which there are, which is in use, when it was screened; bringing one, putting one in use.

use access::Action;
use app::populations::{
    Hold, Listing, Row, Wish, ask_for_screening, bring_population, list_populations,
    show_population, use_population,
};
use enterprise::parse_date;
use serde::Deserialize;
use store::population::Population;

use super::by_whom::{names, somebody};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::lang::Say;
use crate::parts::progress::Progress;
use crate::view::{Act, Block, Cell, Confirm, Field, Form, Table, View};

/// So many rows that were not taken are shown.
const SHOWN: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// All of them, and how far the one in use is.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let listing = list_populations(ask.platform(), ask.caller()?).await?;
    let in_use = listing.uses.first().map(|last| last.population);
    let mut view = View::new(&ask, say.t("populations.title"));
    view.offer(
        &ask,
        Action::PopulationBring,
        Act::main("/populations/bring", say.t("populations.bring")),
    );
    if in_use.is_some() {
        view.offer(
            &ask,
            Action::ScreeningRun,
            Act::post("/populations/screen", say.t("populations.screen"), Vec::new()),
        );
    }
    view.push(Block::Text(say.t("populations.what")));
    match &listing.hold {
        Hold::Failed(_, why) => view.push(Block::Note("wrong", say.text(why))),
        Hold::Nothing | Hold::Ready(_) => {}
        Hold::Loading(_) => view.part(&Progress {
            say,
            id: "work",
            label: say.t("populations.reading"),
            done: 0,
            of: None,
            note: say.t("populations.loading"),
            again: Some("/populations".to_owned()),
        })?,
    }
    let rows = listing.populations.iter().map(|one| row(&ask, one, in_use)).collect();
    let columns = heads(
        say,
        &[
            "populations.name",
            "list.state",
            "populations.subjects",
            "populations.known-as-of",
            "populations.base-year",
            "populations.refused",
            "populations.at",
        ],
    );
    view.table(Table { caption: String::new(), columns, rows }, say.t("populations.none"));
    if !listing.screenings.is_empty() {
        view.push(Block::Table(screenings(&ask, &listing)));
    }
    view.show(&ask)
}

fn heads(say: Say, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| say.t(key)).collect()
}

fn row(ask: &Ask, one: &Population, in_use: Option<i64>) -> Vec<Cell> {
    let say = ask.say;
    let mut states = Vec::new();
    if in_use == Some(one.id) {
        states.push(("good", say.t("populations.in-use")));
    }
    if one.made_up {
        states.push(("wait", say.t("populations.made-up")));
    }
    if states.is_empty() {
        states.push(("", say.t("populations.kept")));
    }
    vec![
        Cell::link(format!("/populations/{}", one.id), &one.name),
        Cell::States(states),
        Cell::count(one.subjects),
        Cell::Day(one.known_as_of),
        year(say, one.base_year),
        Cell::count(one.refused),
        Cell::Num(say.time(one.at)),
    ]
}

fn year(say: Say, year: Option<i16>) -> Cell {
    match year {
        Some(year) => Cell::Num(year.to_string()),
        None => Cell::text(say.t("populations.by-the-day")),
    }
}

/// When who was screened under which law.
fn screenings(ask: &Ask, listing: &Listing) -> Table {
    let say = ask.say;
    let named = |id: i64| {
        let found = listing.populations.iter().find(|one| one.id == id);
        found.map_or_else(|| format!("#{id}"), |one| one.name.clone())
    };
    let rows = listing.screenings.iter().map(|one| {
        let mark: String = one.rulebook.chars().take(12).collect();
        let took = one.ended.duration_since(one.began).as_millis();
        vec![
            Cell::Num(say.time(one.ended)),
            Cell::link(format!("/populations/{}", one.population), named(one.population)),
            Cell::link(format!("/rulebooks/{}", one.rulebook), mark),
            Cell::Day(one.as_of),
            Cell::Num(say.t1("populations.seconds", "seconds", seconds(took))),
        ]
    });
    let columns = heads(
        say,
        &[
            "populations.screened-at",
            "populations.name",
            "rulebooks.title",
            "populations.as-of",
            "populations.took",
        ],
    );
    Table { caption: say.t("populations.screenings"), columns, rows: rows.collect() }
}

/// Milliseconds as seconds with one digit behind the point.
fn seconds(millis: i128) -> String {
    let tenths = (millis.max(0) + 99) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// One of them, with what was not taken.
pub(crate) async fn show(ask: Ask) -> Answer {
    let say = ask.say;
    let shown = show_population(ask.platform(), ask.caller()?, ask.id()?).await?;
    let one = &shown.population;
    let in_use = shown.last_use.as_ref().is_some_and(|last| last.population == one.id);
    let mut view = View::new(&ask, &one.name).up("/populations", say.t("populations.title"));
    if !in_use {
        let to = format!("/populations/{}/use", one.id);
        view.offer(&ask, Action::PopulationBring, Act::main(to, say.t("populations.use")));
    }
    match (in_use, &shown.last_use) {
        (true, Some(last)) => view.push(Block::Note(
            "done",
            say.t1("populations.in-use-since", "time", say.time(last.at)),
        )),
        _ => view.push(Block::Note("", say.t("populations.not-in-use"))),
    }
    if one.made_up {
        view.push(Block::Note("", say.t("populations.is-made-up")));
    }
    view.push(Block::Facts(facts(&ask, one).await?));
    let file: Vec<&Row> = shown.report.file.iter().collect();
    if !file.is_empty() {
        view.push(Block::Heading(say.t("populations.of-the-file")));
        view.push(Block::Table(report(say, &file)));
    }
    view.push(Block::Heading(say.t("populations.not-taken")));
    if !shown.whole {
        view.push(Block::Text(say.t("populations.rows-of-all")));
        return view.show(&ask);
    }
    let rows: Vec<&Row> = shown.report.rows.iter().take(SHOWN).collect();
    view.table(report(say, &rows), say.t("populations.all-taken"));
    if shown.report.rows.len() > SHOWN || one.refused > i64::try_from(SHOWN).unwrap_or(i64::MAX) {
        view.push(Block::Text(say.t1("populations.first-rows", "count", rows.len())));
    }
    view.show(&ask)
}

async fn facts(ask: &Ask, one: &Population) -> Result<Vec<(String, Cell)>, Failure> {
    let say = ask.say;
    let by = match one.by {
        Some(person) => {
            let names = names(ask, Action::PopulationRead, [person]).await?;
            somebody(ask, &names, person)
        }
        None => Cell::text(say.t("rulebooks.by-program")),
    };
    Ok(vec![
        (say.t("populations.subjects"), Cell::count(one.subjects)),
        (say.t("populations.refused"), Cell::count(one.refused)),
        (say.t("populations.known-as-of"), Cell::Day(one.known_as_of)),
        (say.t("populations.base-year"), year(say, one.base_year)),
        (say.t("populations.by"), by),
        (say.t("populations.at"), Cell::Num(say.time(one.at))),
        (say.t("populations.hash"), Cell::Code(one.hash.clone())),
    ])
}

fn report(say: Say, rows: &[&Row]) -> Table {
    let rows = rows.iter().map(|row| {
        let place = match (&row.sheet, row.row) {
            (Some(sheet), Some(row)) => format!("{sheet} {row}"),
            (Some(sheet), None) => sheet.clone(),
            (None, Some(row)) => row.to_string(),
            (None, None) => "—".to_owned(),
        };
        vec![
            Cell::Num(place),
            Cell::Two {
                text: row.name.clone().unwrap_or_else(|| "—".to_owned()),
                small: row.code.clone().unwrap_or_default(),
            },
            Cell::text(row.field.clone().unwrap_or_else(|| "—".to_owned())),
            Cell::Two {
                text: say.either(&row.zh, &row.en).to_owned(),
                small: say.either(&row.help_zh, &row.help_en).to_owned(),
            },
        ]
    });
    let keys = ["populations.row", "populations.whose", "populations.column", "rulebooks.says"];
    Table { caption: String::new(), columns: heads(say, &keys), rows: rows.collect() }
}

/// The form that brings one.
pub(crate) async fn bring_form(ask: Ask) -> Answer {
    bring_page(&ask, &Typed::default(), &Wrong::default())
}

#[derive(Default)]
struct Typed {
    name: String,
    known_as_of: String,
    base_year: String,
}

/// Takes the sound rows of a file.
pub(crate) async fn bring(ask: Ask) -> Answer {
    let text = |name: &str| ask.form.get(name).unwrap_or_default().trim().to_owned();
    let typed = Typed {
        name: text("name"),
        known_as_of: text("known_as_of"),
        base_year: text("base_year"),
    };
    let say = ask.say;
    let known_as_of = parse_date(&typed.known_as_of);
    let base_year = typed.base_year.parse().ok().filter(|year| (1990..=2200).contains(year));
    let unread = (!typed.known_as_of.is_empty() && known_as_of.is_none())
        .then_some(("known_as_of", "populations.no-day"))
        .or_else(|| {
            (!typed.base_year.is_empty() && base_year.is_none())
                .then_some(("base_year", "populations.no-year"))
        });
    if let Some((field, key)) = unread {
        let refusal =
            app::Refusal::invalid(field, Say(crate::Lang::Zh).t(key), Say(crate::Lang::En).t(key));
        return bring_page(&ask, &typed, &wrong(refusal, say)?);
    }
    let wish = Wish { name: typed.name.clone(), known_as_of, base_year };
    match bring_population(ask.platform(), ask.caller()?, wish, ask.body.to_vec()).await {
        Ok(brought) => {
            let done = if brought.again { "population-again" } else { "population-brought" };
            ask.done(&format!("/populations/{}", brought.population.id), done)
        }
        Err(refusal) => bring_page(&ask, &typed, &wrong(refusal, say)?),
    }
}

fn bring_page(ask: &Ask, typed: &Typed, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let mut view =
        View::new(ask, say.t("populations.bring")).up("/populations", say.t("populations.title"));
    view.push(Block::Text(say.t("populations.bring-what")));
    let mut form = Form::new("/populations/bring", say.t("populations.bring-do"))
        .cancel("/populations")
        .field(
            Field::line("name", say.t("populations.name"), &typed.name)
                .hint(say.t("populations.name-hint"))
                .required(),
        )
        .field(
            Field::kind("file", say.t("populations.file"), "file", "")
                .hint(say.t("populations.file-hint"))
                .required(),
        )
        .field(
            Field::kind(
                "known_as_of",
                say.t("populations.known-as-of"),
                "date",
                &typed.known_as_of,
            )
            .hint(say.t("populations.known-as-of-hint")),
        )
        .field(
            Field::line("base_year", say.t("populations.base-year"), &typed.base_year)
                .hint(say.t("populations.base-year-hint")),
        )
        .mistakes(wrong);
    form.file = true;
    view.push(Block::Form(form));
    view.show_as(ask, wrong.status())
}

/// Asks again before one is put in use.
pub(crate) async fn ask_use(ask: Ask) -> Answer {
    use_page(&ask, &Wrong::default()).await
}

async fn use_page(ask: &Ask, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let shown = show_population(ask.platform(), ask.caller()?, ask.id()?).await?;
    let here = format!("/populations/{}", shown.population.id);
    let known = shown.last_use.map(|last| last.id.to_string()).unwrap_or_default();
    let form = Form::new(format!("{here}/use"), say.t("populations.use"))
        .hide("known", known)
        .cancel(here);
    let confirm = Confirm {
        title: say.t1("populations.use-title", "name", &shown.population.name),
        what: say.t("populations.use-what"),
        facts: facts(ask, &shown.population).await?,
        form,
        danger: false,
    };
    confirm.show(ask, wrong)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Used {
    known: Option<i64>,
}

/// Puts one in use.
pub(crate) async fn put_in_use(ask: Ask) -> Answer {
    let Used { known } = ask.form()?;
    match use_population(ask.platform(), ask.caller()?, ask.id()?, known).await {
        Ok(()) => ask.done("/populations", "population-in-use"),
        Err(refusal) => {
            let wrong = wrong(refusal, ask.say)?;
            use_page(&ask, &wrong).await
        }
    }
}

/// Asks for a screening.
pub(crate) async fn screen(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    ask_for_screening(ask.platform(), ask.caller()?).await?;
    ask.done("/populations", "screening-asked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded_up() {
        assert_eq!([0, 1, 100, 101, 12_340].map(seconds), ["0.0", "0.1", "0.1", "0.2", "12.4"]);
    }
}
