//! Backup and restore from the command line, and what a backup holds.

use std::fs::File;
use std::path::Path;

use app::backups::write_backup;
use app::{Clock as _, Machine};
use store::Store;
use store::backup::{Error, Manifest, Progress, Restored, check, manifest, restore};

use crate::config::Config;
use crate::installation::populations;
use crate::words::{Trouble, system, unreadable};

/// Backs the database of an installation up into a file, while the platform runs or not.
pub async fn back_up(
    config: &Config,
    file: &Path,
    program: &str,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Manifest, Trouble> {
    let store = Store::open_existing(&config.place).await?;
    let beside = populations(config);
    let done = write_backup(&store, file, Some(&beside), program, Machine.now(), progress).await;
    store.close().await?;
    done.map_err(|error| {
        let (zh, en) = match &error {
            Error::File(error) => {
                let why = system(error);
                (why.zh, why.en)
            }
            other => {
                let words = other.words();
                (words.zh, words.en)
            }
        };
        Trouble::new(
            format!("没有备份成：{zh}"),
            format!("no backup was made: {en}"),
            "目标位置没有留下不完整的文件；请处理后重试",
            "no incomplete file was left: mend this and try again",
        )
    })
}

/// Restores a backup into the empty database of an installation. The whole file is read and checked before anything
/// is made.
pub async fn bring_back(
    config: &Config,
    file: &Path,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Restored, Trouble> {
    check(open(file)?).map_err(told)?;
    crate::installation::folder(config)?;
    let from = open(file)?;
    let store = Store::open(&config.place).await?;
    let done = restore(&store, from, &populations(config), Machine.now(), progress).await;
    store.close().await?;
    done.map_err(told)
}

/// What a backup says that it holds.
pub fn backup_contents(file: &Path) -> Result<Manifest, Trouble> {
    manifest(open(file)?).map_err(told)
}

fn open(file: &Path) -> Result<File, Trouble> {
    File::open(file).map_err(|error| unreadable(file, &error))
}

fn told(error: Error) -> Trouble {
    let words = error.words();
    let help = match &error {
        Error::NotEmpty { .. } => (
            "请恢复到空的数据库或新的文件夹；原有数据没有改动",
            "restore into an empty database or another folder: what is there was left as it is",
        ),
        Error::Newer { .. } => ("请用更新的程序恢复", "restore it with the newer program"),
        Error::Store(_) => (
            "数据库里没有留下恢复了一半的数据；请处理后重试",
            "nothing half restored was left in the database: mend this and try again",
        ),
        _ => ("请换用完好的备份；没有改动任何数据", "use a sound backup: nothing was changed"),
    };
    Trouble::new(format!("备份：{}", words.zh), format!("the backup: {}", words.en), help.0, help.1)
}
