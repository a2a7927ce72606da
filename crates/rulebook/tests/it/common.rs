//! The rulebook of the repository and small rulebooks, as sources.

use std::fs;
use std::path::{Path, PathBuf};

use rulebook::{Code, Compiled, Severity, Sources, compile};
use rules::Rulebook;

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Path within the rulebook and text of every rule file of the repository, by path.
pub(crate) fn real_files() -> Vec<(String, String)> {
    let root = repository().join("rulebook");
    let mut files = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let inner = path.strip_prefix(&root).unwrap();
                let parts: Vec<_> =
                    inner.components().map(|part| part.as_os_str().to_str().unwrap()).collect();
                files.push((parts.join("/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(files.len() > 10, "the rulebook of the repository is not where it was");
    files
}

pub(crate) fn sources<P: AsRef<str>, T: AsRef<str>>(
    files: impl IntoIterator<Item = (P, T)>,
) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(path.as_ref(), text.as_ref());
    }
    sources
}

/// What is wrong with a rulebook, one line each: code, file, underlined text, message.
pub(crate) fn errors(sources: &Sources, compiled: &Compiled) -> Vec<String> {
    let errors = compiled.diagnostics.iter().filter(|known| known.severity() == Severity::Error);
    errors
        .map(|error| {
            let text = sources.text(&error.span.file).unwrap_or_default();
            let under = text.get(error.span.start..error.span.end).unwrap_or("?");
            let (code, file) = (error.code.as_str(), &error.span.file);
            format!("{code} {file} `{under}`: {}", error.message.en)
        })
        .collect()
}

/// The rulebook of texts that show what a rule means, also one that nobody should write (`a or not a`).
pub(crate) fn meant(sources: &Sources) -> Rulebook {
    let compiled = understood(sources);
    let errors = errors(sources, &compiled);
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    compiled.rulebook
}

/// A rulebook with what is wrong with it, but for what is said about rules that are understood.
pub(crate) fn understood(sources: &Sources) -> Compiled {
    let mut compiled = compile(sources);
    compiled.diagnostics.retain(|known| !ABOUT_SENSE.contains(&known.code));
    compiled
}

/// What is said about rules that are understood, but make no sense.
pub(crate) const ABOUT_SENSE: [Code; 7] = [
    Code::NeverTrue,
    Code::NeverFalse,
    Code::DuplicateCondition,
    Code::Contradiction,
    Code::NeverReached,
    Code::UnusedScore,
    Code::NotInForce,
];

/// The rulebook that must come out without errors.
pub(crate) fn compiled(sources: &Sources) -> Rulebook {
    let compiled = compile(sources);
    let errors = errors(sources, &compiled);
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    compiled.rulebook
}
