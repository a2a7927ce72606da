//! What people see on a terminal.

pub(crate) mod diagnostics;
pub(crate) mod width;
