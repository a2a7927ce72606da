//! One thing done to the stored rows: it is found, named, and named once.

use std::collections::BTreeSet;

use audit::*;
use jiff::{SignedDuration, ToSpan as _};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::world::{one, world};

fn changed(text: &mut String) {
    if text.pop().is_none() {
        text.push('x');
    }
}

fn switched(maybe: &mut Option<String>) {
    *maybe = if maybe.is_some() { None } else { Some(String::new()) };
}

fn counted(maybe: &mut Option<i64>) {
    *maybe = maybe.map_or(Some(0), |number| if number == 0 { None } else { Some(number + 1) });
}

fn flipped(hash: &mut Hash) {
    hash.0[31] ^= 1;
}

/// Every field of a record.
const FIELDS: [fn(&mut Linked); 17] = [
    |linked| linked.record.act.at += SignedDuration::from_micros(1),
    |linked| counted(&mut linked.record.act.actor.person),
    |linked| {
        let how = &mut linked.record.act.actor.how;
        *how = if *how == How::System { How::Token } else { How::System };
    },
    |linked| counted(&mut linked.record.act.organisation),
    |linked| changed(&mut linked.record.act.action),
    |linked| changed(&mut linked.record.act.object.kind),
    |linked| changed(&mut linked.record.act.object.id),
    |linked| {
        let outcome = &mut linked.record.act.outcome;
        *outcome = if *outcome == Outcome::Done { Outcome::Looked } else { Outcome::Done };
    },
    |linked| switched(&mut linked.record.act.origin),
    |linked| switched(&mut linked.record.act.request),
    |linked| switched(&mut linked.record.act.rulebook),
    |linked| {
        let text = linked.record.act.details.as_str().to_owned() + " ";
        linked.record.act.details = Details::stored(text);
    },
    |linked| match &mut linked.record.personal {
        Some(commitment) => {
            flipped(commitment);
            linked.personal = None;
        }
        none => *none = Some(Hash::NONE),
    },
    |linked| {
        linked.digest = if linked.digest == "sm3" { "sha256".into() } else { "sm3".into() };
    },
    |linked| flipped(&mut linked.previous),
    |linked| flipped(&mut linked.hash),
    |linked| linked.record.seq = -1,
];

fn index() -> impl Strategy<Value = prop::sample::Index> {
    any::<prop::sample::Index>()
}

fn seq(index: usize) -> i64 {
    index as i64 + 1
}

