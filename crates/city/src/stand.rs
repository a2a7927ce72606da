//! Puts a firm on the edges of its pack: the figures that an edge names are set, what is made from
//! them is scaled along, and all of it is known.

use std::collections::BTreeMap;

use enterprise::{FactKey, Kind};

use crate::cast::Cast;
use crate::column::{Column, Make};
use crate::draw::ratio;
use crate::edge::{Measured, Pack, Point};
use crate::sheet::Sheet;

/// The columns by fact, and which are made from which.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    by_fact: BTreeMap<FactKey, usize>,
    followers: Vec<Vec<usize>>,
    founded: Option<usize>,
    industry: Option<usize>,
}

/// What is divided stands on a round number, so that every share of it is exact.
const ROUND_MONEY: i64 = 1_000_000;
const ROUND_COUNT: i64 = 100;
/// A date that an edge names lies so many days after the founding at least.
const FOUNDED_BEFORE: i64 = 400;

impl Places {
    pub(crate) fn new(columns: &[Column]) -> Self {
        let by_fact = columns.iter().enumerate().map(|(place, c)| (c.key.clone(), place)).collect();
        let mut followers = vec![Vec::new(); columns.len()];
        for (place, column) in columns.iter().enumerate() {
            if let Some(list) = column.follows().and_then(|parent| followers.get_mut(parent)) {
                list.push(place);
            }
        }
        let find = |is: fn(&Make) -> bool| columns.iter().position(|column| is(&column.make));
        Self {
            by_fact,
            followers,
            founded: find(|make| matches!(make, Make::Founded)),
            industry: find(|make| matches!(make, Make::Industry)),
        }
    }

    /// The column of a fact.
    pub(crate) fn of(&self, key: &FactKey) -> Option<usize> {
        self.by_fact.get(key).copied()
    }

    fn all(&self, keys: &[FactKey]) -> Option<Vec<usize>> {
        keys.iter().map(|key| self.of(key)).collect()
    }

    /// Whether the city has every column that an edge needs.
    pub(crate) fn has(&self, measured: &Measured) -> bool {
        match measured {
            Measured::Sum(of) => self.all(of).is_some(),
            Measured::Share { part, whole } => {
                self.all(part).is_some() && self.all(whole).is_some()
            }
            Measured::Growth { from, to, .. } => self.of(from).is_some() && self.of(to).is_some(),
            Measured::Day(fact) => self.of(fact).is_some(),
            Measured::Event(_) => true,
        }
    }
}

/// One firm that is being put on its edges.
struct Standing<'s> {
    places: &'s Places,
    columns: &'s [Column],
    sheet: &'s mut Sheet,
    row: usize,
    fixed: Vec<usize>,
}

/// Puts the firm in `row` on the edges of a pack. `code_of` numbers industries.
pub(crate) fn stand(
    pack: &Pack,
    columns: &[Column],
    places: &Places,
    sheet: &mut Sheet,
    row: usize,
    cast: &mut Cast,
    code_of: impl Fn(&str) -> Option<usize>,
) {
    let mut firm = Standing { places, columns, sheet, row, fixed: Vec::new() };
    let founding = places.founded;
    let mut founded = i64::from(cast.founded);
    let earliest = columns.iter().filter_map(|column| column.key.year).min().unwrap_or(0);
    let mut asks_for_years = false;
    for point in &pack.points {
        asks_for_years |= point.names_a_year();
        if let Some(code) = point.edge.industry.as_deref().and_then(&code_of) {
            cast.industry = code;
            if let Some(column) = places.industry {
                firm.fix(column, i64::try_from(code).unwrap_or(0));
            }
        }
        if let Measured::Day(fact) = &point.edge.measured
            && let Some(column) = places.of(fact)
        {
            let day = point.edge.at + point.nudge;
            firm.fix(column, day);
            founded =
                if Some(column) == founding { day } else { founded.min(day - FOUNDED_BEFORE) };
        }
    }
    if asks_for_years {
        let first = jiff::civil::Date::new(earliest, 1, 1).map_or(0, population::day_number);
        founded = founded.min(i64::from(first) - FOUNDED_BEFORE);
    }
    for point in &pack.points {
        firm.sum(point);
        firm.growth(point);
    }
    firm.round_wholes(pack);
    for point in &pack.points {
        firm.share(point);
    }
    if let Some(column) = founding {
        firm.fix(column, founded);
    }
    cast.founded = i32::try_from(founded).unwrap_or(cast.founded);
    cast.founding_year = population::day_of(cast.founded).map_or(i16::MAX, |day| day.year());
    for (place, column) in columns.iter().enumerate() {
        if column.key.year.is_some_and(|year| year < cast.founding_year) {
            sheet.know(place, row, false);
        }
    }
}

