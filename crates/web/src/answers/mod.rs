//! A subject's answers as parts of a page: all programmes at a glance, one programme clause by clause, what is
//! missing and what would turn the verdict, plans, forecasts. Made of results alone, so that an enterprise's page, the
//! self-check and what is printed say the same; the words are those of the command line.

mod forecast;
mod gaps;
mod go;
mod overview;
mod plan;
mod programme;
mod score;
mod sheet;
mod step;
mod tree;

use std::collections::BTreeSet;

use enterprise::{Facts, Text};
use jiff::civil::Date;
use rules::{Answer, Rulebook, Verdict};

use crate::failure::Failure;
use crate::lang::Say;
use crate::parts::{Tone, verdict};
use crate::view::{Block, Part};

pub(crate) use go::Go;

/// Whose answers are shown, in which language, by which law.
#[derive(Clone, Copy)]
pub(crate) struct Answers<'a> {
    pub say: Say,
    pub rulebook: &'a Rulebook,
    pub facts: &'a Facts,
    /// The day on which they are looked at.
    pub today: Date,
    /// Indicators that are not shown to the reader.
    pub withheld: &'a BTreeSet<&'a str>,
}

/// To most readers everything is shown.
static NOTHING: BTreeSet<&str> = BTreeSet::new();

impl<'a> Answers<'a> {
    /// To somebody to whom everything is shown.
    pub fn new(say: Say, rulebook: &'a Rulebook, facts: &'a Facts, today: Date) -> Self {
        Self { say, rulebook, facts, today, withheld: &NOTHING }
    }
}

impl Answers<'_> {
    fn text(&self, text: &Text) -> String {
        self.say.both(text)
    }

    /// Some texts as a list, under a heading; nothing if there are none.
    fn list(&self, title: String, items: &[Text], blocks: &mut Vec<Block>) -> Result<(), Failure> {
        self.texts(title, items.iter().map(|text| self.text(text)).collect(), blocks)
    }

    /// The same with texts that are in the reader's language already.
    pub fn texts(
        &self,
        title: String,
        items: Vec<String>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Failure> {
        if items.is_empty() {
            return Ok(());
        }
        blocks.push(Block::Heading(title));
        blocks.push(Block::Part(Part::new(&Lines { items })?));
        Ok(())
    }
}

/// Some lines, one below the other.
#[derive(askama::Template)]
#[template(path = "answers/lines.html")]
struct Lines {
    items: Vec<String>,
}

/// An answer as a chip.
pub(crate) fn chip(say: Say, answer: &Answer<'_>) -> verdict::Verdict {
    let words = say.both(&words::verdict::conclusion(answer));
    verdict::Verdict::new(tone(answer.verdict()), words)
}

/// What a verdict says by colour and sign.
pub(crate) fn tone(verdict: Option<Verdict>) -> Tone {
    match verdict {
        Some(Verdict::Eligible) => Tone::Good,
        Some(Verdict::Ineligible) => Tone::Bad,
        Some(Verdict::Undetermined(why)) if why.data => Tone::Open,
        // What only an unpublished standard leaves open waits for nobody's judgement.
        Some(Verdict::Undetermined(why)) if !why.judgement => Tone::Dim,
        Some(Verdict::Undetermined(_)) => Tone::Pending,
        None => Tone::Dim,
    }
}

/// The tone of words.
fn tone_of(tone: words::explanation::Tone) -> Tone {
    use words::explanation::Tone as Said;
    match tone {
        Said::Plain => Tone::Plain,
        Said::Dim => Tone::Dim,
        Said::Good => Tone::Good,
        Said::Bad => Tone::Bad,
        Said::Open => Tone::Open,
    }
}
