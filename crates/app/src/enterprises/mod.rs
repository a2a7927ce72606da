//! The firms of the population in use, as far as the caller sees them.

mod explain_enterprise;
mod export_enterprises;
mod figures;
mod list_enterprises;
mod show_enterprise;
mod sight;

pub use explain_enterprise::explain_enterprise;
pub use export_enterprises::{ExportedEnterprises, export_enterprises};
pub use figures::{Figures, figures_on_lists};
pub use list_enterprises::{ListedEnterprises, Wish, list_enterprises};
pub use show_enterprise::{ShownEnterprise, show_enterprise};
pub(crate) use sight::{is_whole, sight};
