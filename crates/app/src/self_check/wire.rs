//! A self-check as a text that travels with the pages: compact, with a version, and of limited length. What comes back
//! may have been changed by anybody: everything in it is read as if it had just been typed, and what does not fit the
//! law in force is left out and asked again.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as CODE;
use enterprise::{
    FactKey, Facts, Kind, Lack, Period, Severity, Value, admit_value, check_facts, format_decimal,
    parse_date,
};
use jiff::ToSpan as _;
use jiff::civil::Date;
use rules::inquiry::{Reply, Spans};
use rules::{LackOrder, Missing, Question, Rulebook};
use serde::{Deserialize, Serialize};

use super::{Brought, Given, Said, SelfCheck, enter};

/// The version of the text.
const VERSION: u8 = 1;
/// The longest text that is read.
pub const MOST_TEXT: usize = 46 * 1024;
/// More answers than any law asks for.
const ANSWERS: usize = 400;
/// Answers older than so many days are asked anew.
const OLD: i64 = 800;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    v: u8,
    /// The first day on which something was said.
    d: Date,
    /// The programmes that are looked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    w: Vec<String>,
    /// The name of the enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    u: Option<String>,
    /// The document that was brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    f: Option<String>,
    /// What was asked, what was said, and how many days after the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    a: Vec<(String, String, u16)>,
    /// The programmes of which everything is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    t: Vec<String>,
    /// Until when it is kept as it is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    k: Option<Date>,
}

/// A text that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The self-check.
    pub check: SelfCheck,
    /// How many answers were left out since they do not fit the law in force.
    pub left_out: usize,
}

impl SelfCheck {
    /// The text that travels with the pages.
    pub fn text(&self, rulebook: &Rulebook, today: Date) -> String {
        CODE.encode(self.document(rulebook, today))
    }

    /// The same as JSON, as it is kept.
    pub fn document(&self, rulebook: &Rulebook, today: Date) -> String {
        let first = self.given.iter().map(|given| given.on).min().unwrap_or(today);
        let answers = self.given.iter().map(|given| {
            let after = given.on.since(first).map_or(0, |span| span.get_days());
            let after = u16::try_from(after).unwrap_or(0);
            (asked_text(&given.asked), said_text(rulebook, given), after)
        });
        let wire = Wire {
            v: VERSION,
            d: first,
            w: self.wanted.clone(),
            n: self.name.clone(),
            u: self.uscc.as_ref().map(ToString::to_string),
            f: self.brought.as_ref().map(|brought| brought.text.clone()),
            a: answers.collect(),
            t: self.through.clone(),
            k: self.kept_until,
        };
        // Text under text keys can always be written.
        serde_json::to_string(&wire).unwrap_or_default()
    }

    /// Reads a text. None if it is none of ours.
    pub fn read(rulebook: &Rulebook, text: &str, today: Date) -> Option<Read> {
        if text.len() > MOST_TEXT {
            return None;
        }
        let bytes = CODE.decode(text.as_bytes()).ok()?;
        Self::read_kept(rulebook, std::str::from_utf8(&bytes).ok()?, today)
    }

    /// Reads what was kept. None if it is nothing of ours.
    pub fn read_kept(rulebook: &Rulebook, document: &str, today: Date) -> Option<Read> {
        let wire: Wire = serde_json::from_str(document).ok()?;
        if wire.v != VERSION || wire.a.len() > ANSWERS {
            return None;
        }
        let mut check = Self::about(rulebook, today, &wire.w);
        let mut left_out = 0;
        if check.identify(wire.n.as_deref(), wire.u.as_deref()).is_err() {
            left_out += 1;
        }
        if let Some(document) = &wire.f {
            match Brought::read(rulebook, document) {
                Ok(brought) => check.brought = Some(brought),
                Err(_) => left_out += 1,
            }
        }
        for (asked, said, after) in &wire.a {
            match given(rulebook, asked, said, (wire.d, *after), today) {
                Some(given) if check.said(&given.asked).is_none() => check.given.push(given),
                _ => left_out += 1,
            }
        }
        left_out += check.without_contradictions(rulebook, today);
        check.read_through(rulebook, today, &wire.t);
        // What lies in an account lies there with all answers, and for so long at most.
        check.kept_until = wire.k.filter(|until| left_out == 0 && *until >= today);
        Some(Read { check, left_out })
    }

