//! Criteria alone and in groups, with premises, purposes and direct paths.

use proptest::prelude::*;
use rules::{Body, Condition, Criterion, Group, Purpose};

use crate::world::criterion;

fn purposes() -> impl Strategy<Value = Vec<Purpose>> {
    prop_oneof![
        6 => Just(Vec::new()),
        1 => Just(vec![Purpose::New]),
        1 => Just(vec![Purpose::ReReview, Purpose::Yearly]),
    ]
}

fn group() -> impl Strategy<Value = Group> {
    prop_oneof![
        2 => Just(Group::All),
        2 => Just(Group::Any),
        2 => (1..4usize).prop_map(Group::AtLeast),
        1 => Just(Group::Cases),
    ]
}

fn dressed(body: BoxedStrategy<Body>, when: BoxedStrategy<Condition>) -> BoxedStrategy<Criterion> {
    let when = prop::option::weighted(0.3, when);
    (body, when, purposes(), prop::bool::weighted(0.2))
        .prop_map(|(body, when, purposes, direct)| Criterion {
            when,
            purposes,
            direct,
            ..criterion("", body)
        })
        .boxed()
}

/// Criteria whose conditions are out of the pool, with a score if the version has a table.
pub(crate) fn criteria(pool: Vec<Condition>, scored: bool) -> BoxedStrategy<Vec<Criterion>> {
    let condition = prop::sample::select(pool).boxed();
    let judged = Body::Judged { by: "reviewer".to_owned(), question: None };
    let require = condition.clone().prop_map(Body::Require);
    let leaf = if scored {
        prop_oneof![5 => require, 1 => Just(judged), 2 => Just(Body::Score)].boxed()
    } else {
        prop_oneof![6 => require, 1 => Just(judged)].boxed()
    };
    let one = dressed(leaf, condition.clone()).prop_recursive(2, 8, 4, move |inner| {
        let body = (group(), prop::collection::vec(inner, 1..5))
            .prop_map(|(group, children)| Body::Group(group, children))
            .boxed();
        dressed(body, condition.clone())
    });
    prop::collection::vec(one, 1..5)
        .prop_map(|mut criteria| {
            name(&mut criteria, &mut 0);
            criteria
        })
        .boxed()
}

/// Gives every criterion an id of its own; some judged ones stand in a shared definition.
fn name(criteria: &mut [Criterion], next: &mut usize) {
    for criterion in criteria {
        criterion.id = format!("c{next}");
        if *next % 3 == 2 {
            criterion.owner = "shared".to_owned();
        }
        *next += 1;
        if let Body::Group(_, children) = &mut criterion.body {
            name(children, next);
        }
    }
}
