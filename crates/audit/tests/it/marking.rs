//! The mark of the seals: none can be taken away, put in or exchanged without its key.

use audit::*;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::world::{World, one, world};

/// A chain with two seals at least, and its mark.
fn marked() -> (World, Mark) {
    let mut runner = TestRunner::deterministic();
    let world = std::iter::repeat_with(|| one(&world(6), &mut runner))
        .find(|world| world.seals.len() > 1)
        .unwrap();
    let mac = world.macs.newest().unwrap();
    let begun = Mark::begin(mac).unwrap();
    let mark = world.seals.iter().fold(begun, |mark, seal| mark.renew(seal, mac).unwrap());
    (world, mark)
}

fn problems(world: &World, mark: Option<&Mark>) -> Vec<Problem> {
    let mut verifier = Verifier::new(Head::NONE, Some(&world.macs));
    world.seals.iter().for_each(|seal| verifier.seal(seal));
    verifier.mark(mark);
    world.records.iter().for_each(|linked| verifier.record(linked));
    verifier.finish(Some(&world.head)).problems
}

#[test]
fn seals_that_are_taken_away_are_missed() {
    let (mut world, mark) = marked();
    assert_eq!(problems(&world, Some(&mark)), []);
    let made = mark.seals;
    world.seals.pop();
    let missing = Problem::SealsMissing { made, found: made - 1 };
    assert!(problems(&world, Some(&mark)).contains(&missing));
    world.seals.clear();
    let missing = Problem::SealsMissing { made, found: 0 };
    assert!(problems(&world, Some(&mark)).contains(&missing));
    assert!(problems(&world, None).contains(&Problem::NoMark));
}

#[test]
fn a_mark_is_not_made_or_changed_without_the_key() {
    let (world, mark) = marked();
    let others = crypto::Keys::random().unwrap().macs(&crypto::Sm3);
    let forged = Mark::begin(others.newest().unwrap()).unwrap();
    let renamed = Mark { mac: mark.mac.clone(), ..forged.clone() };
    let fewer = Mark { seals: mark.seals - 1, ..mark.clone() };
    let earlier = Mark { begun_after: 1, ..mark.clone() };
    let other = Mark { last: Hash::NONE, ..mark };
    for mark in [forged, renamed, fewer, earlier, other] {
        assert_eq!(problems(&world, Some(&mark)), [Problem::MarkAltered]);
    }
}

#[test]
fn a_mark_that_was_begun_anew_says_so_for_ever() {
    let (world, mark) = marked();
    let (last, before) = (world.seals.last().unwrap(), &world.seals[world.seals.len() - 2]);
    let mac = world.macs.newest().unwrap();
    let late = Mark::begin_late(mark.seals - 1, before, mac).unwrap().renew(last, mac).unwrap();
    let after = before.last.max(1);
    assert_eq!(problems(&world, Some(&late)), [Problem::MarkLate { after }]);
}

proptest! {
    #[test]
    fn accounts_that_are_older_than_all_records_are_told(world in world(1), hours in 0..100_i64) {
        let first = world.records[0].record.act.at;
        let since = first - jiff::SignedDuration::from_hours(hours);
        let mut verifier = Verifier::new(Head::NONE, Some(&world.macs));
        verifier.accounts_since(since);
        world.seals.iter().for_each(|seal| verifier.seal(seal));
        world.records.iter().for_each(|linked| verifier.record(linked));
        let told = verifier.finish(Some(&world.head)).problems;
        let late = Problem::BeginsLate { since, first: Some(first) };
        prop_assert_eq!(told, if hours > 48 { vec![late] } else { vec![] });
    }
}
