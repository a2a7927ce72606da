//! What is compared, for a block of rows: figures as floating point, and why some are not there.

use enterprise::full_years_between;
use jiff::civil::{Date, date};
use population::day_number;

use super::input::{Input, Values, first};
use super::lanes::{BLOCK, Bits, Lanes, Row, WORDS, both, each_row};
use crate::plain::{Amount, Plain};

/// Whole numbers below this are exact in floating point, and so are their sums.
pub(super) const EXACT: u64 = 1 << 51;

/// The columns of numbers of a block.
pub(super) struct Figures {
    pub numbers: Vec<Number>,
}

/// One column of numbers; not a number where it is not known.
pub(super) struct Number {
    pub values: Row<f64>,
    pub known: Bits,
    /// Unknown because the year lies before the founding.
    pub absent: Bits,
    /// All bits that any value uses.
    pub used: u64,
}

/// An amount of a block; not a number where it is not known.
pub(super) struct Figure {
    pub values: Row<f64>,
    pub known: Bits,
    /// Unknown for lack of data.
    pub data: Bits,
    /// Unknown until somebody decides.
    pub judged: Bits,
    /// All bits that a value, or a divisor, uses.
    pub used: u64,
}

impl Figure {
    pub fn empty() -> Self {
        let none = [0; WORDS];
        Self { values: [0.0; BLOCK], known: none, data: none, judged: none, used: 0 }
    }
}

/// What follows from the day of the verdicts.
pub(super) struct Calendar {
    /// The last day of founding for one full year, two …
    anniversaries: Vec<i32>,
    /// For each column: the last day of its year.
    year_ends: Vec<Option<i32>>,
    founded: Option<usize>,
}

impl Calendar {
    pub fn of(plain: &Plain) -> Self {
        let day = |years: i16| {
            let year = plain.as_of.year() - years;
            let same = date(year, plain.as_of.month(), plain.as_of.day().min(28));
            let back = |days: i32| day_number(same) + 3 - days;
            let full = |number: &i32| {
                let from = population::day_of(*number).unwrap_or(Date::MAX);
                full_years_between(from, plain.as_of) >= i64::from(years)
            };
            (0..8).map(back).find(full).unwrap_or(i32::MIN)
        };
        let most = 12;
        let year_end = |year: i16| day_number(date(year, 12, 31));
        Self {
            anniversaries: (1..=most).map(day).collect(),
            year_ends: plain.columns.iter().map(|column| column.year.map(year_end)).collect(),
            founded: plain.columns.iter().position(|column| column.indicator == "founded_on"),
        }
    }
}

impl Figures {
    pub fn new(plain: &Plain) -> Self {
        let none = [0; WORDS];
        let number = || Number { values: [0.0; BLOCK], known: none, absent: none, used: 0 };
        Self { numbers: plain.columns.iter().map(|_| number()).collect() }
    }

    /// Reads the columns that are `wanted`.
    pub fn read(
        &mut self,
        lanes: Lanes,
        input: &Input<'_>,
        calendar: &Calendar,
        wanted: &[usize],
        start: usize,
        rows: usize,
    ) {
        let all = first(rows);
        let founded = calendar.founded.and_then(|place| input.facts.get(place));
        let mut absent: Vec<(i32, Bits)> = Vec::new();
        for place in wanted {
            let (Some(facts), Some(number)) =
                (input.facts.get(*place), self.numbers.get_mut(*place))
            else {
                continue;
            };
            number.known = facts.known(start, rows);
            let unknown = both(&number.known, &all, |known, all| all & !known);
            number.absent = [0; WORDS];
            match facts.values {
                Values::Numbers(values) => {
                    let part = values.get(start..start + rows).unwrap_or_default();
                    number.used = lanes.widen(part, &mut number.values);
                    each_row(&unknown, |row| put(&mut number.values, row, f64::NAN));
                }
                Values::Days(days) => {
                    let part = days.get(start..start + rows).unwrap_or_default();
                    number.used = 0;
                    number.values = years(lanes, part, &calendar.anniversaries);
                    each_row(&unknown, |row| put(&mut number.values, row, f64::NAN));
                }
                _ => {}
            }
            let end = calendar.year_ends.get(*place).copied().flatten();
            if let (Some(end), Some(founded)) = (end, founded) {
                let known = absent.iter().find(|(of, _)| *of == end).map(|(_, bits)| *bits);
                let before = known.unwrap_or_else(|| {
                    let mut later = [0; WORDS];
                    if let Values::Days(days) = founded.values {
                        let part = days.get(start..start + rows).unwrap_or_default();
                        let mut row = [i32::MIN; BLOCK];
                        row.iter_mut().zip(part).for_each(|(row, day)| *row = *day);
                        later = lanes.rows(&row, move |day| day > end);
                    }
                    let before = both(&later, &founded.known(start, rows), |a, b| a & b);
                    absent.push((end, before));
                    before
                });
                number.absent = both(&before, &unknown, |before, unknown| before & unknown);
            }
        }
    }

