//! What time changes, in words: a title ends, another version applies, a criterion turns.

mod criterion;
mod figures;
mod score;
mod test;

use enterprise::Text;
use jiff::civil::Date;
use rules::forecast::{Change, Course, Ends, Forecast, Period};
use rules::{Carry, Rulebook};

use crate::{carry, join, programme, verdict};
use criterion::criterion;

/// Criteria that are told for one day; where more turn, the first ones explain enough.
const TOLD: usize = 3;

/// The stable word of where a forecast stands.
pub fn course_code(course: Course) -> &'static str {
    match course {
        Course::Passed => "passed",
        Course::Waits => "waits",
        Course::NotPassed => "not_passed",
    }
}

/// Where a change stands: what its words have to know beside it.
#[derive(Clone, Copy)]
pub struct Place<'a, 'r> {
    /// The law.
    pub rulebook: &'a Rulebook,
    /// What the forecast takes for granted.
    pub assumed: &'a [Carry],
    /// The period that begins with the change.
    pub period: &'a Period<'r>,
}

/// One change.
pub fn change(change: &Change<'_, '_>, place: Place<'_, '_>) -> Text {
    match change {
        Change::TitleEnded(title) => match title.to {
            Some(to) => Text::new(format!("称号 {to} 到期"), format!("the title expired on {to}")),
            None => Text::new("称号不再有效", "the title is not held any more"),
        },
        Change::TitleBegun(title) => Text::new(
            format!("称号 {} 起有效", title.from),
            format!("the title is valid from {}", title.from),
        ),
        Change::Purpose { before, after } => {
            let (before, after) = (verdict::purpose(*before), verdict::purpose(*after));
            Text::new(
                format!("用途由{}改为{}", before.zh, after.zh),
                format!("judged as {} and no more as {}", after.en, before.en),
            )
        }
        Change::Version { before: _, after: Some(version) } => {
            let version = programme::version(version);
            Text::new(format!("改按 {}", version.zh), format!("now by the {}", version.en))
        }
        Change::Version { before: Some(version), after: None } => {
            let version = programme::version(version);
            Text::new(format!("{}停止适用", version.zh), format!("the {} ended", version.en))
        }
        Change::Version { before: None, after: None } => Text::default(),
        Change::BaseYear { after, .. } => Text::new(
            format!("上一会计年度变为 {after}"),
            format!("the last fiscal year becomes {after}"),
        ),
        Change::Criterion { before, after } => criterion(*before, after, place),
    }
}

/// Why a period began, all changes in one text; of many criteria only the first.
pub fn why(changes: &[Change<'_, '_>], place: Place<'_, '_>) -> Text {
    let is_criterion = |change: &&Change<'_, '_>| matches!(change, Change::Criterion { .. });
    let criteria = changes.iter().filter(is_criterion).count();
    let told = changes.iter().filter(|change| !is_criterion(change));
    let told = told.chain(changes.iter().filter(is_criterion).take(TOLD));
    let mut words: Vec<Text> = told.map(|change| self::change(change, place)).collect();
    words.retain(|words| !words.zh.is_empty());
    if criteria > TOLD {
        let more = criteria - TOLD;
        words.push(Text::new(
            format!("另有 {more} 项条件改变"),
            format!("{more} more criteria change"),
        ));
    }
    join(&words, "；", "; ")
}

/// What forecasts rest on.
pub fn premises(forecasts: &[Forecast<'_>], rulebook: &Rulebook) -> Vec<Text> {
    let mut assumed: Vec<Carry> = Vec::new();
    for step in forecasts.iter().flat_map(|forecast| &forecast.assumed) {
        if !assumed.contains(step) {
            assumed.push(step.clone());
        }
    }
    let always = Text::new(
        "除时间外一切不变：现状数据、已列的称号和已有的判断照旧，规则只用已公布的版本",
        "nothing happens but time: facts as they stand, listed titles and judgements made stay, \
         the law is what is known of it today",
    );
    let mut premises = vec![always];
    premises.extend(carry::carry(&assumed, &rulebook.catalogue));
    premises
}

/// Why no more is told; empty where nobody asked for more.
pub fn ends(ends: &Ends<'_>, until: Date) -> Text {
    match ends {
        Ends::Asked => Text::default(),
        Ends::NoVersion(Some(version)) => {
            let version = programme::version(version);
            Text::new(
                format!("只预测到 {until}：此后的版本尚不知道（{}为最后一版）", version.zh),
                format!(
                    "told up to {until} only: no later version is known (the {} is the last)",
                    version.en
                ),
            )
        }
        Ends::NoVersion(None) => {
            Text::new("没有此用途的版本，不能预测", "no version for this purpose: nothing to tell")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn where_nobody_asked_for_more_nothing_is_said() {
        let day = date(2036, 5, 1);
        assert_eq!(ends(&Ends::Asked, day), Text::default());
        assert!(ends(&Ends::NoVersion(None), day).zh.contains("不能预测"));
    }
}
