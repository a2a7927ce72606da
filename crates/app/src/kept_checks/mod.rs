//! Self-checks that somebody wants kept: by consent, for a time, sealed, and seen by nobody else, whatever their role.
//! Who has no account makes one with it: a person without any role, since to name a firm's code is no proof of acting
//! for it.

mod keep_check;
mod own_checks;
mod register_person;
mod sealed;

pub use keep_check::{KeepCheck, keep_check};
pub use own_checks::{KeptCheck, drop_check, list_checks, open_check};
pub use register_person::{Registration, may_register, register_person};

/// For so many days a self-check is kept.
pub const KEPT_DAYS: i64 = 730;

/// Nobody keeps more than so many.
const MOST: usize = 20;

use jiff::SignedDuration;

/// For so long a self-check is kept.
fn kept() -> SignedDuration {
    SignedDuration::from_hours(24 * KEPT_DAYS)
}
