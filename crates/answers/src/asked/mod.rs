//! Which programmes and ladders a question about a firm is about: what was named, or what there is to say unasked. The
//! same for everybody who asks.

mod find;
mod ladders;
mod programmes;
mod remarks;

pub use find::programme;
pub use ladders::{all_ladders, ladders, plans};
pub use programmes::{decides, deciding, named, of_firms, telling};
pub use remarks::remarks;
