//! What changes: the law's next days, and what the last screening found that the one before had not.

use app::populations::{OfProgramme, counts_of, list_populations};
use app::screening::ReadScreening;
use rules::Population;
use snapshot::City;
use words::verdict::population_code;

use crate::ask::Ask;
use crate::failure::Failure;
use crate::pages::enterprises::title;
use crate::pages::programmes::events;
use crate::pages::screening::{titled, whole};
use crate::parts::figure::Figure;
use crate::parts::timeline::Timeline;
use crate::view::{Block, Cell, Table, View};

/// So many days of the law are told; the page of programmes tells all.
const EVENTS: usize = 8;

/// The section.
pub(super) async fn show(ask: &Ask, view: &mut View, found: &ReadScreening) -> Result<(), Failure> {
    let say = ask.say;
    let today = app::today(ask.platform().now());
    let law = ask.platform().law();
    let mut events = events(&law.rulebook, today, say);
    // What lies ahead or is open; of what is over, the newest if there is room.
    events.sort_by_key(|event| {
        let over = event.until.unwrap_or(event.from) < today;
        (over, if over { std::cmp::Reverse(event.from) } else { std::cmp::Reverse(today) })
    });
    events.truncate(EVENTS);
    events.sort_by(|one, other| (one.from, &one.label).cmp(&(other.from, &other.label)));
    if !events.is_empty() {
        view.push(Block::Heading(say.t("home.changes")));
        view.part(&Timeline { say, today, events })?;
    }
    if found.whole
        && let Some(table) = since_the_last(ask, &found.city).await?
    {
        view.push(Block::Table(table));
    }
    Ok(())
}

/// The programmes for which more or fewer qualify than at the screening before; nothing if there was none, or it was of
/// another population.
async fn since_the_last(ask: &Ask, city: &City) -> Result<Option<Table>, Failure> {
    let say = ask.say;
    let listing = list_populations(ask.platform(), ask.caller()?).await?;
    let Some((now, earlier)) = listing.screenings.split_first() else { return Ok(None) };
    let differs = |one: &&store::screening::Screening| {
        one.population == now.population && (one.as_of, &one.rulebook) != (now.as_of, &now.rulebook)
    };
    let Some(before) = earlier.iter().find(differs) else { return Ok(None) };
    let known = counts_of(before);
    let law = ask.platform().law();
    let row = |one: &OfProgramme| {
        let former = known.iter().find(|known| known.programme == one.programme)?;
        let (was, is) = (eligible(former), eligible(one));
        let (id, stand) = (&one.programme, population_code(Population::Eligible));
        let to = format!("/enterprises?programme={id}&stand={stand}");
        let called = city.programme(id).map(|(screened, _)| titled(say, screened));
        let called = called.unwrap_or_else(|| title(say, &law.rulebook, id));
        let sign = if is > was { "+" } else { "" };
        (was != is).then(|| {
            vec![
                Cell::link(format!("/screening/{id}"), called),
                Cell::count(was),
                Cell::To(to, Figure::count(is)),
                Cell::Num(format!("{sign}{}", Figure::count(is - was))),
            ]
        })
    };
    let rows: Vec<Vec<Cell>> = counts_of(now).iter().filter_map(row).collect();
    let columns = ["enterprises.programme", "home.before", "home.now", "home.difference"];
    Ok((!rows.is_empty()).then(|| Table {
        caption: say.t2("home.since-last", ("before", before.as_of), ("now", now.as_of)),
        columns: columns.iter().map(|key| say.t(key)).collect(),
        rows,
    }))
}

/// Those who qualify stand first.
fn eligible(counts: &OfProgramme) -> i64 {
    counts.populations.first().map_or(0, |count| whole(*count))
}
