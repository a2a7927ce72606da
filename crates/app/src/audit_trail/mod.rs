//! The audit trail: reading, exporting, sealing and verifying it.

mod export_list;
mod export_records;
mod how_watched;
mod list_records;
mod mark;
mod seal_days;
mod verify_records;

pub use export_list::export_list;
pub use export_records::{Export, export_records};
pub use how_watched::{Verified, Watched, how_watched};
pub use list_records::{Asked, list_records};
pub(crate) use mark::begin_mark;
pub(crate) use seal_days::seal_days;
pub(crate) use verify_records::verify_job;
pub use verify_records::{Verification, verify_records};