    /// Leaves out answers that cannot be beside those before them.
    fn without_contradictions(&mut self, rulebook: &Rulebook, today: Date) -> usize {
        let programmes = self.programmes(rulebook, today);
        let spans = Spans::new(rulebook, &programmes, &Question::on(today));
        let refused = |facts: &Facts| {
            let problems = check_facts(&rulebook.catalogue, facts);
            problems.iter().filter(|problem| problem.severity == Severity::Refused).count()
        };
        let whole = self.facts_within(rulebook, &spans, self.given.len());
        let mut known = self.facts_within(rulebook, &spans, 0);
        let bearable = refused(&known);
        if refused(&whole) <= bearable {
            return 0;
        }
        let before = self.given.len();
        self.given.retain(|given| {
            let mut with = known.clone();
            enter(rulebook, &mut with, given, &spans);
            let keeps = refused(&with) <= bearable;
            if keeps {
                known = with;
            }
            keeps
        });
        before - self.given.len()
    }
}

/// What was asked: `f/revenue/2025`, `f/founded_on`, `t/title`, `e/kind`, `e/kind/rank`.
pub(super) fn asked_text(asked: &Missing) -> String {
    match asked {
        Missing::Fact { key: FactKey { indicator, year: Some(year) }, .. } => {
            format!("f/{indicator}/{year}")
        }
        Missing::Fact { key, .. } => format!("f/{}", key.indicator),
        Missing::Title(programme) => format!("t/{programme}"),
        Missing::Event { kind, attribute: Some(attribute) } => format!("e/{kind}/{attribute}"),
        Missing::Event { kind, attribute: None } => format!("e/{kind}"),
        Missing::Judgement { owner, criterion } => format!("j/{owner}/{criterion}"),
    }
}

impl SelfCheck {
    /// The name of a question in forms.
    pub fn name_of(asked: &Missing) -> String {
        asked_text(asked)
    }

    /// The question of a name. None if the law has no such thing, or nobody can be asked for it.
    pub fn question_of(rulebook: &Rulebook, name: &str, today: Date) -> Option<Missing> {
        let mut parts = name.split('/');
        let (kind, id, more) = (parts.next()?, parts.next()?, parts.next());
        if parts.next().is_some() {
            return None;
        }
        let catalogue = &rulebook.catalogue;
        match kind {
            "f" => {
                let indicator = catalogue.indicator(id).filter(|known| known.given)?;
                let year = match (indicator.period, more) {
                    (Period::State, None) => None,
                    (Period::Yearly, Some(year)) => {
                        let year: i16 = year.parse().ok()?;
                        let near = today.year().saturating_sub(30)..=today.year();
                        Some(near.contains(&year).then_some(year)?)
                    }
                    _ => return None,
                };
                let lack = match indicator.lack {
                    Lack::Data => LackOrder::Data,
                    Lack::Judgement => LackOrder::Judgement,
                    Lack::Open => LackOrder::Open,
                };
                let key = FactKey { indicator: id.to_owned(), year };
                Some(Missing::Fact { key, lack })
            }
            "t" if more.is_none() => {
                catalogue.title(id).map(|known| Missing::Title(known.id.clone()))
            }
            "e" => {
                let event = catalogue.event(id)?;
                let attribute = match more {
                    None => None,
                    Some(wanted) => {
                        let found = event.attributes.iter().find(|known| known.id == wanted);
                        Some(found?.id.clone())
                    }
                };
                Some(Missing::Event { kind: event.id.clone(), attribute })
            }
            _ => None,
        }
    }
}

fn given(
    rulebook: &Rulebook,
    asked: &str,
    said: &str,
    (first, after): (Date, u16),
    today: Date,
) -> Option<Given> {
    let asked = SelfCheck::question_of(rulebook, asked, today)?;
    let on = first.checked_add(i64::from(after).days()).ok()?;
    let oldest = today.checked_sub(OLD.days()).ok()?;
    if !(oldest..=today).contains(&on) {
        return None;
    }
    let said = match said {
        "?" => Said::Skipped,
        _ => Said::Reply(reply(rulebook, &asked, said)?),
    };
    Some(Given { asked, said, on })
}

