//! The next question (下一问): of what is missing, the one thing that could decide most at least cost.
//! The meaning, with examples: docs/meaning/questions.md.
//!
//! Judgements are never asked for, nor facts that only an outside system can tell; they remain. What
//! no answer could change is never asked either. The choice depends on the facts alone: whoever takes
//! an answer back is asked the same again.

mod case;
mod effect;
mod further;
mod law;
mod possible;
mod reply;
mod span;
mod turns;

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use enterprise::{Cost, Facts};

use crate::amount::Missing;
use crate::evaluate::Question;
use crate::programme::Programme;
use crate::rulebook::Rulebook;
use case::Case;

pub use effect::Witness;
pub use further::{Further, further_question, not_known};
pub use possible::Possible;
pub use reply::{Reply, Span, endless, record, unqualified};
pub use span::Spans;

/// What to ask next, and why that.
#[derive(Debug, Clone)]
pub struct Inquiry<'r> {
    /// What is asked: a fact with its year, a title, or events of a kind.
    pub what: Missing,
    /// What it costs to find out.
    pub cost: Cost,
    /// For events: the days that the answer has to cover.
    pub span: Span,
    /// The undecided programmes that some answer would decide all by itself.
    pub decides: Vec<&'r Programme>,
    /// The programmes in which it is missing: undecided, or decided for a purpose that it may change.
    pub missing_in: Vec<&'r Programme>,
    /// An answer that makes a difference.
    pub witness: Witness,
}

/// The next question about the programmes; none if each is decided, waits for judgements only, or
/// misses only what was skipped.
pub fn next_question<'r>(
    rulebook: &'r Rulebook,
    programmes: &[&'r Programme],
    facts: &Facts,
    question: &Question,
    skipped: &[Missing],
) -> Option<Inquiry<'r>> {
    let spans = Spans::new(rulebook, programmes, question);
    let cases: Vec<Case<'r, '_>> = programmes
        .iter()
        .map(|programme| Case::new(rulebook, programme, facts, question))
        .filter(|case| !case.possible.is_settled())
        .collect();
    let mut best: Option<(Rank, Inquiry<'r>)> = None;
    let open = cases.iter().map(|case| (case, case.possible.askable()));
    for (most, what, missing_in) in candidates(rulebook, open, skipped) {
        // No later candidate can decide more for its cost than this one could.
        if best.as_ref().is_some_and(|(rank, _)| rank.decides_more(&most).is_gt()) {
            break;
        }
        let span = spans.of(&what);
        let mut decides = Vec::new();
        let mut witness = None;
        for case in &missing_in {
            let replies = case.replies(&what, span, false);
            let decisive = |reply: &Reply| {
                !case.possible.is_decided() && case.after(&what, reply, span).is_decided()
            };
            if let Some(reply) = replies.into_iter().find(decisive) {
                decides.push(case.programme);
                let programme = case.programme.id.clone();
                witness.get_or_insert(Witness { programme, given: Vec::new(), reply });
            }
        }
        let rank = Rank { decides: decides.len(), ..most };
        if best.as_ref().is_some_and(|(known, _)| rank.cmp(known).is_le()) {
            continue;
        }
        let effect = || missing_in.iter().find_map(|case| effect::witness(case, &what, &spans));
        let Some(witness) = witness.or_else(effect) else { continue };
        let missing_in = missing_in.iter().map(|case| case.programme).collect();
        let cost = rank.cost;
        best = Some((rank, Inquiry { what, cost, span, decides, missing_in, witness }));
    }
    best.map(|(_, inquiry)| inquiry)
}

/// Everything that can be asked and where it is missing, what could decide most for its cost first.
fn candidates<'a, T>(
    rulebook: &Rulebook,
    open: impl Iterator<Item = (T, impl Iterator<Item = &'a Missing>)>,
    skipped: &[Missing],
) -> Vec<(Rank, Missing, Vec<T>)>
where
    T: Copy,
{
    let mut found: BTreeMap<&Missing, Vec<T>> = BTreeMap::new();
    for (of, missing) in open {
        for what in missing.filter(|what| !skipped.contains(what)) {
            found.entry(what).or_default().push(of);
        }
    }
    let ranked = found.into_iter().filter_map(|(what, missing_in)| {
        let (place, cost) = placed(rulebook, what)?;
        let count = missing_in.len();
        let rank = Rank { decides: count, missing_in: count, cost, place };
        Some((rank, what.clone(), missing_in))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by(|(one, ..), (other, ..)| other.cmp(one));
    ranked
}

/// What decides between two questions. The greater one is asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rank {
    decides: usize,
    missing_in: usize,
    cost: Cost,
    place: Place,
}

/// Facts, then titles, then events, each as the catalogue has them; newer years before older ones.
type Place = (u8, usize, Reverse<Option<i16>>, usize);

impl Rank {
    /// By programmes decided for the cost: `count / weight`, without dividing.
    fn decides_more(&self, other: &Self) -> Ordering {
        let worth = |one: &Self, cost: Cost| one.decides.saturating_mul(weight(cost));
        worth(self, other.cost).cmp(&worth(other, self.cost))
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        self.decides_more(other)
            .then_with(|| self.missing_in.cmp(&other.missing_in))
            .then_with(|| other.cost.cmp(&self.cost))
            .then_with(|| other.place.cmp(&self.place))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a question weighs: one that an expert has to look into must decide four times as much as one
/// that a registry answers.
fn weight(cost: Cost) -> usize {
    match cost {
        Cost::Registry => 1,
        Cost::Upload => 2,
        Cost::Ask => 3,
        Cost::Expert => 4,
    }
}

/// Where it stands in the catalogue and what it costs; nothing for what nobody can be asked.
fn placed(rulebook: &Rulebook, what: &Missing) -> Option<(Place, Cost)> {
    let catalogue = &rulebook.catalogue;
    match what {
        Missing::Fact { key, .. } => {
            let mut all = catalogue.indicators().iter();
            let index = all.position(|known| known.id == key.indicator)?;
            let indicator = catalogue.indicator(&key.indicator).filter(|known| known.given)?;
            Some(((0, index, Reverse(key.year), 0), indicator.cost))
        }
        // Authorities publish who holds a title, and what they punished or awarded.
        Missing::Title(programme) => {
            let index = catalogue.titles.iter().position(|known| known.id == *programme)?;
            Some(((1, index, Reverse(None), 0), Cost::Registry))
        }
        Missing::Event { kind, attribute } => {
            let index = catalogue.events.iter().position(|known| known.id == *kind)?;
            let attributes = catalogue.events.get(index).map(|known| known.attributes.iter())?;
            let number = attribute.as_ref().and_then(|wanted| {
                attributes.enumerate().find(|(_, known)| known.id == *wanted).map(|(at, _)| at + 1)
            });
            Some(((2, index, Reverse(None), number.unwrap_or(0)), Cost::Registry))
        }
        Missing::Judgement { .. } => None,
    }
}
