//! What the screening came to: the five populations of every programme, and of one by district, industry and size.

use app::screening::{ReadProgramme, read_programme, read_screening};
use rules::{Population, Rulebook, Standing};
use screening::Screened;
use snapshot::{City, Counts, NOT_TOLD, Share};
use words::programme;
use words::verdict::population_code;

use super::enterprises::{POPULATIONS, no_population, option, population, section, tone};
use crate::ask::{Answer, Ask};
use crate::lang::Say;
use crate::parts::Tone;
use crate::parts::chart::{Bar, Bars, Unit};
use crate::parts::figure::Figure;
use crate::parts::list::{Column, List};
use crate::parts::tiles::{Tile, Tiles};
use crate::view::{Act, Block, Cell, View};

/// Every programme.
pub(crate) async fn overview(ask: Ask) -> Answer {
    let say = ask.say;
    let mut view = View::new(&ask, say.t("screening.title"));
    let Some(found) = read_screening(ask.platform(), ask.caller()?).await? else {
        view.part(&no_population(&ask))?;
        return view.show(&ask);
    };
    told(&ask, &mut view, &found.city, found.seen, found.whole);
    let mut columns = vec![Column::link("programme", say.t("enterprises.programme"))];
    columns.extend(POPULATIONS.map(|one| {
        let short = words::verdict::population_in_short(Some(one));
        Column::figure(population_code(one), say.both(&short))
    }));
    columns.push(Column::figure("judged", say.t("screening.judged")));
    let mut list = List::new(&ask, say.t("screening.title"), columns);
    let mut bars = Vec::new();
    // A standard that is not public tells nothing of anybody: it comes last.
    let mut all: Vec<_> = found.city.programmes().zip(&found.counts).collect();
    // What decides comes before what is for reference.
    all.sort_by_key(|((screened, _), counts)| {
        (!is_public(screened), screened.worth() != Standing::Binding, !tells(counts))
    });
    for ((screened, _), counts) in all {
        let to = format!("/screening/{}", screened.id);
        let (text, small) = (say.both(&screened.title), worth(say, screened));
        let mut cells = vec![Cell::Link { to: to.clone(), text, small }];
        let id = &screened.id;
        if !is_public(screened) {
            // Of a standard that is not public there is nothing to count.
            cells.extend((0..=POPULATIONS.len()).map(|_| Cell::none()));
            list.row(cells);
            continue;
        }
        cells.extend(POPULATIONS.map(|one| {
            let to = format!("/enterprises?programme={id}&stand={}", population_code(one));
            Cell::To(to, Figure::count(whole(counts.of(one))))
        }));
        cells.push(Cell::count(whole(counts.judged())));
        list.row(cells);
        bars.push(Bar { label: titled(say, screened), to: Some(to), values: values(counts) });
    }
    list.empty(say.t("screening.no-programme"));
    view.part(&chart(say, say.t("screening.shares"), bars, true))?;
    view.list(&list)?;
    view.show(&ask)
}

/// One programme.
pub(crate) async fn programme(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.part("programme").to_owned();
    let found = read_programme(ask.platform(), ask.caller()?, &id).await?;
    let Some(found) = found else {
        let mut view = View::new(&ask, say.t("screening.title"));
        view.part(&no_population(&ask))?;
        return view.show(&ask);
    };
    let law = ask.platform().law();
    let screened = found.city.programmes().nth(found.place).map(|(screened, _)| screened);
    let title = screened.map(|screened| titled(say, screened)).unwrap_or_default();
    let mut view = View::new(&ask, title).up("/screening", say.t("screening.title"));
    view.acts.push(Act::link(format!("/programmes/{id}"), say.t("enterprises.the-programme")));
    let worth = screened.map_or(Standing::Binding, Screened::worth);
    if worth == Standing::Open {
        // There is nothing to count, and no number to try another one for.
        view.push(Block::Note("wait", say.both(&programme::standing_means(worth))));
        return view.show(&ask);
    }
    view.offer(
        &ask,
        access::Action::ScreeningSimulate,
        Act::main(format!("/what-if/{id}"), say.t("what-if.title")),
    );
    told(&ask, &mut view, &found.city, found.seen, found.whole);
    if worth != Standing::Binding {
        view.push(Block::Note("wait", say.both(&programme::standing_means(worth))));
    }
    tiles(&mut view, say, &id, &found)?;
    shares(&ask, &mut view, (&id, &found), &law.rulebook)?;
    view.show(&ask)
}

