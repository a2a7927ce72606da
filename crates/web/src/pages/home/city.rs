//! For officers and leaders: how many firms, where they stand on the ladders and in the districts, and what changes.

use access::Action;
use app::enterprises::{Wish, list_enterprises};
use app::populations::Hold;
use app::screening::{ReadProgramme, ReadScreening, read_programme, read_screening};
use askama::Template;
use rules::{Population, Programme, Rulebook};
use screening::Screened;
use snapshot::{Counts, Filter, NO_SIZE, NOT_TOLD, Part, Share};
use words::verdict::population_code;

use super::changes;
use crate::ask::Ask;
use crate::failure::Failure;
use crate::lang::Say;
use crate::pages::enterprises::{NOBODY_TOLD, no_population, option, options, population, tone};
use crate::pages::screening::{chart, is_public, tells, titled, values, whole, worth};
use crate::parts::chart::{Bar, Unit};
use crate::parts::figure::Figure;
use crate::parts::ladder::{Ladder, Rung, State, Tally};
use crate::parts::map::{self, TileMap};
use crate::parts::tiles::{Tile, Tiles};
use crate::view::{Act, Block, Choice, Field, Form, Part as Markup, View};

/// The populations that stand on a rung: who could come up, and who nearly.
const ON_RUNG: [Population; 3] =
    [Population::Eligible, Population::JudgementPending, Population::OneShort];

/// Two parts beside one another where there is room.
#[derive(Template)]
#[template(path = "home/two.html")]
struct Two {
    first: Markup,
    second: Markup,
}

/// The section; nothing for whom it does not concern.
pub(super) async fn show(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    if !ask.may(Action::ScreeningRead) {
        return Ok(());
    }
    let say = ask.say;
    let Some(found) = read_screening(ask.platform(), ask.caller()?).await? else {
        view.part(&no_population(ask))?;
        return Ok(());
    };
    let title = if found.whole { "home.city" } else { "home.part" };
    view.push(Block::Heading(say.t(title)));
    if found.city.rulebook() != ask.platform().law().hash {
        view.push(Block::Note("wait", say.t("screening.other-law")));
    }
    view.part(&Tiles { tiles: firms(ask, &found).await? })?;
    let law = ask.platform().law();
    let rungs = rungs(&law.rulebook, &found);
    for ladder in ladders(ask, &law.rulebook, &found) {
        view.part(&ladder)?;
    }
    let asked = ask.query.text("programme").and_then(|id| rungs.iter().find(|one| *one == id));
    if let Some(chosen) = asked.or(rungs.first()).cloned() {
        map(ask, view, &found, &rungs, &chosen).await?;
    }
    if !rungs.is_empty() {
        view.part(&shares(ask, &found, &rungs))?;
    }
    let to = Act::link("/screening", say.t("home.all-programmes"));
    view.push(Block::Acts(vec![to]));
    changes::show(ask, view, &found).await
}

/// How many firms there are, of which size, screened when by how much.
async fn firms(ask: &Ask, found: &ReadScreening) -> Result<Vec<Tile>, Failure> {
    let say = ask.say;
    let catalogue = found.city.snapshot().shape().catalogue();
    let known = match ask.platform().hold() {
        Hold::Ready(ready) => say.t1("home.known-as-of", "day", ready.population.known_as_of),
        _ => String::new(),
    };
    let mut tiles = vec![
        Tile::new(say.t("home.firms"), total(ask, Filter::default()).await?, say.t("unit.firms"))
            .to("/enterprises")
            .note(known),
    ];
    for (size, place) in options(catalogue, "size_class").iter().zip(0u8..) {
        let filter = Filter { size: Some(place), ..Filter::default() };
        let tile = Tile::new(say.both(&size.label), total(ask, filter).await?, say.t("unit.firms"));
        tiles.push(tile.to(format!("/enterprises?size={}", size.id)));
    }
    // With those of whom it cannot be told the sizes add up to everybody.
    let filter = Filter { size: Some(NO_SIZE), ..Filter::default() };
    let untold = total(ask, filter).await?;
    if !untold.is_zero() {
        let tile = Tile::new(say.t("home.size-not-told"), untold, say.t("unit.firms"));
        tiles.push(tile.to(format!("/enterprises?size={NOBODY_TOLD}")));
    }
    let programmes = i64::try_from(found.counts.len()).unwrap_or(i64::MAX);
    tiles.push(
        Tile::new(say.t("home.programmes"), Figure::count(programmes), say.t("programmes.unit"))
            .to("/screening")
            .note(say.t1("home.screened-on", "day", found.city.question().as_of)),
    );
    Ok(tiles)
}

