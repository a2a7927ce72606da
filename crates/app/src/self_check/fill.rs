//! What is typed into the fields of a question, read by the same rules as a cell of a table, and back.

use std::collections::BTreeMap;

use connectors::{spoken_date, spoken_value};
use enterprise::{
    FOUNDED_ON, FactKey, Indicator, Kind, Problem, ProblemKind, Severity, Text, Value, check_facts,
    format_decimal,
};
use jiff::civil::Date;
use rules::inquiry::{Reply, Span, Spans, endless, unqualified};
use rules::{Missing, Question, Rulebook};

use super::{Given, Said, SelfCheck, enter};
use crate::refusal::{Invalid, Refusal, Words};

/// No question is answered with more days.
const DAYS: usize = 60;

/// What was typed into the fields of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// The value of a fact.
    Value(String),
    /// The title is not held; there was no such event.
    No,
    /// No title at all, no event of any kind, but those that were named.
    NoneAtAll,
    /// The title is held: its first and its last day, which may be blank.
    Held(String, String),
    /// The days on which it happened, each with its qualifying numbers.
    Days(Vec<(String, BTreeMap<String, String>)>),
    /// The qualifying numbers of the events that lack them.
    Numbers(Vec<String>),
}

/// The unit in which a value is typed when none is written.
pub fn entry_unit(indicator: &Indicator) -> Option<Text> {
    match &indicator.kind {
        Kind::Money => Some(Text::new("万元", "CNY 10,000")),
        Kind::Ratio => Some(Text::new("%", "%")),
        Kind::Number { unit, .. } if !unit.zh.is_empty() => Some(unit.clone()),
        _ => None,
    }
}

/// A value as it is typed, in its unit.
pub fn entered(indicator: &Indicator, value: &Value) -> String {
    match (value, &indicator.kind) {
        (Value::Number(fen), Kind::Money) => format_decimal(*fen, 1_000_000),
        (Value::Number(ppm), Kind::Ratio) => format_decimal(*ppm, 10_000),
        (Value::Number(number), kind) => format_decimal(*number, kind.scale()),
        (Value::Date(day), _) => day.to_string(),
        (Value::Flag(true), _) => "yes".to_owned(),
        (Value::Flag(false), _) => "no".to_owned(),
        (Value::Choice(index), Kind::Choice(options)) => {
            options.get(*index).map(|option| option.id.clone()).unwrap_or_default()
        }
        (Value::Choice(_), _) => String::new(),
        (Value::Code(code), _) => code.clone(),
    }
}

impl SelfCheck {
    /// Takes an answer in. What is worth a look is said; what cannot be is refused, and nothing changes.
    ///
    /// # Errors
    /// What is wrong with which field.
    pub fn answer(
        &mut self,
        rulebook: &Rulebook,
        today: Date,
        asked: &Missing,
        filled: &Filled,
    ) -> Result<Vec<Words>, Refusal> {
        let programmes = self.programmes(rulebook, today);
        let spans = Spans::new(rulebook, &programmes, &Question::on(today));
        let mut without = self.clone();
        without.take_back(asked);
        let mut facts = without.facts_within(rulebook, &spans, without.given.len());
        let before = check_facts(&rulebook.catalogue, &facts);
        let hearing = Hearing { rulebook, facts: &facts, span: spans.of(asked), today };
        let reply = hearing.reply(asked, filled)?;
        let given = Given { asked: asked.clone(), said: Said::Reply(reply), on: today };
        enter(rulebook, &mut facts, &given, &spans);
        let mut new = check_facts(&rulebook.catalogue, &facts);
        new.retain(|problem| !before.contains(problem));
        let refused: Vec<Invalid> = new
            .iter()
            .filter(|problem| problem.severity == Severity::Refused)
            .map(|problem| Invalid { field: "value", why: told(problem) })
            .collect();
        if !refused.is_empty() {
            return Err(Refusal::Invalid(refused));
        }
        self.put(given);
        Ok(new.iter().map(told).collect())
    }
}

/// What an answer is held against.
struct Hearing<'a> {
    rulebook: &'a Rulebook,
    facts: &'a enterprise::Facts,
    span: Span,
    today: Date,
}

