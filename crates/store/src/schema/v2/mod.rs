//! Version 2: populations and their screenings, self-checks, confirmed numbers, drafts of forms, answers kept for repeated requests.

mod checks;
mod confirmations;
mod drafts;
mod populations;
mod replies;

use super::table::Table;

/// What version 2 adds.
pub(crate) const TABLES: &[&[Table]] =
    &[populations::TABLES, checks::TABLES, confirmations::TABLES, drafts::TABLES, replies::TABLES];
