//! Backups: a file for everything in the database, made by hand, by a job, or by a command.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use access::Action;
use crypto::Sm3;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Value, json};
use store::Store;
use store::backup::{About, Error, Manifest, Progress, write};

use crate::caller::Caller;
use crate::jobs::{Kind, Running, Stop, ask};
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Where backups go that the platform makes by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backups {
    /// The folder.
    pub folder: PathBuf,
    /// How many of them are kept.
    pub kept: usize,
    /// The version of the program.
    pub program: String,
}

/// A backup in the folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BackupFile {
    /// The name of the file.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The folder of backups cannot be read: where it is, and why. Whoever runs the platform has to see to it; everything
/// else goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unreadable(pub String);

/// The backups that lie in the folder, the newest first.
pub async fn list_backups(
    platform: &Platform,
    caller: &Caller,
) -> Result<Result<Vec<BackupFile>, Unreadable>, Refusal> {
    Look::ask(platform, caller, Action::OperationListBackups).await?;
    let Some(backups) = platform.backups() else { return Ok(Ok(Vec::new())) };
    Ok(lying(&backups.folder).map_err(|error| unreadable(&backups.folder, &error)))
}

/// When the newest of them was written.
pub(crate) fn newest(platform: &Platform) -> Result<Option<Timestamp>, Unreadable> {
    let Some(backups) = platform.backups() else { return Ok(None) };
    let written = || {
        let all = lying(&backups.folder)?;
        let Some(newest) = all.first() else { return Ok(None) };
        backups.folder.join(&newest.name).metadata()?.modified().map(Some)
    };
    let written = written().map_err(|error| unreadable(&backups.folder, &error))?;
    // A file from before the calendar says nothing about when it was made.
    Ok(written.and_then(|written| Timestamp::try_from(written).ok()))
}

fn unreadable(folder: &Path, error: &std::io::Error) -> Unreadable {
    Unreadable(format!("{}: {error}", folder.display()))
}

/// Asks for a backup, which a job makes.
pub async fn ask_for_backup(platform: &Platform, caller: &Caller) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::OperationBackUp).await?;
    let kind =
        Kind::from_code("backup.make").ok_or_else(|| Refusal::broken("no kind `backup.make`"))?;
    let job = ask(platform, permit.unit(), kind, &Value::Null, Some(caller.person())).await?;
    let Some(job) = job else {
        return Err(Refusal::conflict(
            "已有备份任务在等待或进行",
            "a backup is waiting or under way",
        ));
    };
    permit.keep(Said::of("job", job)).await?;
    platform.wake();
    Ok(())
}

/// Makes a backup in the folder and takes away the oldest ones. Safe to repeat.
pub(crate) async fn make(running: &Running<'_>) -> Result<Value, Stop> {
    let platform = running.platform();
    let backups = platform
        .backups()
        .ok_or_else(|| Stop::Hopeless("no folder for backups is set".to_owned()))?;
    let failed = |error: std::io::Error| failed_in(&backups.folder, &error);
    make_folder(&backups.folder).map_err(failed)?;
    let now = platform.now();
    let file = backups.folder.join(name(now));
    let folder = platform.populations().ok().map(|populations| populations.folder().to_owned());
    let beside = folder.as_deref();
    let manifest =
        write_backup(platform.store(), &file, beside, &backups.program, now, &mut |_| {})
            .await
            .map_err(|error| failed_in(&backups.folder, &error))?;
    for old in lying(&backups.folder).map_err(failed)?.into_iter().skip(backups.kept.max(1)) {
        std::fs::remove_file(backups.folder.join(&old.name)).map_err(failed)?;
    }
    if !manifest.missing.is_empty() {
        tracing::warn!(missing = ?manifest.missing, "the backup lacks files of populations: see `tidu doctor`");
    }
    Ok(json!({
        "file": name(now), "rows": manifest.rows(), "files": manifest.files.len(),
        "missing": manifest.missing.len(),
    }))
}

/// Writes a backup of everything in the database and of the files of populations in their folder. The file has its
/// name when it is whole and lies on the disk; one that is there is kept. Nobody but its owner reads it.
pub async fn write_backup(
    store: &Store,
    file: &Path,
    populations: Option<&Path>,
    program: &str,
    now: Timestamp,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Manifest, Error> {
    let draft = file.with_extension("part");
    let written = async {
        let out = BufWriter::new(begin(&draft).map_err(Error::File)?);
        let about = About { program, at: now, digest: &Sm3, files: populations };
        let manifest = write(store, out, &about, progress).await?;
        let lasting = File::open(&draft).and_then(|file| file.sync_all());
        lasting.and_then(|()| std::fs::hard_link(&draft, file)).map_err(Error::File)?;
        Ok(manifest)
    };
    let written = written.await;
    // What was given up must not pass for a backup.
    let _ = std::fs::remove_file(&draft);
    written
}

fn begin(draft: &Path) -> std::io::Result<File> {
    // One that was left behind may be open to others.
    let _ = std::fs::remove_file(draft);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(draft)
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut maker = std::fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        maker.mode(0o700);
    }
    maker.create(folder)
}

/// Names sort by time, which is that of China.
fn name(now: Timestamp) -> String {
    let there = now.to_zoned(TimeZone::fixed(Offset::constant(8)));
    format!("tidu-{}.zip", there.strftime("%Y%m%d-%H%M%S"))
}

fn lying(folder: &Path) -> std::io::Result<Vec<BackupFile>> {
    let mut found = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("tidu-") && name.ends_with(".zip") {
            found.push(BackupFile { name, bytes: entry.metadata()?.len() });
        }
    }
    found.sort_by(|one, other| other.cmp(one));
    Ok(found)
}

/// Says where, since whoever looks at the job has to go there.
fn failed_in(folder: &Path, error: &dyn std::fmt::Display) -> Stop {
    Stop::Failed(format!("{}: {error}", folder.display()))
}
