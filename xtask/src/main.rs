//! `cargo xtask`: the gate and the repository's chores, one subcommand each.
//! It only reads arguments and dispatches. It knows no rule of the product, and uses none of its crates.

mod arguments;
mod ci;
mod command;
mod generated;
mod graph;
mod layers;
mod licences;
mod rulebook;
mod step;
mod tidy;
mod toolchain;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use arguments::Request;
use step::Outcome;

const FAILED: u8 = 1;
const MISUSED: u8 = 2;

fn main() -> ExitCode {
    let request = match arguments::read(env::args().skip(1)) {
        Ok(request) => request,
        Err(misuse) => {
            eprintln!("error: {misuse}\n\n{}", arguments::usage());
            return ExitCode::from(MISUSED);
        }
    };
    let Some(root) = workspace_root() else {
        eprintln!("error: cannot find the workspace\n  help: run it as `cargo xtask`");
        return ExitCode::from(MISUSED);
    };

    let outcome = match request {
        Request::Help => {
            println!("{}", arguments::usage());
            return ExitCode::SUCCESS;
        }
        Request::Ci { skipped } => return exit_code(ci::run(&root, &skipped)),
        Request::One(step) => step.run(&root),
        Request::WriteGenerated => generated::write(&root),
    };
    match &outcome {
        Outcome::Passed => {}
        Outcome::Skipped(reason) => println!("SKIPPED: {reason}"),
        Outcome::Failed(reason) => eprintln!("error: {reason}"),
    }
    exit_code(!matches!(outcome, Outcome::Failed(_)))
}

fn exit_code(passed: bool) -> ExitCode {
    if passed { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
}

/// Cargo names the folder of this package at run time, so that no path of the building machine is compiled in.
fn workspace_root() -> Option<PathBuf> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    package.parent().map(PathBuf::from)
}
