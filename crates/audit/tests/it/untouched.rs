//! What nobody touched is clean, whole or in parts, and says what it keeps.

use audit::*;
use crypto::Sm3;
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::world::{World, act, one, world};

proptest! {
    #[test]
    fn an_untouched_chain_is_clean(world in world(0)) {
        let report = world.verify();
        prop_assert!(report.problems.is_empty(), "{:?}", report.problems);
        prop_assert_eq!((report.records, report.seals), (world.records.len() as u64, world.seals.len() as u64));
        prop_assert!(report.remarks.is_empty(), "{:?}", report.remarks);
    }

    #[test]
    fn without_the_key_the_chain_is_clean_and_says_that_tags_were_not_checked(world in world(3)) {
        let report = world.verify_with(None);
        prop_assert!(report.is_clean());
        let seals = world.seals.len() as u64;
        let remarks = if seals == 0 { vec![] } else { vec![Remark::NoKey { seals }] };
        prop_assert_eq!(report.remarks, remarks);
    }

    #[test]
    fn a_part_of_a_chain_is_checked_from_the_head_before_it(world in world(2), part: prop::sample::Index) {
        let part = part.index(world.records.len());
        let start = if part == 0 { Head::NONE } else { world.records[part - 1].head() };
        let mut verifier = Verifier::new(start, Some(&world.macs));
        world.seals.iter().for_each(|seal| verifier.seal(seal));
        world.records[part..].iter().for_each(|linked| verifier.record(linked));
        prop_assert_eq!(verifier.finish(Some(&world.head)).problems, vec![]);
        // Another head before it is noticed.
        let mut verifier = Verifier::new(Head { hash: Hash([7; 32]), ..start }, Some(&world.macs));
        world.records[part..].iter().for_each(|linked| verifier.record(linked));
        let seq = start.seq + 1;
        let mut problems = verifier.finish(Some(&world.head)).problems;
        // No seal was given for these days.
        problems.retain(|problem| !matches!(problem, Problem::Unsealed { .. }));
        prop_assert_eq!(problems, vec![Problem::Relinked { seq }]);
    }

    #[test]
    fn what_is_linked_is_what_a_database_gives_back(mut act in act(0..1_i64), nanosecond in 0..1000_i32) {
        act.at = Timestamp::new(1_795_000_000, nanosecond).unwrap();
        let (linked, head) = append(&Head::NONE, Draft { act, personal: None }, &Sm3);
        prop_assert_eq!(head, linked.head());
        let act = &linked.record.act;
        prop_assert_eq!(act.at.as_nanosecond() % 1000, 0);
        prop_assert!(![&act.action, &act.object.kind, &act.object.id].iter().any(|text| text.contains('\0')));
    }
}

#[test]
fn a_clock_that_was_set_back_is_remarked_and_no_problem() {
    let mut runner = TestRunner::deterministic();
    let mut draft = |second: i64| {
        let at = 1_795_000_000_000_000 + second * 1_000_000;
        let act = one(&act(at..=at), &mut runner);
        (Draft { act, personal: None }, 0)
    };
    let world = World::new(vec![draft(10), draft(5), draft(7), draft(11)]);
    let report = world.verify();
    assert!(report.is_clean());
    let backwards: Vec<i64> = report
        .remarks
        .iter()
        .map(|remark| match remark {
            Remark::Backwards { seq, .. } => *seq,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(backwards, [2, 3]);
}

#[test]
fn a_day_is_a_day_of_shanghai() {
    let last: Timestamp = "2026-11-22T15:59:59.999999Z".parse().unwrap();
    assert_eq!(day_of(last).to_string(), "2026-11-22");
    let first = day_begins("2026-11-23".parse().unwrap()).unwrap();
    assert_eq!(first.to_string(), "2026-11-22T16:00:00Z");
    assert_eq!(day_of(first).to_string(), "2026-11-23");
}
