//! What a caller sees of figures. Those of a population come from several offices, the tax authority's among them; which
//! came from where is not told apart yet, so that only who may see all of them sees any.

use access::{Action, Field, Purpose, Reach, Relation, Sight, reach, sight};

use crate::caller::Caller;

/// What the caller sees of a firm's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// All of them.
    Shown,
    /// None: where it stands, and no figure.
    Hidden,
}

/// Those that decide whether figures are shown.
pub(super) const FIELDS: [Field; 2] = [Field::BusinessFigure, Field::TaxFigure];

/// What the caller sees of figures on lists of firms: all only if that is so of every firm that can stand on one.
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
    let hidden = relations.into_iter().any(|(role, relation)| {
        let of = |field| sight(role, field, relation, Purpose::Recognition);
        FIELDS.into_iter().any(|field| of(field) != Sight::Full)
    });
    if hidden { Figures::Hidden } else { Figures::Shown }
}
