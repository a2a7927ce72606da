//! What else is good to know about a question.

use enterprise::Text;
use rules::inquiry::Span;
use rules::{Missing, Rulebook};

use super::indented;
use crate::output::Screen;
use crate::text::paint::Style;
use words::indicator;

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
