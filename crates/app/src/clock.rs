//! What time it is. Only here; everything else is told.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Tells the time.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct Machine;

impl Clock for Machine {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The day of an instant in China, which has one time and no summer time.
pub fn today(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::fixed(Offset::constant(8))).date()
}
