//! Rulebooks for the tests: a small one in which every kind of rule stands once, and the real one.

mod lines;
mod small;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rulebook::{Sources, compile};
use rules::Rulebook;

pub use lines::{line, said};
pub use small::{VERSION, VERSION_FILE, small};

/// Rule files by path.
pub type Files = BTreeMap<String, String>;

/// The rulebook of the repository.
pub fn real() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let mut files = Files::new();
    let mut todo: Vec<(PathBuf, String)> = vec![(root, String::new())];
    while let Some((folder, below)) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.path().is_dir() {
                // Examples are no rules.
                if !path.ends_with("/examples") {
                    todo.push((entry.path(), path));
                }
            } else if path.ends_with(".toml") {
                files.insert(path, std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    files
}

/// The compiled rulebook; `None` if it has errors.
pub fn compiled(files: &Files) -> Option<Rulebook> {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(path, text.as_str());
    }
    let compiled = compile(&sources);
    compiled.is_usable().then_some(compiled.rulebook)
}

/// The compiled rulebook, without errors.
pub fn book(files: &Files) -> Rulebook {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(path, text.as_str());
    }
    let compiled = compile(&sources);
    let errors: Vec<String> = compiled
        .diagnostics
        .iter()
        .filter(|known| known.severity() == rulebook::Severity::Error)
        .map(|known| format!("{} {}", known.span.file, known.message.zh))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    compiled.rulebook
}

/// The files with one place replaced.
pub fn edited(mut files: Files, path: &str, from: &str, to: &str) -> Files {
    let text = files.get_mut(path).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    *text = text.replacen(from, to, 1);
    files
}
