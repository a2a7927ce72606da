//! Days as Arrow counts them, from 1 January 1970, and as calendar dates. Knows no clock.

use jiff::civil::Date;

/// From 1 March of the year 0 to 1 January 1970: years that begin in March end with the leap day.
const EPOCH: i32 = 719_468;
const DAYS_OF_ERA: i32 = 146_097;

/// The first and last day that a population can name: the years with four digits.
pub(crate) const DAYS: std::ops::RangeInclusive<i32> = -719_528..=2_932_896;

/// The day number of a date.
pub fn day_number(date: Date) -> i32 {
    let month = i32::from(date.month());
    let year = i32::from(date.year()) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i32::from(date.day()) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_OF_ERA + day_of_era - EPOCH
}

/// The date of a day number; none outside the years with four digits.
pub fn day_of(number: i32) -> Option<Date> {
    if !DAYS.contains(&number) {
        return None;
    }
    let shifted = number + EPOCH;
    let era = shifted.div_euclid(DAYS_OF_ERA);
    let day_of_era = shifted.rem_euclid(DAYS_OF_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!(day_number(date(1970, 1, 1)), 0);
        let mut day = date(1895, 1, 1);
        let mut number = day_number(day);
        while day < date(2105, 1, 1) {
            assert_eq!(day_of(number), Some(day));
            assert_eq!(day_number(day), number);
            day = day.checked_add(1.day()).unwrap();
            number += 1;
        }
        for (end, day) in [(DAYS.start(), date(0, 1, 1)), (DAYS.end(), date(9999, 12, 31))] {
            assert_eq!((day_of(*end), day_number(day)), (Some(day), *end));
        }
        assert_eq!(day_of(DAYS.end() + 1), None);
    }
}
