//! The list of firms: narrowed by words, district, industry, size and where they stand in a programme.

use app::enterprises::{Figures, ListedEnterprises, figures_on_lists, list_enterprises};
use app::populations::Hold;
use rules::{Outcome, Population, Rulebook, evaluate};
use screening::Screened;
use snapshot::{Answers, City, Filter, Part, Standing};
use words::short::short;
use words::verdict::{population_code, short_of_no_figure, stand, stand_in_short};

use super::asked::{NO, NOBODY_TOLD, YES, asked, wish};
use super::words::{POPULATIONS, option, options, population, section, tone_by};
use crate::ask::{Answer, Ask, ROWS};
use crate::failure::Failure;
use crate::lang::Say;
use crate::pages::screening::titled;
use crate::parts::figure::Figure;
use crate::parts::list::{Column, Kind, List};
use crate::parts::notice::{Kind as Notices, Notice};
use crate::parts::score::points;
use crate::parts::verdict::Verdict;
use crate::view::{Act, Cell, Choice, Field, Form, Part as Markup, View};

/// The list.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let mut view = View::new(&ask, say.t("enterprises.title"));
    let Some(city) = ask.platform().city() else {
        // Who may not list firms is refused before anything is said of them.
        list_enterprises(ask.platform(), ask.caller()?, wish(Filter::default(), None), Part::ALL)
            .await?;
        view.part(&no_population(&ask))?;
        return view.show(&ask);
    };
    let (filter, wrong) = asked(&ask, &city);
    let law = ask.platform().law();
    let mut list = List::new(&ask, say.t("enterprises.title"), columns(&ask, &city, &filter));
    list.filters(filters(&ask, &city, &law.rulebook).mistakes(&wrong));
    if !wrong.0.is_empty() {
        view.list(&list)?;
        return view.show_as(&ask, wrong.status());
    }
    let wish = wish(filter.clone(), list.sort());
    let take = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let part = Part { skip: usize::try_from(ask.skip()).unwrap_or(usize::MAX), take };
    let found = list_enterprises(ask.platform(), ask.caller()?, wish, part).await?;
    let Some(found) = found else {
        view.part(&no_population(&ask))?;
        return view.show(&ask);
    };
    rows(&ask, &mut list, &found, &law.rulebook, &filter)?;
    list.total(&ask, found.total);
    list.export(&ask, "/enterprises/export.xlsx");
    view.list(&list)?;
    view.show(&ask)
}

/// In place of everything that needs a population.
pub(crate) fn no_population(ask: &Ask) -> Notice {
    if let Hold::Loading(_) = ask.platform().hold() {
        let say = ask.say;
        let (title, text) = (say.t("populations.reading"), say.t("populations.reading-help"));
        let again = Act::link(ask.uri.path(), say.t("progress.again"));
        return Notice::new(Notices::Loading, title, text).act(again);
    }
    let say = ask.say;
    let title = say.t("enterprises.no-population");
    // Who may bring one is led there; everybody else learns who does.
    if ask.may(access::Action::PopulationBring) {
        return Notice::new(Notices::Empty, title, say.t("enterprises.no-population-help"))
            .act(Act::main("/populations/bring", say.t("populations.bring")))
            .act(Act::link("/populations", say.t("populations.title")));
    }
    Notice::new(Notices::Empty, title, say.t("enterprises.no-population-wait"))
}

/// The columns: those of a programme only if one is chosen.
pub(super) fn columns(ask: &Ask, city: &City, filter: &Filter) -> Vec<Column> {
    let say = ask.say;
    let mut columns = vec![
        Column::link("name", say.t("enterprises.name"))
            .small(say.t("enterprises.code"))
            .sorts()
            .width(36),
        Column::text("district", say.t("enterprises.district")),
        Column::text("section", say.t("enterprises.section")),
        Column::text("size", say.t("enterprises.size")),
    ];
    let shown = sees_figures(ask);
    if shown {
        columns.push(
            Column::figure("revenue", say.t1("enterprises.revenue", "year", city.base_year()))
                .unit(say.t("unit.money"))
                .sorts(),
        );
    }
    if let Some((screened, _)) = filter.programme.as_ref().and_then(|(id, _)| city.programme(id)) {
        columns.push(Column::new("stand", say.t("enterprises.stand"), Kind::State));
        columns.push(Column::text("held", say.t("enterprises.held")));
        if !shown {
            return columns;
        }
        columns.push(Column::new("nearest", say.t("enterprises.nearest"), Kind::Long));
        columns.push(Column::figure("shortfall", say.t("enterprises.shortfall")).unit("%").sorts());
        if screened.cases.iter().any(|case| case.scored) {
            columns.push(Column::figure("score", say.t("enterprises.score")).sorts());
        }
    }
    columns
}

