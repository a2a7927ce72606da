//! What a changed law does: who moves from where to where, by programme, district, industry and size
//! class, the smallest and the largest of them, and what benefits come to. Counts and keeps; shows
//! nothing.

use std::collections::BTreeMap;

use enterprise::Facts;
use population::Outdated;
use rules::{Answer, Outcome, evaluate};

use crate::classes::Under;
use crate::cost::Cost;
use crate::moves::{GATES, Gate, Moves, Stand};
use crate::pairs::{Ask, Pair};
use crate::profile::{Industry, Profile};

/// So many examples of either end are kept.
pub const EXAMPLES: usize = 3;

/// How many go through the gates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Through {
    /// By gate, in their order: in and out.
    pub counts: [(u64, u64); 2],
}

/// A subject that moves, and from where to where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Where it stands in the population.
    pub row: u64,
    /// Who it is.
    pub profile: Profile,
    /// Where it stood.
    pub from: Stand,
    /// Where it stands.
    pub to: Stand,
}

/// The ends of a set of subjects by revenue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ends {
    /// The smallest.
    pub smallest: Vec<Moved>,
    /// The largest.
    pub largest: Vec<Moved>,
}

/// What a variant does to one programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// How many move from where to where.
    pub moves: Moves,
    /// Those who go through a gate, by the option of the district.
    pub by_district: BTreeMap<Option<usize>, Through>,
    /// The same by section and division.
    pub by_industry: BTreeMap<Option<Industry>, Through>,
    /// The same by the option of the size class.
    pub by_size: BTreeMap<Option<usize>, Through>,
    /// Those who come to meet all that can be measured, or at least are eligible.
    pub entering: Ends,
    /// Those who no longer do.
    pub leaving: Ends,
    /// What each benefit comes to.
    pub costs: Vec<Cost>,
    /// Everybody who moves, in the order of the population; only if names are wanted.
    pub names: Vec<Moved>,
}

/// What is seen of one subject.
pub struct Seen<B, A, C> {
    /// Where it stands by the present law, by programme.
    pub before: B,
    /// Where it stands by the changed law, by pair.
    pub after: A,
    /// Its size class under a law.
    pub class: C,
}

/// A size class before and after.
type ClassMove = (Option<usize>, Option<usize>);

/// The effects of every pair of a programme and a variant.
pub struct Effects<'a> {
    ask: &'a Ask,
    /// How many subjects were counted.
    pub subjects: u64,
    /// Subjects whose lists of events end before the day; empty where nobody asks for events.
    pub outdated: Outdated,
    /// What happens, by pair.
    pub effects: Vec<Effect>,
    /// How many move from one size class to another, by variant.
    pub classes: Vec<BTreeMap<ClassMove, u64>>,
}

impl Through {
    fn count(&mut self, from: Stand, to: Stand) {
        for (gate, (entered, left)) in GATES.into_iter().zip(&mut self.counts) {
            match gate.crossed(from, to) {
                Some(true) => *entered += 1,
                Some(false) => *left += 1,
                None => {}
            }
        }
    }

    fn merge(&mut self, other: Self) {
        for (own, others) in self.counts.iter_mut().zip(other.counts) {
            own.0 += others.0;
            own.1 += others.1;
        }
    }

    /// In and out at a gate.
    pub fn at(self, gate: Gate) -> (u64, u64) {
        let [eligible, measurable] = self.counts;
        match gate {
            Gate::Eligible => eligible,
            Gate::Measurable => measurable,
        }
    }
}

impl Ends {
    fn add(&mut self, moved: &Moved) {
        keep(&mut self.smallest, moved, |one| {
            (one.profile.revenue.is_none(), one.profile.revenue, one.profile.code.clone(), one.row)
        });
        keep(&mut self.largest, moved, |one| {
            let down = one.profile.revenue.map(std::cmp::Reverse);
            (one.profile.revenue.is_none(), down, one.profile.code.clone(), one.row)
        });
    }

    fn merge(&mut self, other: &Self) {
        other.smallest.iter().chain(&other.largest).for_each(|moved| self.add(moved));
    }
}

/// Keeps the first few by a key, each subject once.
fn keep<K: Ord>(kept: &mut Vec<Moved>, moved: &Moved, key: impl Fn(&Moved) -> K) {
    if kept.iter().any(|known| known.row == moved.row) {
        return;
    }
    let at = kept.partition_point(|known| key(known) <= key(moved));
    if at < EXAMPLES {
        kept.insert(at, moved.clone());
        kept.truncate(EXAMPLES);
    }
}

impl Effect {
    fn new(pair: Pair, ask: &Ask) -> Self {
        Self {
            moves: Moves::default(),
            by_district: BTreeMap::new(),
            by_industry: BTreeMap::new(),
            by_size: BTreeMap::new(),
            entering: Ends::default(),
            leaving: Ends::default(),
            costs: pair.costs(ask),
            names: Vec::new(),
        }
    }

