//! From the words of an answer to a reply. What cannot be taken is said with the reason; then it is
//! asked again.

use connectors::{spoken_date, spoken_value};
use enterprise::{FactKey, Indicator, Kind, Problem, ProblemKind, Text};
use jiff::civil::Date;
use rules::Rulebook;
use rules::inquiry::{Reply, Span};

use super::session::value_words;

/// What an answer comes to.
pub(super) enum Heard {
    /// A reply, and how it is repeated.
    Reply(Reply, Text),
    /// They do not know.
    Unknown,
    /// Yes, but the days are still lacking.
    DaysPlease,
    /// These days.
    Days(Vec<Date>),
    /// Not understood.
    No(Text),
}

/// The value of a fact.
pub(super) fn value(rulebook: &Rulebook, key: &FactKey, said: &str) -> Heard {
    let Some(indicator) = rulebook.catalogue.indicator(&key.indicator) else {
        return Heard::Unknown;
    };
    let chosen = option(indicator, said);
    match spoken_value(indicator, chosen.as_deref().unwrap_or(said)) {
        Ok(Some(value)) => {
            let words = value_words(rulebook, key, &value);
            Heard::Reply(Reply::Value(value), words)
        }
        Ok(None) => Heard::Unknown,
        // What is said about blank cells is of no use here.
        Err(problem) if problem.kind == ProblemKind::WrongType && is_quantity(indicator) => {
            let message = &problem.message;
            Heard::No(Text::new(
                format!("{}；请写数字，可带单位；不清楚答 -", message.zh),
                format!(
                    "{}; write a number, with or without unit; - if it is not known",
                    message.en
                ),
            ))
        }
        Err(problem) => Heard::No(told(&problem)),
    }
}

fn is_quantity(indicator: &Indicator) -> bool {
    matches!(indicator.kind, Kind::Money | Kind::Ratio | Kind::Number { .. })
}

/// The id of an option by its number in the list that was shown.
fn option(indicator: &Indicator, said: &str) -> Option<String> {
    let Kind::Choice(options) = &indicator.kind else { return None };
    let number: usize = said.parse().ok()?;
    Some(options.get(number.checked_sub(1)?)?.id.clone())
}

/// Whether a title is held. `begun` is the first day of one whose end is not known.
pub(super) fn title(said: &str, begun: Option<Date>) -> Heard {
    match said.to_lowercase().as_str() {
        _ if begun.is_some() => match days(said).as_deref() {
            Some(&[to]) => held(begun.unwrap_or(to), Some(to)),
            _ => Heard::No(Text::new("请写有效期止的日期", "write the day on which it ends")),
        },
        "否" | "无" | "没有" | "不持有" | "未持有" | "no" | "n" | "0" => {
            Heard::Reply(Reply::NotHeld, Text::new("未持有", "not held"))
        }
        "都没有" | "全无" | "均无" | "none" => Heard::Reply(
            Reply::NoOtherTitle,
            Text::new("除已列出的以外，没有任何称号", "no title but those listed"),
        ),
        "是" | "有" | "持有" | "yes" | "y" | "1" => Heard::DaysPlease,
        _ => match days(said).as_deref() {
            Some(&[from]) => Heard::Days(vec![from]),
            Some(&[from, to]) => held(from, Some(to)),
            _ => Heard::No(Text::new(
                "看不懂；请答“否”，或有效期起止，如 2024-05-01 至 2027-04-30",
                "not understood; answer no, or from when to when, such as 2024-05-01 to 2027-04-30",
            )),
        },
    }
}

/// A title with its validity.
pub(super) fn held(from: Date, to: Option<Date>) -> Heard {
    if to.is_some_and(|to| to < from) {
        return Heard::No(Text::new(
            "有效期止早于有效期起，请核对",
            "it ends before it begins: check the two days",
        ));
    }
    let words = match to {
        Some(to) => Text::new(format!("{from} 至 {to}"), format!("{from} to {to}")),
        None => Text::new(
            format!("自 {from}，到期日不详"),
            format!("from {from}, its end is not known"),
        ),
    };
    Heard::Reply(Reply::Held { from, to }, words)
}

/// What happened in a period.
pub(super) fn events(said: &str, span: Span) -> Heard {
    match said.to_lowercase().as_str() {
        "否" | "无" | "没有" | "未发生" | "no" | "n" | "0" => {
            Heard::Reply(Reply::Events(Vec::new()), Text::new("无", "none"))
        }
        "都没有" | "全无" | "均无" | "none" => Heard::Reply(
            Reply::NoOtherEvent,
            Text::new("除已列出的以外，各类事件都没有", "no event of any kind but those listed"),
        ),
        "是" | "有" | "发生过" | "yes" | "y" | "1" => Heard::DaysPlease,
        _ => match days(said) {
            Some(days) => match days.iter().find(|day| !(span.from..=span.until).contains(day)) {
                None => Heard::Days(days),
                Some(day) => Heard::No(Text::new(
                    format!("{day} 不在所问期间（{} 至 {}）", span.from, span.until),
                    format!(
                        "{day} lies outside the period asked about ({} to {})",
                        span.from, span.until
                    ),
                )),
            },
            None => Heard::No(Text::new(
                "看不懂；请答“否”，或全部日期，如 2024-03-01、2025-06-30",
                "not understood; answer no, or all days, such as 2024-03-01, 2025-06-30",
            )),
        },
    }
}

/// One day or several; nothing if any of it is no day.
pub(super) fn days(said: &str) -> Option<Vec<Date>> {
    let parts = said.split(|character: char| {
        character.is_whitespace() || "、，,；;~～至到—".contains(character)
    });
    let parts = parts.filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("to"));
    let days: Option<Vec<Date>> = parts.map(spoken_date).collect();
    days.filter(|days| !days.is_empty())
}

/// A problem in one text: what is wrong, and what to do.
pub(super) fn told(problem: &Problem) -> Text {
    let (message, help) = (&problem.message, &problem.help);
    Text::new(format!("{}；{}", message.zh, help.zh), format!("{}; {}", message.en, help.en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_as_people_write_them() {
        let (one, two) = (date(2024, 5, 1), date(2027, 4, 30));
        for said in
            ["2024-05-01 至 2027-04-30", "2024年5月1日至2027年4月30日", "2024/5/1~2027/4/30"]
        {
            assert_eq!(days(said), Some(vec![one, two]), "{said}");
        }
        assert_eq!(days("2024.5.1"), Some(vec![one]));
        for said in ["", "去年", "2024-05-01 起"] {
            assert_eq!(days(said), None, "{said}");
        }
    }
}
