//! What people do with the platform: one file for each use case.
//!
//! Every use case has the same shape. [`Permit`] asks the policy whether the [`Caller`] may do it, opens a unit of
//! work, and keeps what was done together with its audit record, or nothing. A refusal is recorded, too.
//!
//! ```text
//! let permit = Permit::ask(platform, caller, Action::PersonInvite, …).await?;   the policy, and a unit
//! …                                                                            load, decide, save
//! permit.keep(said).await                                                      record and commit
//! ```
//!
//! Reading goes through [`Look`], whose scope filters lists in SQL. Nothing here knows of HTTP or of pages.

mod aside;
pub mod caller;
mod clock;
mod exported;
mod looks;
mod once;
mod permit;
mod platform;
mod refusal;

mod password;
mod second_factor;
mod security;

pub mod first_passwords;
pub mod first_start;
pub mod keys;
pub mod offices;
pub mod rescue;
pub mod sign_in;

pub mod audit_trail;
pub mod backups;
pub mod confirmations;
pub mod decisions;
pub mod delegations;
pub mod demo;
pub mod enterprises;
pub mod health;
pub mod jobs;
pub mod kept_checks;
pub mod organisations;
pub mod own;
pub mod people;
pub mod populations;
pub mod rulebooks;
pub mod screening;
pub mod self_check;
pub mod settings;
pub mod single_sign_on;
mod upkeep;

pub use caller::{Caller, Origin};
pub use clock::{Clock, Machine, today};
pub use connectors::{TWICE, json_mistake};
pub use exported::Exported;
pub use once::{Answered, Once};
pub use permit::{Look, Permit, Said};
pub use platform::{Law, Platform};
pub use refusal::{Fault, Invalid, Refusal, Words};
pub use security::Security;