/// As of when, by which law, of how many.
fn told(ask: &Ask, view: &mut View, city: &City, seen: u64, everybody: bool) {
    let say = ask.say;
    let law = ask.platform().law();
    let day = city.question().as_of;
    view.push(Block::Text(say.t2(
        "screening.as-of",
        ("day", day),
        ("count", Figure::count(whole(seen))),
    )));
    if !everybody {
        view.push(Block::Note("", say.t("screening.part")));
    }
    if city.rulebook() != law.hash {
        view.push(Block::Note("wait", say.t("screening.other-law")));
    }
}

fn tiles(
    view: &mut View,
    say: Say,
    id: &str,
    found: &ReadProgramme,
) -> Result<(), crate::failure::Failure> {
    let mut counts = Counts::default();
    for share in &found.districts {
        counts.add_all(&share.counts);
    }
    let tile = |one: Population| {
        let to = format!("/enterprises?programme={id}&stand={}", population_code(one));
        let number = Figure::count(whole(counts.of(one)));
        let tile = Tile::new(population(say, one), number, say.t("screening.firms"))
            .to(to)
            .tone(tone(one));
        match found.held.of(one) {
            0 => tile,
            held => tile.note(say.t1("screening.held", "count", Figure::count(whole(held)))),
        }
    };
    view.part(&Tiles { tiles: POPULATIONS.map(tile).into() })
}

fn shares(
    ask: &Ask,
    view: &mut View,
    (id, found): (&str, &ReadProgramme),
    rulebook: &Rulebook,
) -> Result<(), crate::failure::Failure> {
    let say = ask.say;
    let catalogue = found.city.snapshot().shape().catalogue();
    let list = |name: &str, value: &str| format!("/enterprises?programme={id}&{name}={value}");
    let choice = |indicator: &'static str, name: &'static str| {
        move |share: &Share| {
            let place = (share.key != NOT_TOLD).then_some(share.key);
            let text = match place {
                Some(_) => option(say, catalogue, indicator, place),
                None => say.t("enterprises.not-told"),
            };
            let code = place.and_then(|place| catalogue.option(indicator, place.into()));
            let to = match code {
                Some(code) => Some(list(name, &code.id)),
                None => Some(list(name, "none")),
            };
            (text, to)
        }
    };
    let letter = |share: &Share| {
        let letter = char::from_u32(share.key.into()).filter(char::is_ascii_uppercase);
        let text = match letter {
            Some(_) => section(say, rulebook, letter),
            None => say.t("enterprises.not-told"),
        };
        let code = letter.map_or_else(|| "none".to_owned(), |letter| letter.to_string());
        (text, Some(list("section", &code)))
    };
    let districts = choice("district", "district");
    let sizes = choice("size_class", "size");
    type Name<'a> = &'a dyn Fn(&Share) -> (String, Option<String>);
    let parts: [(&str, &[Share], Name<'_>); 3] = [
        ("screening.by-district", &found.districts, &districts),
        ("screening.by-section", &found.sections, &letter),
        ("screening.by-size", &found.sizes, &sizes),
    ];
    for (key, shares, name) in parts {
        let bars = shares.iter().filter(|share| share.counts.judged() > 0).map(|share| {
            let (label, to) = name(share);
            Bar { label, to, values: values(&share.counts) }
        });
        view.part(&chart(say, say.t(key), bars.collect(), false))?;
    }
    Ok(())
}

pub(super) fn chart(say: Say, title: String, bars: Vec<Bar>, filled: bool) -> Bars {
    // Most firms are in the last one: it is the ground on which the others are seen.
    let shade = |one| if one == Population::No { Tone::Dim } else { tone(one) };
    let series = POPULATIONS.map(|one| (population(say, one), shade(one))).into();
    Bars { say, title, unit: Unit::Count("screening.firms"), series, bars, filled }
}

/// Whether anything is known of anybody: of a standard that is not public nothing is.
pub(super) fn tells(counts: &Counts) -> bool {
    counts.judged() > counts.of(Population::LackOfData)
}

/// What numbers about a programme are worth if they are no conclusion: for reference, or nothing since its standard is
/// not public.
pub(super) fn worth(say: Say, screened: &Screened) -> String {
    programme::worth(screened.worth()).map(|worth| say.both(&worth)).unwrap_or_default()
}

/// What a programme is called where its numbers are told in a line, with what they are worth.
pub(super) fn titled(say: Say, screened: &Screened) -> String {
    say.both(&programme::titled(&screened.title, screened.worth()))
}

/// Whether it is public what the programme asks for, in any text that is in force.
pub(super) fn is_public(screened: &Screened) -> bool {
    screened.worth() != Standing::Open
}

pub(super) fn values(counts: &Counts) -> Vec<i64> {
    POPULATIONS.map(|one| whole(counts.of(one))).into()
}

pub(super) fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
