//! What a rule answers: a place, what is wrong there, and what to do.
//! Printing order is by file and line, so that an editor can walk through.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Violation {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) what: String,
    pub(super) help: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}\n  help: {}", self.file, self.line, self.what, self.help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_per_line() {
        let violation = Violation {
            file: "src/a.rs".into(),
            line: 3,
            what: "a word too many".into(),
            help: "strike it".into(),
        };
        assert_eq!(violation.to_string(), "src/a.rs:3: a word too many\n  help: strike it");
    }
}
