//! The fields of a question: how they are shown, and what comes back.

use std::collections::BTreeMap;

use app::self_check::{Filled, Said, SelfCheck, entered, entry_unit};
use enterprise::{EventAttribute, Facts, Kind, Value};
use rules::inquiry::{Reply, Span, unqualified};
use rules::{Missing, Rulebook};
use serde::Deserialize;

use super::words;
use crate::failure::Wrong;
use crate::lang::Say;
use crate::view::{Choice, Field};

/// Rows for days that are shown at first, and the most.
const ROWS: usize = 3;
const MOST_ROWS: usize = 60;

/// What a question's form sends.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sent {
    pub check: String,
    pub asked: String,
    /// `answer`, `skip` or `rows`.
    #[serde(default)]
    pub op: Option<String>,
    #[serde(default)]
    pub value: Option<String>,
    #[serde(default)]
    pub has: Option<String>,
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub day: Vec<String>,
    #[serde(default)]
    pub number: Vec<String>,
}

impl Sent {
    /// What was filled in.
    pub fn filled(&self, rulebook: &Rulebook, asked: &Missing) -> Filled {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let has = self.has.as_deref().unwrap_or_default();
        match asked {
            Missing::Title(_) => {
                let (from, to) = (text(&self.from), text(&self.to));
                match has {
                    "no" => Filled::No,
                    "none" => Filled::NoneAtAll,
                    // Who writes the days says that it is held.
                    "yes" => Filled::Held(from, to),
                    _ if !(from.trim().is_empty() && to.trim().is_empty()) => {
                        Filled::Held(from, to)
                    }
                    _ => Filled::Value(String::new()),
                }
            }
            Missing::Event { kind, attribute: None } => {
                let days = self.days(attributes(rulebook, kind));
                let any = days.iter().any(|(day, _)| !day.trim().is_empty());
                match has {
                    "no" => Filled::No,
                    "none" => Filled::NoneAtAll,
                    _ if any || has == "yes" => Filled::Days(days),
                    _ => Filled::Value(String::new()),
                }
            }
            Missing::Event { .. } => Filled::Numbers(self.number.clone()),
            Missing::Fact { .. } | Missing::Judgement { .. } => Filled::Value(text(&self.value)),
        }
    }

    /// The rows of days: each has as many numbers as the kind has.
    fn days(&self, attributes: &[EventAttribute]) -> Vec<(String, BTreeMap<String, String>)> {
        let width = attributes.len();
        let row = |(index, day): (usize, &String)| {
            let numbers = self.number.iter().skip(index * width).take(width);
            let named = attributes.iter().map(|one| one.id.clone()).zip(numbers.cloned());
            (day.clone(), named.collect())
        };
        self.day.iter().enumerate().map(row).collect()
    }
}

fn attributes<'r>(rulebook: &'r Rulebook, kind: &str) -> &'r [EventAttribute] {
    rulebook.catalogue.event(kind).map(|known| known.attributes.as_slice()).unwrap_or_default()
}

/// The fields of a question.
pub(super) enum Fields {
    /// One value.
    One(Box<Field>),
    /// Whether a title is held, and from when to when.
    Title(Box<[Field; 3]>),
    /// Whether it happened, and when.
    Days { has: Box<Field>, rows: Vec<Row>, more: bool, wrong: Vec<String> },
    /// A number for each of these days.
    Numbers { rows: Vec<(String, String)>, wrong: Vec<String> },
}

/// A day with its numbers, each with its name.
pub(super) struct Row {
    pub day: String,
    pub numbers: Vec<(String, String)>,
}

/// What the fields are made from.
pub(super) struct Asking<'a> {
    pub say: Say,
    pub rulebook: &'a Rulebook,
    pub facts: &'a Facts,
    pub check: &'a SelfCheck,
    pub asked: &'a Missing,
    pub span: Span,
    pub wrong: &'a Wrong,
}

