//! What contradicts itself in a firm's figures, said with everything else that is wrong with its data.

use enterprise::{Facts, Place, Problem};
use rules::{Question, Rulebook, cross_check};
use words::discrepancy::problem;

/// What contradicts itself in the figures of a firm whose facts stand at a place.
pub fn remarks(
    rulebook: &Rulebook,
    facts: &Facts,
    question: &Question,
    place: &Place,
) -> Vec<Problem> {
    cross_check(rulebook, facts, question).iter().map(|found| problem(found, place)).collect()
}
