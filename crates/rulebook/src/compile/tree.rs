//! The files of a rulebook as parsed TOML, sorted by what their place says they are.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::read::table::{File, Sink, Table};
use crate::source::{LARGEST_FILE, Sources};
use crate::syntax::in_chinese;

pub(crate) struct ParsedFile<'s> {
    path: &'s Arc<str>,
    text: &'s str,
    root: Spanned<DeTable<'s>>,
}

pub(crate) fn parse_files<'s>(sources: &'s Sources, sink: &Sink) -> Vec<ParsedFile<'s>> {
    let mut parsed = Vec::new();
    for (path, text) in sources.iter() {
        if text.len() > LARGEST_FILE {
            sink.report(
                Diagnostic::new(
                    Code::FileTooLarge,
                    Span::new(path, 0..0),
                    format!("文件有 {} 字节，上限是 {LARGEST_FILE}", text.len()),
                    format!("the file has {} bytes; at most {LARGEST_FILE} are read", text.len()),
                )
                .help("拆成几个文件", "split it into several files"),
            );
            continue;
        }
        let (root, errors) = DeTable::parse_recoverable(text);
        let failed = !errors.is_empty();
        for error in errors {
            let span = error.span().unwrap_or(Range { start: 0, end: 0 });
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            sink.report(Diagnostic::new(
                Code::TomlSyntax,
                Span::new(path, span),
                format!("TOML 语法错误：{}", in_chinese(&message)),
                message,
            ));
        }
        // What could be recovered of a broken file would only lead to follow-up errors.
        if !failed {
            parsed.push(ParsedFile { path, text, root });
        }
    }
    parsed
}

/// The format of rule files that this program reads.
const FORMAT: i64 = 1;

/// The rulebook's own file: its name, and the format of all its files.
fn check_root(table: &Table<'_>) {
    table.need("name");
    let format = table.need("format").and_then(|value| Some((value.whole()?, value.span())));
    if let Some((found, span)) = format.filter(|(found, _)| *found != FORMAT) {
        table.file.sink.report(
            Diagnostic::new(
                Code::UnknownFormat,
                span,
                format!("本程序只认识格式 {FORMAT}，此规则库是格式 {found}"),
                format!("this program reads format {FORMAT}; the rulebook is in format {found}"),
            )
            .help(
                "用较新的程序，或按 docs/rule-format.md 改写",
                "use a newer program, or rewrite the files after docs/rule-format.md",
            ),
        );
    }
    table.text("note");
    table.finish();
}

/// The files by their place in the rulebook.
#[derive(Default)]
pub(crate) struct Tree<'a> {
    pub indicators: Vec<RuleFile<'a>>,
    pub definitions: Vec<(&'a str, RuleFile<'a>)>,
    pub heads: Vec<(&'a str, RuleFile<'a>)>,
    pub versions: Vec<(&'a str, RuleFile<'a>)>,
    pub rounds: Vec<RuleFile<'a>>,
    pub ladders: Vec<RuleFile<'a>>,
    pub codes: Vec<RuleFile<'a>>,
}

/// A file with its root table.
#[derive(Clone, Copy)]
pub(crate) struct RuleFile<'a> {
    pub file: File<'a>,
    root: &'a Spanned<DeTable<'a>>,
}

impl<'a> RuleFile<'a> {
    pub fn table(&self) -> Table<'a> {
        Table::of(self.file, self.root)
    }
}

impl<'a> Tree<'a> {
    pub fn of(parsed: &'a [ParsedFile<'a>], sink: &'a Sink) -> Self {
        let mut tree = Self::default();
        let root = |file: &&ParsedFile<'_>| &**file.path == "rulebook.toml";
        if let (None, Some(first)) = (parsed.iter().find(root), parsed.first()) {
            sink.report(
                Diagnostic::new(
                    Code::MissingFile,
                    Span::new(first.path, 0..0),
                    "规则库的根缺少 rulebook.toml",
                    "the root of the rulebook has no rulebook.toml",
                )
                .help(
                    "加上 rulebook.toml：name = { zh = \"…\", en = \"…\" } 和 format = 1",
                    "add rulebook.toml with name = { zh = \"…\", en = \"…\" } and format = 1",
                ),
            );
        }
        for parsed in parsed {
            let file = File { path: parsed.path, text: parsed.text, sink };
            let file = RuleFile { file, root: &parsed.root };
            let parts: Vec<&str> = parsed.path.split('/').collect();
            if !parsed.path.ends_with(".toml") {
                sink.report(
                    Diagnostic::new(
                        Code::UnknownFile,
                        Span::new(parsed.path, 0..0),
                        format!("“{}”的扩展名不是小写的 .toml，不会读入", parsed.path),
                        format!("`{}` does not end in .toml in small letters", parsed.path),
                    )
                    .help("把扩展名改成 .toml", "rename it to end in .toml"),
                );
                continue;
            }
            match parts.as_slice() {
                ["rulebook.toml"] => check_root(&file.table()),
                ["indicators", _] => tree.indicators.push(file),
                // Examples are read by the test runner, once the rulebook stands.
                ["programmes", _, _, "examples", _] | ["definitions", _, "examples", _] => {}
                ["definitions", id, _] => tree.definitions.push((id, file)),
                ["programmes", _, id, "programme.toml"] => tree.heads.push((id, file)),
                ["programmes", _, id, _] => tree.versions.push((id, file)),
                ["rounds", _] => tree.rounds.push(file),
                ["ladders", _] => tree.ladders.push(file),
                ["codes", _] => tree.codes.push(file),
                _ => sink.report(
                    Diagnostic::new(
                        Code::UnknownFile,
                        Span::new(parsed.path, 0..0),
                        format!("“{}”不在规则库的任何一处", parsed.path),
                        format!("`{}` lies where no rule file belongs", parsed.path),
                    )
                    .help(
                        "规则文件在 indicators、definitions、programmes、rounds、ladders、codes 之下",
                        "rule files lie under indicators, definitions, programmes, rounds, ladders, codes",
                    ),
                ),
            }
        }
        tree
    }
}
