//! A copy of the rulebook that tests can edit.

use std::path::{Path, PathBuf};

use crate::program::root;

/// A copy of the rulebook, without its examples, that can be edited.
pub struct Book {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Book {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rulebook");
        copy(&root().join("rulebook"), &path);
        Self { _folder: folder, path }
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path.join(name)).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path.join(name), text).unwrap();
    }

    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from}");
        self.write(name, &text.replacen(from, to, 1));
    }

    pub fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if !entry.path().is_dir() {
            std::fs::copy(entry.path(), target).unwrap();
        } else if entry.file_name() != "examples" {
            copy(&entry.path(), &target);
        }
    }
}
