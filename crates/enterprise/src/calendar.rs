//! Dates of the law: full years, rolling months, ends of years. Knows no clock and no time zone.

use jiff::ToSpan;
use jiff::civil::Date;

/// Full years from `from` to `to`: the number of anniversaries of `from` that have been reached.
///
/// The day of the event does not count and the corresponding day completes the year; where a month
/// has no such day (29 February), its last day does (民法典 第二百零一条、第二百零二条).
/// Zero if `to` lies before `from`.
pub fn full_years_between(from: Date, to: Date) -> i64 {
    if to < from {
        return 0;
    }
    let years = i64::from(to.year()) - i64::from(from.year());
    match from.checked_add(years.years()) {
        Ok(anniversary) if anniversary <= to => years,
        _ => years - 1,
    }
}

/// Years begun between two days: full years, and one more unless `to` is an anniversary.
pub fn years_begun_between(from: Date, to: Date) -> i64 {
    let full = full_years_between(from, to);
    match from.checked_add(full.years()) {
        Ok(anniversary) if anniversary < to => full + 1,
        _ => full,
    }
}

/// The first day of the window of `months` months that ends on `date`, both days included.
pub fn months_before(date: Date, months: u32) -> Date {
    date.checked_sub(i64::from(months).months()).unwrap_or(Date::MIN)
}

/// 31 December of `year`.
pub fn year_end(year: i16) -> Option<Date> {
    Date::new(year, 12, 31).ok()
}

/// Reads a date as people write it: `2024-03-01`, `2024/3/1`, `2024.3.1`, `20240301`, `2024年3月1日`.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = text.get(0..4)?.parse().ok()?;
        return Date::new(year, text.get(4..6)?.parse().ok()?, text.get(6..8)?.parse().ok()?).ok();
    }
    let text = text.strip_suffix('日').unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let year: &str = parts.next()?;
    let month: &str = parts.next()?;
    let day: &str = parts.next()?;
    if parts.next().is_some() || year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year) && digits(month) && digits(day)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn full_years_follow_the_civil_code() {
        let cases = [
            ((2022, 12, 31), (2025, 12, 31), 3),
            ((2023, 1, 1), (2025, 12, 31), 2),
            ((2020, 2, 29), (2021, 2, 28), 1),
            ((2020, 2, 29), (2024, 2, 28), 3),
            ((2020, 2, 29), (2024, 2, 29), 4),
            ((2025, 1, 1), (2024, 1, 1), 0),
            ((2025, 1, 1), (2025, 1, 1), 0),
        ];
        for ((fy, fm, fd), (ty, tm, td), years) in cases {
            assert_eq!(full_years_between(date(fy, fm, fd), date(ty, tm, td)), years);
        }
    }

    #[test]
    fn windows_end_on_the_corresponding_day() {
        assert_eq!(months_before(date(2026, 11, 22), 36), date(2023, 11, 22));
        assert_eq!(months_before(date(2024, 2, 29), 36), date(2021, 2, 28));
        assert_eq!(months_before(date(2026, 5, 31), 3), date(2026, 2, 28));
    }

    #[test]
    fn dates_as_people_write_them() {
        let day = Some(date(2024, 3, 1));
        for text in ["2024-03-01", "2024/3/1", "2024.3.1", "20240301", "2024年3月1日"] {
            assert_eq!(parse_date(text), day, "{text}");
        }
        for text in ["2024-02-30", "24-3-1", "2024-3", "03/01/2024", "去年", "2024-3-1-1"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
