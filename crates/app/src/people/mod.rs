//! People and what they are where: invited, given roles that a second person approves, disabled, let in again,
//! erased by law. One file for each use case; what they share stands in `checks`, `giving`, `shown` and `view`.

mod acting;
mod checks;
mod giving;
mod last_officer;
mod shown;
mod view;
mod ways_in;

mod decide_membership;
mod disable_person;
mod end_membership;
mod erase_person;
mod export_people;
mod invite_person;
mod let_in;
mod list_people;
mod list_proposals;
mod name_people;
mod others_sessions;
mod others_tokens;
mod propose_membership;
mod reset_password;
mod unmask_field;

pub(crate) use checks::{Checks, tidy};
pub(crate) use shown::{context, opened, sealed};

pub use acting::may_act;

pub use decide_membership::decide_membership;
pub use disable_person::{disable_person, enable_person};
pub use end_membership::end_membership;
pub use erase_person::{ask_erasure, erase_person, list_erasures};
pub use export_people::export_people;
pub use giving::{may_end, roles_to_give};
pub use invite_person::{Invite, Invited, invite_person};
pub use let_in::{list_held, reset_second_factor, unlock_person};
pub use list_people::{list_people, show_person};
pub use list_proposals::{Proposal, list_proposals};
pub use name_people::{Named, find_person, name_people};
pub use others_sessions::{SessionSeen, end_session, list_sessions};
pub use others_tokens::{list_tokens, revoke_token};
pub use propose_membership::{NewMembership, propose_membership};
pub use reset_password::{
    Reinvited, Reset, has_password, invite_again, may_invite_again, reset_password,
};
pub use shown::Shown;
pub use unmask_field::unmask_field;
pub use view::PersonView;
pub use ways_in::Closed;
pub(crate) use ways_in::close_ways_in;
