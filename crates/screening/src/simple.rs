//! The answer of the simple evaluator in the form of a screening: what every kernel has to agree with.

use enterprise::Facts;
use rules::{
    Answer, Assessment, CriterionResult, Finding, Outcome, Programme, Question, Rulebook, Truth,
    Verdict, evaluate,
};

use crate::answer::{RowAnswer, no_bits, set_bit};
use crate::field::Field;
use crate::screened::Screened;

/// Judges one subject of the programme's kind with the simple evaluator. None if no version is in
/// force for the subject's purpose.
pub fn simple(
    rulebook: &Rulebook,
    programme: &Programme,
    facts: &Facts,
    question: &Question,
    screened: &Screened,
    fields: &[Field],
) -> Option<RowAnswer> {
    let answer = evaluate(rulebook, programme, facts, question);
    let Outcome::Assessed(assessment) = &answer.outcome else { return None };
    let mut bits = Bits { next: 0, not_met: Vec::new(), unknown: Vec::new() };
    let case = case_of(&answer, assessment, screened);
    let leaves = screened.cases.get(case).map_or(0, |case| case.leaves.len());
    (bits.not_met, bits.unknown) = (no_bits(leaves), no_bits(leaves));
    bits.set(&assessment.criteria);
    Some(RowAnswer {
        case,
        verdict: assessment.verdict,
        population: assessment.population,
        score: assessment.score.as_ref().map(|score| (score.low.0, score.high.0)),
        path: assessment.path,
        not_met: bits.not_met,
        unknown: bits.unknown,
        shortfall: assessment.nearest.map(|nearest| nearest.ppm),
        nearest: nearest(assessment),
        missing: missing(assessment, fields),
    })
}

/// What lacks least, else the first that is not met.
fn nearest(assessment: &Assessment<'_>) -> Option<usize> {
    let not_met = || assessment.criteria.iter().position(|own| own.truth == Truth::NotMet);
    assessment.nearest.map(|nearest| nearest.place).or_else(not_met)
}

/// The case that governed; one past the end if the list does not know it, which agrees with none.
fn case_of(answer: &Answer<'_>, assessment: &Assessment<'_>, screened: &Screened) -> usize {
    let same = screened.cases.iter().position(|case| {
        case.purpose == answer.purpose
            && case.base_year == answer.base_year
            && case.version == assessment.version.id
    });
    same.unwrap_or(screened.cases.len())
}

/// The data that is missing, by place; one past the end for what the list does not know.
fn missing(assessment: &Assessment<'_>, fields: &[Field]) -> Vec<usize> {
    match assessment.verdict {
        Verdict::Undetermined(why) if why.data => {}
        _ => return Vec::new(),
    }
    let place = |wanted: &rules::Missing| fields.iter().position(|field| field.missing == *wanted);
    let data = assessment.missing.iter().filter(|missing| missing.why().data);
    let mut places: Vec<usize> =
        data.map(|missing| place(missing).unwrap_or(fields.len())).collect();
    places.sort_unstable();
    places
}

/// Bits of leaves, filled in file order.
struct Bits {
    next: usize,
    not_met: Vec<u64>,
    unknown: Vec<u64>,
}

impl Bits {
    fn set(&mut self, results: &[CriterionResult<'_>]) {
        for result in results {
            match &result.finding {
                Finding::Children(children) => self.set(children),
                // A group that does not apply was not looked into; its leaves keep their places.
                Finding::OtherPurpose => {
                    self.next +=
                        result.criterion.walk().into_iter().filter(|c| c.is_leaf()).count();
                }
                _ => self.leaf(result.truth),
            }
        }
    }

    fn leaf(&mut self, truth: Truth) {
        match truth {
            Truth::NotMet => set_bit(&mut self.not_met, self.next),
            Truth::Unknown(_) => set_bit(&mut self.unknown, self.next),
            Truth::Met | Truth::NotApplicable => {}
        }
        self.next += 1;
    }
}