impl Asking<'_> {
    /// The fields as they were sent, or with what was said before.
    pub fn fields(&self, sent: Option<&Sent>) -> Fields {
        let before = self.check.said(self.asked).and_then(|given| match &given.said {
            Said::Reply(reply) => Some(reply.clone()),
            Said::Skipped => None,
        });
        match self.asked {
            Missing::Fact { .. } | Missing::Judgement { .. } => {
                Fields::One(Box::new(self.value(sent, before)))
            }
            Missing::Title(_) => self.title(sent, before),
            Missing::Event { kind, attribute: None } => self.days(kind, sent, before),
            Missing::Event { kind, attribute: Some(attribute) } => {
                self.numbers(kind, attribute, sent)
            }
        }
    }

    fn value(&self, sent: Option<&Sent>, before: Option<Reply>) -> Field {
        let say = self.say;
        let label = words::name(say, self.rulebook, self.asked);
        let Some(known) = words::indicator_of(self.rulebook, self.asked) else {
            return Field::line("value", label, "");
        };
        let before = match before {
            Some(Reply::Value(value)) => entered(known, &value),
            _ => String::new(),
        };
        let shown = sent.and_then(|sent| sent.value.clone()).unwrap_or(before);
        let mut field = match &known.kind {
            Kind::Money | Kind::Ratio | Kind::Number { .. } => {
                let places = match &known.kind {
                    Kind::Money => 6,
                    Kind::Ratio => 4,
                    Kind::Number { decimals, .. } => *decimals,
                    _ => 0,
                };
                let unit = entry_unit(known).map(|unit| say.both(&unit)).unwrap_or_default();
                Field::number("value", label, &shown).places(places).unit(unit)
            }
            Kind::Date => Field::day("value", label, &shown),
            Kind::Flag => {
                let choices = [(Value::Flag(true), "check.yes"), (Value::Flag(false), "check.no")];
                let choices = choices.map(|(value, key)| {
                    let code = entered(known, &value);
                    let chosen = code == shown;
                    Choice::new(code, say.t(key), chosen)
                });
                Field::radios("value", label, choices.into())
            }
            Kind::Choice(options) => {
                let choices = options
                    .iter()
                    .map(|one| Choice::new(&one.id, say.both(&one.label), one.id == shown))
                    .collect();
                Field::radios("value", label, choices)
            }
            Kind::Industry => {
                Field::line("value", label, &shown).hint(say.t("check.industry-hint"))
            }
        };
        if matches!(known.kind, Kind::Money) {
            field = field.hint(say.t("check.money-hint"));
        }
        field.wrong = self.wrong_of("value");
        field.first()
    }

    fn title(&self, sent: Option<&Sent>, before: Option<Reply>) -> Fields {
        let say = self.say;
        let (mut has, mut from, mut to) = (String::new(), String::new(), String::new());
        match &before {
            Some(Reply::NotHeld) => has = "no".into(),
            Some(Reply::NoOtherTitle) => has = "none".into(),
            Some(Reply::Held { from: first, to: last }) => {
                has = "yes".into();
                from = first.to_string();
                to = last.map(|day| day.to_string()).unwrap_or_default();
            }
            _ => {}
        }
        if let Some(sent) = sent {
            has = sent.has.clone().unwrap_or_default();
            from = sent.from.clone().unwrap_or_default();
            to = sent.to.clone().unwrap_or_default();
        }
        let choices = vec![
            Choice::new("no", say.t("check.title-no"), has == "no"),
            Choice::new("none", say.t("check.title-none"), has == "none"),
            Choice::new("yes", say.t("check.title-yes"), has == "yes"),
        ];
        let mut has = Field::radios("has", say.t("check.choose"), choices);
        has.wrong = self.wrong_of("value");
        let mut from = Field::day("from", say.t("check.valid-from"), &from);
        from.wrong = self.wrong_of("from");
        let mut to = Field::day("to", say.t("check.valid-to"), &to).hint(say.t("check.to-hint"));
        to.wrong = self.wrong_of("to");
        Fields::Title(Box::new([has, from, to]))
    }

    fn days(&self, kind: &str, sent: Option<&Sent>, before: Option<Reply>) -> Fields {
        let say = self.say;
        let attributes = attributes(self.rulebook, kind);
        let named = |of: &dyn Fn(&str) -> Option<String>| {
            let one =
                |one: &EventAttribute| (say.both(&one.label), of(&one.id).unwrap_or_default());
            attributes.iter().map(one).collect::<Vec<_>>()
        };
        let mut has = String::new();
        let mut rows: Vec<Row> = Vec::new();
        match &before {
            Some(Reply::NoOtherEvent) => has = "none".into(),
            Some(Reply::Events(events)) if events.is_empty() => has = "no".into(),
            Some(Reply::Events(events)) => {
                has = "yes".into();
                rows = events
                    .iter()
                    .map(|(day, numbers)| Row {
                        day: day.to_string(),
                        numbers: named(&|id| numbers.get(id).map(ToString::to_string)),
                    })
                    .collect();
            }
            _ => {}
        }
        let mut least = ROWS;
        if let Some(sent) = sent {
            has = sent.has.clone().unwrap_or_default();
            rows = sent
                .days(attributes)
                .into_iter()
                .map(|(day, numbers)| Row { day, numbers: named(&|id| numbers.get(id).cloned()) })
                .collect();
            if sent.op.as_deref() == Some("rows") {
                least = rows.len() + ROWS;
            }
        }
        while rows.len() < least.min(MOST_ROWS) {
            rows.push(Row { day: String::new(), numbers: named(&|_| None) });
        }
        let choices = vec![
            Choice::new("no", say.t("check.event-no"), has == "no"),
            Choice::new("none", say.t("check.event-none"), has == "none"),
            Choice::new("yes", say.t("check.event-yes"), has == "yes"),
        ];
        let mut has = Field::radios("has", say.t("check.choose"), choices);
        has.wrong = self.wrong_of("value");
        let more = rows.len() < MOST_ROWS;
        Fields::Days { has: Box::new(has), rows, more, wrong: self.wrong_of("days") }
    }

    fn numbers(&self, kind: &str, attribute: &str, sent: Option<&Sent>) -> Fields {
        let catalogue = &self.rulebook.catalogue;
        let lacking = unqualified(catalogue, self.facts, kind, attribute, self.span);
        let days = lacking.iter().filter_map(|index| self.facts.events.get(*index));
        let typed = sent.map(|sent| sent.number.as_slice()).unwrap_or_default();
        let rows = days.enumerate().map(|(index, event)| {
            (event.date.to_string(), typed.get(index).cloned().unwrap_or_default())
        });
        Fields::Numbers { rows: rows.collect(), wrong: self.wrong_of("numbers") }
    }

    fn wrong_of(&self, field: &str) -> Vec<String> {
        self.wrong.of(field).into_iter().map(str::to_owned).collect()
    }
}
