//! Firms of the population: the list with its workbook, one of them, one of them under one programme.

mod asked;
mod file;
mod list;
mod one;
mod stairs;
mod under;
mod words;

pub(crate) use asked::NOBODY_TOLD;
pub(crate) use file::export;
pub(crate) use list::{list, no_population};
pub(crate) use one::show;
pub(super) use one::{all, name};
pub(super) use stairs::stairs;
pub(crate) use under::under;
pub(crate) use words::{POPULATIONS, option, options, population, section, title, tone};
