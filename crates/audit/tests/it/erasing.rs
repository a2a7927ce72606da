//! Personal data: erased by law without a break, changed by nobody.

use audit::*;
use crypto::Sm3;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::world::{World, one, world};

/// The chain goes on with a record that says what was erased.
fn record_erasure(world: &mut World, ranges: &[(i64, i64)]) {
    let mut act = world.records.last().unwrap().record.act.clone();
    act.action = ERASED.into();
    act.outcome = Outcome::Done;
    act.details = erasure(ranges, "申请人要求删除").unwrap();
    let (linked, head) = append(&world.head, Draft { act, personal: None }, &Sm3);
    assert_eq!(erased_ranges(&linked.record), ranges);
    world.records.push(linked);
    world.head = head;
}

proptest! {
    #[test]
    fn erased_personal_data_leaves_a_clean_chain(mut world in world(1), which: [bool; 10]) {
        let mut erased = Vec::new();
        for (linked, which) in world.records.iter_mut().zip(which) {
            if which && linked.personal.take().is_some() {
                erased.push((linked.record.seq, linked.record.seq));
            }
        }
        let report = world.verify();
        prop_assert_eq!(report.erased, erased.len() as u64);
        let unexplained = |problem: &Problem| matches!(problem, Problem::Unexplained { .. });
        prop_assert!(report.problems.iter().all(unexplained));
        prop_assert_eq!(report.is_clean(), erased.is_empty(), "what is gone is a problem until a record explains it");
        record_erasure(&mut world, &erased);
        let report = world.verify();
        prop_assert!(report.is_clean());
        prop_assert_eq!(report.remarks, vec![]);
    }

    #[test]
    fn all_up_to_a_record_can_be_erased_with_one_range(mut world in world(2), upto: prop::sample::Index) {
        let upto = upto.index(world.records.len());
        world.records[..=upto].iter_mut().for_each(|linked| linked.personal = None);
        record_erasure(&mut world, &[(1, upto as i64 + 1)]);
        let report = world.verify();
        prop_assert!(report.is_clean());
        prop_assert_eq!(report.remarks, vec![]);
    }

    #[test]
    fn changed_personal_data_is_one_problem(mut world in world(1), place: prop::sample::Index, salt: bool) {
        let place = place.index(world.records.len());
        let linked = &mut world.records[place];
        match &mut linked.personal {
            Some(personal) if salt => personal.salt.0[5] ^= 1,
            Some(personal) => personal.text.push(' '),
            none => *none = Some(Personal { salt: Hash::NONE, text: String::new() }),
        }
        // Put beside a record whose data was erased, something else does not fit either.
        let seq = linked.record.seq;
        prop_assert_eq!(world.verify().problems, vec![Problem::Personal { seq }]);
    }
}

#[test]
fn a_record_cannot_explain_what_comes_after_it_and_printing_shows_no_personal_data() {
    let mut runner = TestRunner::deterministic();
    let mut world = one(&world(1), &mut runner);
    record_erasure(&mut world, &[(1, 99)]);
    let act = world.records[0].record.act.clone();
    let personal = Some(Personal { salt: Hash([1; 32]), text: "13800000000".into() });
    let (mut linked, head) = append(&world.head, Draft { act, personal }, &Sm3);
    assert!(!format!("{linked:?}").contains("13800000000"));
    linked.personal = None;
    world.records.push(linked);
    world.head = head;
    let report = world.verify();
    assert_eq!(report.problems, [Problem::Unexplained { from: head.seq, to: head.seq }]);
}

#[test]
fn what_is_erased_while_a_check_is_under_way_is_explained_by_what_came_after_it() {
    let mut runner = TestRunner::deterministic();
    let mut world = one(&world(1), &mut runner);
    let act = world.records[0].record.act.clone();
    let personal = Some(Personal { salt: Hash([1; 32]), text: "13800000000".into() });
    let (mut linked, head) = append(&world.head, Draft { act, personal }, &Sm3);
    linked.personal = None;
    world.records.push(linked);
    world.head = head;
    let upto = world.head;
    record_erasure(&mut world, &[(head.seq, head.seq)]);
    let check = |later: Option<&Linked>| {
        let mut verifier = Verifier::new(Head::NONE, Some(&world.macs));
        world.seals.iter().for_each(|seal| verifier.seal(seal));
        let part = world.records.iter().take(upto.seq as usize);
        part.for_each(|linked| verifier.record(linked));
        later.into_iter().for_each(|linked| verifier.later(linked));
        verifier.finish(Some(&upto)).problems
    };
    assert_eq!(check(None), [Problem::Unexplained { from: head.seq, to: head.seq }]);
    assert_eq!(check(world.records.last()), []);
    let mut forged = world.records.last().unwrap().clone();
    forged.record.act.origin = Some("somewhere else".into());
    assert_eq!(check(Some(&forged)).len(), 1, "a record that was altered explains nothing");
}
