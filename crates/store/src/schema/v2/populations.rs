//! Populations and their screenings: what lies in files, and since when.

use crate::schema::table::Table;

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[];
