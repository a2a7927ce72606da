//! What went wrong with an installation, in words for who runs it: what, where, and what to do.

use std::fmt;

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
        let help = match &error {
            store::Error::Unavailable(_) => (
                "请确认数据库正在运行、地址和密码正确、网络可达",
                "see that the database runs, that address and password are right, and that it can be reached",
            ),
            store::Error::Full(_) => ("请清理磁盘空间", "make room on the disk"),
            store::Error::Newer { .. } => (
                "请使用更新的程序；旧程序不能打开新的数据库",
                "use the newer program: an older one cannot open the database of a newer one",
            ),
            store::Error::Address { .. } => ("请检查 database 设置", "see the setting `database`"),
            _ => (
                "`tidu doctor` 会检查并说明如何处理",
                "`tidu doctor` examines it and says what to do",
            ),
        };
        Self::new(format!("数据库：{error}"), format!("database: {error}"), help.0, help.1)
    }
}

impl From<app::Refusal> for Trouble {
    fn from(refusal: app::Refusal) -> Self {
        let words = refusal.words();
        let inside = match &refusal {
            app::Refusal::Later(fault) | app::Refusal::Broken(fault) => format!(" ({fault})"),
            _ => String::new(),
        };
        Self::new(
            format!("{}{inside}", words.zh),
            format!("{}{inside}", words.en),
            "`tidu doctor` 会检查并说明如何处理",
            "`tidu doctor` examines it and says what to do",
        )
    }
}
