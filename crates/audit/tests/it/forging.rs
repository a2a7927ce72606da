//! Somebody who can write every table, and knows how hashes are made, but has no key.

use audit::*;
use proptest::prelude::*;

use crate::world::{macs, world};

fn index() -> impl Strategy<Value = prop::sample::Index> {
    any::<prop::sample::Index>()
}

/// Every field of a seal.
const FIELDS: [fn(&mut DaySeal); 7] = [
    |seal| seal.day = seal.day.tomorrow().unwrap(),
    |seal| seal.last += 1,
    |seal| seal.hash.0[0] ^= 1,
    |seal| seal.count -= 1,
    |seal| seal.previous.0[7] ^= 128,
    |seal| seal.tag.0[31] ^= 1,
    |seal| seal.mac = seal.mac.replace("sm3", "sha256"),
];

proptest! {
    #[test]
    fn a_chain_that_was_written_anew_does_not_fit_its_seals(mut world in world(3), place in index()) {
        prop_assume!(world.sealed() > 0);
        let place = place.index(world.sealed());
        world.records[place].record.act.action.push('!');
        world.relink();
        let seal = world.seals.iter().find(|seal| seal.last > place as i64).unwrap().clone();
        let problem = Problem::Rewritten { day: seal.day, last: seal.last };
        prop_assert_eq!(world.verify().problems, vec![problem.clone()]);
        prop_assert_eq!(world.verify_with(None).problems, vec![problem]);

        // The seals made to say so, too: the tags tell.
        for seal in &mut world.seals {
            seal.hash = world.records[seal.last as usize - 1].hash;
        }
        let problems = world.verify().problems;
        prop_assert!(problems.contains(&Problem::SealAltered { day: seal.day }), "{:?}", problems);

        // The seals made anew with another key, under the old name.
        let other = crypto::Keys::random().unwrap().macs(&crypto::Sm3);
        let mut seals: Vec<DaySeal> = Vec::new();
        for seal in &world.seals {
            let head = world.records[seal.last as usize - 1].head();
            let forged = DaySeal::new(seal.day, &head, seals.last(), other.newest().unwrap()).unwrap();
            seals.push(forged);
        }
        let days = |problems: Vec<Problem>| problems.len();
        world.seals = seals.clone();
        prop_assert_eq!(days(world.verify().problems), seals.len());
        let name = macs().newest().unwrap().name().to_owned();
        world.seals.iter_mut().for_each(|seal| seal.mac.clone_from(&name));
        prop_assert_eq!(days(world.verify().problems), seals.len());
    }

    #[test]
    fn a_record_taken_out_of_a_chain_that_was_numbered_anew_is_found(mut world in world(3), place in index()) {
        prop_assume!(world.sealed() > 0);
        world.records.remove(place.index(world.sealed()));
        world.relink();
        prop_assert!(!world.verify().is_clean());
    }

    #[test]
    fn one_changed_field_of_a_seal_is_one_problem(mut world in world(4), place in index(), field in 0..FIELDS.len()) {
        prop_assume!(!world.seals.is_empty());
        let place = place.index(world.seals.len());
        FIELDS[field](&mut world.seals[place]);
        let day = world.seals[place].day;
        prop_assert_eq!(world.verify().problems, vec![Problem::SealAltered { day }]);
    }

    #[test]
    fn even_without_the_key_a_seal_that_contradicts_the_chain_is_found(
        mut world in world(4), place in index(), field in 1..5_usize,
    ) {
        prop_assume!(!world.seals.is_empty());
        let place = place.index(world.seals.len());
        FIELDS[field](&mut world.seals[place]);
        prop_assert!(!world.verify_with(None).is_clean());
    }

    #[test]
    fn seals_that_were_taken_out_doubled_or_moved_are_found(mut world in world(6), place in index()) {
        prop_assume!(world.seals.len() > 1);
        let place = place.index(world.seals.len() - 1);
        let seals = world.seals.clone();
        world.seals.remove(place);
        let next = seals[place + 1].day;
        prop_assert_eq!(world.verify().problems, vec![Problem::SealOutOfPlace { day: next }]);
        world.seals = seals.clone();
        world.seals.insert(place, seals[place].clone());
        prop_assert_eq!(world.verify().problems, vec![Problem::SealOutOfPlace { day: seals[place].day }]);
        world.seals = seals;
        world.seals.swap(place, place + 1);
        prop_assert!(!world.verify().is_clean());
    }

    #[test]
    fn a_seal_of_an_unknown_key_is_named(mut world in world(4)) {
        prop_assume!(!world.seals.is_empty());
        world.macs = crypto::Keys::random().unwrap().macs(&crypto::Sm3);
        let unknown = |problem: &Problem| matches!(problem, Problem::SealKey { .. });
        let problems = world.verify().problems;
        prop_assert_eq!(problems.len(), world.seals.len());
        prop_assert!(problems.iter().all(unknown));
    }
}
