//! Self-checks that somebody has kept.

use crate::schema::table::Table;

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[];
