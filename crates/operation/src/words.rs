//! What went wrong with an installation, in words for who runs it: what, where, and what to do.

use std::path::Path;
use std::{fmt, io};

use enterprise::Text;

/// Why nothing was done.
#[derive(Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub what: Text,
    /// What to do.
    pub help: Text,
}

impl Trouble {
    /// What is wrong and what to do, in both languages.
    pub fn new(
        zh: impl Into<String>,
        en: impl Into<String>,
        help_zh: impl Into<String>,
        help_en: impl Into<String>,
    ) -> Self {
        Self { what: Text::new(zh, en), help: Text::new(help_zh, help_en) }
    }
}

impl fmt::Debug for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({})", self.what.en, self.help.en)
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        use store::Unreachable;
        let help = match &error {
            store::Error::Unreachable(Unreachable::NotLetIn) => (
                "请检查 database 设置里的用户名和密码，以及服务器的 pg_hba.conf",
                "see user and password in the setting `database`, and pg_hba.conf of the server",
            ),
            store::Error::Unreachable(Unreachable::NoSuchDatabase) => (
                "请先建库（编码 UTF8），或改正 database 设置里的库名",
                "make the database first, with the encoding UTF8, or mend its name in the setting `database`",
            ),
            store::Error::Unreachable(Unreachable::TooMany) => (
                "请等其他连接结束，或调大服务器的 max_connections",
                "wait for other connections to end, or raise max_connections of the server",
            ),
            store::Error::Unreachable(_) => (
                "请确认数据库服务正在运行，database 设置里的主机和端口正确，网络和防火墙可通",
                "see that the server runs, that host and port in the setting `database` are right, and that the network lets one through",
            ),
            store::Error::Unavailable(_) => (
                "请检查文件夹和文件的权限与属主，以及是否有别的程序占用数据库；稍后重试",
                "see to rights and owner of the folder and its files, and whether another program holds the database; then try again",
            ),
            store::Error::Full(_) => ("请清理磁盘空间", "make room on the disk"),
            store::Error::ReadOnly(_) => (
                "请检查文件的权限与属主；PostgreSQL 请连接主库",
                "see to rights and owner of the files; with PostgreSQL connect to the primary",
            ),
            store::Error::Encoding { .. } => (
                "请另建编码为 UTF8 的数据库：CREATE DATABASE 库名 ENCODING 'UTF8' TEMPLATE template0",
                "make another database: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0",
            ),
            store::Error::Newer { .. } => (
                "请使用更新的程序；旧程序不能打开新的数据库",
                "use the newer program: an older one cannot open the database of a newer one",
            ),
            store::Error::Address { .. } => {
                ("请检查 data 和 database 设置", "see the settings `data` and `database`")
            }
            store::Error::Damaged(_) => (
                "请先停止平台，保留现有文件的副本，再从最近的完好备份恢复到新的文件夹（tidu restore）",
                "stop the platform, keep a copy of the files as they are, then restore the last sound backup into another folder (`tidu restore`)",
            ),
            _ => (
                "请重试；若仍如此，请保留日志并报告",
                "try again; if it stays so, keep the log and report it",
            ),
        };
        let words = error.words();
        Self::new(
            format!("数据库：{}", words.zh),
            format!("database: {}", words.en),
            help.0,
            help.1,
        )
    }
}

impl From<app::Refusal> for Trouble {
    fn from(refusal: app::Refusal) -> Self {
        let words = refusal.words();
        let inside = match &refusal {
            app::Refusal::Later(fault) | app::Refusal::Broken(fault) => Some(fault.to_string()),
            _ => None,
        };
        let said = |words: String, open: &str, close: &str| match &inside {
            Some(inside) => format!("{words}{open}{inside}{close}"),
            None => words,
        };
        Self::new(
            said(words.zh, "（原话：", "）"),
            said(words.en, " (in its own words: ", ")"),
            "`tidu doctor` 会检查并说明如何处理",
            "`tidu doctor` examines it and says what to do",
        )
    }
}

/// What the system says of a file or an address, in words where they are known.
pub(crate) fn system(error: &io::Error) -> Text {
    use io::ErrorKind as Kind;
    let (zh, en) = match error.kind() {
        Kind::NotFound => ("不存在", "it is not there"),
        Kind::PermissionDenied => ("没有权限", "no permission"),
        Kind::AlreadyExists => ("已存在", "it is there already"),
        Kind::NotADirectory => ("路径中有一段不是文件夹", "a part of the path is no folder"),
        Kind::IsADirectory => ("是文件夹，不是文件", "it is a folder"),
        Kind::ReadOnlyFilesystem => ("文件系统只读", "the file system is read-only"),
        Kind::StorageFull | Kind::QuotaExceeded => ("磁盘已满", "the disk is full"),
        Kind::InvalidData => ("内容不是 UTF-8 文本", "it is not UTF-8"),
        Kind::AddrInUse => ("端口已被占用", "the port is taken"),
        Kind::AddrNotAvailable => ("本机没有这个地址", "this machine does not have the address"),
        _ => return Text::new(format!("原话：{error}"), format!("in its own words: {error}")),
    };
    Text::new(zh, en)
}

/// A file that cannot be read.
pub(crate) fn unreadable(file: &Path, error: &io::Error) -> Trouble {
    let (file, why) = (file.display(), system(error));
    Trouble::new(
        format!("{file} 读不了：{}", why.zh),
        format!("{file} cannot be read: {}", why.en),
        "请检查文件名和权限",
        "see its name and permissions",
    )
}
