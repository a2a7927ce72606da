//! Who on the machine can get at the files of an installation.

use std::path::PathBuf;

use crate::config::Config;
use crate::installation::populations;

/// The files and folders of an installation that are there: those that only its owner may open.
pub(crate) fn private(config: &Config) -> Vec<PathBuf> {
    let mut all = vec![config.data.clone(), config.keys.clone(), config.backups.clone()];
    all.push(populations(config));
    all.extend(config.place.files());
    let backups = std::fs::read_dir(&config.backups).into_iter().flatten().flatten();
    all.extend(backups.map(|entry| entry.path()).filter(|path| path.is_file()));
    all.retain(|path| path.exists());
    all
}

/// Those of them that others can get at. What lies in a folder that is closed to them is not one.
pub(crate) fn open_to_others(config: &Config) -> Vec<PathBuf> {
    let closed = |path: &PathBuf| !is_open(path) && path.is_dir();
    let all = private(config);
    let shut: Vec<PathBuf> = all.iter().filter(|path| closed(path)).cloned().collect();
    let inside =
        |path: &PathBuf| shut.iter().any(|folder| path != folder && path.starts_with(folder));
    all.iter().filter(|path| is_open(path) && !inside(path)).cloned().collect()
}

#[cfg(unix)]
fn is_open(path: &PathBuf) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &PathBuf) -> bool {
    false
}

/// Those of them that belong to somebody else than the folder does: after a restore as another user the platform
/// could not write them.
#[cfg(unix)]
pub(crate) fn somebody_elses(config: &Config) -> Vec<PathBuf> {
    use std::os::unix::fs::MetadataExt as _;
    let owner = |path: &PathBuf| std::fs::metadata(path).ok().map(|found| found.uid());
    let own = owner(&config.data);
    private(config).into_iter().filter(|path| owner(path) != own).collect()
}

#[cfg(not(unix))]
pub(crate) fn somebody_elses(_: &Config) -> Vec<PathBuf> {
    Vec::new()
}
