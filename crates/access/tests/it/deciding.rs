//! Decisions, case by case.

use std::collections::BTreeSet;

use access::{
    Action, OrganisationId, PersonId, Proof, Reach, Role, Visible, Who, Why, decide, fits_token,
    for_everyone, needs_second_factor, reach, second_person,
};

use crate::made::{path, who};

#[test]
fn each_reach_means_its_rows() {
    let table = [
        (
            ("/1/4/9/", Role::EnterpriseManager),
            Action::PersonList,
            Visible::Organisation(OrganisationId(9)),
        ),
        (("/1/4/", Role::DistrictOfficer), Action::PersonList, Visible::Subtree(path("/1/4/"))),
        (("/1/", Role::CityOfficer), Action::PersonList, Visible::Everything),
        (("/1/30/", Role::Provider), Action::OrganisationList, Visible::Assigned(PersonId(7))),
        (("/1/31/", Role::Adviser), Action::DecisionRead, Visible::Consented(OrganisationId(31))),
        (("/1/30/", Role::Expert), Action::OwnReadProfile, Visible::Person(PersonId(7))),
    ];
    for (membership, action, expected) in table {
        let rows = decide(&who(&[membership]), action).unwrap();
        assert_eq!(rows.parts(), [expected], "{membership:?} {action}");
    }
}

#[test]
fn several_roles_reach_as_far_as_all_of_them_together() {
    let two = who(&[("/1/4/", Role::DistrictOfficer), ("/1/31/", Role::Adviser)]);
    let rows = decide(&two, Action::DecisionRead).unwrap();
    let expected = [Visible::Subtree(path("/1/4/")), Visible::Consented(OrganisationId(31))];
    assert_eq!(rows.parts(), expected);
}

#[test]
fn somebody_without_a_role_has_only_what_everybody_has() {
    for action in Action::ALL {
        let decision = decide(&who(&[]), *action);
        match for_everyone(*action) {
            Reach::Nothing => assert_eq!(decision, Err(Why::NotYourRole), "{action}"),
            _ => assert!(decision.is_ok(), "{action}"),
        }
    }
}

#[test]
fn what_everybody_has_is_their_own_and_the_law() {
    for action in Action::ALL {
        let expected = match action.code() {
            "rulebook.read" => Reach::City,
            "person.ask-erasure" | "data.unmask" | "job.list" | "job.cancel" => Reach::Own,
            code if code.starts_with("own.") => Reach::Own,
            _ => Reach::Nothing,
        };
        assert_eq!(for_everyone(*action), expected, "{action}");
    }
}

#[test]
fn no_role_takes_away_what_everybody_has() {
    for role in Role::ALL {
        for action in Action::ALL.iter().filter(|action| for_everyone(**action) != Reach::Nothing) {
            assert_ne!(reach(*role, *action), Reach::Nothing, "{role} {action}");
        }
    }
}

#[test]
fn a_password_alone_is_enough_for_officials_but_not_for_the_three_officers() {
    let by_password = |role| Who { proof: Proof::Password, ..who(&[("/1/", role)]) };
    assert!(decide(&by_password(Role::CityOfficer), Action::PersonList).is_ok());
    for role in [Role::Administrator, Role::SecurityOfficer, Role::Auditor] {
        assert_eq!(decide(&by_password(role), Action::PersonList), Err(Why::Owes), "{role}");
        assert!(decide(&by_password(role), Action::OwnChangeSecondFactor).is_ok(), "{role}");
    }
}

#[test]
fn who_owes_a_password_or_a_factor_can_only_settle_that_or_leave() {
    let owing = Who { proof: Proof::Owing, ..who(&[("/1/", Role::CityOfficer)]) };
    let allowed = Action::ALL.iter().filter(|action| decide(&owing, **action).is_ok());
    let expected = [
        Action::OwnReadProfile,
        Action::OwnChangePassword,
        Action::OwnChangeSecondFactor,
        Action::OwnRevokeSession,
    ];
    assert_eq!(allowed.copied().collect::<Vec<_>>(), expected);
}

#[test]
fn grave_actions_ask_for_a_second_factor_and_no_token_gives_it() {
    let everything = Proof::Token(Action::ALL.iter().copied().collect());
    for role in Role::ALL {
        for action in Action::ALL.iter().filter(|action| needs_second_factor(**action)) {
            let signed_in = who(&[("/1/", *role)]);
            let by_password = Who { proof: Proof::Password, ..signed_in.clone() };
            let by_token = Who { proof: everything.clone(), ..signed_in.clone() };
            if decide(&signed_in, *action).is_ok() {
                let why = if role.is_officer() { Why::Owes } else { Why::NeedsFactor };
                assert_eq!(decide(&by_password, *action), Err(why), "{role} {action}");
                assert_eq!(decide(&by_token, *action), Err(Why::TokenLacks), "{role} {action}");
            }
        }
    }
}

#[test]
fn a_token_does_what_it_carries_and_nothing_else() {
    let carried = BTreeSet::from([Action::PersonList, Action::AuditRead]);
    let token = Who { proof: Proof::Token(carried), ..who(&[("/1/", Role::CityOfficer)]) };
    assert!(decide(&token, Action::PersonList).is_ok());
    assert_eq!(decide(&token, Action::DecisionRead), Err(Why::TokenLacks));
    assert_eq!(decide(&token, Action::AuditRead), Err(Why::NotYourRole));
}

#[test]
fn no_token_touches_what_its_owner_signs_in_with() {
    for action in [Action::OwnChangePassword, Action::OwnChangeSecondFactor, Action::OwnCreateToken]
    {
        assert!(!fits_token(action), "{action}");
    }
}

#[test]
fn a_second_person_is_neither_who_asked_nor_whom_it_concerns() {
    let (me, other) = (PersonId(1), PersonId(2));
    let table = [
        (Action::RulebookSwitch, Some(me), None, Err(Why::SecondPerson)),
        (Action::RulebookSwitch, Some(other), None, Ok(())),
        (Action::MembershipApprove, Some(other), Some(me), Err(Why::OwnMatter)),
        (Action::MembershipApprove, Some(me), Some(other), Err(Why::SecondPerson)),
        (Action::MembershipApprove, Some(other), Some(other), Ok(())),
        (Action::PersonUnlock, None, Some(me), Err(Why::OwnMatter)),
        (Action::PersonUnlock, None, Some(other), Ok(())),
        (Action::OwnChangeProfile, Some(me), Some(me), Ok(())),
    ];
    for (action, asked_by, concerns, expected) in table {
        let found = second_person(action, me, asked_by, concerns);
        assert_eq!(found, expected, "{action} asked by {asked_by:?} concerning {concerns:?}");
    }
}
