//! What of a field is shown to whom: the second table. Rows are filtered before; this is about columns.

use crate::action::Action;
use crate::coded::coded;
use crate::decide::decide;
use crate::field::{Field, Purpose};
use crate::id::PersonId;
use crate::role::Role::{self, *};
use crate::rows::Place;
use crate::who::{Membership, Who};
use crate::why::Why;

coded! {
    /// What is shown of a field. The order is that of what is seen.
    pub enum Sight {
        Hidden "hidden" "不显示" "hidden";
        Masked "masked" "脱敏"   "masked";
        Full   "full"   "明文"   "full";
    }
}

coded! {
    /// How a role stands to what it looks at. Where none of these holds, everything is hidden.
    pub enum Relation {
        OwnOrganisation "organisation" "本单位"       "own organisation";
        Below           "below"        "下级单位"     "organisation below";
        Consented       "consented"    "授权给本单位" "consented";
        Assigned        "assigned"     "指派给本人"   "assigned";
    }
}

const F: Sight = Sight::Full;
const M: Sight = Sight::Masked;
const H: Sight = Sight::Hidden;

/// A line of the table, in the order of [`Field::ALL`].
#[rustfmt::skip]
const fn row(role: Role, relation: Relation) -> [Sight; 8] {
    match (role, relation) {
        //                                               name phone mail ident bank busin tax  sign-in
        (EnterpriseManager, Relation::OwnOrganisation) => [F,  F,   F,   M,    M,   F,    F,   H],
        (EnterpriseMember, Relation::OwnOrganisation) =>  [F,  M,   M,   H,    M,   F,    F,   H],
        // Those who watch see where sign-ins come from, wherever the person belongs.
        (SecurityOfficer | Auditor, Relation::OwnOrganisation | Relation::Below) =>
                                                          [F,  M,   M,   H,    H,   H,    H,   F],
        (Administrator, Relation::OwnOrganisation | Relation::Below) =>
                                                          [F,  M,   M,   H,    H,   H,    H,   H],
        (DistrictOfficer | CityOfficer | Leader, Relation::OwnOrganisation) =>
                                                          [F,  F,   F,   H,    H,   H,    H,   H],
        (DistrictOfficer | CityOfficer, Relation::Below) =>
                                                          [F,  M,   M,   M,    M,   F,    F,   H],
        (Leader, Relation::Below) =>                      [M,  H,   H,   H,    H,   M,    H,   H],
        (Adviser | Provider | Bank | Expert, Relation::OwnOrganisation) =>
                                                          [F,  M,   M,   H,    H,   H,    H,   H],
        // What the tax authority gave for recognition goes to no third party, consent or not.
        (Adviser | Bank, Relation::Consented) =>          [F,  M,   M,   H,    H,   F,    H,   H],
        (Provider, Relation::Assigned) =>                 [F,  M,   M,   H,    H,   H,    H,   H],
        // Experts judge without knowing whom.
        (Expert, Relation::Assigned) =>                   [H,  H,   H,   H,    H,   F,    H,   H],
        (_, _) =>                                         [H,  H,   H,   H,    H,   H,    H,   H],
    }
}

/// What `role` sees of `field` where it stands in `relation`, looking for `purpose`. Masked may be
/// unmasked by some ([`may_unmask`]); hidden may not.
pub fn sight(role: Role, field: Field, relation: Relation, purpose: Purpose) -> Sight {
    if !field.serves(purpose) {
        return Sight::Hidden;
    }
    let row = row(role, relation);
    Field::ALL
        .iter()
        .zip(row)
        .find(|(one, _)| **one == field)
        .map_or(Sight::Hidden, |(_, sight)| sight)
}

/// What everybody sees of what is kept about themselves. What could be read over one's shoulder is
/// masked on one's own screen too; figures are never about a person.
pub const fn of_oneself(field: Field) -> Sight {
    match field {
        Field::PersonName | Field::Phone | Field::Mail | Field::SignInAddress => F,
        Field::IdentityNumber | Field::BankAccount => M,
        Field::BusinessFigure | Field::TaxFigure => H,
    }
}

/// How a person in one role stands to a row, as a member of their organisation or by assignment.
fn relations(
    person: PersonId,
    membership: &Membership,
    place: &Place,
) -> impl Iterator<Item = Relation> {
    let own = membership.organisation();
    let path = place.path.as_ref();
    let here = path.is_some_and(|path| path.organisation() == own);
    let below = !here && path.is_some_and(|path| membership.path.covers(path));
    [
        (here, Relation::OwnOrganisation),
        (below, Relation::Below),
        (place.consented.contains(&own), Relation::Consented),
        (place.assigned.contains(&person), Relation::Assigned),
    ]
    .into_iter()
    .filter_map(|(holds, relation)| holds.then_some(relation))
}

/// What `who` sees of a field of a row: the most that one of their roles shows.
pub fn see(who: &Who, field: Field, place: &Place, purpose: Purpose) -> Sight {
    let oneself = (place.person == Some(who.person)).then(|| of_oneself(field));
    let by_role =
        who.memberships.iter().filter(|_| !who.breaks_separation()).flat_map(|membership| {
            relations(who.person, membership, place)
                .map(|relation| sight(membership.role, field, relation, purpose))
        });
    oneself.into_iter().chain(by_role).max().unwrap_or(Sight::Hidden)
}

/// Whether `who` may look at the whole text of a field of a row that is masked for them. Each such look
/// leaves an audit record.
///
/// # Errors
/// Why not. What is hidden stays hidden, and is refused like a row that is not there.
pub fn may_unmask(who: &Who, field: Field, place: &Place, purpose: Purpose) -> Result<(), Why> {
    let rows = decide(who, Action::DataUnmask)?;
    let hidden = see(who, field, place, purpose) == Sight::Hidden;
    if hidden || !rows.covers(place) { Err(Why::NotHere) } else { Ok(()) }
}