impl Standing<'_> {
    fn value(&self, column: usize) -> i64 {
        self.sheet.value(column, self.row)
    }

    /// Sets a value for good. What is made from it is scaled with it.
    fn fix(&mut self, column: usize, value: i64) {
        let before = self.value(column);
        self.fixed.push(column);
        self.sheet.know(column, self.row, true);
        self.place(column, before, value);
    }

    fn place(&mut self, column: usize, before: i64, value: i64) {
        let range = self.columns.get(column).map_or((0, 0), |column| column.range);
        let value = value.clamp(range.0, range.1);
        self.sheet.set(column, self.row, value);
        let Some(followers) = self.places.followers.get(column) else { return };
        for follower in followers {
            if self.fixed.contains(follower) || before <= 0 {
                continue;
            }
            let old = self.value(*follower);
            self.place(*follower, old, ratio(old, value, before));
        }
    }

    fn sum(&mut self, point: &Point) {
        let Measured::Sum(of) = &point.edge.measured else { return };
        let Some(columns) = self.places.all(of) else { return };
        let step = columns.first().and_then(|first| self.columns.get(*first));
        let step = step.map_or(1, |column| column.indicator.step.max(1));
        self.divide(&columns, point.edge.at.saturating_add(point.nudge.saturating_mul(step)));
    }

    /// Divides a total evenly; the first takes what is left over.
    fn divide(&mut self, columns: &[usize], total: i64) {
        let count = i64::try_from(columns.len()).unwrap_or(1).max(1);
        let each = total / count;
        for (place, column) in columns.iter().enumerate() {
            let value = if place == 0 { total - each * (count - 1) } else { each };
            self.fix(*column, value);
        }
    }

    fn growth(&mut self, point: &Point) {
        let Measured::Growth { from, to, years } = &point.edge.measured else { return };
        let (Some(from), Some(to)) = (self.places.of(from), self.places.of(to)) else { return };
        let per_million = 1_000_000 + point.edge.at;
        let shared = greatest_common_divisor(per_million, 1_000_000);
        let (up, down) = (per_million / shared, 1_000_000 / shared);
        let (Some(up), Some(down)) = (up.checked_pow(*years), down.checked_pow(*years)) else {
            return;
        };
        let parts = (self.value(from) / down).clamp(1_000, i64::MAX / up.max(1) / 2);
        self.fix(from, parts * down);
        self.fix(to, parts * up + point.nudge);
    }

    fn round_wholes(&mut self, pack: &Pack) {
        for point in &pack.points {
            let Measured::Share { whole, .. } = &point.edge.measured else { continue };
            for column in self.places.all(whole).unwrap_or_default() {
                if self.fixed.contains(&column) {
                    continue;
                }
                let is_money = self
                    .columns
                    .get(column)
                    .is_some_and(|column| column.indicator.kind == Kind::Money);
                let round = if is_money { ROUND_MONEY } else { ROUND_COUNT };
                let value = self.value(column) / round * round;
                self.fix(column, value.max(round));
            }
        }
    }

    fn share(&mut self, point: &Point) {
        let Measured::Share { part, whole } = &point.edge.measured else { return };
        let (Some(part), Some(whole)) = (self.places.all(part), self.places.all(whole)) else {
            return;
        };
        let whole: i64 =
            whole.iter().map(|column| self.value(*column)).fold(0, i64::saturating_add);
        self.divide(&part, ratio(whole, point.edge.at, 1_000_000).saturating_add(point.nudge));
    }
}

impl Point {
    fn names_a_year(&self) -> bool {
        let has_year = |facts: &[FactKey]| facts.iter().any(|fact| fact.year.is_some());
        match &self.edge.measured {
            Measured::Sum(of) => has_year(of),
            Measured::Share { part, whole } => has_year(part) || has_year(whole),
            Measured::Growth { .. } => true,
            Measured::Day(_) | Measured::Event(_) => false,
        }
    }
}

fn greatest_common_divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs().max(1)
}
