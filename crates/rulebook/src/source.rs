//! The files of a rulebook as text. Reading them from disk is the caller's business.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use enterprise::Text;
use sha2::{Digest, Sha256};

/// Larger rule files are refused: the law is written by people.
pub const LARGEST_FILE: usize = 1 << 20;

/// The files of a rulebook, by path within it (`programmes/miit/little-giant/2026.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: BTreeMap<Arc<str>, Arc<str>>,
    unreadable: BTreeMap<Arc<str>, Unreadable>,
}

/// A rule file that is there and cannot be read. A rulebook with one cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Why, in words that follow the name of the file.
    pub reason: Text,
    /// What it seems to hold, to be shown and never compiled.
    pub text: String,
    /// The first byte of `text` that cannot be read.
    pub at: usize,
}

impl Unreadable {
    /// A file of which nothing can be read.
    pub fn whole(reason: Text) -> Self {
        Self { reason, text: String::new(), at: 0 }
    }
}

impl Sources {
    /// Adds a file. Paths use `/` and lines end in a line feed on every system, so that a hash means the
    /// same everywhere.
    pub fn add(&mut self, path: &str, text: impl Into<Arc<str>>) {
        let text: Arc<str> = text.into();
        let text = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text };
        self.files.insert(Arc::from(path.replace('\\', "/")), text);
    }

    /// Adds a file that cannot be read, so that this is reported with everything else.
    pub fn add_unreadable(&mut self, path: &str, unreadable: Unreadable) {
        self.unreadable.insert(Arc::from(path.replace('\\', "/")), unreadable);
    }

    /// Every file that cannot be read, by path.
    pub fn unreadable(&self) -> impl Iterator<Item = (&Arc<str>, &Unreadable)> {
        self.unreadable.iter()
    }

    /// Path and text of every file that can be read, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.files.iter()
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        let shown = || self.unreadable.get(path).map(|unreadable| unreadable.text.as_str());
        self.files.get(path).map(|text| &**text).or_else(shown)
    }

    /// SHA-256 over paths, lengths and texts, in hexadecimal. Examples count: they are part of the rulebook.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        // A rulebook with files that cannot be read has no version of its own; it only must not pass for
        // the one without them.
        let readable = self.files.iter().map(|(path, text)| [&**path, &**text]);
        let others = self.unreadable.iter().map(|(path, other)| [&**path, &*other.reason.en]);
        for file in readable.chain(others) {
            for part in file {
                hasher.update((part.len() as u64).to_be_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hasher.finalize().iter().fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }
}
