//! The self-check: public, question by question, on a phone and without a script. The answers travel with the pages in
//! a hidden field, from form to form; the address carries nothing, and nothing is stored unless somebody asks for it.

mod asking;
mod carry;
mod document;
mod end;
mod filled;
mod keep;
mod own;
mod parts;
mod start;
mod words;

pub(crate) use asking::{answer, go};
pub(crate) use document::{bring, download, sheet};
pub(crate) use end::{print, programme, result};
pub(crate) use keep::{keep, register};
pub(crate) use own::{ask_drop, drop_one, keep_own, list, open};
pub(crate) use start::{anew, begin, form};
