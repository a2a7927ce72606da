//! People and rows for tests: by hand, and by chance in a small tree so that they often meet.

use std::collections::BTreeSet;

use access::{Action, Membership, OrganisationId, Path, PersonId, Place, Proof, Role, Who};
use proptest::prelude::*;

/// Paths that are easily taken for one another.
const PATHS: [&str; 10] = [
    "/1/",
    "/1/4/",
    "/1/40/",
    "/1/4/9/",
    "/1/4/90/",
    "/1/40/41/",
    "/1/40/400/",
    "/1/9000/",
    "/14/",
    "/14/140/",
];

pub fn path(text: &str) -> Path {
    text.parse().unwrap()
}

pub fn member(path: &str, role: Role) -> Membership {
    Membership { path: self::path(path), role }
}

/// Person 7, signed in with a second factor.
pub fn who(memberships: &[(&str, Role)]) -> Who {
    let memberships = memberships.iter().map(|(path, role)| member(path, *role)).collect();
    Who { person: PersonId(7), memberships, proof: Proof::SecondFactor }
}

/// A row of an organisation.
pub fn row(path: &str) -> Place {
    Place::of(self::path(path))
}

pub fn any_role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL)
}

pub fn any_action() -> impl Strategy<Value = Action> {
    prop::sample::select(Action::ALL)
}

pub fn any_path() -> impl Strategy<Value = Path> {
    prop::sample::select(PATHS.as_slice()).prop_map(path)
}

pub fn any_membership() -> impl Strategy<Value = Membership> {
    (any_path(), any_role()).prop_map(|(path, role)| Membership { path, role })
}

pub fn any_actions() -> impl Strategy<Value = BTreeSet<Action>> {
    prop::collection::btree_set(any_action(), 0..40)
}

pub fn any_person() -> impl Strategy<Value = PersonId> {
    (1..4_i64).prop_map(PersonId)
}

pub fn any_who() -> impl Strategy<Value = Who> {
    let proof = prop_oneof![
        Just(Proof::Owing),
        Just(Proof::Password),
        Just(Proof::SecondFactor),
        any_actions().prop_map(Proof::Token),
    ];
    (any_person(), prop::collection::vec(any_membership(), 0..4), proof)
        .prop_map(|(person, memberships, proof)| Who { person, memberships, proof })
}

pub fn any_place() -> impl Strategy<Value = Place> {
    let organisation = prop::sample::select([1, 4, 40, 9, 90, 9000, 14].as_slice());
    (
        prop::option::of(any_path()),
        prop::option::of(any_person()),
        prop::collection::vec(any_person(), 0..3),
        prop::collection::vec(organisation.prop_map(OrganisationId), 0..3),
    )
        .prop_map(|(path, person, assigned, consented)| Place {
            path,
            person,
            assigned,
            consented,
        })
}
