//! Full years, years begun and days up to a fixed day, by a table of anniversaries.

use enterprise::{full_years_between, years_begun_between};

use super::date_of;
use crate::plan::UnitKey;

/// Time from a day to a fixed day, in whole units.
pub(crate) struct Counted {
    unit: UnitKey,
    until: i32,
    /// By count: the last day from which it is reached.
    last: Vec<i32>,
}

impl Counted {
    pub fn new(unit: UnitKey, until: i32) -> Self {
        const YEARS: i64 = 300;
        let mut last = Vec::new();
        if unit != UnitKey::Days {
            // The count falls as the day moves on: look for the last day of each count.
            let (earliest, latest) = (until - 366 * 301, until + 1);
            for count in 1..=YEARS {
                let (mut low, mut high) = (earliest, latest);
                while low < high {
                    let middle = low + (high - low + 1) / 2;
                    if count_between(unit, middle, until) >= count {
                        low = middle;
                    } else {
                        high = middle - 1;
                    }
                }
                last.push(low);
            }
        }
        Self { unit, until, last }
    }

    /// The count from a day on.
    pub fn at(&self, day: i32) -> f64 {
        if self.unit == UnitKey::Days || self.last.last().is_none_or(|last| day <= *last) {
            return count_between(self.unit, day, self.until) as f64;
        }
        // Near the truth at first, then exactly.
        let years = (i64::from(self.until) - i64::from(day)).max(0) / 366;
        let mut count = usize::try_from(years).unwrap_or(0);
        while self.last.get(count).is_some_and(|last| day <= *last) {
            count += 1;
        }
        while count > 0 && self.last.get(count - 1).is_some_and(|last| day > *last) {
            count -= 1;
        }
        count as f64
    }
}

fn count_between(unit: UnitKey, from: i32, until: i32) -> i64 {
    match unit {
        UnitKey::Days => (i64::from(until) - i64::from(from)).max(0),
        UnitKey::Years => full_years_between(date_of(from), date_of(until)),
        UnitKey::YearsBegun => years_begun_between(date_of(from), date_of(until)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::day_number;

    #[test]
    fn anniversaries_are_counted_as_the_calendar_counts_them() {
        for until in ["2026-02-28", "2024-02-29", "2025-12-31"] {
            let until = day_number(until.parse().unwrap());
            for unit in [UnitKey::Years, UnitKey::YearsBegun, UnitKey::Days] {
                let counted = Counted::new(unit, until);
                for day in (until - 5000..until + 800).chain([until - 40_000, until - 200_000]) {
                    let want = count_between(unit, day, until) as f64;
                    assert_eq!(counted.at(day), want, "{unit:?} {}", date_of(day));
                }
            }
        }
    }
}
