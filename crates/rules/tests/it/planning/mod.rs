//! Plans against brute force: a small world in which every choice of values can be tried.

mod brute_force;
mod in_short;
mod laws;
mod small;

use enterprise::Facts;
use proptest::prelude::*;
use rules::plan::{Plan, Reach, Wish, plan};
use rules::{Programme, Rulebook};

use brute_force::{brute_force, meaningless, passes};
use laws::law;
use small::{TARGET, TODAY, VARIABLES, firm, rulebook};

fn wish() -> Wish {
    Wish { today: TODAY, target: Some(TARGET), base_year: None, purpose: None, alternatives: 4 }
}

fn plans<'r>(rulebook: &'r Rulebook, programme: &'r Programme, facts: &Facts) -> Vec<Plan<'r>> {
    match plan(rulebook, programme, facts, &wish()).reach {
        Reach::Plans(plans) => plans,
        Reach::NotByThen { .. } => Vec::new(),
        other => panic!("the one version is in force and public: {other:?}"),
    }
}

fn values() -> impl Strategy<Value = Vec<i64>> {
    VARIABLES.map(|(_, _, most, ..)| 0..=most).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_plan_is_cheaper_than_the_best_one(
        law in law(), start in values()
    ) {
        let (rulebook, programme) = (rulebook(), &law.0);
        let plans = plans(&rulebook, programme, &firm(&start));
        let best = plans.first().map(|plan| (plan.effort, plan.relative));
        // A value without a meaning gives no direction: the plan says that it is not proven.
        let unproven = plans.first().is_some_and(|plan| !plan.proven);
        if unproven || meaningless(&rulebook, programme, &firm(&start)) {
            return Ok(());
        }
        let cheapest = brute_force(&rulebook, programme, &start);
        let effort = |cost: Option<(u64, u64)>| cost.map(|(effort, _)| effort);
        prop_assert_eq!(effort(best), effort(cheapest));
        // How several values share the work can be settled otherwise at the same effort; hardly ever.
        prop_assert!(best >= cheapest);
        let law = format!("{law:?}");
        let shares = [" + ", " - ", " / ", " * ", " grown "].iter().any(|sign| law.contains(sign));
        prop_assert!(shares || best == cheapest, "{best:?} {cheapest:?}");
    }

    #[test]
    fn every_plan_passes_and_none_merely_adds_to_another(
        law in law(), start in values()
    ) {
        let (rulebook, programme) = (rulebook(), &law.0);
        let facts = firm(&start);
        let plans = plans(&rulebook, programme, &facts);
        for plan in &plans {
            prop_assert!(passes(&rulebook, programme, &plan.facts));
            prop_assert!(plan.trusted.is_empty() && plan.titles.is_empty());
        }
        if passes(&rulebook, programme, &facts) {
            prop_assert_eq!(plans.len(), 1);
            prop_assert!(plans[0].steps.is_empty());
        }
        let touched = |plan: &Plan<'_>| -> Vec<String> {
            plan.steps.iter().map(|step| step.key.indicator.clone()).collect()
        };
        for (place, plan) in plans.iter().enumerate() {
            for other in &plans[place + 1..] {
                let (one, two) = (touched(plan), touched(other));
                prop_assert!(!one.iter().all(|id| two.contains(id)), "{one:?} within {two:?}");
                let cost = |plan: &Plan<'_>| (plan.effort, plan.relative);
                prop_assert!(cost(plan) <= cost(other));
            }
        }
    }
}
