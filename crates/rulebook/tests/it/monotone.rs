//! Learning something never turns what was decided: criteria, scores and verdicts only close.

use enterprise::Facts;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rules::{
    Assessment, CriterionResult, Finding, Outcome, Points, Programme, Purpose, Question, Rulebook,
    Truth, Verdict, evaluate,
};

use crate::common::{compiled, meant, real_files, sources};
use crate::firms::{Dice, World};
use crate::random_rules::random_rulebook;

/// What may only close: statuses in file order, bounds, and the verdict.
struct Closing {
    truths: Vec<(String, Truth)>,
    bounds: Vec<(Points, Points)>,
    verdict: Verdict,
}

impl Closing {
    fn of(assessment: &Assessment<'_>) -> Self {
        let mut truths = Vec::new();
        statuses(&assessment.criteria, &mut truths);
        let mut bounds = Vec::new();
        if let Some(score) = &assessment.score {
            truths.push(("score".to_owned(), score.truth));
            bounds.push((score.low, score.high));
            for group in &score.groups {
                bounds.push((group.low, group.high));
                bounds.extend(group.items.iter().map(|item| (item.low, item.high)));
            }
        }
        Self { truths, bounds, verdict: assessment.verdict }
    }

    fn check(&self, later: &Self) -> Result<(), String> {
        for ((id, before), (_, after)) in self.truths.iter().zip(&later.truths) {
            if before.unknown().is_none() && before != after {
                return Err(format!("{id} was {before:?} and became {after:?}"));
            }
        }
        for (before, after) in self.bounds.iter().zip(&later.bounds) {
            if after.0 > after.1 || after.0 < before.0 || after.1 > before.1 {
                return Err(format!("bounds {before:?} became {after:?}"));
            }
        }
        match self.verdict {
            Verdict::Undetermined(_) => Ok(()),
            decided if decided == later.verdict => Ok(()),
            decided => Err(format!("{decided:?} became {:?}", later.verdict)),
        }
    }
}

fn statuses(results: &[CriterionResult<'_>], into: &mut Vec<(String, Truth)>) {
    for result in results {
        into.push((result.criterion.id.clone(), result.truth));
        if let Finding::Children(children) = &result.finding {
            statuses(children, into);
        }
    }
}

/// Learns what is missing, one thing after the other, until nothing is; answers the verdict.
fn learn_everything(
    world: &World<'_>,
    programme: &Programme,
    purpose: Purpose,
    mut facts: Facts,
    dice: &mut Dice,
) -> Result<Option<Verdict>, String> {
    let question = Question { purpose: Some(purpose), ..Question::on(world.as_of) };
    let mut before: Option<Closing> = None;
    for _ in 0..400 {
        let answer = evaluate(world.rulebook, programme, &facts, &question);
        let Outcome::Assessed(assessment) = &answer.outcome else { return Ok(None) };
        let now = Closing::of(assessment);
        if let Some(before) = &before {
            before.check(&now)?;
        }
        let why = match assessment.verdict {
            Verdict::Undetermined(why) => why,
            decided if dice.roll(4) > 0 => return Ok(Some(decided)),
            // A decided verdict is put to the test: learn anything at all.
            _ => {
                if !learn_anything(world, &mut facts, dice) {
                    return Ok(Some(assessment.verdict));
                }
                before = Some(now);
                continue;
            }
        };
        if assessment.missing.is_empty() {
            let nothing_to_ask = !why.data && (why.judgement || why.open);
            return if nothing_to_ask {
                Ok(None)
            } else {
                Err(format!("{why:?}, nothing missing"))
            };
        }
        let missing = dice.pick(&assessment.missing).clone();
        world.learn(&mut facts, &missing, dice);
        before = Some(now);
    }
    Err("four hundred things were learnt and something is still missing".to_owned())
}

fn learn_anything(world: &World<'_>, facts: &mut Facts, dice: &mut Dice) -> bool {
    let year = world.as_of.year() - 5 + i16::try_from(dice.roll(6)).unwrap();
    let unknown: Vec<_> = world
        .rulebook
        .catalogue
        .indicators()
        .iter()
        .filter(|indicator| indicator.given)
        .map(|indicator| enterprise::FactKey {
            indicator: indicator.id.clone(),
            year: (indicator.period == enterprise::Period::Yearly).then_some(year),
        })
        .filter(|key| facts.get(&key.indicator, key.year).is_none())
        // A value before the founding is refused on entry, and a given value replaces a formula.
        .filter(|key| key.year.is_none() || facts.get("founded_on", None).is_none())
        .filter(|key| !world.rulebook.catalogue.indicator(&key.indicator).unwrap().derived)
        .collect();
    if !unknown.is_empty() {
        world.learn_fact(facts, dice.pick(&unknown), dice);
    }
    !unknown.is_empty()
}

/// Stored numbers of every limit in the rulebook.
pub(crate) fn edges(rulebook: &Rulebook) -> Vec<i64> {
    let mut edges = Vec::new();
    for version in rulebook.programmes.iter().flat_map(|programme| &programme.versions) {
        for criterion in version.criteria.iter().flat_map(|criterion| criterion.walk()) {
            for limit in &criterion.limits {
                let scales = [1, 10, 1_000_000];
                edges.extend(scales.iter().filter_map(|scale| limit.value.exactly_at(*scale)));
            }
        }
    }
    edges.push(1);
    edges
}

fn check(rulebook: &Rulebook, days: &[Date], seed: u64) -> Result<bool, TestCaseError> {
    let mut dice = Dice(seed);
    let as_of = *dice.pick(days);
    let world = World { rulebook, as_of, edges: edges(rulebook) };
    let programme = dice.pick(&rulebook.programmes);
    let purpose = *dice.pick(&[Purpose::New, Purpose::New, Purpose::ReReview, Purpose::Yearly]);
    let facts = world.firm(as_of.year() - 5..=as_of.year(), &mut dice);
    let learnt = learn_everything(&world, programme, purpose, facts, &mut dice);
    let verdict = learnt.map_err(|problem| {
        TestCaseError::fail(format!("{} {purpose:?} on {as_of}: {problem}", programme.id))
    })?;
    Ok(verdict == Some(Verdict::Eligible))
}

#[test]
fn the_rulebook_only_closes() {
    let files = real_files();
    let rulebook = compiled(&sources(files.iter().map(|(path, text)| (path, text))));
    let days = [date(2023, 7, 1), date(2025, 12, 31), date(2026, 2, 1), date(2026, 5, 1)];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(600));
    runner.run(&any::<u64>(), |seed| check(&rulebook, &days, seed).map(drop)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn random_rules_only_close((text, seeds) in (random_rulebook(), any::<[u64; 4]>())) {
        let rulebook = meant(&text);
        for seed in seeds {
            check(&rulebook, &[date(2026, 5, 1), date(2024, 2, 29)], seed)?;
        }
    }
}
