//! Licences, bans and sources of every dependency, judged by cargo-deny after `deny.toml`.
//! Advisories are left out: they need a database from the network, and the gate must give one answer everywhere.

use std::path::Path;
use std::process::Stdio;

use crate::command::{self, cargo};
use crate::step::Outcome;

const MISSING: &str = "cargo-deny is not installed (cargo install cargo-deny --locked)";

pub(crate) fn run(root: &Path) -> Outcome {
    if !installed(root) {
        return without_tool(std::env::var_os("CI").is_some());
    }
    let arguments =
        ["deny", "--locked", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"];
    match command::run(cargo(root, &arguments)) {
        Ok(()) => Outcome::Passed,
        Err(failure) => Outcome::Failed(format!(
            "{failure}\n  help: choose another dependency, or widen `deny.toml` and say why there"
        )),
    }
}

/// A developer may lack the tool; the machine that decides may not.
fn without_tool(in_ci: bool) -> Outcome {
    if in_ci { Outcome::Failed(MISSING.to_owned()) } else { Outcome::Skipped(MISSING.to_owned()) }
}

fn installed(root: &Path) -> bool {
    cargo(root, &["deny", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_tool_a_developer_skips_and_ci_fails() {
        assert_eq!(without_tool(false), Outcome::Skipped(MISSING.into()));
        assert_eq!(without_tool(true), Outcome::Failed(MISSING.into()));
    }
}
