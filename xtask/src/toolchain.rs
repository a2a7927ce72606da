//! The steps that are one cargo command each: format, lints, documentation, tests.
//! Which lints apply is said in the workspace manifest and `clippy.toml`, not here.

use std::path::Path;
use std::process::Command;

use crate::command::{self, cargo};
use crate::step::Outcome;

pub(crate) fn fmt(root: &Path) -> Outcome {
    single(cargo(root, &["fmt", "--all", "--check"]), "run `cargo fmt --all`")
}

pub(crate) fn lint(root: &Path) -> Outcome {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    single(cargo(root, &arguments), "mend each warning shown above")
}

pub(crate) fn docs(root: &Path) -> Outcome {
    let arguments = ["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"];
    let mut command = cargo(root, &arguments);
    command.env("RUSTDOCFLAGS", "-D warnings");
    single(command, "mend each warning shown above")
}

pub(crate) fn test(root: &Path) -> Outcome {
    let mut command = cargo(root, &["test", "--workspace", "--locked"]);
    // A gate judges snapshots and never writes them.
    command.env("INSTA_UPDATE", "no");
    single(command, "read the first failing test above")
}

fn single(command: Command, help: &str) -> Outcome {
    match command::run(command) {
        Ok(()) => Outcome::Passed,
        Err(failure) => Outcome::Failed(format!("{failure}\n  help: {help}")),
    }
}
