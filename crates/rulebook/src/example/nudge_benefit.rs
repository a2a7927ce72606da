//! The numbers of benefits, and benefits with one of them moved by a step.

use std::sync::Arc;

use rules::{Benefit, Limit, Quantity};

use crate::example::nudge::{moved, replace_in};

/// A number of a benefit, by the benefit's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BenefitKnob {
    /// The n-th threshold within the amount.
    Amount(String, usize),
    /// The most for one grant.
    Cap(String),
    /// The n-th ceiling.
    Ceiling(String, usize),
}

pub(crate) fn benefit_knobs(benefits: &[Benefit]) -> Vec<BenefitKnob> {
    let mut knobs = Vec::new();
    for benefit in benefits {
        let id = || benefit.id.clone();
        let amounts = benefit.amount.iter().flat_map(limits).count();
        knobs.extend((0..amounts).map(|index| BenefitKnob::Amount(id(), index)));
        knobs.extend(benefit.cap.iter().map(|_| BenefitKnob::Cap(id())));
        let ceilings = 0..benefit.ceilings.len();
        knobs.extend(ceilings.map(|index| BenefitKnob::Ceiling(id(), index)));
    }
    knobs
}

pub(crate) fn nudge_benefit(benefits: &mut [Benefit], knob: &BenefitKnob, up: bool) {
    let (BenefitKnob::Amount(id, _) | BenefitKnob::Cap(id) | BenefitKnob::Ceiling(id, _)) = knob;
    let Some(benefit) = benefits.iter_mut().find(|benefit| benefit.id == *id) else { return };
    match knob {
        BenefitKnob::Amount(_, index) => {
            let Some(quantity) = &mut benefit.amount else { return };
            if let Some(known) = limits(quantity).into_iter().nth(*index) {
                replace_in(quantity, &known, &Arc::new(moved(&known, up)));
            }
        }
        BenefitKnob::Cap(_) => benefit.cap = benefit.cap.as_ref().map(|cap| moved(cap, up)),
        BenefitKnob::Ceiling(_, index) => {
            if let Some((_, limit)) = benefit.ceilings.get_mut(*index) {
                *limit = moved(limit, up);
            }
        }
    }
}

impl BenefitKnob {
    /// The number as people can find it.
    pub fn name(&self) -> String {
        match self {
            Self::Amount(id, index) => format!("benefit/{id} amount[{}]", index + 1),
            Self::Cap(id) => format!("benefit/{id} cap"),
            Self::Ceiling(id, index) => format!("benefit/{id} ceilings[{}]", index + 1),
        }
    }
}

/// The thresholds within a quantity, each once.
fn limits(quantity: &Quantity) -> Vec<Arc<Limit>> {
    let mut found: Vec<Arc<Limit>> = Vec::new();
    quantity.each_limit(&mut |limit| {
        if !found.iter().any(|known| Arc::ptr_eq(known, limit)) {
            found.push(Arc::clone(limit));
        }
    });
    found
}
