//! Dates by counting, without a calendar library: days of a month, anniversaries, day numbers.

/// Year, month, day: compares like a date.
pub(crate) type Day = (i32, u32, u32);

pub(crate) fn day(date: jiff::civil::Date) -> Day {
    (
        i32::from(date.year()),
        u32::try_from(date.month()).unwrap(),
        u32::try_from(date.day()).unwrap(),
    )
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The corresponding day so many months later, or the last day of a month that has no such day.
fn months_later((year, month, day): Day, months: i32) -> Day {
    let total = year * 12 + i32::try_from(month).unwrap() - 1 + months;
    let (year, month) = (total.div_euclid(12), u32::try_from(total.rem_euclid(12)).unwrap() + 1);
    (year, month, day.min(days_in(year, month)))
}

pub(crate) fn window_start(as_of: Day, months: u32) -> Day {
    months_later(as_of, -i32::try_from(months).unwrap())
}

pub(crate) fn full_years(from: Day, to: Day) -> i64 {
    let reached = |years: i32| months_later(from, 12 * years) <= to;
    (1..).take_while(|years| reached(*years)).count().try_into().unwrap()
}

/// The fewest years after which the day is not yet past.
pub(crate) fn years_begun(from: Day, to: Day) -> i64 {
    let past = |years: i32| months_later(from, 12 * years) < to;
    (0..).take_while(|years| past(*years)).count().try_into().unwrap()
}

/// Days from one day to another, by walking.
pub(crate) fn days_between(from: Day, to: Day) -> i64 {
    let mut walker = from;
    let mut days = 0;
    while walker < to {
        walker = next(walker);
        days += 1;
    }
    days
}

pub(crate) fn next((year, month, day): Day) -> Day {
    if day < days_in(year, month) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}
