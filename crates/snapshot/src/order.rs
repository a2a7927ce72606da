//! Orders rows, and takes a part of them.

use std::cmp::Ordering;

use crate::city::City;

/// By what rows are ordered. What is not known comes last, whichever way round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Order {
    /// By code.
    #[default]
    Code,
    /// By name, as the letters are numbered.
    Name,
    /// By revenue of the base year.
    Revenue,
    /// By the nearest shortfall in a programme.
    Shortfall(String),
    /// By the lowest total that is still possible in a programme.
    Score(String),
}

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// So many rows are left out before it.
    pub skip: usize,
    /// So many are taken at most.
    pub take: usize,
}

impl Part {
    /// All of it.
    pub const ALL: Self = Self { skip: 0, take: usize::MAX };
}

type Compare<'a> = Box<dyn Fn(&u32, &u32) -> Ordering + 'a>;

impl City {
    /// A part of the rows, ordered; rows that are equal stand by their codes.
    pub fn ordered(&self, rows: Vec<u32>, order: &Order, down: bool, part: Part) -> Vec<u32> {
        let snapshot = self.snapshot();
        let codes = |one: &u32, other: &u32| snapshot.code(*one).cmp(snapshot.code(*other));
        let compare: Compare<'_> = match order {
            Order::Code => Box::new(move |one, other| turned(codes(one, other), down)),
            Order::Name => Box::new(move |one, other| {
                let names = snapshot.name(*one).cmp(snapshot.name(*other));
                turned(names, down).then_with(|| codes(one, other))
            }),
            Order::Revenue => figures(|row| self.revenue(row), down, codes),
            Order::Shortfall(id) => {
                let answers = self.programme(id).map(|(_, answers)| answers);
                figures(move |row| Some(answers?.of(row)?.shortfall?.into()), down, codes)
            }
            Order::Score(id) => {
                let answers = self.programme(id).map(|(_, answers)| answers);
                figures(move |row| Some(answers?.of(row)?.score?.0.into()), down, codes)
            }
        };
        take(rows, part, &compare)
    }
}

fn figures<'a>(
    of: impl Fn(u32) -> Option<i64> + 'a,
    down: bool,
    equal: impl Fn(&u32, &u32) -> Ordering + 'a,
) -> Compare<'a> {
    let key = move |row: u32| {
        let figure = of(row);
        let turned = figure.map_or(0, |figure| if down { figure.saturating_neg() } else { figure });
        (figure.is_none(), turned)
    };
    Box::new(move |one, other| key(*one).cmp(&key(*other)).then_with(|| equal(one, other)))
}

fn turned(order: Ordering, down: bool) -> Ordering {
    if down { order.reverse() } else { order }
}

/// The part, ordered. What stands behind it is not.
fn take(mut rows: Vec<u32>, part: Part, compare: &Compare<'_>) -> Vec<u32> {
    let end = part.skip.saturating_add(part.take);
    if end < rows.len() {
        rows.select_nth_unstable_by(end, compare);
        rows.truncate(end);
    }
    rows.sort_unstable_by(compare);
    rows.drain(..part.skip.min(rows.len()));
    rows
}
