//! Expressions: text → tokens → syntax → typed conditions and quantities, and back to text.
//! Knows nothing of TOML.

pub(crate) mod arithmetic;
pub(crate) mod ast;
pub(crate) mod cause;
pub(crate) mod edge;
pub(crate) mod lexer;
pub(crate) mod measure;
pub(crate) mod names;
pub(crate) mod parser;
pub(crate) mod print;
pub(crate) mod reach;
pub(crate) mod resolve;
pub(crate) mod scope;
