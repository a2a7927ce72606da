//! What people do about themselves: their profile, what they sign in with, their sessions and tokens.

mod owner;
mod proven;

mod accept_invitation;
mod change_own_password;
mod drafts;
mod identities;
mod profile;
mod sessions;
mod set_second_factor;
mod tokens;

pub(crate) use owner::Owner;
pub(crate) use proven::still_in;

pub use crate::second_factor::Offer;
pub use accept_invitation::accept_invitation;
pub use change_own_password::{Close, change_own_password, count_own_ways_in};
pub use drafts::{Draft, drop_draft, find_draft, keep_draft};
pub use identities::{list_own_identities, unlink_own_identity};
pub use profile::{NewProfile, Profile, change_own_profile, read_own_profile};
pub use sessions::{end_other_own_sessions, end_own_session, list_own_sessions};
pub use set_second_factor::{Confirming, confirm_second_factor, offer_second_factor};
pub use tokens::{NewToken, create_own_token, list_own_tokens, may_carry, revoke_own_token};
