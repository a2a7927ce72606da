//! A file beside its final name, which it takes when it is complete. Given up, it is removed.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

pub(super) struct Unfinished {
    own: PathBuf,
    last: PathBuf,
}

impl Unfinished {
    pub fn create(path: &Path) -> io::Result<(Self, File)> {
        // Behind a link, the file itself is replaced, not the link.
        let last = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        // A device or a pipe is no place for a file; taking its name would destroy it.
        if fs::metadata(&last).is_ok_and(|known| !known.is_file()) {
            let words = "已存在，且不是普通文件 / exists and is not a regular file";
            return Err(io::Error::other(words));
        }
        let name = last.file_name().unwrap_or_default().to_string_lossy();
        let own = last.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = OpenOptions::new().write(true).create_new(true).open(&own)?;
        Ok((Self { own, last }, file))
    }

    pub fn finish(self) -> io::Result<()> {
        if let Ok(known) = fs::metadata(&self.last) {
            fs::set_permissions(&self.own, known.permissions())?;
        }
        fs::rename(&self.own, &self.last)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // It has its final name, or nothing more can be done about it.
        let _ = fs::remove_file(&self.own);
    }
}
