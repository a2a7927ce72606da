//! A question as it is put to somebody: its lines, what hangs on it, what helps to answer it.

mod asked;
mod help;
mod stake;

use enterprise::{Facts, Kind, Lang, Text};
use rules::inquiry::Span;
use rules::{Missing, Rulebook};

use super::paint::Style;
use super::width;
use crate::output::Screen;
use words::provenance;

use asked::asked;
pub(crate) use help::help;
pub(crate) use stake::at_stake;
pub(crate) use words::gap::name;

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

fn indented(words: &str, style: Style, screen: &Screen, lines: &mut Vec<String>) {
    for line in width::wrap(words, screen.width.saturating_sub(3)) {
        if !line.is_empty() {
            lines.push(format!("   {}", style.paint(&line, screen.colour)));
        }
    }
}
