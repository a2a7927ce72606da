//! What holds for everybody, every action and every row.

use std::collections::BTreeSet;

use access::{
    Action, Field, Nature, Proof, Purpose, Reach, Rows, Sight, Visible, Who, decide, is_audited,
    nature, needs_second_factor, reach, see,
};
use proptest::prelude::*;

use crate::made::{any_action, any_actions, any_membership, any_place, any_who, path};

/// Whether `who` may do it to the row.
fn may(who: &Who, action: Action, place: &access::Place) -> bool {
    decide(who, action).is_ok_and(|rows| rows.covers(place))
}

fn any_field() -> impl Strategy<Value = Field> {
    prop::sample::select(Field::ALL)
}

fn any_purpose() -> impl Strategy<Value = Purpose> {
    prop::sample::select(Purpose::ALL)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_does_not_stand_in_the_table_is_refused(who in any_who(), action in any_action()) {
        let nothing = who.memberships.iter().all(|one| reach(one.role, action) == Reach::Nothing);
        if nothing && access::for_everyone(action) == Reach::Nothing {
            prop_assert!(decide(&who, action).is_err());
        }
    }

    #[test]
    fn an_allowed_action_reaches_something(who in any_who(), action in any_action()) {
        prop_assert!(decide(&who, action).is_ok_and(|rows| !rows.is_nothing()) || decide(&who, action).is_err());
    }

    #[test]
    fn a_token_never_widens(
        who in any_who(), carried in any_actions(), action in any_action(), place in any_place(),
    ) {
        let token = Who { proof: Proof::Token(carried.clone()), ..who.clone() };
        let owner = Who { proof: Proof::SecondFactor, ..who };
        if may(&token, action, &place) {
            prop_assert!(carried.contains(&action) && !needs_second_factor(action));
            prop_assert!(may(&owner, action, &place));
        }
    }

    #[test]
    fn a_token_that_carries_less_does_less(
        who in any_who(), carried in any_actions(), fewer in any_actions(), action in any_action(), place in any_place(),
    ) {
        let fewer: BTreeSet<_> = carried.intersection(&fewer).copied().collect();
        let with = |carried| Who { proof: Proof::Token(carried), ..who.clone() };
        prop_assert!(!may(&with(fewer), action, &place) || may(&with(carried), action, &place));
    }

    #[test]
    fn more_proof_never_narrows(who in any_who(), action in any_action(), place in any_place()) {
        let with = |proof| may(&Who { proof, ..who.clone() }, action, &place);
        prop_assert!(!with(Proof::Owing) || with(Proof::Password));
        prop_assert!(!with(Proof::Password) || with(Proof::SecondFactor));
    }

    #[test]
    fn another_membership_never_narrows_unless_the_roles_exclude_each_other(
        who in any_who(), more in any_membership(), action in any_action(), place in any_place(),
        field in any_field(), purpose in any_purpose(),
    ) {
        let excludes = who.memberships.iter().any(|held| held.role.excludes(more.role));
        // Whoever becomes an officer has to sign in with a second factor.
        let becomes_officer = more.role.is_officer() && who.proof == Proof::Password;
        let mut wider = who.clone();
        wider.memberships.push(more);
        if !excludes && !becomes_officer {
            prop_assert!(!may(&who, action, &place) || may(&wider, action, &place));
        }
        if !excludes {
            prop_assert!(see(&who, field, &place, purpose) <= see(&wider, field, &place, purpose));
        }
    }

    #[test]
    fn rows_are_exactly_the_union_of_their_parts(
        parts in prop::collection::vec(any_visible(), 0..6), place in any_place(),
    ) {
        let rows: Rows = parts.iter().cloned().collect();
        prop_assert_eq!(rows.covers(&place), parts.iter().any(|part| part.covers(&place)));
    }

    #[test]
    fn rows_are_the_same_in_whatever_order_their_parts_come(
        (parts, shuffled) in prop::collection::vec(any_visible(), 0..6)
            .prop_flat_map(|parts| (Just(parts.clone()), Just(parts).prop_shuffle())),
    ) {
        let rows: Rows = parts.iter().cloned().collect();
        prop_assert_eq!(&rows, &shuffled.into_iter().collect::<Rows>());
        prop_assert_eq!(&rows, &rows.parts().iter().cloned().collect::<Rows>());
    }

    #[test]
    fn a_field_of_a_row_that_has_nothing_to_do_with_somebody_is_hidden(
        who in any_who(), field in any_field(), purpose in any_purpose(),
    ) {
        let elsewhere = crate::made::row("/77/78/");
        prop_assert_eq!(see(&who, field, &elsewhere, purpose), Sight::Hidden);
    }

    #[test]
    fn figures_of_the_tax_authority_are_seen_for_recognition_only(
        who in any_who(), place in any_place(), purpose in any_purpose(),
    ) {
        let seen = see(&who, Field::TaxFigure, &place, purpose);
        prop_assert!(purpose == Purpose::Recognition || seen == Sight::Hidden);
    }
}

fn any_visible() -> impl Strategy<Value = Visible> {
    let organisation = (1..5_i64).prop_map(access::OrganisationId);
    prop_oneof![
        1 => Just(Visible::Everything),
        4 => crate::made::any_path().prop_map(Visible::Subtree),
        2 => organisation.clone().prop_map(Visible::Organisation),
        2 => crate::made::any_person().prop_map(Visible::Person),
        2 => crate::made::any_person().prop_map(Visible::Assigned),
        2 => organisation.prop_map(Visible::Consented),
    ]
}

#[test]
fn parts_that_others_cover_are_left_out() {
    let parts = ["/1/4/", "/1/4/9/", "/1/40/"].map(path).map(Visible::Subtree);
    let rows: Rows = parts.clone().into_iter().collect();
    assert_eq!(rows.parts(), [parts[0].clone(), parts[2].clone()]);
    let rows: Rows = parts.into_iter().chain([Visible::Everything]).collect();
    assert_eq!(rows.parts(), [Visible::Everything]);
}

#[test]
fn everything_but_a_plain_read_leaves_a_record() {
    for action in Action::ALL {
        assert_eq!(is_audited(*action), nature(*action) != Nature::Read, "{action}");
    }
    for action in [Action::DataUnmask, Action::DataExport, Action::AuditRead] {
        assert!(is_audited(action), "{action}");
    }
}

#[test]
fn what_is_called_a_change_is_one() {
    // By their names: whoever adds an action has to say which it is.
    let reads = ["list", "read", "verify", "export", "unmask", "evaluate", "replay", "simulate"];
    for action in Action::ALL {
        let verb = action.code().split_once('.').unwrap().1;
        let reading = reads.iter().any(|read| verb.split('-').next() == Some(read));
        assert_eq!(nature(*action) != Nature::Change, reading, "{action}");
    }
}
