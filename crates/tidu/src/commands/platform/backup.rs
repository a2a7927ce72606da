//! `tidu backup` and `tidu restore`.

use std::io::{self, IsTerminal as _, Write as _};

use super::{VERSION, block_on, cannot, configured, told};
use crate::arguments::{Backup, Restore};
use crate::commands::fail;
use crate::exit::Exit;
use crate::output::{Screen, complain, stdout};

pub(in crate::commands) fn backup(backup: &Backup, screen: Screen) -> io::Result<Exit> {
    let config = match configured(&backup.settings.0, &screen) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    if backup.output.exists() {
        return Ok(fail(
            &screen,
            &cannot("备份文件已存在；请换一个文件名", "the file exists: name another one"),
        ));
    }
    let done = block_on(operation::back_up(&config, &backup.output, VERSION, &mut |at| {
        progress(&screen, at.table, at.rows)
    }))?;
    clear();
    match done {
        Ok(manifest) => {
            writeln!(
                stdout(),
                "{}",
                match screen.lang {
                    enterprise::Lang::Zh =>
                        format!("已备份 {} 行到 {}", manifest.rows(), backup.output.display()),
                    enterprise::Lang::En =>
                        format!("backed {} rows up to {}", manifest.rows(), backup.output.display()),
                }
            )?;
            writeln!(
                stdout(),
                "{}",
                screen.say(
                    "备份里没有密钥文件；请把它另外保管，没有它就打不开密封的数据",
                    "the key file is not in the backup: keep a copy elsewhere; without it, sealed data cannot be opened"
                )
            )?;
            if manifest.missing.is_empty() {
                return Ok(Exit::Answered);
            }
            let files = manifest.missing.join(", ");
            complain(screen.say(
                &format!("备份缺少这些底数文件：{files}；请运行 `tidu doctor`"),
                &format!("the backup lacks files of populations: {files}; run `tidu doctor`"),
            ));
            Ok(Exit::Problems)
        }
        Err(trouble) => Ok(told(&trouble, &screen)),
    }
}

pub(in crate::commands) fn restore(restore: &Restore, screen: Screen) -> io::Result<Exit> {
    let config = match configured(&restore.settings.0, &screen) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    let done = block_on(operation::bring_back(&config, &restore.file, &mut |at| {
        progress(&screen, at.table, at.rows)
    }))?;
    clear();
    match done {
        Ok(restored) => {
            let rows = restored.manifest.rows();
            writeln!(
                stdout(),
                "{}",
                match screen.lang {
                    enterprise::Lang::Zh => format!(
                        "已恢复 {rows} 行到 {}；请放回密钥文件 {}",
                        config.place,
                        config.keys.display()
                    ),
                    enterprise::Lang::En => format!(
                        "restored {rows} rows into {}; put the key file back at {}",
                        config.place,
                        config.keys.display()
                    ),
                }
            )?;
            Ok(Exit::Answered)
        }
        Err(trouble) => Ok(told(&trouble, &screen)),
    }
}

fn progress(screen: &Screen, table: &str, rows: u64) {
    if io::stderr().is_terminal() {
        let _ =
            write!(io::stderr().lock(), "\r\x1b[2K{} {table} {rows}", screen.say("表", "table"));
    }
}

fn clear() {
    if io::stderr().is_terminal() {
        let _ = io::stderr().lock().write_all(b"\r\x1b[2K");
    }
}
