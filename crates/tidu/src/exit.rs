//! How the program ends: the exit codes that scripts rely on.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Answered. *Not eligible* is an answer.
    Answered,
    /// Done, with problems: check or test found some, or some rows were refused.
    Problems,
    /// Nothing done: wrong use, or input that cannot be read.
    Nothing,
    /// Somebody interrupted it; nothing was left behind.
    Interrupted,
}

impl Exit {
    /// The number that scripts see.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Answered => 0,
            Self::Problems => 1,
            Self::Nothing => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
