//! Plans in words: the day, the steps, what they are for, what stands in the way. Values in full:
//! a rounded target would miss the edge.

mod obstacle;
mod step;

pub use obstacle::{closed, obstacle};
pub use step::{by, change, figure, first_sentence, goal, movement, relative, serves, tied, value};

use enterprise::Text;
use jiff::civil::Date;
use rules::plan::{Plan, TargetBecause, TitleStep, Trusted};
use rules::{Assessment, Outcome, Path, Rulebook};

use crate::condition::{quoted, tested};
use crate::quantity::Years;
use crate::{amounts, gap};

/// Why this day: `指定`, `申报窗口“…”最后一天`.
pub fn because(because: &TargetBecause<'_>) -> Text {
    match because {
        TargetBecause::Asked => Text::new("指定的日期", "as asked"),
        TargetBecause::Round(round) => match &round.label {
            Some(label) => Text::new(
                format!("{}的最后一天", quoted(&label.zh)),
                format!("the last day of: {}", label.en),
            ),
            None => Text::new("申报窗口的最后一天", "the last day of the window"),
        },
        TargetBecause::EndOfYear => Text::new(
            "没有已公布的申报窗口，取当年年末",
            "no window is announced: the end of the year",
        ),
    }
}

/// Which fiscal years can no longer change: `2025 年度及以前已结账`.
pub fn closed_years(today: Date) -> Text {
    let last = today.year().saturating_sub(1);
    Text::new(
        format!("{last} 年度及以前已结账，不能再改"),
        format!("fiscal years up to {last} are closed"),
    )
}

/// How much a plan takes: `涉及 2 项指标，难度 8`.
pub fn effort(plan: &Plan<'_>) -> Text {
    let mut touched: Vec<&str> =
        plan.steps.iter().map(|step| step.key.indicator.as_str()).collect();
    touched.sort_unstable();
    touched.dedup();
    let (count, effort) = (touched.len(), plan.effort);
    let mut words = if count == 0 {
        Text::default()
    } else {
        let things = if count == 1 { "indicator" } else { "indicators" };
        Text::new(
            format!("涉及 {count} 项指标，难度 {effort}"),
            format!("touches {count} {things}, effort {effort}"),
        )
    };
    let titles = plan.titles.len();
    if titles > 0 {
        let things = if titles == 1 { "title" } else { "titles" };
        let (zh, en) = if count == 0 { ("", "") } else { ("，", ", ") };
        words.zh.push_str(&format!("{zh}先取得 {titles} 项称号"));
        words.en.push_str(&format!("{en}{titles} {things} to be won first"));
    }
    words
}

/// A title that has to be won first.
pub fn title(step: &TitleStep<'_>, rulebook: &Rulebook) -> Text {
    let name = gap::title(&rulebook.catalogue, &step.programme);
    let label = quoted(&name.zh);
    let wanted = match step.criterion {
        Some(criterion) => {
            Text::new(format!("“{}”", criterion.label.zh), criterion.label.en.clone())
        }
        None => Text::new("评分", "the score"),
    };
    match step.held_until {
        Some(day) => Text::new(
            format!("续期{label}（现有称号 {day} 到期），用于{}", wanted.zh),
            format!("renew {} (held until {day}), for: {}", name.en, wanted.en),
        ),
        None => Text::new(
            format!("取得{label}，用于{}", wanted.zh),
            format!("win {}, for: {}", name.en, wanted.en),
        ),
    }
}

/// A test that has to come out well.
pub fn trusted(trusted: &Trusted<'_>, base_year: i16) -> Text {
    let what = match (&trusted.test, trusted.item, trusted.criterion) {
        (Some(test), ..) => tested(&test.test, Years::From(base_year), trusted.to_met),
        (None, Some(item), _) => item.label.clone(),
        (None, None, Some(criterion)) => criterion.label.clone(),
        (None, None, None) => Text::default(),
    };
    let (Some(item), Some(wanted)) = (trusted.item, trusted.points) else { return what };
    let wanted = amounts::points(wanted);
    let of = if trusted.test.is_some() {
        Text::new(format!("（{}）", item.label.zh), format!(" ({})", item.label.en))
    } else {
        Text::default()
    };
    Text::new(
        format!("{}{}：须得 {wanted} 分", what.zh, of.zh),
        format!("{}{}: {wanted} points are needed", what.en, of.en),
    )
}

/// A score before and after: `评分 52 → 60，及格 60`.
pub fn score(before: &Assessment<'_>, plan: &Plan<'_>) -> Option<Text> {
    let Outcome::Assessed(after) = &plan.answer.outcome else { return None };
    if after.path == Some(Path::Direct) {
        return Some(Text::new("走直通，不看评分", "by a direct path beside the score"));
    }
    let (before, after) = (before.score.as_ref()?, after.score.as_ref()?);
    let bounds = |low, high| {
        let (low, high) = (amounts::points(low), amounts::points(high));
        if low == high { low } else { format!("{low}–{high}") }
    };
    let pass = amounts::points(after.table.pass.points);
    // Words of persons are taken to be favourable, and the page says so.
    let (hoped_zh, hoped_en) = if after.low < after.table.pass.points {
        ("，待判断项须有利", ", pending points have to come in")
    } else {
        ("", "")
    };
    let (before, after) = (bounds(before.low, before.high), bounds(after.low, after.high));
    Some(Text::new(
        format!("评分 {before} → {after}，及格 {pass}{hoped_zh}"),
        format!("score {before} → {after}, pass {pass}{hoped_en}"),
    ))
}

/// Whether a plan asks for nothing at all.
pub fn nothing_to_do(plan: &Plan<'_>) -> bool {
    plan.steps.is_empty()
        && plan.titles.is_empty()
        && plan.trusted.is_empty()
        && plan.overruled.is_empty()
}
