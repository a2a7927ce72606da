//! What an examination can find, and its words: what is so, and what to do about it.

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Good to know.
    Note,
    /// It works, but should be changed.
    Warning,
    /// It does not work, or something is damaged.
    Fault,
}

/// Something that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What kind of thing: a name that never changes.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is so, in Chinese.
    pub zh: String,
    /// What is so, in English.
    pub en: String,
    /// What to do, in Chinese; nothing for a note.
    pub help_zh: &'static str,
    /// What to do, in English.
    pub help_en: &'static str,
}

const RESTORE: (&str, &str) = (
    "先保留现有数据库的副本，再从最近的完好备份恢复（tidu restore）。",
    "Keep a copy of the database as it is, then restore the last good backup (tidu restore).",
);
const MIGRATE: (&str, &str) = (
    "运行 tidu migrate，或启动一次 tidu serve。",
    "Run `tidu migrate`, or start `tidu serve` once.",
);

fn found(
    code: &'static str,
    severity: Severity,
    (zh, en): (String, String),
    (help_zh, help_en): (&'static str, &'static str),
) -> Finding {
    Finding { code, severity, zh, en, help_zh, help_en }
}

pub(super) fn database(engine: &str, version: &str, size: i64) -> Finding {
    let size = size / 1024;
    found(
        "database",
        Severity::Note,
        (
            format!("{engine} {version}，数据库大小 {size} KiB"),
            format!("{engine} {version}, the database has {size} KiB"),
        ),
        ("", ""),
    )
}

pub(super) fn not_set_up() -> Finding {
    let said = ("数据库是空的".to_owned(), "the database is empty".to_owned());
    found("not-set-up", Severity::Warning, said, MIGRATE)
}

pub(super) fn older(found_version: i64, known: i64) -> Finding {
    let said = (
        format!("数据库结构为第 {found_version} 版，程序需要第 {known} 版"),
        format!("the database has schema version {found_version}, the program needs {known}"),
    );
    found("older-schema", Severity::Warning, said, MIGRATE)
}

pub(super) fn newer(found_version: i64, known: i64) -> Finding {
    let said = (
        format!("数据库结构为第 {found_version} 版，程序只认识到第 {known} 版"),
        format!("the database has schema version {found_version}, the program knows up to {known}"),
    );
    let help = ("使用更新版本的程序。", "Use the newer program that made it.");
    found("newer-schema", Severity::Fault, said, help)
}

pub(super) fn read_only(why: Option<&crate::Error>) -> Finding {
    let said = match why.map(crate::Error::words) {
        None => ("数据库只读，不能写入".to_owned(), "the database takes no changes".to_owned()),
        Some(words) => (
            format!("数据库不能写入：{}", words.zh),
            format!("the database cannot be written to: {}", words.en),
        ),
    };
    let help = (
        "检查磁盘空间、文件夹和文件的权限与属主；PostgreSQL 请连接主库，并确认 default_transaction_read_only 为 off。",
        "See to room on the disk, and to rights and owner of the folder and its files; with PostgreSQL, connect to the \
         primary and see that default_transaction_read_only is off.",
    );
    found("read-only", Severity::Fault, said, help)
}

pub(super) fn integrity(said: &str) -> Finding {
    let said =
        (format!("数据库文件已损坏：{said}"), format!("the database file is damaged: {said}"));
    found("integrity", Severity::Fault, said, RESTORE)
}

pub(super) fn dangling(table: &str, rows: usize, other: &str) -> Finding {
    let said = (
        format!("表 {table} 有 {rows} 行引用了 {other} 中不存在的行"),
        format!("{rows} rows of table {table} refer to rows of {other} that are not there"),
    );
    found("dangling", Severity::Fault, said, RESTORE)
}

pub(super) fn journal(mode: &str) -> Finding {
    let said = (
        format!("SQLite 日志模式为 {mode}，应为 wal"),
        format!("SQLite's journal mode is {mode} and should be wal"),
    );
    let help = (
        "把数据文件夹放在本机磁盘上，不要放在网络文件系统上。",
        "Put the folder of data on a disk of this machine, not on a network file system.",
    );
    found("journal", Severity::Warning, said, help)
}

pub(super) fn old_server(version: &str) -> Finding {
    let said = (
        format!("PostgreSQL {version} 过旧，至少需要 13"),
        format!("PostgreSQL {version} is too old: 13 at least"),
    );
    let help = ("升级 PostgreSQL。", "Upgrade PostgreSQL.");
    found("old-server", Severity::Fault, said, help)
}

pub(super) fn cannot_create(user: &str) -> Finding {
    let said = (
        format!("数据库用户 {user} 无权建表"),
        format!("the database user {user} may not create tables"),
    );
    let help = (
        "升级前授权：GRANT CREATE ON SCHEMA public TO 用户。",
        "Before an upgrade: GRANT CREATE ON SCHEMA public TO the user.",
    );
    found("cannot-create", Severity::Warning, said, help)
}

pub(super) fn durability(setting: &str) -> Finding {
    let said = (
        format!("PostgreSQL 设置 {setting} 为 off，断电可能丢失已确认的更改"),
        format!(
            "PostgreSQL's {setting} is off: a power failure may lose changes that were acknowledged"
        ),
    );
    let help = ("改为 on。", "Set it to on.");
    found("durability", Severity::Warning, said, help)
}

pub(super) fn shape((zh, en): (String, String)) -> Finding {
    found("shape", Severity::Fault, (zh, en), RESTORE)
}

pub(super) fn numbers(table: &str, last: i64, highest: i64) -> Finding {
    let said = (
        format!("表 {table} 的编号计数器为 {last}，落后于已有的最大编号 {highest}"),
        format!(
            "the numbers of table {table} stand at {last}, behind the highest that is there, {highest}"
        ),
    );
    let help = (
        "由数据库管理员把该表的序列调到最大编号（setval）。",
        "Have the administrator of the database set the table's sequence to the highest number (setval).",
    );
    found("numbers", Severity::Fault, said, help)
}

pub(super) fn unreadable(table: &str, rows: u64, first: &str) -> Finding {
    let said = (
        format!("表 {table} 有 {rows} 行无法读取，例如：{first}"),
        format!("{rows} rows of table {table} cannot be read, for example: {first}"),
    );
    found("unreadable", Severity::Fault, said, RESTORE)
}

pub(super) fn unportable(table: &str, column: &str, rows: i64) -> Finding {
    let said = (
        format!("表 {table} 的 {column} 有 {rows} 行含 U+0000，无法迁移到 PostgreSQL"),
        format!(
            "{rows} rows of table {table} have U+0000 in {column}: PostgreSQL would not take them"
        ),
    );
    let help = (
        "迁移到 PostgreSQL 之前，在页面上改正这些行。",
        "Correct these rows before going over to PostgreSQL.",
    );
    found("unportable-text", Severity::Warning, said, help)
}
