//! Which rows somebody sees. [`Rows::covers`] is the definition; filters in SQL say the same.

use crate::id::{OrganisationId, PersonId};
use crate::path::Path;
use crate::reach::Reach;
use crate::who::Membership;

/// One part of what somebody sees.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visible {
    /// Every row, also rows that belong to no organisation.
    Everything,
    /// Rows of this organisation and of all below it.
    Subtree(Path),
    /// Rows of this organisation.
    Organisation(OrganisationId),
    /// Rows of this person.
    Person(PersonId),
    /// Rows that are assigned to this person.
    Assigned(PersonId),
    /// Rows of organisations that have consented to this one.
    Consented(OrganisationId),
}

/// Whose a row is. A row that has several (a person in two firms) is seen if one of them is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The organisation.
    pub path: Option<Path>,
    /// The person whom the row is about.
    pub person: Option<PersonId>,
    /// Those whom it is assigned to.
    pub assigned: Vec<PersonId>,
    /// Those whom the organisation has given a delegation or consent that is alive today.
    pub consented: Vec<OrganisationId>,
}

impl Place {
    /// A row of an organisation.
    pub fn of(path: Path) -> Self {
        Self { path: Some(path), ..Self::default() }
    }
}

impl Visible {
    /// What `reach` means for one person in one role; `None` if it is nothing. Without a role there is
    /// no organisation that something could belong to.
    pub(crate) fn new(
        reach: Reach,
        person: PersonId,
        membership: Option<&Membership>,
    ) -> Option<Self> {
        Some(match reach {
            Reach::Nothing => return None,
            Reach::Own => Self::Person(person),
            Reach::OwnOrganisation => Self::Organisation(membership?.organisation()),
            Reach::Subtree => Self::Subtree(membership?.path.clone()),
            Reach::Assigned => Self::Assigned(person),
            Reach::Consented => Self::Consented(membership?.organisation()),
            Reach::City => Self::Everything,
        })
    }

    /// Whether a row is part of it.
    pub fn covers(&self, place: &Place) -> bool {
        let path = place.path.as_ref();
        match self {
            Self::Everything => true,
            Self::Subtree(top) => path.is_some_and(|path| top.covers(path)),
            Self::Organisation(own) => path.is_some_and(|path| path.organisation() == *own),
            Self::Person(person) => place.person == Some(*person),
            Self::Assigned(person) => place.assigned.contains(person),
            Self::Consented(own) => place.consented.contains(own),
        }
    }

    /// Whether everything that `other` covers is covered here, whatever the tree looks like.
    fn contains(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everything, _) => true,
            (Self::Subtree(top), Self::Subtree(other)) => top.covers(other),
            _ => self == other,
        }
    }
}

/// All that somebody sees: the union of its parts, each part once. Without parts it is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Rows(Vec<Visible>);

impl Rows {
    /// The parts: a row is seen if one of them covers it.
    pub fn parts(&self) -> &[Visible] {
        &self.0
    }

    /// Whether no row is seen.
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every row is seen.
    pub fn is_everything(&self) -> bool {
        self.0.contains(&Visible::Everything)
    }

    /// Whether a row is seen.
    pub fn covers(&self, place: &Place) -> bool {
        self.0.iter().any(|part| part.covers(place))
    }
}

impl FromIterator<Visible> for Rows {
    fn from_iter<T: IntoIterator<Item = Visible>>(parts: T) -> Self {
        let mut all: Vec<Visible> = parts.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        let covered =
            |part: &Visible| all.iter().any(|other| other != part && other.contains(part));
        Self(all.iter().filter(|part| !covered(part)).cloned().collect())
    }
}
