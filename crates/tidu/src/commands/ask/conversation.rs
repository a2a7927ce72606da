//! One question and its answer, with whatever has to be asked on the way: the days of a title, the
//! rank of an award.

use std::collections::BTreeMap;
use std::io;

use connectors::spoken_date;
use enterprise::{EventAttribute, Lang, Text};
use jiff::civil::Date;
use rules::Missing;
use rules::inquiry::{Reply, Span, endless, unqualified};

use super::reading::{self, Heard};
use super::session::Session;
use super::terminal::{Said, Terminal};

/// How a question ended.
pub(super) enum End {
    /// With a reply, and how it is repeated.
    Reply(Reply, Text),
    /// With another wish.
    Said(Said),
    /// Not understood, and why.
    Again(Text),
}

/// Takes the first words of an answer, and asks on until there is a reply.
pub(super) fn heard(
    session: &Session<'_>,
    terminal: &mut Terminal,
    (asked, span): (&Missing, Span),
    said: &str,
) -> io::Result<End> {
    match asked {
        Missing::Fact { key, .. } => Ok(end(reading::value(session.rulebook, key, said))),
        Missing::Title(id) => {
            let begun = endless(&session.facts, id).map(|title| title.from);
            title(terminal, reading::title(said, begun))
        }
        Missing::Event { kind, attribute: None } => {
            let known = session.rulebook.catalogue.event(kind);
            let attributes = known.map(|known| known.attributes.as_slice()).unwrap_or_default();
            events(terminal, reading::events(said, span), span, attributes)
        }
        Missing::Event { kind, attribute: Some(attribute) } => {
            let catalogue = &session.rulebook.catalogue;
            let lacking = unqualified(catalogue, &session.facts, kind, attribute, span).len();
            Ok(numbers(said, lacking))
        }
        Missing::Judgement { .. } => Ok(End::Said(Said::Skip)),
    }
}

fn end(heard: Heard) -> End {
    match heard {
        Heard::Reply(reply, words) => End::Reply(reply, words),
        Heard::No(text) => End::Again(text),
        Heard::Unknown | Heard::DaysPlease | Heard::Days(_) => End::Said(Said::Skip),
    }
}

fn title(terminal: &mut Terminal, heard: Heard) -> io::Result<End> {
    let from = match heard {
        Heard::DaysPlease => match day(terminal, Text::new("  有效期起 > ", "  valid from > "))?
        {
            Ok(from) => from,
            Err(said) => return Ok(End::Said(said)),
        },
        Heard::Days(days) => match days.first() {
            Some(from) => *from,
            None => return Ok(End::Said(Said::Skip)),
        },
        other => return Ok(end(other)),
    };
    match day(terminal, Text::new("  有效期止 > ", "  valid to > "))? {
        Ok(to) => Ok(end(reading::held(from, Some(to)))),
        // That it is held is worth keeping, even without its end.
        Err(Said::Skip) => Ok(end(reading::held(from, None))),
        Err(said) => Ok(End::Said(said)),
    }
}

fn events(
    terminal: &mut Terminal,
    heard: Heard,
    span: Span,
    attributes: &[EventAttribute],
) -> io::Result<End> {
    let days = match heard {
        Heard::DaysPlease => {
            let prompt = Text::new("  哪些日期（全部）> ", "  on which days (all of them) > ");
            match terminal.ask(prompt.get(terminal.screen.lang))? {
                Said::Words(words) => match reading::events(&words, span) {
                    Heard::Days(days) => days,
                    other => return Ok(end(other)),
                },
                said => return Ok(End::Said(said)),
            }
        }
        Heard::Days(days) => days,
        other => return Ok(end(other)),
    };
    let mut listed = Vec::new();
    for day in days {
        let mut numbers = BTreeMap::new();
        for attribute in attributes {
            let label = attribute.label.get(terminal.screen.lang);
            match terminal.ask(&format!("  {day} {label} > "))? {
                Said::Words(words) => match words.trim().parse::<i64>() {
                    Ok(number) => drop(numbers.insert(attribute.id.clone(), number)),
                    Err(_) => return Ok(End::Again(whole_number(&words))),
                },
                Said::Skip => {}
                said => return Ok(End::Said(said)),
            }
        }
        listed.push((day, numbers));
    }
    let words: Vec<String> = listed.iter().map(|(day, _)| day.to_string()).collect();
    let words = Text::new(words.join("、"), words.join(", "));
    Ok(End::Reply(Reply::Events(listed), words))
}

fn numbers(said: &str, wanted: usize) -> End {
    let parts =
        said.split(|character: char| character.is_whitespace() || "、，,".contains(character));
    let read =
        parts.filter(|part| !part.is_empty()).map(str::parse).collect::<Result<Vec<i64>, _>>();
    match read {
        Ok(numbers) if numbers.len() == wanted => {
            End::Reply(Reply::Numbers(numbers), Text::new(said, said))
        }
        Ok(_) => End::Again(Text::new(
            format!("请写 {wanted} 个整数，与所列日期一一对应"),
            format!("write {wanted} whole numbers, one for each day listed"),
        )),
        Err(_) => End::Again(whole_number(said)),
    }
}

fn whole_number(said: &str) -> Text {
    Text::new(format!("“{said}”不是整数"), format!("`{said}` is no whole number"))
}

/// A day, asked for until one is written; another wish otherwise.
fn day(terminal: &mut Terminal, prompt: Text) -> io::Result<Result<Date, Said>> {
    let lang = terminal.screen.lang;
    loop {
        match terminal.ask(prompt.get(lang))? {
            Said::Words(words) => match spoken_date(&words) {
                Some(day) => return Ok(Ok(day)),
                None => terminal.show(&[no_day(lang).to_owned()])?,
            },
            Said::Help => terminal.show(&[no_day(lang).to_owned()])?,
            said => return Ok(Err(said)),
        }
    }
}

fn no_day(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "  请写 2024-03-01 这样的日期；- 不清楚，< 重答这一题",
        Lang::En => "  write a day such as 2024-03-01; - if it is not known, < to answer anew",
    }
}
