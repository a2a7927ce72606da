//! The days on which an answer can change though no fact does. Between two of them every day has the
//! same verdict; a property test holds that against evaluating each day.

use std::collections::BTreeSet;

use enterprise::{Facts, Value, months_before};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::reach::Reach;
use crate::exact::Exact;
use crate::programme::Programme;
use crate::rulebook::Rulebook;

/// The days after `today`, up to `until`, on which the answer about the programme can change.
pub(super) fn turning_days(
    rulebook: &Rulebook,
    programme: &Programme,
    facts: &Facts,
    reach: &Reach<'_>,
    (today, until): (Date, Date),
) -> BTreeSet<Date> {
    let mut days = Days { days: BTreeSet::new(), today, until };
    if reach.every_day {
        let mut last = today;
        while let Ok(day) = last.tomorrow()
            && day <= until
        {
            days.add(Some(day));
            last = day;
        }
        return days.days;
    }
    for year in today.year()..=until.year() {
        days.add(Date::new(year, 1, 1).ok());
    }
    days.of_the_law(rulebook, programme);
    for title in &facts.titles {
        days.period(title.from, title.to);
    }
    for judgement in &facts.judgements {
        days.add(judgement.on);
    }
    days.of_events(facts, &reach.windows);
    days.of_elapsed_time(facts, reach);
    days.days
}

struct Days {
    days: BTreeSet<Date>,
    today: Date,
    until: Date,
}

impl Days {
    fn add(&mut self, day: Option<Date>) {
        if let Some(day) = day.filter(|day| self.today < *day && *day <= self.until) {
            self.days.insert(day);
        }
    }

    /// The first day, and the first day after the last one.
    fn period(&mut self, from: Date, to: Option<Date>) {
        self.add(Some(from));
        self.add(to.and_then(|to| to.tomorrow().ok()));
    }

    /// Versions come and go, rounds pin base years, classifications are replaced.
    fn of_the_law(&mut self, rulebook: &Rulebook, programme: &Programme) {
        for applies in programme.versions.iter().flat_map(|version| &version.applies) {
            self.period(applies.from, applies.to);
        }
        for round in rulebook.rounds.iter().filter(|round| round.programme == programme.id) {
            self.period(round.from, Some(round.to));
        }
        for known in rulebook.classifications.values().flatten() {
            self.period(known.from, known.to);
        }
    }

    /// Events enter windows on their day and leave them later; so do the ends of declared periods.
    fn of_events(&mut self, facts: &Facts, windows: &BTreeSet<u32>) {
        for event in &facts.events {
            self.add(Some(event.date));
        }
        for known in &facts.complete {
            self.add(known.until.tomorrow().ok());
        }
        let events = facts.events.iter().map(|event| Some(event.date));
        let ends = facts.complete.iter().map(|known| Some(known.until));
        let before = |from: Date| from.yesterday().ok();
        let starts = facts.complete.iter().map(|known| known.from.and_then(before));
        let dated: Vec<Date> = events.chain(ends).chain(starts).flatten().collect();
        for months in windows {
            for day in &dated {
                self.add(leaves(*day, *months));
            }
        }
    }

    fn of_elapsed_time(&mut self, facts: &Facts, reach: &Reach<'_>) {
        for indicator in &reach.years_from {
            for date in dates(facts, indicator, &reach.assumed_dates) {
                self.add(Some(date));
                for year in self.today.year()..=self.until.year() {
                    let years = i64::from(year) - i64::from(date.year());
                    let anniversary = date.checked_add(years.years()).ok();
                    self.add(anniversary);
                    // Of years begun the next one begins on the day after.
                    self.add(anniversary.and_then(|day| day.tomorrow().ok()));
                }
            }
        }
        for (indicator, limit) in &reach.days_from {
            let Some(days) = whole(*limit) else { continue };
            for date in dates(facts, indicator, &reach.assumed_dates) {
                let reached = date.checked_add(days.days()).ok();
                self.add(reached);
                self.add(reached.and_then(|day| day.tomorrow().ok()));
            }
        }
    }
}

/// The first day whose window of so many months no longer holds `day`.
fn leaves(day: Date, months: u32) -> Option<Date> {
    // Where months are of different length, the window stands still for some days.
    let mut last = day.checked_add(Span::new().try_months(months).ok()?).ok()?;
    while months_before(last, months) <= day {
        last = last.tomorrow().ok()?;
    }
    Some(last)
}

/// The dates that an indicator has or may be assumed to have.
fn dates(facts: &Facts, indicator: &str, assumed: &[Date]) -> Vec<Date> {
    let given = facts.iter().filter(|(key, _)| key.indicator == indicator);
    let given = given.filter_map(|(_, fact)| match fact.value {
        Value::Date(date) => Some(date),
        _ => None,
    });
    given.chain(assumed.iter().copied()).collect()
}

/// A number of days, rounded down; none if it lies beyond every calendar.
fn whole(limit: Exact) -> Option<i64> {
    const CALENDAR: i64 = 4_000_000;
    limit.floor_at(1).filter(|days| (-CALENDAR..=CALENDAR).contains(days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_event_leaves_on_the_first_day_whose_window_starts_after_it() {
        for (event, months, first) in [
            (date(2024, 3, 15), 36, date(2027, 3, 16)),
            (date(2024, 2, 29), 12, date(2025, 3, 1)),
            (date(2024, 1, 31), 1, date(2024, 3, 1)),
            (date(2026, 2, 28), 3, date(2026, 6, 1)),
        ] {
            assert_eq!(leaves(event, months), Some(first), "{event}");
        }
    }

    #[test]
    fn limits_in_days_are_rounded_down() {
        assert_eq!(whole(Exact::whole(365)), Some(365));
        assert_eq!(whole(Exact::scaled(3655, 10).unwrap()), Some(365));
        assert_eq!(whole(Exact::whole(i64::MAX)), None);
    }
}
