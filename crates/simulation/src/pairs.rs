//! What is asked: the present law, its variants, and the pairs of a programme and a variant that can
//! differ.

use std::sync::Arc;

use rulebook::{Applied, Diagnostic, Sources};
use rules::{Programme, Question, Rulebook, Version};

use crate::classes::Under;
use crate::cost::Cost;
use crate::moves::Stand;
use enterprise::{Facts, Text};
use rules::{Outcome, evaluate};

/// A changed law.
pub struct Changed {
    /// What it is called.
    pub name: String,
    /// What people read, if that is something else.
    pub label: Option<Text>,
    /// The changed law.
    pub rulebook: Rulebook,
    /// The numbers that were set.
    pub applied: Vec<Applied>,
    /// What the checker says about it, and the texts that it points into.
    pub remarks: Vec<Diagnostic>,
    /// The texts.
    pub sources: Sources,
    /// What it sets in vain, since it is not in force.
    pub notes: Vec<Text>,
    /// Whether size classes and the like are told apart otherwise.
    pub reclassifies: bool,
}

/// A programme under a changed law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The changed law, by its place in [`Ask::variants`].
    pub variant: usize,
    /// The programme, by its place in [`Ask::programmes`].
    pub base: usize,
}

/// Everything that is asked of a population.
pub struct Ask {
    rulebook: Arc<Rulebook>,
    /// On which day, for which years.
    pub question: Question,
    /// The changed laws.
    pub variants: Vec<Changed>,
    /// The programmes that some variant can change, by place in the rulebook.
    pub programmes: Vec<usize>,
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// Whether everybody who moves is kept by name.
    pub names: bool,
    /// Whether any of the programmes asks for events.
    pub events: bool,
}

impl Ask {
    /// All pairs that can differ, within the wanted programmes.
    pub fn new(
        rulebook: Arc<Rulebook>,
        question: Question,
        variants: Vec<Changed>,
        wanted: &dyn Fn(&Programme) -> bool,
        names: bool,
    ) -> Self {
        let mut programmes = Vec::new();
        let mut pairs = Vec::new();
        for (place, programme) in rulebook.programmes.iter().enumerate() {
            if !wanted(programme) {
                continue;
            }
            let differing: Vec<usize> = (0..variants.len())
                .filter(|at| variants.get(*at).is_some_and(|one| can_differ(programme, one)))
                .collect();
            if !differing.is_empty() {
                let base = programmes.len();
                programmes.push(place);
                pairs.extend(differing.into_iter().map(|variant| Pair { variant, base }));
            }
        }
        let asked = |place: &usize| {
            let programme = rulebook.programmes.get(*place);
            programme.is_some_and(|own| rules::needs::events(&rulebook, own, question.as_of))
        };
        let events = programmes.iter().any(asked);
        Self { rulebook, question, variants, programmes, pairs, names, events }
    }

    /// The present law.
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// One of the laws that are asked about.
    pub fn law(&self, under: Under) -> &Rulebook {
        match under {
            Under::Present => &self.rulebook,
            Under::Variant(at) => self.variants.get(at).map_or(&self.rulebook, |one| &one.rulebook),
        }
    }

    /// The last fiscal year where no round pins another.
    pub fn base_year(&self) -> i16 {
        self.question.base_year.unwrap_or(self.question.as_of.year().saturating_sub(1))
    }

    /// Whether some variant tells size classes apart otherwise.
    pub fn reclassifies(&self) -> bool {
        self.variants.iter().any(|variant| variant.reclassifies)
    }

    /// The programme at this place of [`Self::programmes`].
    pub fn programme(&self, base: usize) -> Option<&Programme> {
        self.rulebook.programmes.get(*self.programmes.get(base)?)
    }

    /// Where a subject stands, by the simple evaluator: before, by programme, and after, by pair.
    pub fn stands(&self, facts: &Facts) -> (Vec<Stand>, Vec<Stand>) {
        let stand = |book: &Rulebook, programme: Option<&Programme>| {
            let answer = evaluate(book, programme?, facts, &self.question);
            match answer.outcome {
                Outcome::Assessed(assessment) => Some(assessment.population),
                Outcome::NoVersion { .. } => None,
            }
        };
        let before = (0..self.programmes.len())
            .map(|base| stand(&self.rulebook, self.programme(base)))
            .collect();
        let after = self.pairs.iter().map(|pair| {
            let (book, programme) = pair.after(self)?;
            stand(book, Some(programme))
        });
        (before, after.collect())
    }
}

impl Pair {
    /// The programme as the present law has it.
    pub fn before(self, ask: &Ask) -> Option<&Programme> {
        ask.programme(self.base)
    }

    /// The changed law, and the programme as it has it.
    pub fn after(self, ask: &Ask) -> Option<(&Rulebook, &Programme)> {
        let variant = ask.variants.get(self.variant)?;
        Some((&variant.rulebook, variant.rulebook.programme(&self.before(ask)?.id)?))
    }

    /// Nothing spent yet, for every benefit of the programme.
    pub fn costs(self, ask: &Ask) -> Vec<Cost> {
        let (Some(old), Some((_, new))) = (self.before(ask), self.after(ask)) else {
            return Vec::new();
        };
        let day = ask.question.as_of;
        let in_force = |version: &&Version| version.applies.iter().any(|one| one.covers(day));
        let benefits = |programme: &'_ Programme| {
            let versions = programme.versions.iter().filter(in_force);
            versions.flat_map(|version| version.benefits.clone()).collect::<Vec<_>>()
        };
        let (old, new) = (benefits(old), benefits(new));
        let mut costs: Vec<Cost> = Vec::new();
        for either in new.iter().chain(&old) {
            if costs.iter().any(|known| known.id == either.id) {
                continue;
            }
            let find =
                |list: &'_ [rules::Benefit]| list.iter().find(|one| one.id == either.id).cloned();
            costs.extend(Cost::of(find(&old).as_ref(), find(&new).as_ref()));
        }
        costs
    }
}

/// Whether a subject can stand elsewhere under the changed law, or is asked about all the same. Where
/// classes are told apart otherwise, every programme may be concerned.
fn can_differ(programme: &Programme, changed: &Changed) -> bool {
    let now = changed.rulebook.programme(&programme.id);
    let differs = now.is_none_or(|now| now.versions != programme.versions);
    let named = changed.applied.iter().any(|one| one.number.owner == programme.id);
    !programme.versions.is_empty() && (differs || named || changed.reclassifies)
}
