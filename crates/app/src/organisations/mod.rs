//! Organisations: the tree of the bureau, its districts and zones, firms, advisers, providers, banks.

mod change_organisation;
mod close_organisation;
mod create_organisation;
mod described;
mod export_organisations;
mod list_organisations;

pub use change_organisation::change_organisation;
pub use close_organisation::{close_organisation, reopen_organisation};
pub use create_organisation::{NewOrganisation, create_organisation};
pub use described::Described;
pub use export_organisations::export_organisations;
pub use list_organisations::{list_organisations, show_organisation};
