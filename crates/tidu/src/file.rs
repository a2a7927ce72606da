//! Files that the program writes: complete under their final name, or not there at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::Failure;
use enterprise::Text;
use parquet::errors::ParquetError;
use population::WriteError;

use crate::interrupt;

/// A file that is being written beside the one whose name it will get. Unless it is kept, it goes away.
pub(crate) struct Draft {
    /// As somebody named it.
    named: PathBuf,
    /// Where it will stand.
    path: PathBuf,
    unfinished: PathBuf,
}

impl Draft {
    /// A draft of the file at `path`. Nothing is there yet: who fills it makes it.
    ///
    /// # Errors
    /// What stands there is no file.
    pub fn of(named: &Path) -> Result<Self, Text> {
        // Behind a link, the file itself is replaced, not the link.
        let path = fs::canonicalize(named).unwrap_or_else(|_| named.to_owned());
        // A device or a pipe is no place for a file; taking its name would destroy it.
        if fs::metadata(&path).is_ok_and(|known| !known.is_file()) {
            let named = named.display();
            return Err(Text::new(
                format!("无法写入“{named}”：已存在，且不是普通文件"),
                format!("cannot write `{named}`: it exists and is not a regular file"),
            ));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unfinished = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        interrupt::begun(&unfinished);
        sweep(&path, &name);
        Ok(Self { named: named.to_owned(), path, unfinished })
    }

    /// Where it is being written.
    pub fn place(&self) -> &Path {
        &self.unfinished
    }

    /// Whether a file can be made there at all: makes an empty one.
    ///
    /// # Errors
    /// Why not.
    pub fn try_out(&self) -> Result<(), Text> {
        let made = OpenOptions::new().write(true).create_new(true).open(&self.unfinished);
        made.map(drop).map_err(|error| cannot_write(&self.named, &error))
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// It cannot have its name.
    pub fn keep(&self) -> Result<(), Text> {
        let rename = || {
            if let Ok(known) = fs::metadata(&self.path) {
                fs::set_permissions(&self.unfinished, known.permissions())?;
            }
            fs::rename(&self.unfinished, &self.path)
        };
        rename().map_err(|error| cannot_write(&self.named, &error))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Nothing more can be done about a leftover; one that was kept is no longer there.
        let _ = fs::remove_file(&self.unfinished);
        interrupt::ended(&self.unfinished);
    }
}

/// Takes away what runs have left that were killed while they wrote a file of this name: nobody else
/// would. Only what nobody has written to for an hour and whose process is gone, so that another run,
/// be it on another machine, keeps its own.
fn sweep(path: &Path, name: &str) {
    const IDLE: Duration = Duration::from_secs(3600);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(folder.unwrap_or(Path::new("."))) else { return };
    for entry in entries.flatten() {
        let known = entry.file_name();
        let process = known.to_str().and_then(|known| {
            let rest = known.strip_prefix('.')?.strip_prefix(name)?;
            rest.strip_prefix('.')?.strip_suffix(".tmp")?.parse::<u32>().ok()
        });
        let Some(process) = process else { continue };
        let runs = Path::new("/proc").join(process.to_string()).exists();
        let idle = entry.metadata().and_then(|known| known.modified());
        let idle = idle.is_ok_and(|since| since.elapsed().is_ok_and(|time| time > IDLE));
        if idle && !runs {
            // A leftover that cannot be removed harms nobody.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Gives complete drafts their names: all of them or, if somebody has interrupted the run, none.
pub(crate) fn keep(drafts: impl IntoIterator<Item = Draft>) -> Result<(), Failure> {
    let drafts: Vec<Draft> = drafts.into_iter().collect();
    match interrupt::unless_asked(|| drafts.iter().try_for_each(Draft::keep)) {
        Some(kept) => kept.map_err(Failure::Broken),
        None => Err(Failure::Stopped),
    }
}

/// Has a run fill a new file, which gets its name when it is complete; answers what the run answers.
pub(crate) fn filled<T>(
    path: &Path,
    run: impl FnOnce(&Path) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let draft = Draft::of(path).map_err(Failure::Broken)?;
    let answer = fill(&draft, run)?;
    keep([draft])?;
    Ok(answer)
}

/// Has a run fill a draft, which is kept later.
pub(crate) fn fill<T>(
    draft: &Draft,
    run: impl FnOnce(&Path) -> Result<T, Failure>,
) -> Result<T, Failure> {
    run(draft.place()).map_err(|failure| match failure {
        Failure::Output(error) => Failure::Broken(cannot_write(&draft.named, &error)),
        other => other,
    })
}

/// Lets `write` fill a new file beside `path`, then gives it its name.
pub(crate) fn replace(
    path: &Path,
    write: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<(), Text> {
    let draft = Draft::of(path)?;
    write(draft.place()).map_err(|error| cannot_write(path, &error))?;
    draft.keep()
}

/// Writes `bytes` under `path`.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Text> {
    replace(path, |unfinished| new(unfinished, bytes))
}

/// Writes `bytes` into a new file.
pub(crate) fn new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Why a population cannot be written.
pub(crate) fn no_population(path: &Path, error: &WriteError) -> Text {
    let source = match error {
        WriteError::File(error) => Some(error),
        WriteError::Format(ParquetError::External(error)) => error.downcast_ref(),
        _ => None,
    };
    match source {
        Some(error) => cannot_write(path, error),
        None => cannot_write(path, &io::Error::other(error.to_string())),
    }
}

/// That a file cannot be written, and why.
pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Text {
    let (path, why) = (path.display(), why(error));
    Text::new(format!("无法写入“{path}”：{}", why.zh), format!("cannot write `{path}`: {}", why.en))
}

/// What the system says, in words for people where it is one of the usual reasons.
pub(crate) fn why(error: &io::Error) -> Text {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("没有这个文件夹", "there is no such folder"),
        io::ErrorKind::NotADirectory => ("所在位置不是文件夹", "its place is no folder"),
        io::ErrorKind::PermissionDenied => ("没有写入权限", "permission denied"),
        io::ErrorKind::ReadOnlyFilesystem => ("所在磁盘只读", "the disk is read-only"),
        io::ErrorKind::StorageFull => ("磁盘空间不足", "no space left on the disk"),
        io::ErrorKind::QuotaExceeded => ("超出磁盘配额", "the disk quota is used up"),
        io::ErrorKind::InvalidFilename => ("文件名无效或过长", "the name is not valid or too long"),
        _ => return Text::new(error.to_string(), error.to_string()),
    };
    Text::new(zh, en)
}