impl Hearing<'_> {
    fn reply(&self, asked: &Missing, filled: &Filled) -> Result<Reply, Refusal> {
        match (asked, filled) {
            (Missing::Fact { key, .. }, Filled::Value(text)) => self.value(key, text),
            (Missing::Title(_), Filled::No) => Ok(Reply::NotHeld),
            (Missing::Title(_), Filled::NoneAtAll) => Ok(Reply::NoOtherTitle),
            (Missing::Title(programme), Filled::Held(from, to)) => {
                let begun = endless(self.facts, programme).map(|title| title.from);
                held(from, to, begun)
            }
            (Missing::Event { attribute: None, .. }, Filled::No) => Ok(Reply::Events(Vec::new())),
            (Missing::Event { attribute: None, .. }, Filled::NoneAtAll) => Ok(Reply::NoOtherEvent),
            (Missing::Event { kind, attribute: None }, Filled::Days(days)) => {
                self.events(kind, days)
            }
            (Missing::Event { kind, attribute: Some(attribute) }, Filled::Numbers(numbers)) => {
                let catalogue = &self.rulebook.catalogue;
                let lacking = unqualified(catalogue, self.facts, kind, attribute, self.span).len();
                numbers_of(numbers, lacking)
            }
            _ => Err(Refusal::invalid("value", "请回答这一题", "answer the question")),
        }
    }

    fn value(&self, key: &FactKey, text: &str) -> Result<Reply, Refusal> {
        let Some(indicator) = self.rulebook.catalogue.indicator(&key.indicator) else {
            return Err(Refusal::NotFound);
        };
        let text = text.trim();
        // A number alone is meant in the unit that stands behind the field.
        let bare = text.chars().last().is_some_and(|last| last.is_numeric() || last == '.');
        let text = match entry_unit(indicator) {
            Some(unit) if bare => format!("{text}{}", unit.zh),
            _ => text.to_owned(),
        };
        match spoken_value(indicator, &text) {
            Ok(Some(Value::Date(day))) if key.indicator == FOUNDED_ON && day > self.today => {
                Err(Refusal::invalid(
                    "value",
                    format!("{day} 还没有到；请核对成立日期"),
                    format!("{day} is yet to come: check the founding date"),
                ))
            }
            Ok(Some(value)) => Ok(Reply::Value(value)),
            Ok(None) => Err(Refusal::invalid(
                "value",
                "请填写；不清楚可以跳过",
                "fill it in, or skip it if it is not known",
            )),
            Err(problem) => {
                let why = told_of_quantity(&problem, indicator);
                Err(Refusal::Invalid(vec![Invalid { field: "value", why }]))
            }
        }
    }

    fn events(
        &self,
        kind: &str,
        days: &[(String, BTreeMap<String, String>)],
    ) -> Result<Reply, Refusal> {
        let mut listed = Vec::new();
        for (day, numbers) in days.iter().filter(|(day, _)| !day.trim().is_empty()) {
            let date = self.day_of(day)?;
            let mut known = BTreeMap::new();
            for (id, number) in numbers.iter().filter(|(_, number)| !number.trim().is_empty()) {
                known.insert(id.clone(), whole_number("days", number)?);
            }
            listed.push((date, known));
        }
        if listed.is_empty() {
            return Err(Refusal::invalid(
                "days",
                "请填写发生的日期；没有发生过请选“没有”",
                "write the days, or choose that there was none",
            ));
        }
        if listed.len() > DAYS {
            return Err(Refusal::invalid(
                "days",
                format!("一题至多填 {DAYS} 个日期"),
                format!("at most {DAYS} days"),
            ));
        }
        let attributes = self.rulebook.catalogue.event(kind).map(|known| &known.attributes);
        for (_, numbers) in &mut listed {
            numbers.retain(|id, _| {
                attributes.is_some_and(|all| all.iter().any(|known| known.id == *id))
            });
        }
        Ok(Reply::Events(listed))
    }

    fn day_of(&self, text: &str) -> Result<Date, Refusal> {
        let day = day("days", text)?;
        if (self.span.from..=self.span.until).contains(&day) {
            return Ok(day);
        }
        let Span { from, until } = self.span;
        Err(Refusal::invalid(
            "days",
            format!("{day} 不在所问期间（{from} 至 {until}）"),
            format!("{day} lies outside the period asked about ({from} to {until})"),
        ))
    }
}

fn held(from: &str, to: &str, begun: Option<Date>) -> Result<Reply, Refusal> {
    let from = match (begun, from.trim()) {
        (Some(begun), "") => begun,
        _ => day("from", from)?,
    };
    let to = match to.trim() {
        "" => None,
        text => Some(day("to", text)?),
    };
    if to.is_some_and(|to| to < from) {
        return Err(Refusal::invalid(
            "to",
            "有效期止早于有效期起，请核对",
            "it ends before it begins: check the two days",
        ));
    }
    Ok(Reply::Held { from, to })
}

fn numbers_of(numbers: &[String], wanted: usize) -> Result<Reply, Refusal> {
    let read: Result<Vec<i64>, Refusal> =
        numbers.iter().map(|number| whole_number("numbers", number)).collect();
    let read = read?;
    if read.len() != wanted {
        return Err(Refusal::invalid(
            "numbers",
            format!("请填 {wanted} 个整数"),
            format!("write {wanted} whole numbers"),
        ));
    }
    Ok(Reply::Numbers(read))
}

fn day(field: &'static str, text: &str) -> Result<Date, Refusal> {
    spoken_date(text.trim()).ok_or_else(|| {
        Refusal::invalid(field, "请写 2024-03-01 这样的日期", "write a day such as 2024-03-01")
    })
}

fn whole_number(field: &'static str, text: &str) -> Result<i64, Refusal> {
    text.trim().parse().ok().filter(|number: &i64| (0..=1_000_000).contains(number)).ok_or_else(
        || {
            let shown: String = text.chars().take(20).collect();
            Refusal::invalid(
                field,
                format!("“{shown}”不是整数"),
                format!("`{shown}` is no whole number"),
            )
        },
    )
}

fn told(problem: &Problem) -> Words {
    let (message, help) = (&problem.message, &problem.help);
    Words::new(format!("{}；{}", message.zh, help.zh), format!("{}; {}", message.en, help.en))
}

/// The same for a quantity: what is said about blank cells of a table is of no use here.
fn told_of_quantity(problem: &Problem, indicator: &Indicator) -> Words {
    let quantity = matches!(indicator.kind, Kind::Money | Kind::Ratio | Kind::Number { .. });
    if problem.kind != ProblemKind::WrongType || !quantity {
        return told(problem);
    }
    let message = &problem.message;
    Words::new(
        format!("{}；请写数字，可带单位", message.zh),
        format!("{}; write a number, with or without a unit", message.en),
    )
}
