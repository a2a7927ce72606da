//! The plain table as SQL in layers: comparisons and points first, programmes over them. What a person
//! who knows the engine but has no screening would write. Nulls are unknown, as in the law; whether
//! titles are held and events happened stands ready in columns of its own, which is to its favour.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use rules::Operator;

use crate::hand::Hand;
use crate::world::World;

use crate::plain::{Amount, Bands, Body, Comparison, Criterion, Edge, Plain, Programme, Test};

/// The name of a column of facts.
pub fn column(plain: &Plain, place: usize) -> String {
    plain.columns.get(place).map_or_else(String::new, |column| match column.year {
        Some(year) => format!("{}_{year}", column.indicator),
        None => column.indicator.to_owned(),
    })
}

/// The columns that answer for lists: `title_0`, `event_0`, `judged_0` and so on.
pub fn list_columns(plain: &Plain) -> Vec<String> {
    let many =
        |name: &'static str, count: usize| (0..count).map(move |place| format!("{name}_{place}"));
    many("title", plain.titles.len())
        .chain(many("event", plain.events.len()))
        .chain(many("judged", plain.judged().count()))
        .collect()
}

/// A batch as a table for the query: facts in stored units, and what the lists say.
pub fn table(world: &World, batch: &RecordBatch) -> Option<RecordBatch> {
    let plain = &world.law.plain;
    let lists = Hand::new(plain).lists(world.shape(), batch)?;
    let facts = plain.columns.iter().enumerate().map(|(place, known)| {
        let array = batch.columns().get(world.shape().fact(known.indicator, known.year)?)?;
        Some((column(plain, place), Arc::clone(array)))
    });
    let facts = facts.collect::<Option<Vec<(String, ArrayRef)>>>()?;
    let lists = list_columns(plain).into_iter().zip(lists);
    let lists = lists.map(|(name, list)| (name, Arc::new(list) as ArrayRef));
    let columns = facts.into_iter().chain(lists).map(|(name, array)| (name, array, true));
    RecordBatch::try_from_iter_with_nullable(columns).ok()
}

/// The whole query over a table with stored units: fen, parts per million, hundredths of points, days.
pub fn query(plain: &Plain, table: &str) -> String {
    let mut first: Vec<String> = list_columns(plain);
    for (place, comparison) in plain.comparisons.iter().enumerate() {
        first.push(format!("{} AS c{place}", compared(plain, *comparison)));
    }
    for (place, bands) in plain.bands.iter().enumerate() {
        first.push(format!("{} AS b{place}", points(plain, bands)));
    }
    let mut kept: Vec<String> = Vec::new();
    let mut leaves: Vec<String> = Vec::new();
    let mut verdicts: Vec<String> = Vec::new();
    let mut judged = 0;
    for (place, column) in plain.columns.iter().enumerate() {
        let name = self::column(plain, place);
        let plainly = used_plainly(plain, place);
        if plainly && column.year.is_none() {
            first.push(name);
        }
    }
    for (number, programme) in plain.programmes.iter().enumerate() {
        let mut writing =
            Writing { plain, number, leaf: 0, judged: &mut judged, leaves: &mut leaves };
        let met: Vec<String> = programme
            .criteria
            .iter()
            .map(|criterion| writing.criterion(programme, criterion))
            .collect();
        let many = writing.leaf;
        verdicts.push(format!("{} AS v{number}", met.join(" AND ")));
        for (mask, test) in [("n", "IS FALSE"), ("u", "IS NULL")] {
            let bits: Vec<String> = (0..many)
                .map(|leaf| {
                    format!("CASE WHEN p{number}_{leaf} {test} THEN {} ELSE 0 END", 1u64 << leaf)
                })
                .collect();
            verdicts.push(format!("{} AS {mask}{number}", bits.join(" + ")));
        }
        if programme.score.is_some() {
            kept.push(format!("low{number}, high{number}"));
        }
    }
    let mut scores: Vec<String> = Vec::new();
    for (number, programme) in plain.programmes.iter().enumerate() {
        scores.extend(score_bounds(plain, number, programme));
    }
    let scored = if scores.is_empty() { String::new() } else { format!(", {}", scores.join(", ")) };
    verdicts.extend(kept);
    format!(
        "SELECT {} FROM (SELECT *, {} FROM (SELECT *{scored} FROM (SELECT {} FROM {table}) AS a) AS b) AS c",
        verdicts.join(", "),
        leaves.join(", "),
        first.join(", ")
    )
}