/// How many are on the list that a filter leaves.
async fn total(ask: &Ask, filter: Filter) -> Result<Figure, Failure> {
    let wish = Wish { filter, ..Wish::default() };
    let part = Part { skip: 0, take: 0 };
    let found = list_enterprises(ask.platform(), ask.caller()?, wish, part).await?;
    Ok(Figure::count(found.map_or(0, |found| whole(found.total))))
}

/// The programmes that stand on ladders and can tell anything of anybody today, those of the longest ladder first.
fn rungs(rulebook: &Rulebook, found: &ReadScreening) -> Vec<String> {
    let told = |id: &String| {
        let mut all = found.city.programmes().zip(&found.counts);
        all.any(|((one, _), counts)| one.id == *id && tells(counts))
    };
    let mut all: Vec<String> = Vec::new();
    for id in by_length(rulebook).into_iter().flat_map(|ladder| &ladder.rungs) {
        if told(id) && !all.contains(id) {
            all.push(id.clone());
        }
    }
    all
}

fn by_length(rulebook: &Rulebook) -> Vec<&rules::Ladder> {
    let mut all: Vec<&rules::Ladder> = rulebook.ladders.iter().collect();
    all.sort_by_key(|ladder| std::cmp::Reverse(ladder.rungs.len()));
    all
}

/// The ladders with how many stand before each rung.
fn ladders(ask: &Ask, rulebook: &Rulebook, found: &ReadScreening) -> Vec<Ladder> {
    let say = ask.say;
    let found = |id: &str| {
        let mut all = found.city.programmes().zip(&found.counts);
        all.find(|((one, _), _)| one.id == id).map(|((one, _), counts)| (one, counts))
    };
    let rung = |id: &String| {
        let Some((screened, counts)) = found(id) else {
            let ways = rulebook.ways_onto(id).into_iter();
            return through(say, rulebook.programme(id)?, ways.filter_map(|way| found(&way.id)));
        };
        let of_law = Rung::of_law(say.both(&screened.title), Some(format!("/screening/{id}")));
        if !is_public(screened) {
            return Some(Rung { state: State::NotPublic, ..of_law });
        }
        let tally = |one: Population| {
            let short = words::verdict::population_in_short(Some(one));
            tally((id, counts, one), say.both(&short))
        };
        Some(Rung {
            note: worth(say, screened),
            tallies: match tells(counts) {
                true => ON_RUNG.map(tally).into(),
                false => vec![tally(Population::LackOfData)],
            },
            ..of_law
        })
    };
    let climbed = by_length(rulebook).into_iter().filter_map(|ladder| {
        let rungs: Vec<Rung> = ladder.rungs.iter().filter_map(rung).collect();
        // One step is no ladder.
        (rungs.len() > 1).then(|| Ladder { say, title: say.both(&ladder.title), rungs })
    });
    climbed.collect()
}

fn tally((id, counts, one): (&str, &Counts, Population), label: String) -> Tally {
    Tally {
        tone: tone(one),
        label,
        value: Figure::count(whole(counts.of(one))).to_string(),
        to: format!("/enterprises?programme={id}&stand={}", population_code(one)),
    }
}

/// A rung without a standard of its own: who meets that of a title which counts as it. Without any such title it stands
/// on no ladder of firms.
fn through<'a>(
    say: Say,
    rung: &Programme,
    ways: impl Iterator<Item = (&'a Screened, &'a Counts)>,
) -> Option<Rung> {
    let tallies: Vec<Tally> = ways
        .map(|(way, counts)| tally((&way.id, counts, Population::Eligible), titled(say, way)))
        .collect();
    let of_law = Rung::of_law(say.both(&rung.title), Some(format!("/programmes/{}", rung.id)));
    (!tallies.is_empty()).then(|| Rung { note: say.t("home.through"), tallies, ..of_law })
}

