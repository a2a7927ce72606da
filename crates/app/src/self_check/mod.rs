//! The self-check (自测): anybody finds out what a firm qualifies for, question by question. Nothing of it is stored
//! here: the whole conversation is one text that travels with the pages ([`SelfCheck::text`]), and what comes back is
//! input like any other. What is asked next follows from the answers alone, so that any answer can be changed.

mod brought;
mod fill;
mod further;
mod look;
mod offer;
mod wire;

use enterprise::{Facts, Source, Uscc};
use jiff::civil::Date;
use rules::inquiry::{Reply, Spans, record};
use rules::{Missing, Programme, Question, Rulebook};

pub use brought::Brought;
pub use fill::{Filled, entered, entry_unit};
pub use further::Through;
pub use look::{Left, Looked, Next, Turned};
pub use offer::{Offer, offers};
pub use wire::{MOST_TEXT, Read};

/// A self-check: what is looked for, what was brought, what was answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SelfCheck {
    /// The programmes that are looked for; all that are offered if there are none.
    pub wanted: Vec<String>,
    /// The name of the enterprise, if somebody gave it.
    pub(crate) name: Option<String>,
    /// Its code. To name it proves nothing.
    pub(crate) uscc: Option<Uscc>,
    /// A facts document that it began with.
    pub(crate) brought: Option<Brought>,
    /// What was asked and what was said, in the order in which it was asked first.
    given: Vec<Given>,
    /// The programmes of which everything is asked, whatever their verdict: in the order of the rulebook.
    through: Vec<String>,
    /// Until when it lies in somebody's account as it is here; none as soon as something is changed.
    kept_until: Option<Date>,
}

/// Something that was asked, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What was asked.
    pub asked: Missing,
    /// What was said.
    pub said: Said,
    /// The day on which it was said: an answer about events covers the time up to it.
    pub on: Date,
}

/// What was said to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// They do not know, or do not want to say.
    Skipped,
    /// An answer.
    Reply(Reply),
}

/// Whose words these are.
const FIRM: &str = "企业自报";

impl SelfCheck {
    /// One for these programmes. Names that are not offered are left out.
    pub fn about(rulebook: &Rulebook, today: Date, wanted: &[String]) -> Self {
        let offered = offer::offered(rulebook, today);
        let is_one = |id: &&String| offered.iter().any(|known| known.id == **id);
        let mut wanted: Vec<String> = wanted.iter().filter(is_one).cloned().collect();
        wanted.dedup();
        Self { wanted, ..Self::default() }
    }

    /// What was asked and what was said.
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// Whether nothing has been said.
    pub fn is_blank(&self) -> bool {
        self.given.is_empty() && self.brought.is_none()
    }

    /// How many questions were answered, and how many were skipped.
    pub fn counts(&self) -> (usize, usize) {
        let skipped = self.given.iter().filter(|given| given.said == Said::Skipped).count();
        (self.given.len() - skipped, skipped)
    }

    /// Until when it lies in somebody's account as it is here, if it does.
    pub fn kept_until(&self) -> Option<Date> {
        self.kept_until
    }

    /// The same, which lies in somebody's account until a day.
    #[must_use]
    pub fn kept(self, until: Date) -> Self {
        Self { kept_until: Some(until), ..self }
    }

    /// What was said to a question.
    pub fn said(&self, asked: &Missing) -> Option<&Given> {
        self.given.iter().find(|given| given.asked == *asked)
    }

    /// The programmes that are looked for, in the order of the rulebook.
    pub fn programmes<'r>(&self, rulebook: &'r Rulebook, today: Date) -> Vec<&'r Programme> {
        let mut offered = offer::offered(rulebook, today);
        if !self.wanted.is_empty() {
            offered.retain(|known| self.wanted.contains(&known.id));
        }
        offered
    }

    /// What the answers come to.
    pub fn facts(&self, rulebook: &Rulebook, today: Date) -> Facts {
        let programmes = self.programmes(rulebook, today);
        let spans = Spans::new(rulebook, &programmes, &Question::on(today));
        self.facts_within(rulebook, &spans, self.given.len())
    }

    /// What the first answers come to.
    fn facts_within(&self, rulebook: &Rulebook, spans: &Spans<'_>, count: usize) -> Facts {
        let mut facts = self.brought.as_ref().map(|one| one.facts.clone()).unwrap_or_default();
        for given in self.given.iter().take(count) {
            enter(rulebook, &mut facts, given, spans);
        }
        facts.name = self.name.clone().or(facts.name);
        facts.uscc = self.uscc.clone().or(facts.uscc);
        facts
    }

    /// Takes what was said to a question in: in its old place if it was asked before.
    fn put(&mut self, given: Given) {
        self.kept_until = None;
        match self.given.iter_mut().find(|known| known.asked == given.asked) {
            Some(known) => *known = given,
            None => self.given.push(given),
        }
    }

    /// Leaves a question aside.
    pub fn skip(&mut self, asked: &Missing, today: Date) {
        self.put(Given { asked: asked.clone(), said: Said::Skipped, on: today });
    }

    /// Asks again what was left aside.
    pub fn ask_skipped(&mut self) {
        self.kept_until = None;
        self.given.retain(|given| given.said != Said::Skipped);
    }

    /// Takes back what was said to a question, so that it is asked again if it still matters.
    pub fn take_back(&mut self, asked: &Missing) {
        self.kept_until = None;
        self.given.retain(|given| given.asked != *asked);
    }
}

/// Puts an answer into the facts.
fn enter(rulebook: &Rulebook, facts: &mut Facts, given: &Given, spans: &Spans<'_>) {
    let Said::Reply(reply) = &given.said else { return };
    let mut span = match reply {
        Reply::NoOtherEvent => spans.of_all(),
        _ => spans.of(&given.asked),
    };
    // Nobody knew more on that day.
    span.until = span.until.min(given.on);
    span.from = span.from.min(span.until);
    let source = Source { name: Some(FIRM.into()), known: Some(given.on) };
    record(&rulebook.catalogue, facts, &given.asked, reply.clone(), span, source);
}
