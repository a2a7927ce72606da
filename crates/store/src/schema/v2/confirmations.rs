//! Numbers of the law that somebody has held against the official text.

use crate::schema::table::Table;

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[];
