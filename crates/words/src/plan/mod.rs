//! Plans in words: the day, the steps, what they are for, what stands in the way.

mod carried;
mod obstacle;
mod score;
mod shown;
mod step;
mod trust;
mod warning;

pub use carried::matters;
pub use obstacle::{closed, obstacle, obstacle_in_short};
pub use score::{all_judged, score};
pub use shown::shown;
pub use step::{
    by, change, figure, first_sentence, goal, movement, relative, serves, tied, undefined, value,
};
pub use trust::{trusted, trusted_lines};
pub use warning::{days_until, warnings};

use enterprise::Text;
use enterprise::Title;
use jiff::civil::Date;
use rules::Rulebook;
use rules::plan::{Plan, Planning, TargetBecause, TitleStep};

use crate::condition::quoted;
use crate::gap;
use crate::window::{self, Window};

/// Why this day: `指定`, `申报窗口“…”最后一天`.
pub fn because(planning: &Planning<'_>) -> Text {
    match planning.target_because {
        TargetBecause::Asked => Text::new("指定的日期", "as asked"),
        TargetBecause::Round(round) => match &round.label {
            Some(label) => Text::new(
                format!("{}的最后一天", quoted(&label.zh)),
                format!("the last day of: {}", label.en),
            ),
            None => Text::new("申报窗口的最后一天", "the last day of the window"),
        },
        TargetBecause::EndOfYear => match window::window(&planning.unchanged) {
            Window::Closed(round) => {
                let (year, from, to) = (round.from.year(), round.from, round.to);
                Text::new(
                    format!("{year} 年度申报窗口 {from}—{to} 已截止，下批未公布；取当年年末"),
                    format!(
                        "the window of {year}, {from} to {to}, is over and the next one not \
                         announced: the end of the year"
                    ),
                )
            }
            _ => Text::new(
                "没有已公布的申报窗口，取当年年末",
                "no window is announced: the end of the year",
            ),
        },
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
    let lasting = |title: &&TitleStep<'_>| title.held_until.is_some();
    let kept = plan.titles.iter().filter(lasting).count();
    let won = plan.titles.len().saturating_sub(kept);
    for (number, (zh, zh_end), en) in [
        (won, ("先取得 ", " 项称号"), "to be won first"),
        (kept, ("须保持 ", " 项称号有效"), "to be kept valid"),
    ] {
        if number == 0 {
            continue;
        }
        let things = if number == 1 { "title" } else { "titles" };
        let (comma_zh, comma_en) = if words.zh.is_empty() { ("", "") } else { ("，", ", ") };
        words.zh.push_str(&format!("{comma_zh}{zh}{number}{zh_end}"));
        words.en.push_str(&format!("{comma_en}{number} {things} {en}"));
    }
    words
}

/// What effort is: said where it is named first.
pub fn effort_means() -> Text {
    Text::new(
        "难度为规则库的经验估计，越大越难",
        "effort is the rulebook's estimate from experience: the larger, the harder",
    )
}

/// A title that has to be won first, or that has to last.
pub fn title(step: &TitleStep<'_>, rulebook: &Rulebook, today: Date) -> Text {
    let name = gap::title(&rulebook.catalogue, &step.programme);
    let label = quoted(&name.zh);
    let wanted = match step.criterion {
        Some(criterion) => Text::new(quoted(&criterion.label.zh), criterion.label.en.clone()),
        None => Text::new("评分", "the score"),
    };
    match step.held_until {
        Some(day) if day < today => Text::new(
            format!("{label}须在目标日有效：称号已于 {day} 到期，须重新取得；用于{}", wanted.zh),
            format!(
                "{} has to be valid on the target day: it expired on {day} and has to be won \
                 again; for: {}",
                name.en, wanted.en
            ),
        ),
        Some(day) => Text::new(
            format!(
                "{label}须在目标日有效：现有称号 {day} 到期，到期前须通过复核，否则重新申请；用于{}",
                wanted.zh
            ),
            format!(
                "{} has to be valid on the target day: the title ends on {day}; pass the \
                 re-review before, or apply anew; for: {}",
                name.en, wanted.en
            ),
        ),
        None => Text::new(
            format!("取得{label}，用于{}", wanted.zh),
            format!("win {}, for: {}", name.en, wanted.en),
        ),
    }
}

/// A title that ends soon: `“专精特新中小企业” 2027-09-30 到期，还有 311 天`.
pub fn ending(title: &Title, rulebook: &Rulebook, today: Date) -> Option<Text> {
    let day = title.to?;
    let left = days_until(today, day);
    let name = gap::title(&rulebook.catalogue, &title.programme);
    let days = if left == 1 { "day" } else { "days" };
    Some(Text::new(
        format!("{} {day} 到期，还有 {left} 天", quoted(&name.zh)),
        format!("{} ends on {day}, {left} {days} left", name.en),
    ))
}

/// Whether a plan asks for nothing at all.
pub fn nothing_to_do(plan: &Plan<'_>) -> bool {
    plan.steps.is_empty()
        && plan.titles.is_empty()
        && plan.trusted.is_empty()
        && plan.overruled.is_empty()
}

/// Whether a plan asks for nothing but that some matters turn out to be as hoped.
pub fn only_confirm(plan: &Plan<'_>) -> bool {
    plan.steps.is_empty()
        && plan.titles.is_empty()
        && plan.overruled.is_empty()
        && !plan.trusted.is_empty()
}
