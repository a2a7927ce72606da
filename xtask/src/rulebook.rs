//! The rulebook step: the product checks, tests and formats the rulebook in this tree.
//! It judges nothing itself; a diagnostic comes from `tidu`.

use std::path::Path;

use crate::command;
use crate::step::Outcome;

const COMMANDS: [&[&str]; 3] =
    [&["check", "rulebook"], &["test", "rulebook"], &["fmt", "--check", "rulebook"]];

/// Runs all three even when the first fails: a rule author wants every problem at once.
pub(crate) fn run(root: &Path) -> Outcome {
    let failures: Vec<String> = COMMANDS
        .iter()
        .filter_map(|arguments| command::run(command::tidu(root, arguments)).err())
        .map(|failure| failure.to_string())
        .collect();
    if failures.is_empty() { Outcome::Passed } else { Outcome::Failed(failures.join("; ")) }
}
