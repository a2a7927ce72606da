//! The period that a question about events covers: as long as any programme looks back, so that it is
//! asked once.

use jiff::civil::Date;

use super::law::Places;
use super::reply::Span;
use crate::amount::Missing;
use crate::context::Context;
use crate::evaluate::Question;
use crate::programme::Programme;
use crate::rulebook::Rulebook;

/// The periods of all kinds of events in some programmes.
pub struct Spans<'r> {
    /// The kind of event and the first day on which one counts.
    starts: Vec<(&'r str, Date)>,
    until: Date,
}

impl<'r> Spans<'r> {
    /// What the programmes look back to, for any purpose on the day.
    pub fn new(rulebook: &'r Rulebook, programmes: &[&'r Programme], question: &Question) -> Self {
        let as_of = question.as_of;
        let facts = enterprise::Facts::default();
        let mut starts = Vec::new();
        for programme in programmes {
            let base_year = earliest_base_year(rulebook, programme, question);
            let context = Context { rulebook, facts: &facts, as_of, base_year, assumptions: &[] };
            let in_force = programme
                .versions
                .iter()
                .filter(|version| version.applies.iter().any(|applies| applies.covers(as_of)));
            for version in in_force {
                let tests = Places::of(rulebook, version).happened.into_iter();
                starts.extend(tests.map(|test| {
                    (test.event.id.as_str(), test.window.start(context.as_of, context.base_year))
                }));
            }
        }
        Self { starts, until: as_of }
    }

    /// The period for what is asked; a question about no events covers the day alone.
    pub fn of(&self, asked: &Missing) -> Span {
        let kind = match asked {
            Missing::Event { kind, .. } => kind.as_str(),
            _ => return Span { from: self.until, until: self.until },
        };
        self.earliest(|known| known == kind)
    }

    /// The period for a statement about events of every kind.
    pub fn of_all(&self) -> Span {
        self.earliest(|_| true)
    }

    fn earliest(&self, wanted: impl Fn(&str) -> bool) -> Span {
        let starts = self.starts.iter().filter(|(kind, _)| wanted(kind)).map(|(_, from)| *from);
        Span { from: starts.min().unwrap_or(self.until).min(self.until), until: self.until }
    }
}

/// A round can pin an older year.
fn earliest_base_year(rulebook: &Rulebook, programme: &Programme, question: &Question) -> i16 {
    let rounds = rulebook.rounds.iter().filter(|round| round.programme == programme.id);
    let pinned = rounds.filter_map(|round| round.base_year);
    let usual = question.as_of.year().saturating_sub(1);
    question.base_year.unwrap_or_else(|| pinned.fold(usual, i16::min))
}
