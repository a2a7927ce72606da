//! Rule files to a checked rulebook, or diagnostics with spans.
//!
//! [`compile()`] takes [`Sources`] (paths and texts) and returns what it understood together with
//! every problem of every file. The format is described in docs/rule-format.md. This crate reads no
//! disk and judges nobody.

mod ast;
mod check_bands;
mod check_versions;
mod cite;
mod code;
mod compile;
mod diagnostic;
mod example;
mod example_facts;
mod format;
mod lexer;
mod measure;
mod nudge;
mod parser;
mod print;
mod read_criterion;
mod read_definition;
mod read_indicator;
mod read_score;
mod read_version;
mod reader;
mod resolve;
mod scope;
mod source;

pub use code::Code;
pub use compile::{Compiled, compile};
pub use diagnostic::{Diagnostic, Position, Severity, Span};
pub use example::{ExampleReport, ExampleResult, Unnoticed, run_examples};
pub use format::{FormatError, format};
pub use source::{LARGEST_FILE, Sources};