/// Whether the caller sees figures on lists, and what follows from them.
fn sees_figures(ask: &Ask) -> bool {
    ask.caller.as_ref().is_some_and(|caller| figures_on_lists(caller) == Figures::Shown)
}

/// Fills the rows of the list.
pub(super) fn rows(
    ask: &Ask,
    list: &mut List,
    found: &ListedEnterprises,
    rulebook: &Rulebook,
    filter: &Filter,
) -> Result<(), Failure> {
    let say = ask.say;
    let city = &found.city;
    let snapshot = city.snapshot();
    let catalogue = snapshot.shape().catalogue();
    let judged = filter.programme.as_ref().and_then(|(id, _)| city.programme(id));
    for row in found.rows.iter().copied() {
        let code = snapshot.code(row);
        let name = snapshot.name(row);
        let mut cells = vec![
            Cell::Link {
                to: format!("/enterprises/{code}"),
                text: if name.is_empty() { code.to_owned() } else { name.to_owned() },
                small: code.to_owned(),
            },
            Cell::Text(option(say, catalogue, "district", snapshot.facets().district(row))),
            Cell::Text(section(say, rulebook, snapshot.facets().section(row))),
            Cell::Text(option(say, catalogue, "size_class", city.size(row))),
        ];
        let shown = found.figures == Figures::Shown;
        if shown {
            cells.push(Cell::money(city.revenue(row), say));
        }
        if let Some(judged) = judged {
            let standing = standing(ask, (city, judged), row, rulebook)?;
            // Without figures there is the verdict and nothing else.
            let most = if shown { standing.len() } else { 2 };
            cells.extend(standing.into_iter().take(most));
        }
        list.row(cells);
    }
    Ok(())
}

/// Where a firm stands in the chosen programme.
fn standing(
    ask: &Ask,
    (city, (screened, answers)): (&City, (&Screened, &Answers)),
    row: u32,
    rulebook: &Rulebook,
) -> Result<Vec<Cell>, Failure> {
    let scored = screened.cases.iter().any(|case| case.scored);
    let Some(standing) = answers.of(row) else {
        return Ok((0..4 + usize::from(scored)).map(|_| Cell::none()).collect());
    };
    let say = ask.say;
    // What is said of somebody depends on the text that governs them.
    let of_case = screened.cases.get(standing.case).map(|case| case.standing);
    let worth = of_case.unwrap_or_else(|| screened.worth());
    let no_figure = standing.population == Population::OneShort && standing.shortfall.is_none();
    let text = say.both(&match no_figure {
        true => short_of_no_figure(worth),
        false => stand(standing.population, worth),
    });
    let short = say.both(&stand_in_short(standing.population, worth));
    let chip = Verdict::new(tone_by(standing.population, worth), short);
    let (held, short) = told(say, (city, screened), (row, &standing), rulebook);
    let mut cells = vec![
        Cell::Part(Markup::new(&chip)?, text),
        held,
        Cell::maybe(short.or_else(|| nearest(ask, screened, &standing, rulebook))),
        standing.shortfall.map_or_else(Cell::none, |ppm| Cell::Figure(Figure::percent(ppm.into()))),
    ];
    if scored {
        cells.push(standing.score.map_or_else(Cell::none, |(low, high)| {
            let (low, high) = (points(low.into()), points(high.into()));
            match Figure::written(&low).filter(|_| low == high) {
                Some(certain) => Cell::Figure(certain),
                None => Cell::Num(format!("{low}–{high}")),
            }
        }));
    }
    Ok(cells)
}