/// The districts by how many meet the standard of a programme, which can be chosen.
async fn map(
    ask: &Ask,
    view: &mut View,
    found: &ReadScreening,
    rungs: &[String],
    id: &str,
) -> Result<(), Failure> {
    let say = ask.say;
    let Some(read) = read_programme(ask.platform(), ask.caller()?, id).await? else {
        return Ok(());
    };
    let title = |id: &str| {
        let known = found.city.programme(id);
        known.map(|(screened, _)| titled(say, screened)).unwrap_or_default()
    };
    let choices = rungs.iter().map(|one| Choice::new(one, title(one), one == id)).collect();
    // Whoever looks after one district has nothing to compare.
    if read.districts.iter().filter(|share| share.counts.judged() > 0).count() < 2 {
        return Ok(());
    }
    let law = ask.platform().law();
    let tiles = tiles(ask, &law.rulebook, &read, id);
    let heading = say.t1("home.districts", "programme", title(id));
    let map = TileMap { say, title: heading, unit: Unit::Count("unit.firms"), tiles };
    view.push(Block::Heading(say.t("home.by-district")));
    view.push(Block::Filters(Form::new("/", say.t("home.show")).field(Field::select(
        "programme",
        say.t("enterprises.programme"),
        choices,
    ))));
    let bars = districts(ask, &read.districts, id, found);
    view.part(&Two { first: Markup::new(&map)?, second: Markup::new(&bars)? })
}

/// Where a district has a place on the map.
fn tiles(ask: &Ask, rulebook: &Rulebook, read: &ReadProgramme, id: &str) -> Vec<map::Tile> {
    let say = ask.say;
    let places = options(read.city.snapshot().shape().catalogue(), "district");
    let entries = rulebook.codes.values().flat_map(|table| &table.entries);
    let drawn = entries.filter_map(|entry| Some((entry, entry.tile?)));
    drawn
        .filter_map(|(entry, (column, row))| {
            let place = places.iter().position(|choice| choice.id == entry.code)?;
            let share = read.districts.iter().find(|share| usize::from(share.key) == place);
            let value = share.map(|share| whole(share.counts.of(Population::Eligible)));
            Some(map::Tile {
                name: say.both(&entry.name),
                column: column.into(),
                row: row.into(),
                value,
                to: value.map(|_| list(id, Population::Eligible, &entry.code)),
            })
        })
        .collect()
}

fn list(id: &str, stand: Population, district: &str) -> String {
    format!("/enterprises?programme={id}&stand={}&district={district}", population_code(stand))
}

/// The same districts with who meets it, who waits for a judgement and who is one criterion short.
fn districts(
    ask: &Ask,
    shares: &[Share],
    id: &str,
    found: &ReadScreening,
) -> crate::parts::chart::Bars {
    let say = ask.say;
    let catalogue = found.city.snapshot().shape().catalogue();
    let judged = shares.iter().filter(|share| share.counts.judged() > 0);
    let bars = judged.map(|share| {
        let place = (share.key != NOT_TOLD).then_some(share.key);
        let code = place.and_then(|place| catalogue.option("district", place.into()));
        let label = match place {
            Some(_) => option(say, catalogue, "district", place),
            None => say.t("enterprises.not-told"),
        };
        let code = code.map_or("none", |choice| choice.id.as_str());
        let to = format!("/enterprises?programme={id}&district={code}");
        let values = ON_RUNG.map(|one| whole(share.counts.of(one))).into();
        Bar { label, to: Some(to), values }
    });
    crate::parts::chart::Bars {
        say,
        title: say.t("home.near-by-district"),
        unit: Unit::Count("unit.firms"),
        series: ON_RUNG.map(|one| (population(say, one), tone(one))).into(),
        bars: bars.collect(),
        filled: false,
    }
}

/// The five populations of the programmes on ladders.
fn shares(ask: &Ask, found: &ReadScreening, rungs: &[String]) -> crate::parts::chart::Bars {
    let say = ask.say;
    let of = |id: &String| {
        let all = found.city.programmes().zip(&found.counts);
        let ((screened, _), counts) = all.into_iter().find(|((one, _), _)| one.id == *id)?;
        Some(Bar {
            label: titled(say, screened),
            to: Some(format!("/screening/{id}")),
            values: values(counts),
        })
    };
    chart(say, say.t("screening.shares"), rungs.iter().filter_map(of).collect(), true)
}
