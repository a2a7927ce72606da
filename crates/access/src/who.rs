//! Who asks: a person, what they are where, and how they have shown who they are.

use std::collections::BTreeSet;

use crate::action::Action;
use crate::id::{OrganisationId, PersonId};
use crate::path::Path;
use crate::role::Role;

/// A role of a person in an organisation, alive today.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Membership {
    /// Where the organisation stands now: a moved organisation has another path.
    pub path: Path,
    /// The role there.
    pub role: Role,
}

impl Membership {
    /// The organisation.
    pub fn organisation(&self) -> OrganisationId {
        self.path.organisation()
    }
}

/// How somebody has shown who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// By a password that has to be changed, or without the second factor that their role or the
    /// settings require: only what is owed can be settled.
    Owing,
    /// By a password alone. For the three officers that is not enough.
    Password,
    /// By a second factor too.
    SecondFactor,
    /// By a token, which carries these actions and never more than its owner has.
    Token(BTreeSet<Action>),
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The person.
    pub person: PersonId,
    /// What they are, where. Several reach as far as all of them together.
    pub memberships: Vec<Membership>,
    /// How they have shown it.
    pub proof: Proof,
}

impl Who {
    /// Whether two of the roles must not be one person's.
    pub(crate) fn breaks_separation(&self) -> bool {
        let mut roles = self.memberships.iter().map(|membership| membership.role);
        roles.next().is_some_and(|first| roles.any(|other| first.excludes(other)))
    }

    /// Whether something is owed before anything else: a password alone makes no officer.
    pub(crate) fn owes(&self) -> bool {
        match self.proof {
            Proof::Owing => true,
            Proof::Password => {
                self.memberships.iter().any(|membership| membership.role.is_officer())
            }
            Proof::SecondFactor | Proof::Token(_) => false,
        }
    }
}
