//! Backup and restore from the command line, and what a backup holds.

use std::fs::File;
use std::path::Path;

use app::backups::write_backup;
use app::{Clock as _, Machine};
use store::Store;
use store::backup::{Manifest, Progress, Restored, manifest, restore};

use crate::config::Config;
use crate::installation::populations;
use crate::words::Trouble;

/// Backs the database of an installation up into a file, while the platform runs or not.
pub async fn back_up(
    config: &Config,
    file: &Path,
    program: &str,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Manifest, Trouble> {
    let store = Store::open_existing(&config.place).await?;
    let done =
        write_backup(&store, file, Some(&populations(config)), program, Machine.now(), progress)
            .await
            .map_err(|error| {
                Trouble::new(
                    format!("没有备份成：{error}"),
                    format!("no backup was made: {error}"),
                    "目标位置没有留下不完整的文件；请处理后重试",
                    "no incomplete file was left: mend this and try again",
                )
            })?;
    store.close().await?;
    Ok(done)
}

/// Restores a backup into the empty database of an installation.
pub async fn bring_back(
    config: &Config,
    file: &Path,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Restored, Trouble> {
    crate::installation::folder(config)?;
    let from = open(file)?;
    let store = Store::open(&config.place).await?;
    let done =
        restore(&store, from, &populations(config), Machine.now(), progress).await.map_err(told)?;
    store.close().await?;
    Ok(done)
}

/// What a backup says that it holds.
pub fn backup_contents(file: &Path) -> Result<Manifest, Trouble> {
    manifest(open(file)?).map_err(told)
}

fn open(file: &Path) -> Result<File, Trouble> {
    File::open(file).map_err(|error| {
        Trouble::new(
            format!("{} 读不了：{error}", file.display()),
            format!("{} cannot be read: {error}", file.display()),
            "请检查文件名和权限",
            "see its name and permissions",
        )
    })
}

fn told(error: store::backup::Error) -> Trouble {
    Trouble::new(
        format!("备份文件：{error}"),
        format!("the backup: {error}"),
        "数据库没有改动；请换用完好的备份或空的数据库",
        "the database was left as it was: use a sound backup, or an empty database",
    )
}
