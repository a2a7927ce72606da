//! What an action asks for beside a role: a record, a second factor, a second person.

use crate::action::Action::{self, *};
use crate::id::PersonId;
use crate::why::Why;

/// What an action does to the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nature {
    /// Reads what its reader sees every day.
    Read,
    /// Looks at what is sensitive, or takes data out of the platform.
    Look,
    /// Changes something.
    Change,
}

/// What `action` does to the data. Whatever is not listed as a read is taken for a change.
pub const fn nature(action: Action) -> Nature {
    match action {
        PersonList
        | PersonRead
        | MembershipList
        | OrganisationList
        | DelegationList
        | JobList
        | OwnReadProfile
        | OwnListSessions
        | OwnListTokens
        | TokenList
        | JobListSchedules
        | RulebookRead
        | OwnReadChecks
        | PopulationRead
        | EnterpriseList
        | EnterpriseRead
        | ScreeningRead
        | OperationReadSettings
        | OperationListBackups
        | OperationReadHealth
        | SecurityReadSettings
        | DecisionEvaluate
        | DecisionRead
        | DecisionReplay => Nature::Read,
        SessionList | AuditRead | AuditReadOfficers | AuditExport | AuditVerify | DataUnmask
        | DataExport | ScreeningExport | ScreeningSimulate => Nature::Look,
        _ => Nature::Change,
    }
}

/// Whether doing it leaves an audit record: all but plain reads. A refusal always leaves one.
pub fn is_audited(action: Action) -> bool {
    nature(action) != Nature::Read
}

/// Whether it asks for a second factor, also of those whose role can do without.
pub const fn needs_second_factor(action: Action) -> bool {
    matches!(
        action,
        PersonDisable
            | PersonResetPassword
            | PersonResetSecondFactor
            | PersonErase
            | MembershipApprove
            | OwnCreateToken
            | AuditExport
            | RulebookSwitch
            | OperationChangeSettings
            | OperationBackUp
            | SecurityChangeSettings
    )
}

/// Whether a token may carry it: a program never gives second factors and never touches what its
/// owner signs in with.
pub const fn fits_token(action: Action) -> bool {
    !needs_second_factor(action)
        && !matches!(
            action,
            OwnChangePassword | OwnChangeSecondFactor | OwnLinkIdentity | OwnUnlinkIdentity
        )
}

/// What somebody can do who still owes a new password or a second factor: settle it, or leave.
pub(crate) const fn settles(action: Action) -> bool {
    matches!(action, OwnReadProfile | OwnChangePassword | OwnChangeSecondFactor | OwnRevokeSession)
}

/// Whether it takes a second person (four eyes): neither who asked for it nor whom it concerns.
pub const fn needs_second_person(action: Action) -> bool {
    matches!(
        action,
        PersonDisable
            | PersonEnable
            | PersonUnlock
            | PersonResetPassword
            | PersonResetSecondFactor
            | PersonErase
            | MembershipApprove
            | RulebookSwitch
    )
}

/// Whether `actor` may do it after who asked for it (proposed, uploaded) and to whom it concerns.
///
/// # Errors
/// Where a second person is needed and `actor` is not one.
pub fn second_person(
    action: Action,
    actor: PersonId,
    asked_by: Option<PersonId>,
    concerns: Option<PersonId>,
) -> Result<(), Why> {
    if !needs_second_person(action) {
        Ok(())
    } else if concerns == Some(actor) {
        Err(Why::OwnMatter)
    } else if asked_by == Some(actor) {
        Err(Why::SecondPerson)
    } else {
        Ok(())
    }
}