/// The columns that a flag or a choice test reads directly.
fn used_plainly(plain: &Plain, place: usize) -> bool {
    fn within(test: &Test, place: usize) -> bool {
        match test {
            Test::Flag(column, _) | Test::Member(column, _) => *column == place,
            Test::All(parts) | Test::AtLeast(_, parts) => {
                parts.iter().any(|part| within(part, place))
            }
            _ => false,
        }
    }
    fn criterion(of: &Criterion, place: usize) -> bool {
        of.when.as_ref().is_some_and(|when| within(when, place))
            || match &of.body {
                Body::Require(test) => within(test, place),
                Body::AtLeast(_, children) | Body::Cases(children) => {
                    children.iter().any(|child| criterion(child, place))
                }
                Body::Judged | Body::Score => false,
            }
    }
    plain.programmes.iter().any(|of| of.criteria.iter().any(|of| criterion(of, place)))
}

/// Both sides of a comparison, multiplied across, so that whole numbers decide.
fn sides(plain: &Plain, amount: usize, edge: Edge) -> (String, String, Option<String>) {
    let name = |place: usize| column(plain, place);
    let Edge { numerator, denominator } = edge;
    match plain.amounts.get(amount) {
        Some(Amount::Value(of)) => (name(*of), numerator.to_string(), None),
        // The latest day of founding for so many full years.
        Some(Amount::Years(of)) => {
            let year = i64::from(plain.as_of.year()) - numerator;
            let day =
                format!("DATE '{year:04}-{:02}-{:02}'", plain.as_of.month(), plain.as_of.day());
            (day, name(*of), None)
        }
        Some(Amount::Sum(a, b)) => {
            // Of a year before the founding there is nothing to add; no population has a figure of one.
            let founded = plain.columns.iter().position(|of| of.indicator == "founded_on");
            let addend = |of: usize| {
                let year = plain.columns.get(of).and_then(|column| column.year);
                match founded.zip(year) {
                    Some((founded, year)) => format!(
                        "CASE WHEN {} > DATE '{year:04}-12-31' THEN 0 ELSE {own} END",
                        name(founded),
                        own = name(of)
                    ),
                    None => name(of),
                }
            };
            (format!("({} + {})", addend(*a), addend(*b)), numerator.to_string(), None)
        }
        Some(Amount::Ratio(over, under)) => (
            format!("{} * {denominator}", name(*over)),
            format!("{} * {numerator}", name(*under)),
            Some(format!("{} > 0", name(*under))),
        ),
        Some(Amount::Growth(this, last)) => (
            format!("({} - {}) * {denominator}", name(*this), name(*last)),
            format!("{} * {numerator}", name(*last)),
            Some(format!("{} > 0", name(*last))),
        ),
        None => (String::new(), String::new(), None),
    }
}

fn compared(plain: &Plain, comparison: Comparison) -> String {
    let Comparison { amount, operator, edge } = comparison;
    held(plain, amount, operator, edge)
}

fn held(plain: &Plain, amount: usize, operator: Operator, edge: Edge) -> String {
    let (left, right, only) = sides(plain, amount, edge);
    let test = format!("{left} {} {right}", operator.written());
    match only {
        // Without a positive divisor there is no ratio: unknown.
        Some(only) => format!("CASE WHEN {only} THEN {test} END"),
        None => format!("({test})"),
    }
}

/// Points; null where the amount is unknown.
fn points(plain: &Plain, bands: &Bands) -> String {
    let mut won = bands.most();
    let mut arms = Vec::new();
    for (edge, more) in bands.edges.iter().rev() {
        let (left, right, only) = sides(plain, bands.amount, *edge);
        let only = only.map_or_else(String::new, |only| format!("{only} AND "));
        arms.push(format!("WHEN {only}{left} {} {right} THEN {won}", bands.operator.written()));
        won -= more;
    }
    let known = match bands.edges.first() {
        Some((edge, _)) => {
            let (left, right, only) = sides(plain, bands.amount, *edge);
            let only = only.map_or_else(String::new, |only| format!("{only} AND "));
            format!("WHEN {only}{left} IS NOT NULL AND {right} IS NOT NULL THEN {won}")
        }
        None => String::new(),
    };
    format!("CASE {} {known} END", arms.join(" "))
}

