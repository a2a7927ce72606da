//! The file with the keys, which is not in the database and not in backups.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use crypto::Keys;

use crate::words::{Trouble, system};

/// Reads the keys. They are made only where there is nothing yet that was sealed with others: `fresh`.
pub(crate) fn keys(file: &Path, fresh: bool) -> Result<Keys, Trouble> {
    match std::fs::read_to_string(file) {
        Ok(text) => Keys::parse(&text).map_err(|error| {
            Trouble::new(
                format!("密钥文件 {} 不对：{}", file.display(), error.zh()),
                format!("the key file {}: {}", file.display(), error.en()),
                "请从保管的副本恢复它",
                "bring it back from the copy that you keep",
            )
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound && fresh => make(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Trouble::new(
            format!("没有密钥文件 {}，而数据库里已有用它密封的数据", file.display()),
            format!(
                "there is no key file {}, but the database has data sealed with one",
                file.display()
            ),
            "请从保管的副本恢复它；新的密钥打不开原来的数据",
            "bring it back from the copy that you keep: new keys do not open old data",
        )),
        Err(error) => Err(unreadable(file, &error)),
    }
}

/// The keys at hand do not open the data.
pub(crate) fn others(file: &Path) -> Trouble {
    Trouble::new(
        format!("密钥文件 {} 不是这个数据库的密钥：打不开其中已密封的数据", file.display()),
        format!(
            "the key file {} is not that of this database: it does not open what is sealed in it",
            file.display()
        ),
        "请放回本平台自己的密钥文件（从保管的副本恢复），或用 keys 设置指向它；不要用别处的密钥启动",
        "put back the key file of this installation from the copy that you keep, or name it with the setting `keys`",
    )
}

fn make(file: &Path) -> Result<Keys, Trouble> {
    let keys = Keys::random().map_err(|error| {
        Trouble::new(
            format!("不能生成密钥：{error}"),
            format!("no keys can be made: {error}"),
            "请检查系统的随机数来源",
            "see to the random numbers of the system",
        )
    })?;
    // Complete under its name or not there at all; and nobody else has made it meanwhile.
    let draft = file.with_extension("new");
    let written = (|| {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut out = options.open(&draft)?;
        out.write_all(keys.to_text().as_bytes())?;
        out.sync_all()?;
        std::fs::hard_link(&draft, file)
    })();
    let _ = std::fs::remove_file(&draft);
    match written {
        Ok(()) => Ok(keys),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self::keys(file, false),
        Err(error) => Err(unreadable(file, &error)),
    }
}

fn unreadable(file: &Path, error: &io::Error) -> Trouble {
    let why = system(error);
    Trouble::new(
        format!("密钥文件 {}：{}", file.display(), why.zh),
        format!("the key file {}: {}", file.display(), why.en),
        "请检查文件夹和权限",
        "see to its folder and permissions",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys");
        let made = keys(&file, true).unwrap();
        assert_eq!(keys(&file, true).unwrap().to_text(), made.to_text());
        assert_eq!(keys(&file, false).unwrap().to_text(), made.to_text());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        std::fs::remove_file(&file).unwrap();
        assert!(keys(&file, false).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_reads_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys");
        keys(&file, true).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
