//! Roles that are given, and the kinds of organisations that they are given in.

use access::{Action, Approval, OrganisationKind as Kind, Reach, Role, Why, givers, grant, reach};

/// Who gives which role, where, to one who holds these, and what comes of it.
type Given<'a> = (Role, Role, Kind, &'a [Role], Result<Approval, Why>);

#[test]
fn roles_are_given_by_whom_they_may_where_they_fit_to_whom_they_suit() {
    use Role::*;
    let table: [Given<'_>; 10] = [
        (EnterpriseManager, EnterpriseMember, Kind::Enterprise, &[], Ok(Approval::AtOnce)),
        (EnterpriseManager, EnterpriseManager, Kind::Enterprise, &[], Ok(Approval::AtOnce)),
        (DistrictOfficer, EnterpriseManager, Kind::Enterprise, &[], Ok(Approval::BySecondPerson)),
        (Administrator, DistrictOfficer, Kind::Zone, &[], Ok(Approval::BySecondPerson)),
        (Administrator, Auditor, Kind::CityBureau, &[], Ok(Approval::BySecondPerson)),
        (Administrator, Auditor, Kind::CityBureau, &[CityOfficer], Err(Why::RolesExclude)),
        (Administrator, Expert, Kind::ExpertPanel, &[SecurityOfficer], Err(Why::RolesExclude)),
        (Administrator, CityOfficer, Kind::District, &[], Err(Why::DoesNotFit)),
        (Administrator, EnterpriseManager, Kind::Enterprise, &[], Err(Why::NotYoursToGive)),
        (DistrictOfficer, DistrictOfficer, Kind::District, &[], Err(Why::NotYoursToGive)),
    ];
    for (giver, role, kind, holds, expected) in table {
        let found = grant(giver, role, kind, holds);
        assert_eq!(found, expected, "{giver} gives {role} in {kind} to one who holds {holds:?}");
    }
}

#[test]
fn whoever_may_give_a_role_may_also_propose_one() {
    for role in Role::ALL {
        for giver in givers(*role) {
            for action in [Action::MembershipPropose, Action::MembershipEnd] {
                assert_ne!(reach(*giver, action), Reach::Nothing, "{giver}: {action}");
            }
        }
    }
}

#[test]
fn only_the_security_officer_approves_and_gives_nothing() {
    for role in Role::ALL {
        let approves = reach(*role, Action::MembershipApprove) != Reach::Nothing;
        assert_eq!(approves, *role == Role::SecurityOfficer, "{role}");
        assert!(!givers(*role).contains(&Role::SecurityOfficer), "{role}");
    }
}

#[test]
fn every_kind_of_organisation_has_people_and_every_role_a_place() {
    for kind in Kind::ALL {
        assert!(Role::ALL.iter().any(|role| role.fits(*kind)), "{kind}");
    }
    for role in Role::ALL {
        assert!(Kind::ALL.iter().any(|kind| role.fits(*kind)), "{role}");
    }
}

#[test]
fn the_city_bureau_stands_at_the_top_and_firms_stand_below_districts_or_the_bureau() {
    for kind in Kind::ALL {
        let parents: Vec<_> =
            Kind::ALL.iter().filter(|parent| kind.stands_under(Some(**parent))).collect();
        let expected: &[&Kind] = match kind {
            Kind::CityBureau => &[],
            Kind::Enterprise => &[&Kind::CityBureau, &Kind::District, &Kind::Zone],
            _ => &[&Kind::CityBureau],
        };
        assert_eq!(parents, expected, "{kind}");
        assert_eq!(kind.stands_under(None), *kind == Kind::CityBureau, "{kind}");
    }
}
