//! The decision: the table applied to who asks. Everything that asks goes through here.

use crate::action::Action;
use crate::marks::{fits_token, needs_second_factor, settles};
use crate::rows::{Rows, Visible};
use crate::table::{for_everyone, reach};
use crate::who::{Proof, Who};
use crate::why::Why;

/// The rows on which `who` may do `action`; never none.
///
/// # Errors
/// Why they may not do it to anything at all. Whether one row is among the rows is asked of
/// [`Rows::covers`] or of the filter, and is refused as [`Why::NotHere`] whether the row exists or not.
pub fn decide(who: &Who, action: Action) -> Result<Rows, Why> {
    let own = Visible::new(for_everyone(action), who.person, None);
    let by_role = who.memberships.iter().filter_map(|membership| {
        Visible::new(reach(membership.role, action), who.person, Some(membership))
    });
    let rows: Rows = own.into_iter().chain(by_role).collect();
    if rows.is_nothing() {
        return Err(Why::NotYourRole);
    }
    if let Proof::Token(carried) = &who.proof
        && !(carried.contains(&action) && fits_token(action))
    {
        return Err(Why::TokenLacks);
    }
    // Data that breaks the separation came past `grant`: nobody acts on it, whoever it would suit.
    if who.breaks_separation() && !settles(action) {
        return Err(Why::RolesExclude);
    }
    if who.owes() && !settles(action) {
        return Err(Why::Owes);
    }
    if needs_second_factor(action) && who.proof != Proof::SecondFactor {
        return Err(Why::NeedsFactor);
    }
    Ok(rows)
}
