//! The small world: seven facts with few values each.

use enterprise::{Catalogue, Choice, Facts, Indicator, Kind, Moves, Period, Value};
use jiff::civil::{Date, date};
use rules::Rulebook;

use crate::world::{self, text};

pub(super) const TODAY: Date = date(2026, 5, 1);
pub(super) const TARGET: Date = date(2027, 3, 1);

/// Counts go from 0 to this.
pub(super) const MOST: i64 = 4;
pub(super) const COUNTS: [&str; 4] = ["a", "b", "c", "d"];

/// What can change: id, year, the greatest value, effort, which way.
pub(super) const VARIABLES: [(&str, Option<i16>, i64, u32, Moves); 7] = [
    ("a", None, MOST, 3, Moves::Up),
    ("b", None, MOST, 2, Moves::Either),
    ("c", Some(2026), MOST, 4, Moves::Up),
    ("d", None, MOST, 3, Moves::Down),
    ("flag", None, 1, 2, Moves::Up),
    ("level", None, 2, 5, Moves::Either),
    ("closed", Some(2025), MOST, 1, Moves::Either),
];

pub(super) fn rulebook() -> Rulebook {
    let mut catalogue = Catalogue::default();
    let count = Kind::Number { decimals: 0, unit: text("项") };
    let option = |id: &str| Choice { id: id.to_owned(), label: text(id), aliases: Vec::new() };
    for (id, year, most, effort, moves) in VARIABLES {
        catalogue.add(Indicator {
            id: id.to_owned(),
            label: text(id),
            kind: match id {
                "flag" => Kind::Flag,
                "level" => Kind::Choice(["first", "second", "third"].map(option).into()),
                _ => count.clone(),
            },
            period: if year.is_some() { Period::Yearly } else { Period::State },
            range: Some((0, most)),
            effort: Some(effort),
            moves,
            // A part: it cannot outgrow `a`, unless it stands above it already.
            within: (id == "b").then(|| "a".to_owned()),
            ..world::rulebook().catalogue.indicator("staff").unwrap().as_ref().clone()
        });
    }
    Rulebook { catalogue, ..Rulebook::default() }
}

pub(super) fn value(id: &str, number: i64) -> Value {
    match id {
        "flag" => Value::Flag(number != 0),
        "level" => Value::Choice(usize::try_from(number).unwrap()),
        _ => Value::Number(number),
    }
}

pub(super) fn firm(values: &[i64]) -> Facts {
    let mut facts = Facts::default();
    facts.titles_complete = true;
    for ((id, year, ..), number) in VARIABLES.into_iter().zip(values) {
        world::state(&mut facts, id, year, value(id, *number));
    }
    facts
}
