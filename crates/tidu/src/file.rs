//! Files that the program writes: complete under their final name, or not there at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use engine::Failure;
use enterprise::Text;

/// Lets `write` fill a new file beside `path`, then gives it its name.
pub(crate) fn replace(
    path: &Path,
    write: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<(), String> {
    // Behind a link, the file itself is replaced, not the link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // A device or a pipe is no place for a file; taking its name would destroy it.
    if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
        return Err("已存在，且不是普通文件 / exists and is not a regular file".to_owned());
    }
    let unfinished = unfinished(path);
    let done = write(&unfinished).and_then(|()| {
        if let Ok(known) = fs::metadata(path) {
            fs::set_permissions(&unfinished, known.permissions())
                .map_err(|error| error.to_string())?;
        }
        fs::rename(&unfinished, path).map_err(|error| error.to_string())
    });
    if done.is_err() {
        // Nothing more can be done about a leftover than to name the first failure.
        let _ = fs::remove_file(&unfinished);
    }
    done
}

/// Has a run fill a new file, which gets its name when it is complete; answers what the run answers.
pub(crate) fn filled<T>(
    path: &Path,
    run: impl FnOnce(&Path) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut done = None;
    let written = replace(path, |unfinished| {
        let ended = run(unfinished);
        let kept = if ended.is_ok() { Ok(()) } else { Err(String::new()) };
        done = Some(ended);
        kept
    });
    match (written, done) {
        (_, Some(Err(failure))) => Err(failure),
        (Ok(()), Some(answer)) => answer,
        (written, _) => {
            let (error, path) = (written.err().unwrap_or_default(), path.display());
            Err(Failure::Broken(Text::new(
                format!("无法写入“{path}”：{error}"),
                format!("cannot write `{path}`: {error}"),
            )))
        }
    }
}

/// Writes `bytes` under `path`.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    replace(path, |unfinished| {
        let write = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).create_new(true).open(unfinished)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|error| error.to_string())
    })
}

fn unfinished(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}
