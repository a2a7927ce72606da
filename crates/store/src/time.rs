//! Instants and days between the calendar of the house and that of the database layer. Instants are kept to the
//! microsecond, which both engines hold.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::Error;

pub(crate) type Instant = DateTime<Utc>;
pub(crate) type Day = NaiveDate;

pub(crate) fn instant(at: Timestamp) -> Result<Instant, Error> {
    DateTime::from_timestamp_micros(at.as_microsecond())
        .ok_or_else(|| Error::Damaged(format!("the instant {at} is beyond what can be stored")))
}

pub(crate) fn timestamp(at: Instant) -> Result<Timestamp, Error> {
    // By seconds: the last second of the calendar has microseconds that jiff does not take as a whole number.
    i32::try_from(at.timestamp_subsec_micros())
        .ok()
        .and_then(|micros| Timestamp::new(at.timestamp(), micros * 1000).ok())
        .ok_or_else(|| Error::Damaged(format!("the instant {at} is beyond the calendar")))
}

pub(crate) fn day(date: Date) -> Result<Day, Error> {
    u32::try_from(date.month())
        .ok()
        .zip(u32::try_from(date.day()).ok())
        .and_then(|(month, day)| NaiveDate::from_ymd_opt(i32::from(date.year()), month, day))
        .ok_or_else(|| Error::Damaged(format!("the day {date} is beyond what can be stored")))
}

pub(crate) fn date(day: Day) -> Result<Date, Error> {
    let parts = (i16::try_from(day.year()), i8::try_from(day.month()), i8::try_from(day.day()));
    match parts {
        (Ok(year), Ok(month), Ok(of_month)) => Date::new(year, month, of_month).ok(),
        _ => None,
    }
    .ok_or_else(|| Error::Damaged(format!("the day {day} is beyond the calendar")))
}
