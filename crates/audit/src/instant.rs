//! Instants to the microsecond, which is what the databases keep; days of Shanghai (+08:00 all year).

use jiff::civil::Date;
use jiff::{Timestamp, tz};
use serde::{Deserialize as _, Deserializer, Serializer, de};

const SHANGHAI: tz::Offset = tz::offset(8);

/// The day in Shanghai that `at` belongs to.
pub fn day_of(at: Timestamp) -> Date {
    SHANGHAI.to_datetime(at).date()
}

/// The first instant of `day` in Shanghai; none at the very ends of the calendar.
pub fn day_begins(day: Date) -> Option<Timestamp> {
    SHANGHAI.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

/// `at` as it comes back from a database.
pub(crate) fn to_microsecond(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

pub(crate) fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{at:.6}"))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    String::deserialize(from)?.parse().map_err(de::Error::custom)
}

/// Days in files.
pub(crate) mod day {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}
