//! Why a row or a line could not be read as a record at all.

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// A field has a value that it cannot have, in a database.
    Field {
        /// The field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// A row that the database gives but that is none of a record, in the words of who read it.
    Row(String),
    /// Not JSON, or not a line of an audit file.
    Json {
        /// At which byte of the line, from 1.
        column: usize,
        /// What is wrong, as the reader of JSON says it.
        what: String,
    },
    /// Readable, but not as this program writes it: somebody wrote it anew.
    Rewritten,
    /// The form of the file is not known to this version; its name.
    Version(String),
    /// The first line does not say what the file is.
    NotAnAuditFile,
    /// A line that cannot stand here: after the end, or a second beginning.
    Misplaced,
    /// Not UTF-8.
    NotText,
    /// A line too long to be one.
    TooLong,
    /// The line has no end: the file is cut short.
    Cut,
}

impl Unreadable {
    /// In Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Field { field, found } => format!("字段 {field} 的值无效：{found}"),
            Self::Row(said) => format!("存储的内容无效（原话：{said}）"),
            Self::Json { column, what } => format!("第 {column} 字节处格式错误（{what}）"),
            Self::Rewritten => "不是本系统写出的原样，曾被改写".into(),
            Self::Version(form) => format!("文件格式 {form} 不是本版本所认识的"),
            Self::NotAnAuditFile => "首行没有说明这是审计文件".into(),
            Self::Misplaced => "不应出现在此处".into(),
            Self::NotText => "不是 UTF-8 文本".into(),
            Self::TooLong => "行过长，其后内容未读".into(),
            Self::Cut => "行尾缺失，文件不完整".into(),
        }
    }

    /// In English.
    pub fn en(&self) -> String {
        match self {
            Self::Field { field, found } => format!("{field} cannot be {found}"),
            Self::Row(said) => format!("what is stored is not valid ({said})"),
            Self::Json { column, what } => format!("wrong at byte {column} ({what})"),
            Self::Rewritten => "not as this program writes it: it was written anew".into(),
            Self::Version(form) => format!("this version does not know the form {form}"),
            Self::NotAnAuditFile => "the first line does not say that this is an audit file".into(),
            Self::Misplaced => "it cannot stand here".into(),
            Self::NotText => "it is not UTF-8".into(),
            Self::TooLong => "the line is too long; what follows was not read".into(),
            Self::Cut => "the line has no end: the file is cut short".into(),
        }
    }
}
