//! What people see on a terminal.

pub(crate) mod asking;
pub(crate) mod bar;
pub(crate) mod bench;
mod benefits;
pub(crate) mod changes;
pub(crate) mod diagnostics;
pub(crate) mod forecast;
pub(crate) mod gaps;
pub(crate) mod header;
pub(crate) mod lines;
mod matrix;
pub(crate) mod overview;
pub(crate) mod page;
pub(crate) mod paint;
pub(crate) mod plan;
pub(crate) mod problems;
pub(crate) mod programme;
pub(crate) mod score;
pub(crate) mod screening;
pub(crate) mod several;
pub(crate) mod simulation;
pub(crate) mod standing;
pub(crate) mod table;
pub(crate) mod tree;
pub(crate) mod verify;
pub(crate) mod width;
