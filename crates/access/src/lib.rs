//! Who may do what, to whose data. One table decides, for pages, exports, the API and jobs alike.
//!
//! [`decide()`] takes who asks ([`Who`]) and what for ([`Action`]) and answers with the rows that it is
//! allowed on ([`Rows`]) or with a refusal in words ([`Why`]). [`Rows::covers`] is the meaning that every
//! filter in SQL is held against. [`see`] says what of a personal or secret field is shown, [`mask()`] how
//! the rest is hidden. Reads nothing, keeps nothing and knows no clock: whoever asks passes only the
//! memberships and delegations that are alive today.
//!
//! ```
//! use access::{Action, Membership, Path, PersonId, Place, Proof, Role, Who, decide};
//! let district: Path = "/1/4/".parse()?;
//! let officer = Membership { path: district, role: Role::DistrictOfficer };
//! let who = Who { person: PersonId(7), memberships: vec![officer], proof: Proof::Password };
//! let rows = decide(&who, Action::OrganisationList)?;
//! assert!(rows.covers(&Place::of("/1/4/9/".parse()?)));
//! assert!(!rows.covers(&Place::of("/1/40/".parse()?)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod action;
mod coded;
mod decide;
mod field;
mod grant;
mod id;
mod marks;
mod mask;
mod organisation;
mod pages;
mod path;
mod reach;
mod role;
mod rows;
mod sight;
mod table;
mod watermark;
mod who;
mod why;
mod words;

pub use action::{Action, Topic};
pub use decide::decide;
pub use field::{Field, Purpose};
pub use grant::{Approval, givers, grant};
pub use id::{OrganisationId, PersonId};
pub use marks::{
    Nature, fits_token, is_audited, nature, needs_second_factor, needs_second_person, second_person,
};
pub use mask::mask;
pub use organisation::OrganisationKind;
pub use pages::pages;
pub use path::{Path, PathError};
pub use reach::Reach;
pub use role::Role;
pub use rows::{Place, Rows, Visible};
pub use sight::{Relation, Sight, may_unmask, of_oneself, see, sight};
pub use table::{for_everyone, reach};
pub use watermark::Watermark;
pub use who::{Membership, Proof, Who};
pub use why::Why;
pub use words::Words;
