//! What firms let advisers and banks see and do for them, until a day: given and taken back by the firm, given back
//! by the adviser.

mod grant_delegation;
mod list_delegations;
mod revoke_delegation;

pub use grant_delegation::{Recipient, grant_delegation, list_recipients};
pub use list_delegations::{DelegationSeen, list_delegations};
pub use revoke_delegation::revoke_delegation;