    fn moved(&mut self, moved: Moved, named: bool) {
        let (from, to, profile) = (moved.from, moved.to, &moved.profile);
        if GATES.iter().any(|gate| gate.crossed(from, to).is_some()) {
            self.by_district.entry(profile.district).or_default().count(from, to);
            self.by_industry.entry(profile.industry).or_default().count(from, to);
            self.by_size.entry(profile.size).or_default().count(from, to);
            let wider = Gate::Measurable.crossed(from, to);
            match wider.or(Gate::Eligible.crossed(from, to)) {
                Some(true) => self.entering.add(&moved),
                Some(false) => self.leaving.add(&moved),
                None => {}
            }
        }
        if named {
            self.names.push(moved);
        }
    }

    fn merge(&mut self, other: Self) {
        fn join<K: Ord>(own: &mut BTreeMap<K, Through>, other: BTreeMap<K, Through>) {
            for (key, through) in other {
                own.entry(key).or_default().merge(through);
            }
        }
        self.moves.merge(&other.moves);
        join(&mut self.by_district, other.by_district);
        join(&mut self.by_industry, other.by_industry);
        join(&mut self.by_size, other.by_size);
        self.entering.merge(&other.entering);
        self.leaving.merge(&other.leaving);
        for (own, others) in self.costs.iter_mut().zip(&other.costs) {
            own.merge(others);
        }
        self.names.extend(other.names);
    }
}

impl<'a> Effects<'a> {
    /// Nothing seen yet.
    pub fn new(ask: &'a Ask) -> Self {
        Self {
            ask,
            subjects: 0,
            outdated: Outdated::default(),
            effects: ask.pairs.iter().map(|pair| Effect::new(*pair, ask)).collect(),
            classes: vec![BTreeMap::new(); ask.variants.len()],
        }
    }

    /// Counts one subject. Its facts are asked for only if it moves, or if money depends on them.
    pub fn subject<B, A, C>(
        &mut self,
        row: u64,
        seen: Seen<B, A, C>,
        facts: &mut dyn FnMut() -> Facts,
    ) where
        B: Fn(usize) -> Stand,
        A: Fn(usize) -> Stand,
        C: Fn(Under) -> Option<usize>,
    {
        self.subjects += 1;
        let ask = self.ask;
        self.classify(seen.class);
        let mut known: Option<(Facts, Profile)> = None;
        for (at, (effect, pair)) in self.effects.iter_mut().zip(&ask.pairs).enumerate() {
            let (from, to) = ((seen.before)(pair.base), (seen.after)(at));
            effect.moves.count(from, to);
            let paid = Gate::Measurable.has(to) && effect.costs.iter().any(|cost| cost.changes);
            if from == to && !paid {
                continue;
            }
            let (facts, profile) = known.get_or_insert_with(|| {
                let facts = facts();
                let profile = Profile::of(ask.rulebook(), &facts, &ask.question, ask.base_year());
                (facts, profile)
            });
            pay(&mut effect.costs, *pair, ask, facts, (from, to));
            if from != to {
                let profile = profile.clone();
                effect.moved(Moved { row, profile, from, to }, ask.names);
            }
        }
    }

    /// Counts moves between size classes where a variant changes their standard.
    fn classify(&mut self, class: impl Fn(Under) -> Option<usize>) {
        for (at, (variant, classes)) in self.ask.variants.iter().zip(&mut self.classes).enumerate()
        {
            if variant.reclassifies {
                let (from, to) = (class(Under::Present), class(Under::Variant(at)));
                if from != to {
                    *classes.entry((from, to)).or_default() += 1;
                }
            }
        }
    }

    /// Puts those who are named in the order of the population.
    pub fn sort(&mut self) {
        for effect in &mut self.effects {
            effect.names.sort_by_key(|moved| moved.row);
        }
    }

    /// Adds what was counted of other rows of the population.
    pub fn merge(&mut self, other: Self) {
        self.subjects += other.subjects;
        self.outdated.merge(&other.outdated);
        for (own, others) in self.effects.iter_mut().zip(other.effects) {
            own.merge(others);
        }
        for (own, others) in self.classes.iter_mut().zip(other.classes) {
            for (move_, count) in others {
                *own.entry(move_).or_default() += count;
            }
        }
    }
}

/// Adds what benefits come to for one subject.
fn pay(costs: &mut [Cost], pair: Pair, ask: &Ask, facts: &Facts, move_: (Stand, Stand)) {
    if costs.is_empty() {
        return;
    }
    let (Some(old), Some((book, new))) = (pair.before(ask), pair.after(ask)) else { return };
    let before = evaluate(ask.rulebook(), old, facts, &ask.question);
    let after = evaluate(book, new, facts, &ask.question);
    for cost in costs {
        cost.add(move_, benefit(&before, &cost.id), benefit(&after, &cost.id));
    }
}

fn benefit<'a, 'r>(answer: &'a Answer<'r>, id: &str) -> Option<&'a rules::BenefitResult<'r>> {
    let Outcome::Assessed(assessment) = &answer.outcome else { return None };
    assessment.benefits.iter().find(|result| result.benefit.id == id)
}
