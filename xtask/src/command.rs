//! Starting other programs, and saying which one failed.
//! It neither retries nor interprets what they print.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Once;

/// Why a program did not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    NotStarted { line: String, cause: io::Error },
    Unsuccessful { line: String, status: ExitStatus },
}

/// The cargo that runs us, so that every step uses one toolchain.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(root).args(arguments);
    command
}

/// The product's own command line, built from the tree being checked: as the tests build it, since
/// another choice of packages means other features, and with them everything below built once more.
pub(crate) fn tidu(root: &Path, arguments: &[&str]) -> Command {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| {
        let build = cargo(root, &["test", "-q", "--locked", "--workspace", "--no-run"]).status();
        if !build.is_ok_and(|status| status.success()) {
            println!("the tree does not build; what follows uses what was built before");
        }
    });
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let program = target.unwrap_or_else(|| root.join("target")).join("debug").join("tidu");
    let mut command = Command::new(program);
    command.current_dir(root).args(arguments);
    command
}

/// Prints the command line, then runs it with our output.
pub(crate) fn run(mut command: Command) -> Result<(), Failure> {
    let line = command_line(&command);
    println!("$ {line}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::Unsuccessful { line, status }),
        Err(cause) => Err(Failure::NotStarted { line, cause }),
    }
}

/// Runs quietly and returns what the program wrote; its complaints still reach the terminal.
pub(crate) fn output(mut command: Command) -> Result<Vec<u8>, Failure> {
    let line = command_line(&command);
    match command.stderr(Stdio::inherit()).output() {
        Ok(output) if output.status.success() => Ok(output.stdout),
        Ok(output) => Err(Failure::Unsuccessful { line, status: output.status }),
        Err(cause) => Err(Failure::NotStarted { line, cause }),
    }
}

/// As one would type it: the program without its folder.
fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line =
        program.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NotStarted { line, cause } => write!(out, "cannot start `{line}`: {cause}"),
            Failure::Unsuccessful { line, status } => write!(out, "`{line}` ended with {status}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_hides_the_folder_of_the_program() {
        let mut command = Command::new(Path::new("some").join("folder").join("cargo"));
        command.args(["fmt", "--check"]);
        assert_eq!(command_line(&command), "cargo fmt --check");
    }

    #[test]
    fn a_missing_program_is_named() {
        let failure = run(Command::new("no-such-program-here")).unwrap_err();
        assert!(
            failure.to_string().starts_with("cannot start `no-such-program-here`"),
            "{failure}"
        );
    }
}