/// An answer: `=value`, `-` for no, `!` for none at all, `+` and days or numbers.
fn said_text(rulebook: &Rulebook, given: &Given) -> String {
    let Said::Reply(reply) = &given.said else { return "?".to_owned() };
    match reply {
        Reply::Value(value) => {
            let Missing::Fact { key, .. } = &given.asked else { return "?".to_owned() };
            let kind = rulebook.catalogue.indicator(&key.indicator).map(|known| &known.kind);
            format!("={}", kind.map(|kind| plain(kind, value)).unwrap_or_default())
        }
        Reply::NotHeld => "-".to_owned(),
        Reply::NoOtherTitle | Reply::NoOtherEvent => "!".to_owned(),
        Reply::Held { from, to } => {
            let to = to.map(|to| to.to_string()).unwrap_or_default();
            format!("+{from}~{to}")
        }
        Reply::Events(events) if events.is_empty() => "-".to_owned(),
        Reply::Events(events) => {
            let events = events.iter().map(|(date, numbers)| {
                let numbers = numbers.iter().map(|(id, number)| format!(",{id}:{number}"));
                format!("{date}{}", numbers.collect::<String>())
            });
            format!("+{}", events.collect::<Vec<_>>().join(";"))
        }
        Reply::Numbers(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            format!("+{}", numbers.join(","))
        }
    }
}

/// A value in plain units, as a facts document has it.
fn plain(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (_, Value::Number(number)) => format_decimal(*number, kind.scale()),
        (_, Value::Date(day)) => day.to_string(),
        (_, Value::Flag(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        (Kind::Choice(options), Value::Choice(index)) => {
            options.get(*index).map(|option| option.id.clone()).unwrap_or_default()
        }
        (_, Value::Choice(_)) => String::new(),
        (_, Value::Code(code)) => code.clone(),
    }
}

fn reply(rulebook: &Rulebook, asked: &Missing, said: &str) -> Option<Reply> {
    let (sign, rest) = said.split_at_checked(1)?;
    match (asked, sign) {
        (Missing::Fact { key, .. }, "=") => {
            let indicator = rulebook.catalogue.indicator(&key.indicator)?;
            admit_value(indicator, rest, None).ok().map(Reply::Value)
        }
        (Missing::Title(_), "-") if rest.is_empty() => Some(Reply::NotHeld),
        (Missing::Title(_), "!") if rest.is_empty() => Some(Reply::NoOtherTitle),
        (Missing::Title(_), "+") => {
            let (from, to) = rest.split_once('~')?;
            let from = parse_date(from)?;
            let to = if to.is_empty() { None } else { Some(parse_date(to)?) };
            to.is_none_or(|to| from <= to).then_some(Reply::Held { from, to })
        }
        (Missing::Event { attribute: None, .. }, "-") if rest.is_empty() => {
            Some(Reply::Events(Vec::new()))
        }
        (Missing::Event { attribute: None, .. }, "!") if rest.is_empty() => {
            Some(Reply::NoOtherEvent)
        }
        (Missing::Event { kind, attribute: None }, "+") => {
            let known = &rulebook.catalogue.event(kind)?.attributes;
            let events: Option<Vec<_>> = rest.split(';').map(|one| event(one, known)).collect();
            events.filter(|events| events.len() <= 60).map(Reply::Events)
        }
        (Missing::Event { attribute: Some(_), .. }, "+") => {
            let numbers = rest.split(',').map(number).collect::<Option<Vec<i64>>>();
            numbers.filter(|numbers| numbers.len() <= 60).map(Reply::Numbers)
        }
        _ => None,
    }
}

fn event(
    text: &str,
    known: &[enterprise::EventAttribute],
) -> Option<(Date, BTreeMap<String, i64>)> {
    let mut parts = text.split(',');
    let date = parse_date(parts.next()?)?;
    let mut numbers = BTreeMap::new();
    for part in parts {
        let (id, value) = part.split_once(':')?;
        known.iter().find(|known| known.id == id)?;
        numbers.insert(id.to_owned(), number(value)?);
    }
    Some((date, numbers))
}

fn number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number| (0..=1_000_000).contains(number))
}
