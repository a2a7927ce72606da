//! Tables with one row for each subject: what a heading means, where the header is, what a row
//! says. Shared by CSV and Excel; knows neither format.

mod cell;
mod columns;
mod fit;
mod header;
mod heading;
mod lists;
mod names;
mod row;
mod values;

pub(crate) use cell::Cell;
pub(crate) use columns::{Target, letters};
pub(crate) use header::{Found, HEADER_ROWS, HeaderRow, find, has_code, no_header};
pub(crate) use heading::key;
pub(crate) use names::{Heading, Names};
pub(crate) use row::Rows;
pub(crate) use values::{date_in, value};
