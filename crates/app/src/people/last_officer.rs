//! The last administrator, security officer or auditor stays: without one of them nobody could appoint another.

use access::Role;
use jiff::Timestamp;
use store::Unit;

use crate::clock::today;
use crate::refusal::Refusal;

/// Refuses if nobody else holds one of the three offices that `roles` have.
pub(crate) async fn somebody_stays(
    unit: &Unit,
    person: i64,
    roles: &[Role],
    now: Timestamp,
) -> Result<(), Refusal> {
    for role in roles {
        if !role.is_officer() {
            continue;
        }
        if store::membership::other_holders(unit, *role, person, today(now)).await? == 0 {
            let words = role.words();
            return Err(Refusal::conflict(
                format!("这是最后一名{}；请先任命另一名，并经审批生效", words.zh),
                format!(
                    "this is the last {}: appoint another one first, and have it approved",
                    words.en.to_lowercase()
                ),
            ));
        }
    }
    Ok(())
}
