//! Which role may be given by whom, and when another has to approve it.
//! Where (in which organisation) is decided by the table, like everything else.

use crate::organisation::OrganisationKind;
use crate::role::Role::{self, *};
use crate::why::Why;

/// Whether a role that was given counts at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Approval {
    /// It does.
    AtOnce,
    /// It counts when the security officer has approved it.
    BySecondPerson,
}

/// The roles that may give `role` and take it back. The administrator gives no role of a firm: otherwise
/// the machine room could speak for firms.
pub const fn givers(role: Role) -> &'static [Role] {
    match role {
        EnterpriseManager => &[EnterpriseManager, DistrictOfficer, CityOfficer],
        EnterpriseMember => &[EnterpriseManager],
        Adviser | DistrictOfficer | CityOfficer | Expert | Provider | Bank | Leader
        | Administrator | SecurityOfficer | Auditor => &[Administrator],
    }
}

/// Whether somebody as `giver` may give `role` in an organisation of `kind` to a person who already
/// holds the roles `holds`. What a firm's manager gives within the firm counts at once.
///
/// # Errors
/// Why not.
pub fn grant(
    giver: Role,
    role: Role,
    kind: OrganisationKind,
    holds: &[Role],
) -> Result<Approval, Why> {
    if !givers(role).contains(&giver) {
        Err(Why::NotYoursToGive)
    } else if !role.fits(kind) {
        Err(Why::DoesNotFit)
    } else if holds.iter().any(|held| held.excludes(role)) {
        Err(Why::RolesExclude)
    } else if giver == EnterpriseManager {
        Ok(Approval::AtOnce)
    } else {
        Ok(Approval::BySecondPerson)
    }
}
