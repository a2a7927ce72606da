//! What has to be known of lists of events that were not brought up to the day of the verdicts: who
//! reads numbers should not take what cannot be told for what does not happen.

use engine::Outdated;
use enterprise::Text;
use jiff::civil::Date;

use crate::text::screening::grouped;

/// The words for so many subjects in all, if lists of any of them end before the day. To judge as of
/// another day is only advised where that concerns most subjects.
pub(crate) fn words(outdated: &Outdated, as_of: Date, rows: u64) -> Option<Text> {
    let until = outdated.day()?;
    let count = outdated.subjects();
    let (subjects, s) = (grouped(count), if count == 1 { "" } else { "s" });
    let mut words = Text::new(
        format!(
            "{subjects} 户的事件清单没有核查到评估日 {as_of}（多为核查到 {until}），此后有没有事件不知道，\
             看事件的条件对这些户不能判定。请核查到 {as_of}，一次即可补齐各类事件"
        ),
        format!(
            "the events of {subjects} subject{s} are not listed up to {as_of} (mostly up to {until}): \
             whether any happened since is unknown, and criteria about events cannot be told. \
             Bring the lists up to {as_of}, all kinds of events in one go"
        ),
    );
    if count.saturating_mul(2) > rows {
        words.zh.push_str(&format!("；或用 --as-of {until} 按核查日判定"));
        words.en.push_str(&format!(", or judge as of the day they cover: --as-of {until}"));
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use enterprise::{Completeness, Facts};
    use jiff::civil::date;

    use super::*;

    #[test]
    fn another_day_is_only_advised_where_most_subjects_are_concerned() {
        let (until, as_of) = (date(2026, 10, 13), date(2026, 11, 22));
        let declared = Completeness { kind: "accident".to_owned(), from: None, until };
        let mut outdated = Outdated::default();
        assert_eq!(words(&outdated, as_of, 3), None);
        let mut facts = Facts::default();
        facts.complete.push(declared);
        outdated.subject(&facts, as_of);
        for (rows, advised) in [(1, true), (2, false), (20_000, false)] {
            let words = words(&outdated, as_of, rows).unwrap();
            assert_eq!(words.zh.contains("--as-of 2026-10-13"), advised, "{}", words.zh);
            assert_eq!(words.en.contains("--as-of 2026-10-13"), advised, "{}", words.en);
        }
    }
}
