//! Rule files to a checked rulebook, or diagnostics with spans.
//!
//! [`compile()`] takes [`Sources`] (paths and texts) and returns what it understood together with
//! every problem of every file. The format is described in docs/rule-format.md. This crate reads no
//! disk and judges nobody.

mod check;
mod code;
mod compile;
mod diagnostic;
mod example;
mod expression;
mod format;
mod overlay;
mod read;
mod source;
mod syntax;

pub use code::Code;
pub use compile::{Compiled, compile};
pub use diagnostic::{Diagnostic, Position, Severity, Span};
pub use example::outcomes::Unshown;
pub use example::run::{
    ExampleReport, ExampleResult, Unnoticed, Worked, check_examples, run_examples, worked_examples,
};
pub use format::{FormatError, format};
pub use overlay::{
    Applied, Number, NumberKind, Overlaid, Part as SettingPart, Refusal, Refused, Scope, Setting,
    Variant, numbers, overlay, read_setting, read_variants, resolve,
};
pub use source::{LARGEST_FILE, Sources, Unreadable};
