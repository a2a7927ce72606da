//! Today in China. The only clock of the program; every date can be given instead.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::ToSpan;
use jiff::civil::{Date, date};

const SECONDS_PER_DAY: u64 = 86_400;
/// Asia/Shanghai has been UTC+8 without summer time since 1991.
const AHEAD: u64 = 8 * 3_600;

/// Today's date in Asia/Shanghai.
pub(crate) fn today() -> Date {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    day_of(since_epoch.as_secs())
}

fn day_of(seconds: u64) -> Date {
    let days = seconds.saturating_add(AHEAD) / SECONDS_PER_DAY;
    let span = i64::try_from(days).ok().and_then(|days| 0.days().try_days(days).ok());
    span.and_then(|span| date(1970, 1, 1).checked_add(span).ok()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_shanghai() {
        for (seconds, day) in [
            (0, date(1970, 1, 1)),
            (57_599, date(1970, 1, 1)),
            (57_600, date(1970, 1, 2)),
            (1_795_363_199, date(2026, 11, 22)),
            (1_795_363_200, date(2026, 11, 23)),
        ] {
            assert_eq!(day_of(seconds), day, "{seconds}");
        }
    }
}
