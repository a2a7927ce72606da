//! The only SQL of the house: one file for each noun, the same for SQLite and PostgreSQL.
//!
//! A [`Store`] hands out units of work. Everything that is read or written together goes through one
//! [`Unit`]; what a unit wrote is there when [`Unit::commit`] returns, and not at all before:
//!
//! ```no_run
//! # async fn run() -> Result<(), store::Error> {
//! let store = store::Store::open(&store::Place::folder("data".as_ref())?).await?;
//! let now = jiff::Timestamp::now();
//! store::migrate(&store, now).await?;
//! let unit = store.write().await?;
//! let bureau = store::organisation::insert(&unit, &store::organisation::New {
//!     parent: None, kind: access::OrganisationKind::CityBureau, name: "示例市民营经济局",
//!     uscc: None, district: None, at: now,
//! }).await?;
//! unit.commit().await?;
//! # let _ = bureau; Ok(()) }
//! ```
//!
//! What is deliberately absent: decisions. Who may see what comes in as [`access::Rows`] and becomes a
//! condition in SQL ([`Scope`]); what time it is comes in as a parameter.

mod database;
mod engine;
mod error;
mod page;
mod place;
mod reach;
mod time;
mod unreachable;
mod walk;
mod writes;

mod schema;
mod scope;

pub mod delegation;
pub mod draft;
pub mod membership;
pub mod organisation;
pub mod person;

pub mod identity;
pub mod invitation;
pub mod session;
pub mod token;

pub mod audit;
pub mod setting;

pub mod reply;

pub mod job;
pub mod schedule;

pub mod confirmation;
pub mod decision;
pub mod rulebook;
pub mod self_check;

pub mod population;
pub mod screening;

pub mod backup;
pub mod examine;
pub mod firm;

pub use database::{Store, Unit};
pub use engine::Engine;
pub use error::{Error, Unusable};
pub use page::{Listed, Page, Sorted};
pub use place::Place;
pub use schema::{Applied, migrate, migrate_to, newest, version};
pub use scope::Scope;
pub use unreachable::Unreachable;
