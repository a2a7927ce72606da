//! Tests without a number: yes or no, a choice, a title, an event.

use enterprise::{Source, Text, Title};
use jiff::civil::Date;
use rules::{ConditionResult, FactRef, Happened, Holds, Lacking, Missing, Test, Truth};

use super::Line;
use super::rows::{At, Explainer};
use super::value::missing_word;
use crate::condition::{self, options};
use crate::quantity::Years;
use crate::{gap, join, quantity};

impl Explainer<'_> {
    pub(super) fn flag(
        &self,
        (label, _, value, source): (&Text, &FactRef, Option<bool>, Option<&Source>),
        result: &ConditionResult<'_>,
        wanted: bool,
        at: At,
        lines: &mut Vec<Line>,
    ) {
        let should = if wanted {
            Text::new("须为“是”", "must be yes")
        } else {
            Text::new("须为“否”", "must be no")
        };
        let value = match value {
            Some(true) => Text::new("是", "yes"),
            Some(false) => Text::new("否", "no"),
            None => missing_word(&result.lacking),
        };
        let note = match source {
            Some(source) => self.source(source),
            None => self.where_to_find(&result.lacking),
        };
        self.row(at, [label, &value, &should, &note], lines);
    }

    pub(super) fn member(
        &self,
        result: &ConditionResult<'_>,
        wanted: bool,
        at: At,
        lines: &mut Vec<Line>,
    ) {
        let Test::Member { member, possible, source, classified } = &result.test else { return };
        let admitted = options(&member.fact, &member.options);
        let should = if wanted {
            Text::new(format!("须为{}", admitted.zh), format!("must be {}", admitted.en))
        } else {
            Text::new(format!("不得为{}", admitted.zh), format!("must not be {}", admitted.en))
        };
        let value = if possible.is_empty() {
            missing_word(&result.lacking)
        } else {
            options(&member.fact, possible)
        };
        let note = match source {
            Some(source) => self.source(source),
            None => self.where_to_find(&result.lacking),
        };
        let label = self.fact_label(&member.fact);
        self.row(at, [&label, &value, &should, &note], lines);
        if let Some(classified) = classified {
            self.classified(classified, at, lines);
        }
    }

    pub(super) fn holds(
        &self,
        label: &Text,
        (holds, title): (&Holds, Option<&Title>),
        wanted: bool,
        at: At,
        lines: &mut Vec<Line>,
    ) {
        let held = matches!((at.truth, wanted), (Truth::Met, true) | (Truth::NotMet, false));
        let value = match title {
            _ if held => Text::new("有效", "valid"),
            Some(title) if title.from > self.as_of => Text::new("尚未生效", "not yet valid"),
            Some(title) if title.to.is_some_and(|to| to < self.as_of) => {
                Text::new("已过期", "expired")
            }
            None if at.truth.unknown().is_none() => Text::new("无", "none"),
            _ => Text::new("不详", "unknown"),
        };
        let should = if wanted {
            Text::new("须有效", "must be valid")
        } else {
            Text::new("不得持有", "must not be held")
        };
        let note = match title {
            Some(title) => self.period(title, title.programme != holds.programme),
            None if at.truth.unknown().is_some() => {
                Text::new("没有称号名单", "no list of titles is at hand")
            }
            None => Text::default(),
        };
        self.row(at, [label, &value, &should, &note], lines);
    }

    /// From when to when a title is valid, and which it is if another one counts.
    fn period(&self, title: &Title, other: bool) -> Text {
        let from = title.from;
        let period = match title.to {
            Some(to) => Text::new(format!("{from} 至 {to}"), format!("{from} to {to}")),
            None => Text::new(
                format!("自 {from}，到期日不详"),
                format!("from {from}, its end is not known"),
            ),
        };
        if !other {
            return period;
        }
        let name = gap::title(&self.rulebook.catalogue, &title.programme);
        join(&[name, period], " ", " ")
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one test, passed on as they are")]
    pub(super) fn happened(
        &self,
        label: &Text,
        happened: &Happened,
        (from, dates, complete_until): (Date, &[Date], Option<Date>),
        result: &ConditionResult<'_>,
        wanted: bool,
        at: At,
        lines: &mut Vec<Line>,
    ) {
        let window = condition::event_window(happened.window, Years::From(self.base_year));
        let should = if wanted {
            Text::new(format!("{}须有", window.zh), format!("one {}", window.en))
        } else {
            Text::new(format!("{}须无", window.zh), format!("none {}", window.en))
        };
        let listed: Vec<String> = dates.iter().map(ToString::to_string).collect();
        let (value, note) = if !listed.is_empty() {
            let count = listed.len();
            (
                Text::new(format!("{count} 次"), count.to_string()),
                Text::new(listed.join("、"), listed.join(", ")),
            )
        } else if result.truth.unknown().is_some() {
            let note = match complete_until {
                Some(day) => Text::new(
                    format!("名单只完整到 {day}"),
                    format!("the list is complete until {day} only"),
                ),
                None => self.unlisted(&result.lacking),
            };
            (Text::new("不详", "unknown"), note)
        } else {
            let note =
                Text::new(format!("{from} 起名单完整"), format!("list complete since {from}"));
            (Text::new("无", "none"), note)
        };
        self.row(at, [label, &value, &should, &note], lines);
    }

    fn unlisted(&self, lacking: &Lacking) -> Text {
        match lacking.missing.first() {
            Some(missing @ Missing::Event { attribute: Some(_), .. }) => {
                let words = gap::missing(missing, self.rulebook);
                Text::new(format!("缺{}", words.zh), format!("missing: {}", words.en))
            }
            _ => Text::new("没有完整的名单", "no complete list is at hand"),
        }
    }
}

/// The kind of event, with what must be true of it.
pub(super) fn event_label(happened: &Happened) -> Text {
    let mut label = happened.event.label.clone();
    if let Some((attribute, operator, limit)) = &happened.attribute {
        let (sign, limit) = (operator.sign(), quantity::limit(limit));
        label.zh.push_str(&format!("（{} {sign} {}）", attribute.label.zh, limit.zh));
        label.en.push_str(&format!(" ({} {sign} {})", attribute.label.en, limit.en));
    }
    label
}
