//! Which figures an answer rests on, so that only what matters is said to have been carried over.

use std::collections::BTreeSet;

use enterprise::FactKey;
use rules::plan::Plan;
use rules::{
    Answer, Carry, ConditionResult, CriterionResult, FactRef, Finding, Operand, Origin, Outcome,
    ScaleFinding, Test,
};

/// The assumptions that the answer on a day, or a plan for it, makes use of.
pub fn matters(carried: &[Carry], answer: &Answer<'_>, plans: &[Plan<'_>]) -> Vec<Carry> {
    let mut used =
        Used { base_year: answer.base_year, keys: BTreeSet::new(), events: BTreeSet::new() };
    used.answer(answer);
    for plan in plans {
        used.answer(&plan.answer);
        used.keys.extend(plan.steps.iter().map(|step| step.key.clone()));
    }
    let matters = |step: &&Carry| match step {
        Carry::Same { key, .. } | Carry::Grown { key, .. } | Carry::Nothing { key } => {
            used.keys.contains(key)
        }
        Carry::NoEvents { kind, .. } => {
            used.events.contains(kind) || kind == "*" && !used.events.is_empty()
        }
    };
    carried.iter().filter(matters).cloned().collect()
}

struct Used {
    base_year: i16,
    keys: BTreeSet<FactKey>,
    events: BTreeSet<String>,
}

impl Used {
    fn answer(&mut self, answer: &Answer<'_>) {
        let Outcome::Assessed(assessment) = &answer.outcome else { return };
        assessment.criteria.iter().for_each(|result| self.criterion(result));
        let groups = assessment.score.iter().flat_map(|score| &score.groups);
        for finding in groups.flat_map(|group| &group.items).flat_map(|item| &item.findings) {
            match finding {
                ScaleFinding::Value(_, operands) => self.operands(operands),
                ScaleFinding::Entries(entries) => {
                    entries.iter().for_each(|one| self.condition(one))
                }
            }
        }
    }

    fn criterion(&mut self, result: &CriterionResult<'_>) {
        result.when.iter().for_each(|when| self.condition(when));
        match &result.finding {
            Finding::Condition(condition) => self.condition(condition),
            Finding::Children(children) => children.iter().for_each(|child| self.criterion(child)),
            Finding::OtherPurpose | Finding::Judged(_) | Finding::Score => {}
        }
    }

    fn condition(&mut self, condition: &ConditionResult<'_>) {
        match &condition.test {
            Test::All(parts) | Test::AtLeast(_, parts) => {
                parts.iter().for_each(|part| self.condition(part));
            }
            Test::Not(inner) => self.condition(inner),
            Test::Compare(compared) => self.operands(&compared.operands),
            Test::Member { member, classified, .. } => {
                self.fact(&member.fact);
                let metrics = classified.iter().flat_map(|classified| &classified.metrics);
                metrics.for_each(|(_, _, operands)| self.operands(operands));
            }
            Test::Flag { fact, .. } => self.fact(fact),
            Test::Holds { .. } => {}
            Test::Happened { happened, .. } => {
                self.events.insert(happened.event.id.clone());
            }
        }
    }

    fn operands(&mut self, operands: &[Operand<'_>]) {
        for operand in operands {
            let indicator = operand.fact.indicator.id.clone();
            self.keys.insert(FactKey { indicator, year: operand.year });
            if let Origin::Computed(parts) = &operand.origin {
                self.operands(parts);
            }
        }
    }

    fn fact(&mut self, fact: &FactRef) {
        let year = fact.offset.map(|offset| self.base_year.saturating_add(offset));
        self.keys.insert(FactKey { indicator: fact.indicator.id.clone(), year });
    }
}