    /// What an amount comes to.
    pub fn amount(&self, lanes: Lanes, plain: &Plain, amount: Amount, all: &Bits, to: &mut Figure) {
        let number = |place: usize| self.numbers.get(place);
        let judged = |place: usize| plain.columns.get(place).is_some_and(|column| column.judged);
        match amount {
            Amount::Value(column) | Amount::Years(column) => {
                let Some(of) = number(column) else { return };
                to.values = of.values;
                to.known = of.known;
                to.used = of.used;
                for word in 0..WORDS {
                    let missing = all[word] & !of.known[word];
                    let pending = if judged(column) { missing } else { of.absent[word] };
                    to.judged[word] = pending;
                    to.data[word] = missing & !pending;
                }
            }
            Amount::Sum(this, last) => {
                let (Some(this), Some(last)) = (number(this), number(last)) else { return };
                let (mut left, mut right) = (this.values, last.values);
                each_row(&this.absent, |row| put(&mut left, row, 0.0));
                each_row(&last.absent, |row| put(&mut right, row, 0.0));
                lanes.join(&left, &right, &mut to.values, move |a, b| a + b);
                to.used = this.used | last.used;
                for word in 0..WORDS {
                    let known = (this.known[word] | this.absent[word])
                        & (last.known[word] | last.absent[word]);
                    to.known[word] = known;
                    to.judged[word] = 0;
                    to.data[word] = all[word] & !known;
                }
            }
            Amount::Ratio(over, under) => {
                let (Some(over), Some(under)) = (number(over), number(under)) else { return };
                let quotient = |a: f64, b: f64| if b > 0.0 { a / b } else { f64::NAN };
                lanes.join(&over.values, &under.values, &mut to.values, quotient);
                let positive = lanes.rows(&under.values, move |value| value > 0.0);
                to.used = under.used;
                for word in 0..WORDS {
                    let known = over.known[word] & positive[word];
                    let nothing = under.known[word] & !positive[word] & all[word];
                    // An absent year above the line, a divisor that is none, an absent year below.
                    let pending = over.absent[word] | nothing | under.absent[word];
                    to.known[word] = known;
                    to.judged[word] = pending;
                    to.data[word] = all[word] & !known & !pending;
                }
            }
            Amount::Growth(this, last) => {
                let (Some(this), Some(last)) = (number(this), number(last)) else { return };
                let rate = |a: f64, b: f64| if b > 0.0 { (a - b) / b } else { f64::NAN };
                lanes.join(&this.values, &last.values, &mut to.values, rate);
                let positive = lanes.rows(&last.values, move |value| value > 0.0);
                to.used = last.used;
                for word in 0..WORDS {
                    let known = this.known[word] & positive[word];
                    let nothing = last.known[word] & !positive[word] & all[word];
                    let pending = this.absent[word] | last.absent[word] | nothing;
                    to.known[word] = known;
                    to.judged[word] = pending;
                    to.data[word] = all[word] & !known & !pending;
                }
            }
        }
    }
}

/// Full years up to the longest that any rule asks for.
fn years(lanes: Lanes, days: &[i32], anniversaries: &[i32]) -> Row<f64> {
    let mut row = [i32::MAX; BLOCK];
    row.iter_mut().zip(days).for_each(|(row, day)| *row = *day);
    let mut years = [0.0; BLOCK];
    for last in anniversaries.iter().copied() {
        lanes.fold(&row, &mut years, move |years: f64, day| {
            years + f64::from(u8::from(day <= last))
        });
    }
    years
}

#[inline(always)]
pub(super) fn put(values: &mut Row<f64>, row: usize, value: f64) {
    if let Some(slot) = values.get_mut(row) {
        *slot = value;
    }
}
