//! What a caller sees of figures, by where they come from: those of the firm's business, and those that the tax authority
//! gives for recognition only. A population does not say of each value which office it came from; the catalogue says of
//! each indicator which office gives it, and that decides.

use access::{Action, Field, Purpose, Reach, Relation, Sight, reach, sight};
use enterprise::{FactKey, Facts};
use rules::Rulebook;

use crate::caller::Caller;

/// What the caller sees of a firm's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figures {
    /// None: where it stands, and no figure.
    Hidden,
    /// Those that the tax authority does not give, and what follows from these alone.
    WithoutTax,
    /// All of them.
    Shown,
}

impl Figures {
    /// What is seen where each class of figures is seen so far.
    pub(super) fn seen(of: impl Fn(Field) -> Sight) -> Self {
        let full = |field| of(field) == Sight::Full;
        match (full(Field::BusinessFigure), full(Field::TaxFigure)) {
            (true, true) => Self::Shown,
            (true, false) => Self::WithoutTax,
            (false, _) => Self::Hidden,
        }
    }

    /// What is left of facts for who sees this much of them. What is not there cannot be told, neither by itself nor by
    /// what follows from it.
    pub(super) fn left(self, facts: &Facts, rulebook: &Rulebook) -> Option<Facts> {
        match self {
            Self::Hidden => None,
            Self::Shown => Some(facts.clone()),
            Self::WithoutTax => {
                let withheld = rulebook.tax_figures();
                let mut left = facts.clone();
                let keys: Vec<FactKey> = facts.iter().map(|(key, _)| key).collect();
                for key in keys.iter().filter(|key| withheld.contains(key.indicator.as_str())) {
                    left.unset(&key.indicator, key.year);
                }
                Some(left)
            }
        }
    }
}

/// What the caller sees of figures on lists of firms: as much as
/// of that firm which is seen least of all that can stand on one.
pub fn figures_on_lists(caller: &Caller) -> Figures {
    let relations = caller.who.memberships.iter().filter_map(|held| {
        let relation = match reach(held.role, Action::EnterpriseList) {
            Reach::Nothing | Reach::Own => return None,
            Reach::OwnOrganisation => Relation::OwnOrganisation,
            Reach::Subtree | Reach::City => Relation::Below,
            Reach::Assigned => Relation::Assigned,
            Reach::Consented => Relation::Consented,
        };
        Some((held.role, relation))
    });
    relations
        .map(|(role, relation)| {
            Figures::seen(|field| sight(role, field, relation, Purpose::Recognition))
        })
        .min()
        .unwrap_or(Figures::Hidden)
}

/// Whether lists of the caller hold firms other than their own.
pub(super) fn lists_others(caller: &Caller) -> bool {
    caller.who.memberships.iter().any(|held| {
        !matches!(
            reach(held.role, Action::EnterpriseList),
            Reach::Nothing | Reach::Own | Reach::OwnOrganisation
        )
    })
}
