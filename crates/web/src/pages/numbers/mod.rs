//! The numbers of the law with what was found about each: what differs from the official text on top, how far each
//! programme is, and one programme's numbers row by row; the same as a workbook.

mod export;
mod filters;
mod overview;
mod rows;

use rulebook::Number;

use crate::lang::Say;
use crate::law::{Book, Checked, Marks, Progress, Told};
use crate::parts::Tone;
use crate::parts::tiles::{Tile, Tiles};

pub(crate) use export::{export, export_of_programme};
pub(crate) use overview::overview;
pub(crate) use rows::of_programme;

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

pub(super) fn tiles(whole: Progress, say: Say) -> Tiles {
    let tile = |key: &str, number: usize, tone: Tone| {
        // Where there are none, nothing is good or bad about it.
        let tone = if number == 0 { Tone::Dim } else { tone };
        Tile::new(say.t(key), number, say.t("programmes.numbers-unit")).tone(tone)
    };
    let percent = match (whole.agrees * 100).checked_div(whole.all).unwrap_or_default() {
        0 if whole.agrees > 0 => "< 1 %".to_owned(),
        percent => format!("{percent} %"),
    };
    let open = whole.all - whole.agrees - whole.differs - whole.outdated;
    Tiles {
        tiles: vec![
            tile("numbers.all", whole.all, Tone::Plain),
            tile("numbers.agree", whole.agrees, Tone::Good).note(percent),
            tile("numbers.differ", whole.differs, Tone::Bad),
            tile("numbers.outdated-short", whole.outdated, Tone::Near),
            tile("numbers.open", open, Tone::Open),
        ],
    }
}