proptest! {
    #[test]
    fn one_changed_field_is_one_problem_that_names_the_record(
        mut world in world(1), place in index(), field in 0..FIELDS.len() - 1,
    ) {
        let place = place.index(world.records.len());
        FIELDS[field](&mut world.records[place]);
        prop_assert_eq!(world.verify().problems, vec![Problem::Altered { seq: seq(place) }]);
    }

    #[test]
    fn a_changed_number_is_found(mut world in world(1), place in index(), number in -2..20_i64) {
        let place = place.index(world.records.len());
        prop_assume!(seq(place) != number);
        world.records[place].record.seq = number;
        prop_assert!(!world.verify().is_clean());
    }

    #[test]
    fn a_changed_number_moves_a_row_and_is_two_problems_at_most(
        mut world in world(1), place in index(), number in 11..20_i64,
    ) {
        let place = place.index(world.records.len());
        world.records[place].record.seq = number;
        world.records.sort_by_key(|linked| linked.record.seq);
        let problems = world.verify().problems;
        if seq(place) == world.records.len() as i64 {
            prop_assert_eq!(problems, vec![Problem::Altered { seq: seq(place) }]);
        } else {
            let missing = Problem::Removed { from: seq(place), to: seq(place) };
            prop_assert_eq!(problems, vec![Problem::Altered { seq: number }, missing]);
        }
    }

    #[test]
    fn an_altered_record_behind_missing_ones_is_not_missing(mut world in world(4), place in index()) {
        let place = 1 + place.index(world.records.len() - 2);
        FIELDS[4](&mut world.records[place + 1]);
        world.records.remove(place);
        let problems = vec![
            Problem::Altered { seq: seq(place) + 1 },
            Problem::Removed { from: seq(place), to: seq(place) },
        ];
        prop_assert_eq!(world.verify().problems, problems);
    }

    #[test]
    fn a_digest_that_nobody_knows_is_one_problem(mut world in world(1), place in index()) {
        let place = place.index(world.records.len());
        world.records[place].digest = "md5".into();
        let problem = Problem::UnknownDigest { seq: seq(place), name: "md5".into() };
        prop_assert_eq!(world.verify().problems, vec![problem]);
    }

    #[test]
    fn records_that_were_taken_out_are_named(mut world in world(1), from in index(), count in 1..4_usize) {
        let from = from.index(world.records.len());
        let to = (from + count).min(world.records.len());
        world.records.drain(from..to);
        let problem = Problem::Removed { from: seq(from), to: to as i64 };
        prop_assert_eq!(world.verify().problems, vec![problem]);
    }

    #[test]
    fn a_sealed_end_that_was_cut_off_with_the_head_is_named(mut world in world(2), left in index()) {
        let all = world.records.len();
        prop_assume!(world.sealed() > 0);
        let left = left.index(world.sealed());
        world.records.truncate(left);
        world.head = world.records.last().map_or(Head::NONE, Linked::head);
        let problem = Problem::Removed { from: seq(left), to: world.sealed() as i64 };
        prop_assert_eq!(world.verify().problems, vec![problem], "{} left of {}", left, all);
    }

    #[test]
    fn two_records_in_each_others_place_are_found(mut world in world(2), one in index(), other in index()) {
        let (one, other) = (one.index(world.records.len()), other.index(world.records.len()));
        prop_assume!(one != other);
        world.records.swap(one, other);
        let report = world.verify();
        let moved = |problem: &Problem| matches!(problem, Problem::OutOfPlace { .. });
        prop_assert!(report.problems.iter().any(moved));
        // Numbers exchanged as well: nothing is missing, and both are named.
        let numbers = [world.records[one].record.seq, world.records[other].record.seq];
        world.records[one].record.seq = numbers[1];
        world.records[other].record.seq = numbers[0];
        let altered: Vec<Problem> =
            [one.min(other), one.max(other)].map(|place| Problem::Altered { seq: seq(place) }).into();
        prop_assert_eq!(world.verify().problems, altered);
    }

    #[test]
    fn a_record_that_was_put_in_is_found(mut world in world(2), from in index(), to in index()) {
        let linked = world.records[from.index(world.records.len())].clone();
        let seq = linked.record.seq;
        world.records.insert(to.index(world.records.len() + 1), linked);
        let problems = world.verify().problems;
        prop_assert!(problems.iter().any(|problem| {
            *problem == Problem::Doubled { seq } || matches!(problem, Problem::OutOfPlace { .. })
        }), "{:?}", problems);
    }

    #[test]
    fn a_record_that_was_put_in_with_hashes_that_fit_is_found(
        mut world in world(2), draft in world(1), to in index(),
    ) {
        // Somebody forges the record after `to`: linked as it should be, but nothing follows it.
        let to = to.index(world.records.len());
        let forged = &draft.records[0];
        let before = if to == 0 { Head::NONE } else { world.records[to - 1].head() };
        let draft = Draft { act: forged.record.act.clone(), personal: forged.personal.clone() };
        let (forged, _) = append(&before, draft, &crypto::Sm3);
        prop_assume!(forged.hash != world.records[to].hash);
        world.records.insert(to, forged.clone());
        prop_assert!(!world.verify().is_clean());
        world.records.remove(to + 1);
        let problems = world.verify().problems;
        let last = to + 1 == world.records.len();
        let relinked = if last { Problem::Head { seq: seq(to) } } else { Problem::Relinked { seq: seq(to) + 1 } };
        prop_assert!(problems.contains(&relinked), "{:?}", problems);
    }

    #[test]
    fn records_after_the_head_are_named(mut world in world(1), left in index()) {
        let left = left.index(world.records.len());
        prop_assume!(left >= world.sealed());
        world.head = if left == 0 { Head::NONE } else { world.records[left - 1].head() };
        let problem = Problem::Beyond { from: seq(left), to: world.records.len() as i64 };
        prop_assert_eq!(world.verify().problems, vec![problem]);
        world.head = Head { seq: world.records.len() as i64, hash: Hash::NONE };
        let problem = Problem::Head { seq: world.head.seq };
        prop_assert_eq!(world.verify().problems, vec![problem]);
    }

    #[test]
    fn one_unreadable_row_is_one_problem(world in world(1), place in index()) {
        let place = place.index(world.records.len());
        let why = Unreadable::Field { field: "outcome".into(), found: "x".into() };
        let mut verifier = Verifier::new(Head::NONE, Some(&world.macs));
        world.seals.iter().for_each(|seal| verifier.seal(seal));
        for (index, linked) in world.records.iter().enumerate() {
            if index == place {
                verifier.unreadable(Place::Record(seq(index)), why.clone());
            } else {
                verifier.record(linked);
            }
        }
        let problem = Problem::Unreadable { place: Place::Record(seq(place)), why };
        prop_assert_eq!(verifier.finish(Some(&world.head)).problems, vec![problem]);
    }
}

#[test]
fn a_seal_that_is_missing_for_days_is_a_problem_and_for_a_day_a_remark() {
    let mut runner = TestRunner::deterministic();
    let (mut problems, mut remarked) = (0, 0);
    for _ in 0..50 {
        let mut world = one(&world(6), &mut runner);
        let last = day_of(world.records.last().unwrap().record.act.at);
        while world.seals.last().is_some_and(|seal| seal.day >= last - 3.days()) {
            world.seals.pop();
        }
        let covered = i64::try_from(world.sealed()).unwrap();
        let open = world.records.iter().filter(|linked| linked.record.seq > covered);
        let days: BTreeSet<_> = open.map(|linked| day_of(linked.record.act.at)).collect();
        let report = world.verify();
        // The records of a day or two may wait for their seal.
        if days.len() > 2 {
            let named = matches!(
                report.problems.as_slice(),
                [Problem::Unsealed { days: told, .. }] if *told == days.len()
            );
            assert!(named, "{:?}", report.problems);
            problems += 1;
        } else {
            assert!(report.is_clean());
            remarked += usize::from(matches!(report.remarks.as_slice(), [Remark::Unsealed { .. }]));
        }
    }
    assert!(problems > 10 && remarked > 5, "{problems} {remarked}");
}

#[test]
fn a_seal_that_cannot_be_read_hides_no_missing_record() {
    let mut runner = TestRunner::deterministic();
    let mut world = one(&world(3), &mut runner);
    world.seals.clear();
    world.records.remove(0);
    let mut verifier = Verifier::new(Head::NONE, Some(&world.macs));
    let day = "2026-11-22".parse().unwrap();
    verifier.unreadable(Place::Seal(day), Unreadable::Row("x".into()));
    world.records.iter().for_each(|linked| verifier.record(linked));
    let problems = verifier.finish(Some(&world.head)).problems;
    assert!(problems.contains(&Problem::Removed { from: 1, to: 1 }), "{problems:?}");
}