/// Until when the title is held, and what those lack who are one short, down to the part that fails.
fn told(
    say: Say,
    (city, screened): (&City, &Screened),
    (row, standing): (u32, &Standing),
    rulebook: &Rulebook,
) -> (Cell, Option<String>) {
    let holds = city.holds(&screened.id, row);
    let one_short = standing.population == Population::OneShort;
    let programme = rulebook.programme(&screened.id).filter(|_| holds || one_short);
    let Some(programme) = programme else { return (Cell::none(), None) };
    let facts = city.snapshot().facts(row);
    let answer = evaluate(rulebook, programme, &facts, city.question());
    let held = match answer.held.as_ref().map(|title| title.to) {
        Some(Some(day)) => Cell::Num(say.t1("enterprises.held-until", "day", day)),
        Some(None) => Cell::Text(say.t("enterprises.held-yes")),
        None => Cell::none(),
    };
    let short = match &answer.outcome {
        Outcome::Assessed(assessment) if one_short => short(assessment, answer.base_year),
        _ => None,
    };
    (held, short.map(|text| say.both(&text)))
}

/// What the nearest criterion that is missed is called.
fn nearest(
    ask: &Ask,
    screened: &Screened,
    standing: &Standing,
    rulebook: &Rulebook,
) -> Option<String> {
    let case = screened.cases.get(standing.case)?;
    let id = case.criteria.get(standing.nearest?)?;
    let programme = rulebook.programme(&screened.id)?;
    let version = programme.versions.iter().find(|version| version.id == case.version)?;
    let criterion = version.criteria.iter().find(|criterion| criterion.id == *id)?;
    Some(ask.say.both(&criterion.label))
}

/// The form above the list.
pub(super) fn filters(ask: &Ask, city: &City, rulebook: &Rulebook) -> Form {
    let say = ask.say;
    let catalogue = city.snapshot().shape().catalogue();
    let chosen = |name: &str| ask.query.text(name).unwrap_or_default().to_owned();
    let all = |text: String, value: &str| Choice::new("", text, value.is_empty());
    let district = chosen("district");
    let mut districts = vec![all(say.t("list.all"), &district)];
    districts.extend(
        options(catalogue, "district")
            .iter()
            .map(|one| Choice::new(&one.id, say.both(&one.label), one.id == district)),
    );
    districts.push(Choice::new(
        NOBODY_TOLD,
        say.t("enterprises.not-told"),
        district == NOBODY_TOLD,
    ));
    let letter = chosen("section");
    let mut sections = vec![all(say.t("list.all"), &letter)];
    sections.extend(city.snapshot().facets().sections().iter().map(|&one| {
        Choice::new(one, section(say, rulebook, Some(one)), letter == one.to_string())
    }));
    sections.push(Choice::new(NOBODY_TOLD, say.t("enterprises.not-told"), letter == NOBODY_TOLD));
    let held = chosen("held");
    let helds = vec![
        all(say.t("list.all"), &held),
        Choice::new(NO, say.t("enterprises.held-no"), held == NO),
        Choice::new(YES, say.t("enterprises.held-yes"), held == YES),
    ];
    let measured = chosen("measured");
    let kinds = vec![
        all(say.t("list.all"), &measured),
        Choice::new(YES, say.t("enterprises.measured-yes"), measured == YES),
        Choice::new(NO, say.t("enterprises.measured-no"), measured == NO),
    ];
    let size = chosen("size");
    let mut sizes = vec![all(say.t("list.all"), &size)];
    sizes.extend(
        options(catalogue, "size_class")
            .iter()
            .map(|one| Choice::new(&one.id, say.both(&one.label), one.id == size)),
    );
    sizes.push(Choice::new(NOBODY_TOLD, say.t("enterprises.not-told"), size == NOBODY_TOLD));
    let programme = chosen("programme");
    let mut programmes = vec![all(say.t("enterprises.any-programme"), &programme)];
    programmes.extend(
        city.programmes()
            .map(|(one, _)| Choice::new(&one.id, titled(say, one), one.id == programme)),
    );
    let stand = chosen("stand");
    let mut stands = vec![all(say.t("list.all"), &stand)];
    stands.extend(POPULATIONS.map(|one| {
        let code = population_code(one);
        Choice::new(code, population(say, one), stand == code)
    }));
    Form::new("/enterprises", say.t("list.search"))
        .field(Field::kind("q", say.t("enterprises.words"), "search", &chosen("q")))
        .field(Field::select("programme", say.t("enterprises.programme"), programmes))
        .field(Field::select("stand", say.t("enterprises.stand"), stands))
        .field(Field::select("measured", say.t("enterprises.measured"), kinds))
        .field(Field::select("held", say.t("enterprises.held"), helds))
        .field(Field::select("district", say.t("enterprises.district"), districts))
        .field(Field::select("section", say.t("enterprises.section"), sections))
        .field(Field::select("size", say.t("enterprises.size"), sizes))
        .fragment("list")
}
