//! The table: who may do what, to whose data. Nothing else decides it.
//! A role that does not stand in an action's row may not do it.

use crate::action::Action::{self, *};
use crate::reach::Reach::{self, *};
use crate::role::Role::{self, *};

/// One line of the table: how far everybody who has signed in reaches, and how far the roles that
/// stand out do.
struct Row(Reach, &'static [(Role, Reach)]);

const fn only(roles: &'static [(Role, Reach)]) -> Row {
    Row(Nothing, roles)
}

const fn everyone(reach: Reach) -> Row {
    Row(reach, &[])
}

const fn everyone_but(reach: Reach, roles: &'static [(Role, Reach)]) -> Row {
    Row(reach, roles)
}

/// People as far as one has to do with them. The auditor has to know whom a record names.
const PEOPLE: &[(Role, Reach)] = &[
    (EnterpriseManager, OwnOrganisation),
    (DistrictOfficer, Subtree),
    (CityOfficer, City),
    (Administrator, City),
    (SecurityOfficer, City),
    (Auditor, City),
];

/// The firms that one manages or looks after.
const FIRMS: &[(Role, Reach)] =
    &[(EnterpriseManager, OwnOrganisation), (DistrictOfficer, Subtree), (CityOfficer, City)];

#[rustfmt::skip] // Read as a table: an action, then who reaches how far.
const fn row(action: Action) -> Row {
    match action {
        // Accounts are the administrator's. What lets somebody in again (a lock, a second factor) is the
        // security officer's, so that neither of the two can take over an account alone.
        PersonList | PersonRead | MembershipList => only(PEOPLE),
        PersonDisable | PersonEnable | PersonResetPassword => only(&[(Administrator, City)]),
        PersonUnlock | PersonResetSecondFactor => only(&[(SecurityOfficer, City)]),
        PersonAskErasure => everyone_but(Own, &[(Administrator, City)]),
        PersonErase => only(&[(SecurityOfficer, City)]),

        // Which role may be given by whom is said by `grant`.
        PersonInvite | MembershipPropose | MembershipEnd => only(&[
            (EnterpriseManager, OwnOrganisation), (DistrictOfficer, Subtree), (CityOfficer, City),
            (Administrator, City),
        ]),
        MembershipApprove => only(&[(SecurityOfficer, City)]),

        // Experts see no organisation: they judge without knowing whom.
        OrganisationList => only(&[
            (EnterpriseManager, OwnOrganisation), (EnterpriseMember, OwnOrganisation),
            (Adviser, Consented), (DistrictOfficer, Subtree), (CityOfficer, City),
            (Provider, Assigned), (Bank, Consented), (Leader, Subtree),
            (Administrator, City), (SecurityOfficer, City), (Auditor, City),
        ]),
        OrganisationCreate | OrganisationChange | OrganisationClose => only(&[(Administrator, City)]),

        // A firm decides by itself who acts for it; an adviser may give back what was given.
        DelegationList => only(&[
            (EnterpriseManager, OwnOrganisation), (EnterpriseMember, OwnOrganisation),
            (Adviser, Consented), (DistrictOfficer, Subtree), (CityOfficer, City),
            (SecurityOfficer, City), (Auditor, City),
        ]),
        DelegationGrant => only(&[(EnterpriseManager, OwnOrganisation)]),
        DelegationRevoke => only(&[(EnterpriseManager, OwnOrganisation), (Adviser, Consented)]),

        OwnReadProfile | OwnChangeProfile | OwnChangePassword | OwnChangeSecondFactor => everyone(Own),
        OwnLinkIdentity | OwnUnlinkIdentity => everyone(Own),
        OwnListSessions | OwnRevokeSession => everyone(Own),
        OwnListTokens | OwnCreateToken | OwnRevokeToken => everyone(Own),
        OwnKeepCheck | OwnReadChecks | OwnDropCheck => everyone(Own),

        SessionList | TokenList => only(&[(SecurityOfficer, City), (Auditor, City)]),
        SessionRevoke | TokenRevoke => only(&[(SecurityOfficer, City)]),

        // The auditor watches the other two, the security officer watches the users, and the
        // administrator sees no record.
        AuditRead => only(&[(SecurityOfficer, City), (Auditor, City)]),
        AuditReadOfficers | AuditExport | AuditVerify => only(&[(Auditor, City)]),

        // The three officers run the platform and have no part in its data. An export takes this and
        // the list that it is an export of, and has the rows that both reach.
        DataUnmask => everyone_but(Own, FIRMS),
        DataExport => only(FIRMS),

        JobList | JobCancel => everyone_but(Own, &[(Administrator, City)]),
        JobRetry | JobListSchedules | JobChangeSchedule => only(&[(Administrator, City)]),

        // The law is public. Which text of it is in use is the city's business, not the machine room's.
        RulebookRead => everyone(City),
        RulebookUpload | RulebookSwitch => only(&[(CityOfficer, City)]),

        // A number is confirmed by a person who holds it against the official text.
        RulebookConfirmNumber => only(&[(CityOfficer, City)]),

        // Whoever has to do with a firm sees it; the whole of a district or the city is its officers' and leaders'.
        // Other thresholds are tried on the firms that one sees.
        EnterpriseList | EnterpriseRead => only(&[
            (EnterpriseManager, OwnOrganisation), (EnterpriseMember, OwnOrganisation),
            (Adviser, Consented), (Bank, Consented), (DistrictOfficer, Subtree), (CityOfficer, City),
            (Leader, Subtree),
        ]),
        PopulationRead | ScreeningRead | ScreeningSimulate =>
            only(&[(DistrictOfficer, Subtree), (CityOfficer, City), (Leader, Subtree)]),
        ScreeningExport => only(&[(DistrictOfficer, Subtree), (CityOfficer, City)]),
        PopulationBring | ScreeningRun => only(&[(CityOfficer, City)]),

        OperationReadSettings => only(&[(Administrator, City), (SecurityOfficer, City), (Auditor, City)]),
        OperationChangeSettings | OperationReadHealth => only(&[(Administrator, City)]),
        OperationListBackups | OperationBackUp => only(&[(Administrator, City)]),
        SecurityReadSettings => only(&[(SecurityOfficer, City), (Auditor, City)]),
        SecurityChangeSettings => only(&[(SecurityOfficer, City)]),

        DecisionEvaluate => only(&[
            (EnterpriseManager, OwnOrganisation), (EnterpriseMember, OwnOrganisation),
            (Adviser, Consented), (DistrictOfficer, Subtree), (CityOfficer, City),
        ]),
        DecisionRead => only(&[
            (EnterpriseManager, OwnOrganisation), (EnterpriseMember, OwnOrganisation),
            (Adviser, Consented), (DistrictOfficer, Subtree), (CityOfficer, City), (Leader, Subtree),
        ]),
        DecisionRecord | DecisionReplay => only(&[(DistrictOfficer, Subtree), (CityOfficer, City)]),
    }
}

/// How far `role` reaches with `action`.
pub fn reach(role: Role, action: Action) -> Reach {
    let Row(everyone, roles) = row(action);
    roles.iter().find(|(named, _)| *named == role).map_or(everyone, |(_, reach)| *reach)
}

/// How far everybody who has signed in reaches with `action`, also somebody who has no role yet.
pub const fn for_everyone(action: Action) -> Reach {
    row(action).0
}
