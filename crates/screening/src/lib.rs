//! The verdicts of a whole population by columns, exactly those of the simple evaluator.

mod answer;
mod field;
mod screened;
mod simple;
mod work;

pub use answer::RowAnswer;
pub use field::Field;
pub use screened::{Case, Leaf, Screened};
pub use simple::simple;
pub use work::{Open, Work};
