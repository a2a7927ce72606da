//! Version 2: populations and their screenings, self-checks, confirmed numbers, answers kept for repeated requests.

mod checks;
mod confirmations;
mod populations;
mod replies;

use super::table::Table;

/// What version 2 adds.
pub(crate) const TABLES: &[&[Table]] =
    &[populations::TABLES, checks::TABLES, confirmations::TABLES, replies::TABLES];
