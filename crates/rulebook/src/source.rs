//! The files of a rulebook as text. Reading them from disk is the caller's business.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// Larger rule files are refused: the law is written by people.
pub const LARGEST_FILE: usize = 1 << 20;

/// The files of a rulebook, by path within it (`programmes/miit/little-giant/2026.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: BTreeMap<Arc<str>, Arc<str>>,
}

impl Sources {
    /// Adds a file. Paths use `/` and lines end in a line feed on every system, so that a hash means the
    /// same everywhere.
    pub fn add(&mut self, path: &str, text: impl Into<Arc<str>>) {
        let text: Arc<str> = text.into();
        let text = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text };
        self.files.insert(Arc::from(path.replace('\\', "/")), text);
    }

    /// Path and text of every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.files.iter()
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|text| &**text)
    }

    /// SHA-256 over paths, lengths and texts, in hexadecimal. Examples count: they are part of the rulebook.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (path, text) in &self.files {
            for part in [path, text] {
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
