//! What time changes, in words: a title ends, an event leaves its window, years have passed.

use enterprise::Text;
use jiff::civil::Date;
use rules::forecast::{Change, Course, Ends, Period};
use rules::{
    Amount, Carry, Compared, ConditionResult, CriterionResult, Document, Finding, Happened,
    Measure, Operand, Origin, Outcome, Rulebook, Test, Truth,
};

use crate::condition::{choices, event_window, quoted};
use crate::quantity::Years;
use crate::{amounts, gap, join, law, programme, provenance, verdict};

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

/// A criterion with its new status, its clause and why: `无重大事故：转为符合（…）`.
fn criterion(
    before: Option<&CriterionResult<'_>>,
    after: &CriterionResult<'_>,
    place: Place<'_, '_>,
) -> Text {
    let label = &after.criterion.label;
    let (from, to) = (before.map(|result| result.truth), status(after.truth));
    let nothing = Document::default();
    let shown = match &place.period.answer.outcome {
        Outcome::Assessed(assessment) => &assessment.version.document,
        Outcome::NoVersion { .. } => &nothing,
    };
    let clause = provenance::clause(&after.criterion.citation, shown);
    let turn = match from {
        Some(_) => Text::new(format!("转为{}", to.zh), format!("becomes {}", to.en)),
        None => to,
    };
    let reason = because(before, after, place);
    let parts: Vec<Text> = reason.into_iter().collect();
    let reason = join(&parts, "；", "; ");
    let with = |text: &str, open: &str, close: &str| {
        if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
    };
    Text::new(
        format!(
            "{}{}{}{}",
            label.zh,
            with(&clause, "（", "）"),
            turn.zh,
            with(&reason.zh, "：", "")
        ),
        format!(
            "{}{} {}{}",
            label.en,
            with(&clause, " (", ")"),
            turn.en,
            with(&reason.en, ": ", "")
        ),
    )
}

fn status(truth: Truth) -> Text {
    verdict::truth(truth)
}

fn because(
    before: Option<&CriterionResult<'_>>,
    after: &CriterionResult<'_>,
    place: Place<'_, '_>,
) -> Option<Text> {
    if let (Some(known), Some(when)) = (before.and_then(|b| b.when.as_ref()), &after.when)
        && known.truth != when.truth
    {
        return test(Some(known), when, place);
    }
    match (&after.finding, before.map(|result| &result.finding)) {
        (Finding::Condition(after), Some(Finding::Condition(before))) => {
            test(Some(before), after, place)
        }
        (Finding::Condition(after), _) => test(None, after, place),
        (Finding::Judged(Some(judgement)), _) => {
            judgement.on.map(|on| Text::new(format!("{on} 的判断"), format!("judged on {on}")))
        }
        (Finding::Score, _) => score(place.period),
        _ => None,
    }
}

fn score(period: &Period<'_>) -> Option<Text> {
    let Outcome::Assessed(assessment) = &period.answer.outcome else { return None };
    let score = assessment.score.as_ref()?;
    let (low, high) = (amounts::points(score.low), amounts::points(score.high));
    let pass = amounts::points(score.table.pass.points);
    let (zh, en) = if low == high {
        (format!("{low} 分"), format!("{low} points"))
    } else {
        (format!("{low}—{high} 分"), format!("{low} to {high} points"))
    };
    Some(Text::new(format!("{zh}，及格 {pass} 分"), format!("{en}, pass at {pass}")))
}

/// The first test whose outcome changed, and what changed in it.
fn test(
    before: Option<&ConditionResult<'_>>,
    after: &ConditionResult<'_>,
    place: Place<'_, '_>,
) -> Option<Text> {
    if before.is_some_and(|before| before.truth == after.truth) {
        return None;
    }
    let within = |before: Option<&ConditionResult<'_>>, after| test(before, after, place);
    let known = before.map(|before| &before.test);
    match (&after.test, known) {
        (Test::All(parts), Some(Test::All(known)))
        | (Test::AtLeast(_, parts), Some(Test::AtLeast(_, known)))
            if parts.len() == known.len() =>
        {
            known.iter().zip(parts).find_map(|(known, part)| within(Some(known), part))
        }
        (Test::All(parts) | Test::AtLeast(_, parts), _) => parts
            .iter()
            .filter(|part| part.truth == after.truth)
            .find_map(|part| within(None, part)),
        (Test::Not(inner), Some(Test::Not(known))) => within(Some(known), inner),
        (Test::Not(inner), _) => within(None, inner),
        (Test::Happened { happened, dates, .. }, known) => {
            let known = match known {
                Some(Test::Happened { dates, .. }) => dates.as_slice(),
                _ => &[],
            };
            event(happened, known, dates, place.period.answer.base_year)
        }
        (Test::Holds { holds, title }, _) => {
            let label = quoted(&holds.label.zh);
            let end = title.as_ref().and_then(|title| title.to);
            match (after.truth, end) {
                (Truth::Met, _) => {
                    Some(Text::new(format!("持有{label}称号"), format!("holds {}", holds.label.en)))
                }
                (_, Some(to)) if to < place.period.from => Some(Text::new(
                    format!("{label}称号 {to} 到期"),
                    format!("the title {} expired on {to}", holds.label.en),
                )),
                _ => None,
            }
        }
        (Test::Member { member, possible, .. }, known) => {
            let indicator = &member.fact.indicator;
            let class =
                |options: &[usize]| (!options.is_empty()).then(|| choices(indicator, options));
            let new = class(possible)?;
            let old = match known {
                Some(Test::Member { possible, .. }) => class(possible),
                _ => None,
            };
            Some(turned(&indicator.label, old, new))
        }
        (Test::Compare(compared), known) => {
            let known = match known {
                Some(Test::Compare(known)) => Some(&**known),
                _ => None,
            };
            compare(known, compared, place).or_else(|| lacks(after, place.rulebook))
        }
        (Test::Flag { .. }, _) => lacks(after, place.rulebook),
    }
}

