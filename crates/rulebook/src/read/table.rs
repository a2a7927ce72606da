//! Reads TOML tables key by key and remembers every problem: unknown keys with the nearest name,
//! missing keys, wrong types. Knows nothing of rules.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use enterprise::Text;
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Severity, Span};

/// Collects diagnostics, each once.
#[derive(Debug, Default)]
pub(crate) struct Sink(RefCell<Collected>);

#[derive(Debug, Default)]
struct Collected {
    diagnostics: Vec<Diagnostic>,
    known: BTreeSet<(Code, Span, String)>,
    errors: usize,
}

impl Sink {
    pub fn report(&self, diagnostic: Diagnostic) {
        let mut collected = self.0.borrow_mut();
        if collected.known.insert((
            diagnostic.code,
            diagnostic.span.clone(),
            diagnostic.message.en.clone(),
        )) {
            collected.errors += usize::from(diagnostic.severity() == Severity::Error);
            collected.diagnostics.push(diagnostic);
        }
    }

    /// Reports once for a whole file: one forgotten line at its head would be told at every place.
    pub fn report_once_a_file(&self, diagnostic: Diagnostic) {
        let file = Span { start: 0, end: 0, ..diagnostic.span.clone() };
        let key = (diagnostic.code, file, diagnostic.message.en.clone());
        if self.0.borrow_mut().known.insert(key) {
            self.report(diagnostic);
        }
    }

    /// Whether a problem of this kind was reported.
    pub fn has(&self, code: Code) -> bool {
        self.0.borrow().known.iter().any(|(known, ..)| *known == code)
    }

    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many errors were reported so far.
    pub fn errors(&self) -> usize {
        self.0.borrow().errors
    }

    pub fn take(&self) -> Vec<Diagnostic> {
        self.0.take().diagnostics
    }
}

/// A file being read.
#[derive(Clone, Copy)]
pub(crate) struct File<'a> {
    pub path: &'a Arc<str>,
    pub text: &'a str,
    pub sink: &'a Sink,
}

/// A value with its place.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    pub file: File<'a>,
    value: &'a Spanned<DeValue<'a>>,
}

/// A table of which keys are taken one by one.
pub(crate) struct Table<'a> {
    pub file: File<'a>,
    pub span: Span,
    entries: &'a DeTable<'a>,
    asked: RefCell<Vec<&'static str>>,
}

/// A text with its place.
#[derive(Clone)]
pub(crate) struct Word<'a> {
    pub text: &'a str,
    pub span: Span,
}

/// What TOML calls a sort of value.
fn in_chinese(sort: &str) -> &str {
    match sort {
        "string" => "文字",
        "integer" => "整数",
        "float" => "小数",
        "boolean" => "真假值",
        "datetime" => "日期",
        "array" => "列表",
        "table" => "表",
        other => other,
    }
}

impl<'a> Value<'a> {
    pub fn span(&self) -> Span {
        Span::new(self.file.path, self.value.span())
    }

    fn wrong<T>(&self, zh: &str, en: &str) -> Option<T> {
        let found = self.value.get_ref().type_str();
        self.file.sink.report(
            Diagnostic::new(
                Code::WrongType,
                self.span(),
                format!("此处应为{zh}，却是{}", in_chinese(found)),
                format!("expected {en}, found {found}"),
            )
            .label(format!("应为{zh}"), format!("expected {en}")),
        );
        None
    }

    pub fn word(&self) -> Option<Word<'a>> {
        match self.value.get_ref() {
            DeValue::String(text) => Some(Word { text: text.as_ref(), span: self.span() }),
            _ => self.wrong("文字", "a text"),
        }
    }

    /// The text, if it is one; says nothing otherwise.
    pub fn as_word(&self) -> Option<Word<'a>> {
        let text = self.value.get_ref().as_str()?;
        Some(Word { text, span: self.span() })
    }

    /// A text, or a number as it is written.
    pub fn number_word(&self) -> Option<Word<'a>> {
        let text = match self.value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return self.wrong("数字", "a number"),
        };
        Some(Word { text, span: self.span() })
    }

    pub fn whole(&self) -> Option<i64> {
        match self.value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .or_else(|| self.wrong("整数", "a whole number")),
            _ => self.wrong("整数", "a whole number"),
        }
    }

    /// A whole number from `least` to `most`.
    pub fn whole_within(&self, least: i64, most: i64) -> Option<i64> {
        let number = self.whole()?;
        if (least..=most).contains(&number) {
            return Some(number);
        }
        self.file.sink.report(Diagnostic::new(
            Code::BadQuantity,
            self.span(),
            format!("须为 {least} 至 {most} 的整数"),
            format!("must be a whole number from {least} to {most}"),
        ));
        None
    }

    pub fn flag(&self) -> Option<bool> {
        self.value.get_ref().as_bool().or_else(|| self.wrong("true 或 false", "true or false"))
    }

    pub fn is_table(&self) -> bool {
        self.value.get_ref().is_table()
    }

    pub fn is_list(&self) -> bool {
        self.value.get_ref().is_array()
    }

    /// Any single value as text: what a person would have typed.
    pub fn scalar(&self) -> Option<String> {
        match self.value.get_ref() {
            DeValue::Boolean(flag) => Some(flag.to_string()),
            DeValue::Datetime(date) => Some(date.to_string()),
            DeValue::Table(_) | DeValue::Array(_) => self.wrong("单个值", "a single value"),
            _ => self.number_word().map(|word| word.text.to_owned()),
        }
    }

    pub fn is_text(&self, text: &str) -> bool {
        self.value.get_ref().as_str() == Some(text)
    }

    pub fn table(&self) -> Option<Table<'a>> {
        match self.value.get_ref() {
            DeValue::Table(entries) => Some(Table {
                file: self.file,
                span: self.span(),
                entries,
                asked: RefCell::default(),
            }),
            _ => self.wrong("表", "a table"),
        }
    }

    pub fn list(&self) -> Option<Vec<Self>> {
        match self.value.get_ref() {
            DeValue::Array(values) => {
                Some(values.iter().map(|value| Self { file: self.file, value }).collect())
            }
            _ => self.wrong("列表", "a list"),
        }
    }

    pub fn date(&self) -> Option<Date> {
        let written = match self.value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => return self.wrong("日期", "a date"),
        };
        enterprise::parse_date(&written).or_else(|| {
            self.file.sink.report(
                Diagnostic::new(
                    Code::BadDate,
                    self.span(),
                    format!("“{written}”不是日期"),
                    format!("`{written}` is not a date"),
                )
                .help("写成 2026-04-01", "write 2026-04-01"),
            );
            None
        })
    }

    pub fn text(&self) -> Option<Text> {
        let table = self.table()?;
        let mut missing = Vec::new();
        let mut wording = |key: &'static str| {
            let word = table.word(key).map(|word| word.text.trim().to_owned());
            if word.as_deref().is_none_or(str::is_empty) {
                missing.push(key);
            }
            word.unwrap_or_default()
        };
        let text = Text { zh: wording("zh"), en: wording("en") };
        table.finish();
        if !missing.is_empty() {
            self.file.sink.report(
                Diagnostic::new(
                    Code::MissingLabel,
                    self.span(),
                    format!("缺少文字：{}", missing.join("、")),
                    format!("wording missing: {}", missing.join(", ")),
                )
                .help("写成 { zh = \"…\", en = \"…\" }", "write { zh = \"…\", en = \"…\" }"),
            );
        }
        Some(text)
    }
}

