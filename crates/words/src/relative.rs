//! Years as the law says them, from the day of the question: last fiscal year, the year before, the
//! last two years. No year is named by its number here.

use enterprise::Text;
use rules::{ElapsedUnit, FactRef, Quantity, Until, Window};

use crate::condition::inside;
use crate::quantity::{Years, quantity};
use crate::shift;

/// One fiscal year, counted from the base year: 0 is the last one.
pub(crate) fn year(offset: i16) -> Text {
    match offset {
        2.. => Text::new(
            format!("本年度后第 {} 年", offset - 1),
            format!("the year {} years from now", offset - 1),
        ),
        1 => Text::new("本年度", "this year"),
        0 => Text::new("上年度", "last fiscal year"),
        -1 => Text::new("前一年", "the year before"),
        _ => {
            let back = offset.unsigned_abs();
            Text::new(
                format!("上年度之前第 {back} 年"),
                format!("the year {back} years before the last fiscal year"),
            )
        }
    }
}

/// So many years up to the last one: `近两年`, `the last 2 years`.
pub(crate) fn last_years(count: usize) -> Text {
    let zh = match count {
        2 => "近两年".to_owned(),
        3 => "近三年".to_owned(),
        4 => "近四年".to_owned(),
        5 => "近五年".to_owned(),
        other => format!("近 {other} 年"),
    };
    Text::new(zh, format!("the last {count} years"))
}

/// The years of a block: `近两年` where they end with the last one, else each by its name.
pub(crate) fn years(offsets: &[i16], (zh, en): (&str, &str)) -> Text {
    let runs_back = offsets.iter().zip(0_i16..).all(|(offset, back)| *offset == -back);
    if runs_back && offsets.len() > 1 {
        return last_years(offsets.len());
    }
    let names: Vec<Text> = offsets.iter().map(|offset| year(*offset)).collect();
    crate::join(&names, zh, en)
}

/// How far back an event counts.
pub(crate) fn window(window: Window) -> Text {
    match window {
        Window::Months(months) => {
            Text::new(format!("近 {months} 个月内"), format!("within the last {months} months"))
        }
        Window::SinceStartOf(offset) => {
            let year = year(offset);
            Text::new(
                format!("{} 1 月 1 日以来", year.zh),
                format!("since the start of {}", year.en),
            )
        }
    }
}

/// A quantity whose years can be said in one phrase; `None` where each part says its own.
pub(crate) fn phrase(of: &Quantity) -> Option<Text> {
    match of {
        Quantity::Fact(known) => Some(fact(known)),
        Quantity::SumOverYears(parts) => over_years(parts, ("合计", "total of")),
        Quantity::MeanOverYears(parts) => match parts.first()? {
            Quantity::Growth(this, last) if follows(last, this) => {
                let growing: Option<Vec<Quantity>> = parts.iter().map(growing).collect();
                over_years(&growing?, ("平均增长率", "mean yearly growth of"))
            }
            _ => over_years(parts, ("平均值", "average of")),
        },
        Quantity::Growth(this, last) if follows(last, this) => {
            let offset = only(this)?;
            let (year, what) = (year(offset), unsaid(this));
            Some(Text::new(
                format!("{}{}增长率", year.zh, what.zh),
                format!("growth of {} in {}", inside(&what.en, false), year.en),
            ))
        }
        Quantity::CompoundGrowth { end, start, years } => {
            let back = i16::try_from(*years).ok()?;
            let count = usize::try_from(*years).ok()?;
            let (end_year, what) = (only(end)?, unsaid(end));
            (end_year == 0 && shift::quantity(end, -back) == **start).then(|| {
                let span = last_years(count);
                Text::new(
                    format!("{}{}复合增长率", span.zh, what.zh),
                    format!("compound growth of {} over {}", inside(&what.en, false), span.en),
                )
            })
        }
        Quantity::Elapsed { unit, from, to } => Some(elapsed(*unit, from, *to)),
        _ => None,
    }
}

/// The year that all yearly facts of a quantity share, if they do.
pub(crate) fn only(of: &Quantity) -> Option<i16> {
    let offsets = shift::offsets_in(of);
    let first = *offsets.first()?;
    offsets.iter().all(|offset| *offset == first).then_some(first)
}

/// A fact with its year.
pub(crate) fn fact(fact: &FactRef) -> Text {
    let label = &fact.indicator.label;
    match fact.offset {
        None => label.clone(),
        Some(offset) => {
            let year = year(offset);
            Text::new(format!("{}{}", year.zh, label.zh), format!("{} of {}", label.en, year.en))
        }
    }
}

/// What grows in a yearly growth.
fn growing(of: &Quantity) -> Option<Quantity> {
    match of {
        Quantity::Growth(this, last) if follows(last, this) => Some((**this).clone()),
        _ => None,
    }
}

/// Whether `last` is `this` of the year before.
fn follows(last: &Quantity, this: &Quantity) -> bool {
    shift::quantity(this, -1) == *last
}

/// One quantity in each of the last years, taken together.
fn over_years(parts: &[Quantity], (zh, en): (&str, &str)) -> Option<Text> {
    let first = parts.first()?;
    let same = parts.iter().zip(0_i16..).all(|(part, back)| shift::quantity(first, -back) == *part);
    if !same || only(first) != Some(0) {
        return None;
    }
    let (what, span) = (unsaid(first), last_years(parts.len()));
    let is_plain = matches!(first, Quantity::Fact(_));
    let (inner, what) = if is_plain {
        (what.zh.clone(), inside(&what.en, false))
    } else {
        (format!("（{}）", what.zh), format!("({})", what.en))
    };
    Some(Text::new(format!("{}{inner}{zh}", span.zh), format!("{en} {what} over {}", span.en)))
}

fn elapsed(unit: ElapsedUnit, from: &FactRef, to: Until) -> Text {
    let from = &from.indicator.label;
    let to = match to {
        Until::Today => Text::new("评估日", "the date"),
        Until::EndOfYear(offset) => {
            let year = year(offset);
            Text::new(format!("{}末", year.zh), format!("the end of {}", year.en))
        }
    };
    let (zh, en) = match unit {
        ElapsedUnit::Years => ("整年数", "full years"),
        ElapsedUnit::Days => ("天数", "days"),
    };
    Text::new(
        format!("{}至{}的{zh}", from.zh, to.zh),
        format!("{en} from “{}” to {}", from.en, to.en),
    )
}

fn unsaid(of: &Quantity) -> Text {
    quantity(of, Years::Unsaid)
}