/// Lowest and highest totals, and those of the parts that have a floor.
fn score_bounds(plain: &Plain, number: usize, programme: &Programme) -> Vec<String> {
    let Some(score) = &programme.score else { return Vec::new() };
    let low = |item: &usize| format!("coalesce(b{item}, 0)");
    let high = |item: &usize| {
        format!("coalesce(b{item}, {})", plain.bands.get(*item).map_or(0, Bands::most))
    };
    let sum = |items: &[usize], each: &dyn Fn(&usize) -> String| {
        items.iter().map(each).collect::<Vec<_>>().join(" + ")
    };
    let all: Vec<usize> = score.groups.iter().flat_map(|group| group.items.clone()).collect();
    let mut columns = vec![
        format!("{} AS low{number}", sum(&all, &low)),
        format!("{} AS high{number}", sum(&all, &high)),
    ];
    for (part, group) in score.groups.iter().enumerate().filter(|(_, group)| group.floor.is_some())
    {
        columns.push(format!("{} AS low{number}_{part}", sum(&group.items, &low)));
        columns.push(format!("{} AS high{number}_{part}", sum(&group.items, &high)));
    }
    columns
}

/// The leaves of one programme, written as columns `p<programme>_<leaf>`.
struct Writing<'a> {
    plain: &'a Plain,
    number: usize,
    leaf: usize,
    judged: &'a mut usize,
    leaves: &'a mut Vec<String>,
}

impl Writing<'_> {
    /// What says whether a criterion is met, in terms of leaves.
    fn criterion(&mut self, programme: &Programme, criterion: &Criterion) -> String {
        let test = match &criterion.body {
            Body::Require(test) => condition(self.plain, test),
            Body::Judged => {
                *self.judged += 1;
                format!("judged_{}", *self.judged - 1)
            }
            Body::Score => self.score(programme),
            Body::AtLeast(k, children) => {
                let parts: Vec<String> =
                    children.iter().map(|child| self.criterion(programme, child)).collect();
                return at_least(*k, &parts);
            }
            Body::Cases(children) => {
                let cases: Vec<String> = children
                    .iter()
                    .map(|child| {
                        let met = self.criterion(programme, child);
                        let when = child
                            .when
                            .as_ref()
                            .map_or_else(|| "TRUE".to_owned(), |when| condition(self.plain, when));
                        format!("WHEN {when} THEN {met}")
                    })
                    .collect();
                return format!("(CASE {} END)", cases.join(" "));
            }
        };
        // A leaf that does not apply is neither short nor unknown.
        let test = match &criterion.when {
            Some(when) => {
                let when = condition(self.plain, when);
                format!("CASE WHEN {when} THEN {test} WHEN NOT {when} THEN TRUE END")
            }
            None => test,
        };
        let name = format!("p{}_{}", self.number, self.leaf);
        self.leaf += 1;
        self.leaves.push(format!("{test} AS {name}"));
        name
    }

    fn score(&self, programme: &Programme) -> String {
        let Some(score) = &programme.score else { return "NULL".to_owned() };
        let number = self.number;
        let mut parts = Vec::new();
        let mark = |of: String, points: i64| {
            format!(
                "CASE WHEN low{of} >= {points} THEN TRUE WHEN high{of} < {points} THEN FALSE END"
            )
        };
        parts.push(mark(number.to_string(), score.pass));
        for (part, group) in score.groups.iter().enumerate() {
            parts.extend(group.floor.map(|floor| mark(format!("{number}_{part}"), floor)));
        }
        format!("({})", parts.join(" AND "))
    }
}

fn condition(plain: &Plain, test: &Test) -> String {
    let parts = |parts: &[Test]| -> Vec<String> {
        parts.iter().map(|part| condition(plain, part)).collect()
    };
    match test {
        Test::Compare(place) => format!("c{place}"),
        Test::All(all) => format!("({})", parts(all).join(" AND ")),
        Test::AtLeast(k, some) => at_least(*k, &parts(some)),
        Test::Flag(place, true) => column(plain, *place),
        Test::Flag(place, false) => format!("(NOT {})", column(plain, *place)),
        Test::Member(place, options) => {
            let options: Vec<String> = options.iter().map(u16::to_string).collect();
            format!("({} IN ({}))", column(plain, *place), options.join(", "))
        }
        Test::Holds(title) => format!("title_{title}"),
        Test::NotHappened(event) => format!("event_{event}"),
    }
}

/// So many of the parts; unknown ones may turn out either way.
fn at_least(k: usize, parts: &[String]) -> String {
    if k == 1 {
        return format!("({})", parts.join(" OR "));
    }
    let count = |test: &str| {
        let each: Vec<String> =
            parts.iter().map(|part| format!("CASE WHEN {part} {test} THEN 1 ELSE 0 END")).collect();
        each.join(" + ")
    };
    format!(
        "(CASE WHEN {} >= {k} THEN TRUE WHEN {} < {k} THEN FALSE END)",
        count("IS TRUE"),
        count("IS NOT FALSE")
    )
}
