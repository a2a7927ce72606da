//! The law with some of its numbers changed: every number of the rule files with an address, new
//! values with units, and the whole compiled again. The files themselves stay as they are.

mod apply;
mod criteria;
mod find;
mod number;
mod refusal;
mod resolve;
mod scale;
mod value;
mod variants;
mod walk;
mod windows;
mod written;

pub use apply::{Applied, Overlaid, Refused, overlay};
pub(crate) use criteria::criteria_numbers;
pub use find::numbers;
pub use number::{Number, NumberKind};
pub use refusal::{Part, Refusal};
pub use resolve::{Scope, resolve};
pub use variants::{Setting, Variant, read_setting, read_variants};
