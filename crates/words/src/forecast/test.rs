//! The test that turned within a condition, and what changed in it.

use enterprise::Text;
use jiff::civil::Date;
use rules::{ConditionResult, Happened, Rulebook, Test, Truth};

use super::Place;
use super::figures::{compare, turned};
use crate::condition::{choices, event_window, quoted};
use crate::gap;
use crate::quantity::Years;

/// The first test whose outcome changed, and what changed in it.
pub(super) fn test(
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

fn lacks(result: &ConditionResult<'_>, rulebook: &Rulebook) -> Option<Text> {
    let missing = result.lacking.missing.first().map(|missing| {
        let words = gap::missing(missing, rulebook);
        if missing.why().data {
            Text::new(format!("缺 {}", words.zh), format!("lacks {}", words.en))
        } else {
            Text::new(format!("待 {}", words.zh), format!("awaits {}", words.en))
        }
    });
    missing.or_else(|| result.lacking.pending.first().map(gap::pending))
}
