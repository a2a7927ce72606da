//! What is asked, in one line, and in which form the answer is written.

use enterprise::{Facts, Indicator, Kind, Text};
use rules::inquiry::{Span, endless, unqualified};
use rules::{Missing, Rulebook};

use words::condition::quoted;
use words::gap::name;

/// The question in one line, with the way to answer it.
pub(super) fn asked(what: &Missing, rulebook: &Rulebook, facts: &Facts, span: Span) -> Text {
    let name = name(what, rulebook);
    match what {
        Missing::Fact { key, .. } => match rulebook.catalogue.indicator(&key.indicator) {
            Some(indicator) => {
                let way = way(indicator);
                Text::new(format!("{}（{}）", name.zh, way.zh), format!("{} ({})", name.en, way.en))
            }
            None => name,
        },
        Missing::Title(id) => match endless(facts, id) {
            Some(title) => Text::new(
                format!("{}称号自 {} 起，到哪天为止？（日期）", quoted(&name.zh), title.from),
                format!("The title {} is held from {}: until when? (a day)", name.en, title.from),
            ),
            None => Text::new(
                format!(
                    "是否持有{}称号？（否，或有效期起止，如 2024-05-01 至 2027-04-30）",
                    quoted(&name.zh)
                ),
                format!(
                    "Is the title {} held? (no, or from when to when, such as 2024-05-01 to 2027-04-30)",
                    name.en
                ),
            ),
        },
        Missing::Event { kind, attribute: Some(attribute) } => {
            let lacking = unqualified(&rulebook.catalogue, facts, kind, attribute, span);
            let days = lacking.iter().filter_map(|index| facts.events.get(*index));
            let days: Vec<String> = days.map(|event| event.date.to_string()).collect();
            Text::new(
                format!("{}：{}（整数）", name.zh, days.join("、")),
                format!("{}: {} (whole number)", name.en, days.join(", ")),
            )
        }
        _ => {
            let Span { from, until } = span;
            Text::new(
                format!(
                    "{from} 至 {until}，有无{}？（否，或全部日期，如 2024-03-01、2025-06-30）",
                    quoted(&name.zh)
                ),
                format!(
                    "From {from} to {until}, was there: {}? (no, or all days, such as 2024-03-01, 2025-06-30)",
                    name.en
                ),
            )
        }
    }
}

/// How the value of an indicator is written.
fn way(indicator: &Indicator) -> Text {
    match &indicator.kind {
        Kind::Money => Text::new("金额，如 1500万元", "money, such as 1500万元 or 15000000"),
        Kind::Ratio => Text::new("比率，如 3%", "ratio, such as 3%"),
        Kind::Number { unit, .. } if !unit.zh.is_empty() => {
            Text::new(format!("单位：{}", unit.zh), format!("in {}", unit.en))
        }
        Kind::Number { .. } => Text::new("数字", "a number"),
        Kind::Date => Text::new("日期，如 2024-03-01", "a day, such as 2024-03-01"),
        Kind::Flag => Text::new("是/否", "yes/no"),
        Kind::Choice(_) => Text::new("选一项，写序号或名称", "choose one, by number or name"),
        Kind::Industry => {
            Text::new("GB/T 4754-2017 代码，如 C3484", "code of GB/T 4754-2017, such as C3484")
        }
    }
}
