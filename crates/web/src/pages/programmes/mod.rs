//! Programmes: by ladder, by what is in force today and what changes when, and as a list.

mod events;
mod filters;
mod ladders;
mod list;

pub(super) use events::events;

use std::collections::BTreeMap;

use app::confirmations::read_confirmations;
use jiff::civil::Date;

use crate::ask::{Answer, Ask};
use crate::lang::Say;
use crate::law::{Book, Marks, Progress, standing};
use crate::parts::Tone;
use crate::parts::tiles::{Tile, Tiles};
use crate::parts::timeline::Timeline;
use crate::view::{Block, View};

/// All programmes of the rulebook in force.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let today = app::today(ask.platform().now());
    let seen = read_confirmations(ask.platform(), ask.caller.as_ref(), None).await?;
    let marks = Marks::new(&book, &seen, say);
    let mut progress: BTreeMap<&str, Progress> = BTreeMap::new();
    let mut whole = Progress::default();
    for (at, (number, _)) in book.numbers().enumerate() {
        let Some(checked) = marks.checked(at) else { continue };
        whole.add(checked.held);
        progress.entry(&number.owner).or_default().add(checked.held);
    }
    let mut view = View::new(&ask, say.t("programmes.title"));
    view.push(Block::Text(say.t2(
        "programmes.what",
        ("day", today),
        ("hash", book.law.rulebook.short_hash()),
    )));
    view.part(&tiles(&book, today, whole, say))?;
    let rulebook = &book.law.rulebook;
    if !rulebook.ladders.is_empty() {
        view.push(Block::Heading(say.t("programmes.ladders")));
        view.part(&ladders::ladders(rulebook, today, say)?)?;
    }
    let events = events(rulebook, today, say);
    if !events.is_empty() {
        view.push(Block::Heading(say.t("programmes.when")));
        view.part(&Timeline { say, today, events })?;
    }
    view.push(Block::Heading(say.t("programmes.all")));
    view.list(&list::all(&ask, &book, today, &progress))?;
    view.show(&ask)
}

fn tiles(book: &Book, today: Date, whole: Progress, say: Say) -> Tiles {
    let count = |wanted: &str| {
        let all = book.programmes().iter();
        all.filter(|programme| standing(programme, today).code() == wanted).count()
    };
    let tile = |code: &str, key: &str, tone: Tone| {
        Tile::new(say.t(key), count(code), say.t("programmes.unit"))
            .to(format!("/programmes?standing={code}#list"))
            .tone(tone)
    };
    let numbers = Tile::new(
        say.t("programmes.checked"),
        format!("{}/{}", whole.agrees, whole.all),
        say.t("programmes.numbers-unit"),
    );
    let differs = match whole.differs {
        0 => String::new(),
        some => say.t1("programmes.differ", "count", some),
    };
    Tiles {
        tiles: vec![
            tile("binding", "programmes.binding", Tone::Good),
            tile("indicative", "programmes.indicative", Tone::Near),
            tile("open", "programmes.not-public", Tone::Dim),
            tile("historical", "programmes.historical", Tone::Dim),
            numbers.note(differs).to("/numbers").tone(Tone::Plain),
        ],
    }
}
