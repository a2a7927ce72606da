//! What benefits come to: money that newly falls due, that no longer does, and that changes for those
//! who stay. Added up in whole fen; what nobody knows is counted, never estimated.

use enterprise::Text;
use rules::{Amount, Benefit, BenefitResult, Exact, Number};

use crate::moves::{GATES, Gate, Stand};

/// An amount over several subjects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Money {
    /// The sum of the known amounts, in fen.
    pub fen: i128,
    /// How many amounts are known.
    pub known: u64,
    /// How many are not known.
    pub unknown: u64,
    /// The most that the unknown ones can come to where a cap says so, in fen.
    pub at_most: i128,
    /// How many unknown ones have such a cap.
    pub capped: u64,
}

/// What one benefit comes to at one gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flows {
    /// For those who enter, by the changed law.
    pub entering: Money,
    /// For those who leave, by the present law.
    pub leaving: Money,
    /// For those who stay, by the present law; only where the benefit itself changes.
    pub before: Money,
    /// For those who stay, by the changed law.
    pub after: Money,
}

/// One benefit of a programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// The benefit's id.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Whether the benefit itself changes, so that it matters also for those who stay.
    pub changes: bool,
    /// By gate, in their order.
    flows: [Flows; 2],
}

impl Money {
    fn add(&mut self, result: Option<&BenefitResult<'_>>) {
        let Some(result) = result else { return };
        let known = match &result.amount {
            Some(Amount::Known(Number::Exact(amount))) => whole_fen(*amount),
            _ => None,
        };
        match (known, result.most.and_then(whole_fen)) {
            (Some(fen), _) => {
                self.fen += fen;
                self.known += 1;
            }
            (None, Some(most)) => {
                self.unknown += 1;
                self.capped += 1;
                self.at_most += most;
            }
            (None, None) => self.unknown += 1,
        }
    }

    fn merge(&mut self, other: &Self) {
        self.fen += other.fen;
        self.known += other.known;
        self.unknown += other.unknown;
        self.at_most += other.at_most;
        self.capped += other.capped;
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.known == 0 && self.unknown == 0
    }
}

/// A grant is paid in whole fen; a part of one is not paid.
fn whole_fen(amount: Exact) -> Option<i128> {
    amount.floor_at(1).map(i128::from)
}

impl Flows {
    /// By how much the known amounts change in all.
    pub fn net(&self) -> i128 {
        self.entering.fen - self.leaving.fen + self.after.fen - self.before.fen
    }

    /// How many amounts are not known.
    pub fn unknown(&self) -> u64 {
        [&self.entering, &self.leaving, &self.after].iter().map(|money| money.unknown).sum()
    }

    /// Whether nobody is concerned.
    pub fn is_empty(&self) -> bool {
        let all = [&self.entering, &self.leaving, &self.before, &self.after];
        all.iter().all(|money| money.is_empty())
    }

    fn merge(&mut self, other: &Self) {
        self.entering.merge(&other.entering);
        self.leaving.merge(&other.leaving);
        self.before.merge(&other.before);
        self.after.merge(&other.after);
    }
}

impl Cost {
    /// Nothing yet, for a benefit before and after the change.
    pub fn of(before: Option<&Benefit>, after: Option<&Benefit>) -> Option<Self> {
        let either = after.or(before)?;
        Some(Self {
            id: either.id.clone(),
            label: either.label.clone(),
            changes: before.map(what_it_pays) != after.map(what_it_pays),
            flows: [Flows::default(), Flows::default()],
        })
    }

    /// What it comes to at a gate.
    pub fn at(&self, gate: Gate) -> &Flows {
        let [eligible, measurable] = &self.flows;
        match gate {
            Gate::Eligible => eligible,
            Gate::Measurable => measurable,
        }
    }

    /// One more subject that stood and stands so, with what the benefit comes to for it.
    pub fn add(
        &mut self,
        (from, to): (Stand, Stand),
        before: Option<&BenefitResult<'_>>,
        after: Option<&BenefitResult<'_>>,
    ) {
        for (gate, flows) in GATES.into_iter().zip(&mut self.flows) {
            match gate.crossed(from, to) {
                Some(true) => flows.entering.add(after),
                Some(false) => flows.leaving.add(before),
                None if self.changes && gate.has(to) => {
                    flows.before.add(before);
                    flows.after.add(after);
                }
                None => {}
            }
        }
    }

    /// Adds what it comes to for other subjects.
    pub fn merge(&mut self, other: &Self) {
        for (own, others) in self.flows.iter_mut().zip(&other.flows) {
            own.merge(others);
        }
    }
}

/// What decides about the money; the rest of a benefit is words.
fn what_it_pays(benefit: &Benefit) -> impl PartialEq + use<'_> {
    (&benefit.amount, &benefit.cap, &benefit.ceilings)
}
