//! How the program ends: the exit codes that scripts rely on.

use std::process::ExitCode;

/// How a command ended. Interruption is the shell's 130 and needs no word here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Answered. *Not eligible* is an answer.
    Answered,
    /// Done, with problems: check or test found some, or some rows were refused.
    Problems,
    /// Nothing done: wrong use, or input that cannot be read.
    Nothing,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Answered => 0,
            Exit::Problems => 1,
            Exit::Nothing => 2,
        })
    }
}
