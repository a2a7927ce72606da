//! The text files of the tree: what git tracks, and what it would track if added now.
//! Binary files are left out; nothing below an ignored path is seen.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::violation::Violation;
use crate::command;

/// A file by its path from the root, with forward slashes.
#[derive(Debug)]
pub(super) struct TextFile {
    pub(super) path: String,
    pub(super) text: String,
}

pub(super) fn read(root: &Path) -> Result<Vec<TextFile>, String> {
    let mut git = Command::new("git");
    git.current_dir(root).args(["ls-files", "-co", "--exclude-standard", "-z"]);
    let listing = command::output(git).map_err(|failure| failure.to_string())?;
    let listing = String::from_utf8_lossy(&listing);

    let mut files = Vec::new();
    for path in listing.split_terminator('\0') {
        let full = root.join(path);
        // A tracked file may be deleted in the working tree, and a link may point to a folder.
        if !full.is_file() {
            continue;
        }
        let bytes = fs::read(&full).map_err(|cause| format!("cannot read `{path}`: {cause}"))?;
        if !bytes.contains(&0) {
            files.push(TextFile {
                path: path.to_owned(),
                text: String::from_utf8_lossy(&bytes).into_owned(),
            });
        }
    }
    Ok(files)
}

impl TextFile {
    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Rust below `crates/<name>/src/`, for one of the names.
    pub(super) fn is_source_of(&self, crates: &[&str]) -> bool {
        self.crate_of_source().is_some_and(|name| crates.contains(&name))
    }

    /// The crate below whose `src/` this Rust file stands.
    pub(super) fn crate_of_source(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("crates"), Some(name), Some("src")) if self.is_rust() => Some(name),
            _ => None,
        }
    }

    pub(super) fn violation(&self, line: usize, what: impl Into<String>, help: &str) -> Violation {
        Violation { file: self.path.clone(), line, what: what.into(), help: help.to_owned() }
    }
}

#[cfg(test)]
pub(super) mod fixtures {
    use super::{TextFile, Violation};

    pub(crate) fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.to_owned(), text: text.to_owned() }
    }

    /// Where a rule complains about a single file, and of what.
    pub(crate) fn complaints(
        rule: fn(&[TextFile]) -> Vec<Violation>,
        path: &str,
        text: &str,
    ) -> Vec<(usize, String)> {
        rule(&[file(path, text)])
            .into_iter()
            .map(|violation| (violation.line, violation.what))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::fixtures::file;

    #[test]
    fn sources_of_a_crate() {
        assert!(file("crates/rules/src/verdict/text.rs", "").is_source_of(&["rules"]));
        assert!(!file("crates/rules/tests/table.rs", "").is_source_of(&["rules"]));
        assert!(!file("crates/rules/src/table.md", "").is_source_of(&["rules"]));
        assert!(!file("crates/rulebook/src/lib.rs", "").is_source_of(&["rules"]));
        assert!(!file("xtask/src/main.rs", "").is_source_of(&["rules", "xtask"]));
    }
}