fn event(happened: &Happened, before: &[Date], after: &[Date], base_year: i16) -> Option<Text> {
    let label = &happened.event.label;
    let window = event_window(happened.window, Years::From(base_year));
    let quoted = quoted(&label.zh);
    let new = |known: &[Date], of: &[Date]| of.iter().find(|day| !known.contains(day)).copied();
    if let Some(day) = new(after, before) {
        return Some(Text::new(
            format!("{day} 的{quoted}移出{}的窗口", window.zh),
            format!("“{}” of {day} leaves the window ({})", label.en, window.en),
        ));
    }
    new(before, after).map(|day| {
        Text::new(
            format!("{day} 的{quoted}进入{}的窗口", window.zh),
            format!("“{}” of {day} enters the window ({})", label.en, window.en),
        )
    })
}

fn compare(
    before: Option<&Compared<'_>>,
    after: &Compared<'_>,
    place: Place<'_, '_>,
) -> Option<Text> {
    let measure = &after.comparison.measure;
    let value = |amount: &Amount| known(amount, measure);
    let new = value(&after.left)?;
    let what = law::quantity(&after.comparison.left);
    let old = before.and_then(|before| value(&before.left)).filter(|old| *old != new);
    let edge = value(&after.right);
    let turned = turned(&what, old, new);
    let sign = after.comparison.operator.sign();
    let rests = rests_on(&after.operands, place.assumed);
    let said = match edge {
        Some(edge) => Text::new(
            format!("{}，须 {sign} {}", turned.zh, edge.zh),
            format!("{}, needs {sign} {}", turned.en, edge.en),
        ),
        None => turned,
    };
    Some(match rests {
        Some(year) => Text::new(
            format!("{}，{year} 年度数据为沿用", said.zh),
            format!("{}, figures of {year} carried over", said.en),
        ),
        None => said,
    })
}

/// The last year of which a figure was carried over, if one was.
fn rests_on(operands: &[Operand<'_>], assumed: &[Carry]) -> Option<i16> {
    let carried = |operand: &Operand<'_>| {
        let is_it = |step: &Carry| match step {
            Carry::Same { key, .. } | Carry::Grown { key, .. } | Carry::Nothing { key } => {
                key.indicator == operand.fact.indicator.id && key.year == operand.year
            }
            Carry::NoEvents { .. } => false,
        };
        match &operand.origin {
            Origin::Computed(parts) => rests_on(parts, assumed),
            _ => operand.year.filter(|_| assumed.iter().any(is_it)),
        }
    };
    operands.iter().filter_map(carried).max()
}

fn turned(what: &Text, old: Option<Text>, new: Text) -> Text {
    match old.filter(|old| *old != new) {
        Some(old) => Text::new(
            format!("{}由 {} 变为 {}", what.zh, old.zh, new.zh),
            format!("{} goes from {} to {}", what.en, old.en, new.en),
        ),
        None => {
            Text::new(format!("{}为 {}", what.zh, new.zh), format!("{} is {}", what.en, new.en))
        }
    }
}

fn known(amount: &Amount, measure: &Measure) -> Option<Text> {
    match amount {
        Amount::Known(number) => Some(amounts::readable(number.shown()?, measure)),
        _ => None,
    }
}

fn lacks(result: &ConditionResult<'_>, rulebook: &Rulebook) -> Option<Text> {
    let missing = result.lacking.missing.first().map(|missing| {
        let words = gap::missing(missing, rulebook);
        if missing.why().data {
            Text::new(format!("缺 {}", words.zh), format!("missing: {}", words.en))
        } else {
            Text::new(format!("待 {}", words.zh), format!("awaits: {}", words.en))
        }
    });
    missing.or_else(|| result.lacking.pending.first().map(gap::pending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values_are_told_before_and_after_only_where_they_differ() {
        let word = |word: &str| Text::new(word, word);
        let told = |old: &str| turned(&word("年限"), Some(word(old)), word("3"));
        assert_eq!(told("2").zh, "年限由 2 变为 3");
        assert_eq!(told("2").en, "年限 goes from 2 to 3");
        assert_eq!(told("3").zh, "年限为 3");
    }

    #[test]
    fn where_nobody_asked_for_more_nothing_is_said() {
        let day = date(2036, 5, 1);
        assert_eq!(ends(&Ends::Asked, day), Text::default());
        assert!(ends(&Ends::NoVersion(None), day).zh.contains("不能预测"));
    }
}
