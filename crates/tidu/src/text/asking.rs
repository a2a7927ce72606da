//! A question as it is put to somebody: what, in which unit, what it means, who knows it, and what
//! hangs on it.

use enterprise::{Facts, Indicator, Kind, Lang, Text};
use rules::inquiry::{Inquiry, Span, endless, unqualified};
use rules::{Missing, Programme, Rulebook};

use super::paint::Style;
use super::width;
use crate::output::Screen;
use words::condition::quoted;
use words::{gap, indicator, provenance};

/// How a question is called when it is listed.
pub(crate) fn name(what: &Missing, rulebook: &Rulebook) -> Text {
    match what {
        Missing::Title(programme) => gap::title(&rulebook.catalogue, programme),
        Missing::Event { kind, attribute: None } => match rulebook.catalogue.event(kind) {
            Some(event) => event.label.clone(),
            None => gap::missing(what, rulebook),
        },
        _ => gap::missing(what, rulebook),
    }
}

/// The question in one line, with the way to answer it.
pub(crate) fn asked(what: &Missing, rulebook: &Rulebook, facts: &Facts, span: Span) -> Text {
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

/// The lines of a question: the way to answer, the options, the meaning, who knows it.
pub(crate) fn question(
    number: usize,
    what: &Missing,
    (rulebook, facts): (&Rulebook, &Facts),
    span: Span,
    screen: &Screen,
) -> Vec<String> {
    let lang = screen.lang;
    let mut lines = vec![String::new()];
    let words = format!("{number}. {}", asked(what, rulebook, facts, span).get(lang));
    for line in width::wrap(&words, screen.width) {
        lines.push(Style::Bold.paint(&line, screen.colour));
    }
    if let Missing::Fact { key, .. } = what
        && let Some(indicator) = rulebook.catalogue.indicator(&key.indicator)
    {
        if let Kind::Choice(options) = &indicator.kind {
            let numbered = (1..).zip(options);
            let options: Vec<String> = numbered
                .map(|(number, option)| format!("{number} {}", option.label.get(lang)))
                .collect();
            indented(&options.join(screen.say("　", "   ")), Style::Plain, screen, &mut lines);
        }
        indented(indicator.note.get(lang), Style::Dim, screen, &mut lines);
        let (source, cost) = (&indicator.source, provenance::cost(indicator.cost));
        let found = Text::new(
            format!("来源：{}（{}）", source.zh, cost.zh),
            format!("Source: {} ({})", source.en, cost.en),
        );
        indented(found.get(lang), Style::Dim, screen, &mut lines);
    }
    indented(shortcut(what, screen), Style::Dim, screen, &mut lines);
    lines
}

/// The answer that spares all other questions of the sort.
fn shortcut(what: &Missing, screen: &Screen) -> &'static str {
    match (what, screen.lang) {
        (Missing::Title(_), Lang::Zh) => "没有其他任何称号，答“都没有”",
        (Missing::Title(_), Lang::En) => "If no other title is held at all, say none",
        (Missing::Event { attribute: None, .. }, Lang::Zh) => {
            "各类事件都没有，答“都没有”（期间见 ?）"
        }
        (Missing::Event { attribute: None, .. }, Lang::En) => {
            "If there was no event of any kind, say none (see ? for the period)"
        }
        _ => "",
    }
}

/// What hangs on a question.
pub(crate) fn at_stake(inquiry: &Inquiry<'_>, screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let named = |programmes: &[&Programme]| {
        let titles: Vec<&str> = programmes.iter().map(|known| known.title.get(lang)).collect();
        titles.join(screen.say("、", ", "))
    };
    let mut lines = Vec::new();
    if !inquiry.decides.is_empty() {
        let words = format!(
            "{}{}",
            screen.say("单凭此项可能就定下：", "May decide alone: "),
            named(&inquiry.decides)
        );
        indented(&words, Style::Dim, screen, &mut lines);
    }
    let own = |known: &Programme| inquiry.what == Missing::Title(known.id.clone());
    let others: Vec<&Programme> = inquiry
        .missing_in
        .iter()
        .copied()
        .filter(|known| !inquiry.decides.iter().any(|decided| decided.id == known.id))
        .filter(|known| !own(known))
        .collect();
    // Who holds the title is judged by the rules for re-review.
    if inquiry.missing_in.iter().any(|known| own(known)) {
        let words =
            screen.say("决定按新申报还是按复核判断", "Tells new application from re-review");
        indented(words, Style::Dim, screen, &mut lines);
    }
    if !others.is_empty() {
        let words = format!("{}{}", screen.say("也用于：", "Also used for: "), named(&others));
        indented(&words, Style::Dim, screen, &mut lines);
    }
    lines
}

/// What else is good to know about a question, for whoever asks for help.
pub(crate) fn help(what: &Missing, rulebook: &Rulebook, all: Span, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    match what {
        Missing::Fact { key, .. } => {
            let known = rulebook.catalogue.indicator(&key.indicator);
            if let Some(range) = known.and_then(|known| indicator::range(known)) {
                let words =
                    format!("{}{}", screen.say("可填范围：", "Range: "), range.get(screen.lang));
                indented(&words, Style::Plain, screen, &mut lines);
            }
        }
        Missing::Title(_) => indented(
            screen.say(
                "除已答的以外什么称号都没有，可答“都没有”，以后不再逐个问。",
                "If no title is held but those answered, say none: no other will be asked for.",
            ),
            Style::Plain,
            screen,
            &mut lines,
        ),
        Missing::Event { .. } => {
            let (from, until) = (all.from, all.until);
            let words = Text::new(
                format!(
                    "如果 {from} 至 {until} 除已答的以外，各类处罚、事故、获奖都没有，可答“都没有”，以后不再逐类问。"
                ),
                format!(
                    "If from {from} to {until} there was no event of any kind (offence, accident, award) but those answered, say none: no other kind will be asked for."
                ),
            );
            indented(words.get(screen.lang), Style::Plain, screen, &mut lines);
        }
        Missing::Judgement { .. } => {}
    }
    lines
}

fn indented(words: &str, style: Style, screen: &Screen, lines: &mut Vec<String>) {
    for line in width::wrap(words, screen.width.saturating_sub(3)) {
        if !line.is_empty() {
            lines.push(format!("   {}", style.paint(&line, screen.colour)));
        }
    }
}