impl<'a> Table<'a> {
    pub fn of(file: File<'a>, root: &'a Spanned<DeTable<'a>>) -> Self {
        // A missing key of the file itself is shown at its first line, not under the whole file.
        let first_line = file.text.lines().next().map_or(0, str::len);
        Table {
            file,
            span: Span::new(file.path, 0..first_line),
            entries: root.get_ref(),
            asked: RefCell::default(),
        }
    }

    /// The value of an optional key.
    pub fn get(&self, key: &'static str) -> Option<Value<'a>> {
        self.asked.borrow_mut().push(key);
        self.entries.get(key).map(|value| Value { file: self.file, value })
    }

    /// The value of a required key.
    pub fn need(&self, key: &'static str) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            self.file.sink.report(
                Diagnostic::new(
                    Code::MissingKey,
                    self.head(),
                    format!("缺少“{key}”"),
                    format!("`{key}` is missing"),
                )
                .label("在此表中", "in this table"),
            );
        }
        value
    }

    /// The first line of the table: where a missing key is shown.
    pub fn head(&self) -> Span {
        let text = self.file.text.get(self.span.start..self.span.end).unwrap_or_default();
        let line = text.lines().next().map_or(0, str::len);
        Span { end: self.span.start + line, ..self.span.clone() }
    }

    pub fn word(&self, key: &'static str) -> Option<Word<'a>> {
        self.get(key)?.word()
    }

    pub fn need_word(&self, key: &'static str) -> Option<Word<'a>> {
        self.need(key)?.word()
    }

    pub fn text(&self, key: &'static str) -> Option<Text> {
        self.get(key)?.text()
    }

    pub fn need_text(&self, key: &'static str) -> Text {
        self.need(key).and_then(|value| value.text()).unwrap_or_default()
    }

    pub fn flag(&self, key: &'static str) -> bool {
        self.get(key).and_then(|value| value.flag()).unwrap_or(false)
    }

    /// The values of an optional list.
    pub fn list(&self, key: &'static str) -> Vec<Value<'a>> {
        self.get(key).and_then(|value| value.list()).unwrap_or_default()
    }

    /// The texts of an optional list.
    pub fn words(&self, key: &'static str) -> Vec<Word<'a>> {
        self.list(key).iter().filter_map(Value::word).collect()
    }

    /// All entries with free keys, in file order: a table whose keys are names.
    pub fn entries(&self) -> Vec<(Word<'a>, Value<'a>)> {
        let mut entries: Vec<_> = self
            .entries
            .iter()
            .map(|(key, value)| {
                let span = Span::new(self.file.path, key.span());
                let word = Word { text: key.get_ref().as_ref(), span };
                (word, Value { file: self.file, value })
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        entries
    }

    /// Reports every key that nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries() {
            if !asked.contains(&key.text) {
                let diagnostic = Diagnostic::new(
                    Code::UnknownKey,
                    key.span,
                    format!("此处没有“{}”这个键", key.text),
                    format!("no key `{}` here", key.text),
                );
                self.file.sink.report(diagnostic.suggest(key.text, asked.iter().copied()));
            }
        }
    }
}

impl Word<'_> {
    /// Reports if the text is no id of the given form.
    pub fn check_id(&self, file: File<'_>, separator: char) -> bool {
        let good = self.text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && self.text.len() <= 64
            && self
                .text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == separator);
        if !good {
            file.sink.report(
                Diagnostic::new(
                    Code::BadId,
                    self.span.clone(),
                    format!("“{}”不能作标识", self.text),
                    format!("`{}` cannot be an id", self.text),
                )
                .help(
                    format!("用小写字母、数字和“{separator}”"),
                    format!("use lower-case letters, digits and `{separator}`"),
                ),
            );
        }
        good
    }
}
