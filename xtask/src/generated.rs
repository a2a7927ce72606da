//! Files that commands of the product write: the committed copy must equal what they write today.
//! Pages and schemas are never edited by hand; `cargo xtask generated --write` renews them.

use std::fs;
use std::io;
use std::path::Path;

use crate::command;
use crate::step::Outcome;

/// A committed file and the `tidu` command whose output it is.
struct Generated {
    path: &'static str,
    arguments: &'static [&'static str],
}

const TABLE: [Generated; 8] = [
    Generated { path: "docs/schema/explain.schema.json", arguments: &["schema"] },
    Generated { path: "docs/schema/plan.schema.json", arguments: &["schema", "plan"] },
    Generated { path: "docs/schema/diff.schema.json", arguments: &["schema", "diff"] },
    Generated { path: "docs/schema/verify.schema.json", arguments: &["schema", "verify"] },
    Generated { path: "docs/schema/forecast.schema.json", arguments: &["schema", "forecast"] },
    Generated { path: "docs/schema/screen.schema.json", arguments: &["schema", "screen"] },
    Generated { path: "docs/schema/simulate.schema.json", arguments: &["schema", "simulate"] },
    Generated { path: "docs/diagnostics.md", arguments: &["check", "--list", "--markdown"] },
];

/// The command that writes many files, and compares them itself.
const CATALOGUE: [&str; 1] = ["catalogue"];

/// Compares byte for byte.
pub(crate) fn check(root: &Path) -> Outcome {
    let pages = catalogue(root, &[&CATALOGUE[..], &["--check"]].concat());
    each(pages, |file| {
        let current = produce(root, file)?;
        let committed = match fs::read(root.join(file.path)) {
            Ok(committed) => Some(committed),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => None,
            Err(cause) => return Err(format!("cannot read `{}`: {cause}", file.path)),
        };
        compare(file.path, committed.as_deref(), &current)
    })
}

/// Rewrites what is out of date, and only that.
pub(crate) fn write(root: &Path) -> Outcome {
    let pages = catalogue(root, &CATALOGUE);
    each(pages, |file| {
        let current = produce(root, file)?;
        let path = root.join(file.path);
        if fs::read(&path).is_ok_and(|committed| committed == current) {
            println!("`{}` is current", file.path);
            return Ok(());
        }
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder
            .and_then(|()| fs::write(&path, &current))
            .map_err(|cause| format!("cannot write `{}`: {cause}", file.path))?;
        println!("wrote `{}`", file.path);
        Ok(())
    })
}

fn catalogue(root: &Path, arguments: &[&str]) -> Result<(), String> {
    command::run(command::tidu(root, arguments)).map_err(|failure| {
        format!("{failure}\n  help: run `cargo xtask generated --write` and read the difference")
    })
}

fn each(pages: Result<(), String>, work: impl Fn(&Generated) -> Result<(), String>) -> Outcome {
    let files = TABLE.iter().map(work);
    let problems: Vec<String> = files.chain([pages]).filter_map(Result::err).collect();
    if problems.is_empty() { Outcome::Passed } else { Outcome::Failed(problems.join("\n")) }
}

fn produce(root: &Path, file: &Generated) -> Result<Vec<u8>, String> {
    let bytes = command::output(command::tidu(root, file.arguments))
        .map_err(|failure| format!("cannot produce `{}`: {failure}", file.path))?;
    if bytes.is_empty() {
        return Err(format!("cannot produce `{}`: the output is empty", file.path));
    }
    Ok(bytes)
}

fn compare(path: &str, committed: Option<&[u8]>, current: &[u8]) -> Result<(), String> {
    let problem = match committed {
        Some(committed) if committed == current => return Ok(()),
        Some(committed) => {
            let line = first_difference(committed, current);
            format!("`{path}` is out of date from line {line} on")
        }
        None => format!("`{path}` is missing"),
    };
    Err(format!("{problem}\n  help: run `cargo xtask generated --write` and read the difference"))
}

/// The first line, counted from 1, at which two texts part.
fn first_difference(left: &[u8], right: &[u8]) -> usize {
    let is_newline = |byte: &u8| *byte == b'\n';
    let same = left
        .split(is_newline)
        .zip(right.split(is_newline))
        .take_while(|(left, right)| left == right)
        .count();
    same.saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_pass() {
        assert_eq!(compare("a.json", Some(b"{}\n"), b"{}\n"), Ok(()));
    }

    #[test]
    fn a_difference_is_reported_with_its_line() {
        let problem = compare("a.json", Some(b"{\n1\n}\n"), b"{\n2\n}\n").unwrap_err();
        assert!(problem.starts_with("`a.json` is out of date from line 2 on"), "{problem}");
    }

    #[test]
    fn a_lost_final_newline_is_a_difference() {
        let problem = compare("a.json", Some(b"{}"), b"{}\n").unwrap_err();
        assert!(problem.contains("from line 2 on"), "{problem}");
    }

    #[test]
    fn a_missing_file_is_reported() {
        let problem = compare("a.json", None, b"{}\n").unwrap_err();
        assert!(problem.starts_with("`a.json` is missing"), "{problem}");
    }
}
