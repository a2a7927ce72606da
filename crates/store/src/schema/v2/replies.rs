//! What was answered to a request that must not be done twice.

use crate::schema::table::Table;

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[];
