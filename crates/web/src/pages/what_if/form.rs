//! The numbers of one programme as a form: what stands today, and what is tried in its place.

use std::collections::BTreeSet;

use app::screening::{NotSet, NotTried};
use askama::Template;
use enterprise::narrow;
use rulebook::{Number, NumberKind};

use crate::ask::Ask;
use crate::failure::Failure;
use crate::lang::Say;
use crate::law::{Book, Told};

/// Before the name of each number in the address.
const BEFORE: &str = "n.";

/// The form.
#[derive(Template)]
#[template(path = "what_if.html")]
pub(super) struct Numbers {
    say: Say,
    to: String,
    /// The numbers that are tried, and those that stay.
    set: Vec<Row>,
    rest: Vec<Row>,
    /// What is wrong with none of the numbers alone.
    wrong: Vec<String>,
}

struct Row {
    field: String,
    label: String,
    note: String,
    clause: String,
    now: String,
    typed: String,
    unit: String,
    wrong: Vec<String>,
}

/// Numbers that somebody sets: their addresses, and the values as they were typed.
pub(super) struct Typed(Vec<(String, String)>);

impl Typed {
    /// What the address of the page sets.
    pub fn read(ask: &Ask) -> Self {
        let set = ask.query.pairs().iter().filter_map(|(name, value)| {
            let address = name.strip_prefix(BEFORE)?;
            let value = value.trim();
            (!value.is_empty()).then(|| (address.to_owned(), value.to_owned()))
        });
        Self(set.collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as settings of the law: a bare number counts in the unit that stands beside its field.
    pub fn settings(&self, numbers: &[Number]) -> Vec<(String, String)> {
        let with_unit = |(address, value): &(String, String)| {
            let known = numbers.iter().find(|number| number.address() == *address);
            let unit = known
                .filter(|number| number.kind == NumberKind::Quantity && is_bare(value))
                .map_or("", Number::unit);
            (address.clone(), format!("{value} {unit}").trim_end().to_owned())
        };
        self.0.iter().map(with_unit).collect()
    }

    fn of(&self, address: &str) -> &str {
        self.0.iter().find(|(one, _)| one == address).map_or("", |(_, value)| value)
    }
}

/// Whether it is a number and nothing else.
fn is_bare(value: &str) -> bool {
    let signs = |sign: char| sign.is_ascii_digit() || "+-−=., ".contains(sign);
    value.chars().map(narrow).all(signs)
}

/// The units of rule files for who reads English.
fn in_english(unit: &str) -> &str {
    match unit {
        "元" => "CNY",
        "万元" => "CNY 10,000",
        "亿元" => "CNY 100 million",
        "人" | "名" => "people",
        "年" => "years",
        "个月" => "months",
        "项" | "个" => "of them",
        "分" => "points",
        "%" => "%",
        _ => "",
    }
}

/// The numbers of a programme that can be tried, as they stand in these versions.
pub(super) fn numbers<'b>(
    book: &'b Book,
    programme: &str,
    versions: &BTreeSet<&str>,
) -> Vec<(&'b Number, &'b Told)> {
    let of = |number: &Number| {
        number.owner == programme
            && versions.contains(number.version.as_str())
            && number.kind != NumberKind::Day
            && number.written.is_some()
    };
    book.numbers().filter(|(number, _)| of(number)).collect()
}

/// What is wrong with the numbers: each with the place of its setting.
pub(super) type Wrong = Vec<(Option<usize>, String)>;

/// Why nothing was tried, if that can be mended in the form.
pub(super) fn wrong(not: NotTried, say: Say) -> Result<Wrong, Failure> {
    match not {
        NotTried::Wrong(all) => {
            let place = |one: &NotSet| one.setting.map(|(place, _)| place);
            Ok(all.iter().map(|one| (place(one), say.text(&one.why))).collect())
        }
        NotTried::Refused(refusal) => Err(refusal.into()),
    }
}

impl Numbers {
    pub fn new(
        say: Say,
        programme: &str,
        numbers: &[(&Number, &Told)],
        typed: &Typed,
        wrong: &Wrong,
    ) -> Self {
        let versions: BTreeSet<&str> =
            numbers.iter().map(|(number, _)| number.version.as_str()).collect();
        let rows = numbers.iter().map(|(number, told)| {
            let address = number.address();
            let mut note = vec![say.both(&told.about)];
            note.extend(
                (versions.len() > 1)
                    .then(|| say.both(&words::programme::version_of_year(&number.version))),
            );
            note.retain(|part| !part.is_empty());
            let beside = wrong.iter().filter(|(place, _)| {
                place.and_then(|place| typed.0.get(place)).is_some_and(|(one, _)| *one == address)
            });
            Row {
                field: format!("{BEFORE}{address}"),
                label: say.both(&told.name),
                note: note.join(" · "),
                clause: number.clause.clone(),
                now: say.both(&told.value),
                typed: typed.of(&address).to_owned(),
                unit: say.either(number.unit(), in_english(number.unit())).to_owned(),
                wrong: beside.map(|(_, why)| why.clone()).collect(),
            }
        });
        let (set, rest): (Vec<Row>, Vec<Row>) = rows.partition(|row| !row.typed.is_empty());
        let shown =
            |address: &str| set.iter().any(|row| row.field.strip_prefix(BEFORE) == Some(address));
        let apart = wrong.iter().filter(|(place, _)| {
            !place.and_then(|place| typed.0.get(place)).is_some_and(|(one, _)| shown(one))
        });
        let apart = apart.map(|(_, why)| why.clone()).collect();
        Self { say, to: format!("/what-if/{programme}"), set, rest, wrong: apart }
    }

    fn others(&self) -> String {
        self.say.t1("what-if.other-numbers", "count", self.rest.len())
    }
}
