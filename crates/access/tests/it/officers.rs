//! The three officers (三员): none can do another's part, and none has a part in the business.

use access::{Action, Nature, Reach, Role, Topic, Why, decide, nature, reach};

use crate::made::who;

const OFFICERS: [Role; 3] = [Role::Administrator, Role::SecurityOfficer, Role::Auditor];

/// What a role can change beyond what is its holder's own.
fn changes(role: Role) -> Vec<Action> {
    let beyond_own = |action: &Action| !matches!(reach(role, *action), Reach::Nothing | Reach::Own);
    let all = Action::ALL.iter().copied();
    all.filter(|action| nature(*action) == Nature::Change).filter(beyond_own).collect()
}

#[test]
fn no_two_of_the_three_officers_can_change_the_same_thing() {
    for one in OFFICERS {
        for other in OFFICERS.into_iter().filter(|other| *other != one) {
            let shared: Vec<_> =
                changes(one).into_iter().filter(|action| changes(other).contains(action)).collect();
            assert!(shared.is_empty(), "{one} and {other} share {shared:?}");
        }
    }
}

#[test]
fn the_auditor_changes_nothing_and_alone_reads_what_the_officers_did() {
    assert_eq!(changes(Role::Auditor), []);
    for action in [Action::AuditReadOfficers, Action::AuditExport, Action::AuditVerify] {
        let readers = Role::ALL.iter().filter(|role| reach(**role, action) != Reach::Nothing);
        assert_eq!(readers.collect::<Vec<_>>(), [&Role::Auditor], "{action}");
    }
}

#[test]
fn the_administrator_reads_no_audit_record() {
    for action in Topic::Audit.actions() {
        assert_eq!(reach(Role::Administrator, action), Reach::Nothing, "{action}");
    }
}

#[test]
fn nobody_alone_can_take_over_an_account() {
    // Password and second factor are reset by different officers; so are a proposal and its approval.
    for (one, other) in [
        (Action::PersonResetPassword, Action::PersonResetSecondFactor),
        (Action::PersonAskErasure, Action::PersonErase),
    ] {
        for role in Role::ALL {
            let both = [one, other]
                .map(|action| !matches!(reach(*role, action), Reach::Nothing | Reach::Own));
            assert_ne!(both, [true, true], "{role}: {one} and {other}");
        }
    }
    for role in Role::ALL {
        let both = [Action::MembershipPropose, Action::MembershipApprove];
        assert!(both.iter().any(|action| reach(*role, *action) == Reach::Nothing), "{role}");
    }
}

#[test]
fn the_three_officers_have_no_part_in_the_business() {
    let business = Topic::Decision.actions().chain([
        Action::RulebookUpload,
        Action::RulebookSwitch,
        Action::DataExport,
        Action::DelegationGrant,
        Action::DelegationRevoke,
    ]);
    for action in business {
        for officer in OFFICERS {
            assert_eq!(reach(officer, action), Reach::Nothing, "{officer}: {action}");
        }
    }
}

#[test]
fn no_role_of_the_business_does_an_officers_part() {
    let theirs = [Topic::Session, Topic::Token, Topic::Audit, Topic::Operation, Topic::Security];
    for action in theirs.into_iter().flat_map(Topic::actions) {
        for role in Role::ALL.iter().filter(|role| !role.is_officer()) {
            assert_eq!(reach(*role, action), Reach::Nothing, "{role}: {action}");
        }
    }
}

#[test]
fn an_officer_holds_no_other_role_at_all_and_other_roles_go_together() {
    for one in Role::ALL {
        for other in Role::ALL {
            let expected = one != other && (OFFICERS.contains(one) || OFFICERS.contains(other));
            assert_eq!(one.excludes(*other), expected, "{one} and {other}");
        }
    }
}

#[test]
fn whoever_holds_an_officers_role_beside_another_can_do_neither() {
    let both = who(&[("/1/", Role::CityOfficer), ("/1/", Role::Auditor)]);
    for action in [Action::AuditRead, Action::DecisionRecord, Action::OwnCreateToken] {
        assert_eq!(decide(&both, action), Err(Why::RolesExclude), "{action}");
    }
    assert!(decide(&both, Action::OwnReadProfile).is_ok());
}
