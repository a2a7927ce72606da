//! Citations and limits: what every part of a rule file can say about where a number comes from,
//! inherited from the outside in.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use enterprise::Text;
use rules::{Citation, Document, Exact, Limit, Operator, Points, Status};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::expression::cause::bad_quantity;
use crate::expression::measure::{Unit, quantity};
use crate::expression::parser::RESERVED;
use crate::expression::scope::{Limits, NamedLimit, Names};
use crate::read::table::{File, Table, Value, Word};

/// What is inherited by everything inside.
#[derive(Clone, Default)]
pub(crate) struct Inherited {
    pub document: Arc<Document>,
    pub status: Option<Status>,
    pub clause: String,
}

/// A quantity of the law with its unit.
pub(crate) struct ReadLimit {
    pub limit: Limit,
    pub unit: Unit,
}

pub(crate) fn document(table: &Table<'_>) -> Arc<Document> {
    let Some(inner) = table.get("document").and_then(|value| value.table()) else {
        return Arc::default();
    };
    let word = |key| inner.word(key).map(|word| word.text.to_owned()).unwrap_or_default();
    let document = Document { number: word("number"), name: word("name"), annex: word("annex") };
    inner.finish();
    if document.number.is_empty() && document.name.is_empty() {
        table.file.sink.report(Diagnostic::new(
            Code::MissingCitation,
            inner.head(),
            "文件须有文号或名称",
            "a document needs a number or a name",
        ));
    }
    Arc::new(document)
}

/// Reports if no document is named: a clause without one cites nothing.
pub(crate) fn need_document(table: &Table<'_>) {
    if table.get("document").is_none() {
        table.file.sink.report(
            Diagnostic::new(
                Code::MissingCitation,
                table.head(),
                "没有注明文件（document）",
                "no document is named",
            )
            .help(
                "加上 document = { number = \"…\", name = \"…\" }",
                "add document = { number = \"…\", name = \"…\" }",
            ),
        );
    }
}

impl Inherited {
    /// The file's own level.
    pub fn of_file(table: &Table<'_>) -> Self {
        need_document(table);
        let document = document(table);
        let nothing = Self { document, status: None, clause: String::new() };
        nothing.inside(table)
    }

    /// What holds inside `table`: its own clause and status where it has them.
    pub fn inside(&self, table: &Table<'_>) -> Self {
        let clause = table.word("clause").map(|word| word.text.trim().to_owned());
        Self {
            document: Arc::clone(&self.document),
            status: status(table, self.status.as_ref()),
            clause: clause
                .filter(|clause| !clause.is_empty())
                .unwrap_or_else(|| self.clause.clone()),
        }
    }

    /// What holds inside `table`, which may rest on a document of its own.
    pub fn of_own_document(&self, table: &Table<'_>) -> Self {
        let mut inside = self.inside(table);
        if table.get("document").is_some() {
            inside.document = document(table);
        }
        inside
    }

    /// The citation for a number of the law in `table`; reports if its clause or status is missing.
    pub fn cite(&self, table: &Table<'_>) -> Citation {
        if self.clause.is_empty() {
            table.file.sink.report(
                Diagnostic::new(
                    Code::MissingCitation,
                    table.head(),
                    "没有注明条款",
                    "no clause is cited",
                )
                .help("加上 clause = \"附件1 三\"", "add clause = \"附件1 三\""),
            );
        }
        self.quiet(table)
    }

    /// The citation for something that carries no number of its own.
    pub fn quiet(&self, table: &Table<'_>) -> Citation {
        let status = self.status.clone().unwrap_or_else(|| {
            table.file.sink.report_once_a_file(
                Diagnostic::new(Code::MissingStatus, table.head(), "法定数值没有来源状态", "a number of the law has no source status")
                    .help(
                        "在文件开头加上 status = \"secondary\" 和 sources = 2，或 \"reposted\"、\"recalled\"",
                        "add status = \"secondary\" and sources = 2 at the head of the file, or \"reposted\", \"recalled\"",
                    ),
            );
            Status::Recalled
        });
        let note = if table.get("note").is_some_and(|note| note.is_table()) {
            table.text("note")
        } else {
            None
        };
        Citation { document: Arc::clone(&self.document), clause: self.clause.clone(), status, note }
    }
}

fn status(table: &Table<'_>, inherited: Option<&Status>) -> Option<Status> {
    let sources = table.get("sources").and_then(|value| Some((value.whole()?, value.span())));
    let verified = table.get("verified").and_then(|value| value.table());
    let says = table.word("status").is_some_and(|word| word.text == "verified");
    if let (Some(value), false) = (table.get("verified"), says) {
        table.file.sink.report(Diagnostic::new(
            Code::MissingStatus,
            value.span(),
            "写明了何人何日核对，却没有 status = \"verified\"",
            "who compared it stands here, but not status = \"verified\"",
        ));
    }
    let Some(word) = table.word("status") else {
        return match (sources, inherited) {
            (Some((count, _)), Some(Status::Secondary { .. })) => {
                Some(Status::Secondary { sources: u8::try_from(count).unwrap_or(u8::MAX) })
            }
            (_, inherited) => inherited.cloned(),
        };
    };
    let report = |zh: &str, en: &str| {
        let diagnostic = Diagnostic::new(Code::MissingStatus, word.span.clone(), zh, en);
        table.file.sink.report(diagnostic);
    };
    match word.text {
        "reposted" => Some(Status::Reposted),
        "recalled" => Some(Status::Recalled),
        "secondary" => {
            let count =
                sources.and_then(|(count, _)| u8::try_from(count).ok()).filter(|count| *count > 0);
            if count.is_none() {
                report(
                    "“secondary”须注明有几个独立来源",
                    "`secondary` needs the number of independent sources",
                );
            }
            Some(Status::Secondary { sources: count.unwrap_or(1) })
        }
        "verified" => {
            let by = verified.as_ref().and_then(|verified| verified.need_word("by"));
            let on = verified.as_ref().and_then(|verified| verified.need("on")?.date());
            if let Some(verified) = &verified {
                verified.finish();
            }
            match (by, on) {
                (Some(by), Some(on)) => Some(Status::Verified { by: by.text.to_owned(), on }),
                _ => {
                    report(
                        "“verified”须注明何人何日核对",
                        "`verified` needs who compared it and when",
                    );
                    None
                }
            }
        }
        other => {
            let diagnostic = Diagnostic::new(
                Code::MissingStatus,
                word.span.clone(),
                format!("没有“{other}”这种来源状态"),
                format!("`{other}` is no source status"),
            );
            let known = ["verified", "reposted", "secondary", "recalled"];
            table.file.sink.report(diagnostic.suggest(other, known));
            None
        }
    }
}

/// Reads a quantity of the law; a bare text, or a table with `value` and a source of its own.
pub(crate) fn limit(
    value: &Value<'_>,
    name: &str,
    inherited: &Inherited,
    outer: &Table<'_>,
) -> Option<ReadLimit> {
    if !value.is_table() {
        let word = value.word()?;
        return written(value.file, &word, name, inherited.quiet(outer));
    }
    let table = value.table()?;
    let inside = inherited.inside(&table);
    let citation = inside.quiet(&table);
    let word = table.need_word("value");
    table.finish();
    written(value.file, &word?, name, citation)
}

/// Reads a quantity as it is written.
pub(crate) fn written(
    file: File<'_>,
    word: &Word<'_>,
    name: &str,
    citation: Citation,
) -> Option<ReadLimit> {
    let read = match quantity(word.text) {
        Ok(read) => read,
        Err(error) => {
            file.sink.report(bad_quantity(word.span.clone(), word.text, &error, None));
            return None;
        }
    };
    let measure = read.unit.measure(read.decimals);
    let limit = Limit {
        name: name.to_owned(),
        value: read.value,
        measure,
        written: word.text.trim().to_owned(),
        citation,
    };
    Some(ReadLimit { limit, unit: read.unit })
}

/// The named thresholds of a criterion or item.
pub(crate) fn limits(table: &Table<'_>, inherited: &Inherited, names: &Names) -> Limits {
    let Some(inner) = table.get("limits").and_then(|value| value.table()) else {
        return Limits::new();
    };
    let mut limits = Limits::new();
    for (name, value) in inner.entries() {
        if !name.check_id(table.file, '_') {
            continue;
        }
        let read = limit(&value, name.text, inherited, table);
        check_limit_name(table.file, &name, names);
        let named = NamedLimit {
            unit: read.as_ref().map(|read| read.unit.clone()).unwrap_or_default(),
            limit: read.map(|read| Arc::new(read.limit)),
            span: name.span,
            used: RefCell::new(false),
        };
        limits.insert(name.text.to_owned(), Rc::new(named));
    }
    limits
}

fn check_limit_name(file: File<'_>, name: &Word<'_>, names: &Names) {
    if RESERVED.contains(&name.text) {
        file.sink.report(Diagnostic::new(
            Code::BadId,
            name.span.clone(),
            format!("“{}”是表达式的保留字", name.text),
            format!("`{}` is a reserved word of expressions", name.text),
        ));
    }
    if names.catalogue.indicator(name.text).is_some() {
        file.sink.report(
            Diagnostic::new(
                Code::DuplicateId,
                name.span.clone(),
                format!("“{}”已经是指标的名称", name.text),
                format!("`{}` is the name of an indicator", name.text),
            )
            .help("给阈值换一个名称", "give the limit another name"),
        );
    }
}

/// Reports every limit that no condition used.
pub(crate) fn check_used(file: File<'_>, limits: &Limits) {
    for (name, named) in limits {
        if !*named.used.borrow() {
            file.sink.report(Diagnostic::new(
                Code::UnusedLimit,
                named.span.clone(),
                format!("阈值“{name}”没有被使用"),
                format!("limit `{name}` is not used"),
            ));
        }
    }
}

/// The limits in file order.
pub(crate) fn in_order(limits: &Limits) -> Vec<Arc<Limit>> {
    let mut all: Vec<&Rc<NamedLimit>> = limits.values().collect();
    all.sort_by_key(|named| named.span.start);
    all.into_iter().filter_map(|named| named.limit.clone()).collect()
}

/// Edges of a band, a tier or a mark: `>= 70 %, < 80 %`. Every edge states its operator.
pub(crate) fn edges(
    file: File<'_>,
    word: &Word<'_>,
    name: &str,
    citation: &Citation,
) -> Option<Vec<(Operator, ReadLimit)>> {
    let start = word.inner_start(file).unwrap_or(word.span.start);
    let mut edges = Vec::new();
    let mut offset = 0;
    for part in word.text.split(',') {
        let from = start + offset + (part.len() - part.trim_start().len());
        offset += part.len() + 1;
        let part = part.trim();
        let span =
            crate::diagnostic::Span { start: from, end: from + part.len(), ..word.span.clone() };
        let signs = [
            (">=", Operator::AtLeast),
            ("≥", Operator::AtLeast),
            ("<=", Operator::AtMost),
            ("≤", Operator::AtMost),
            (">", Operator::MoreThan),
            ("<", Operator::LessThan),
            ("=", Operator::Equal),
        ];
        let Some((operator, rest)) =
            signs.iter().find_map(|(sign, operator)| Some((*operator, part.strip_prefix(sign)?)))
        else {
            file.sink.report(
                Diagnostic::new(
                    Code::UnstatedEdge,
                    span,
                    format!("“{part}”没有写明边界是否含本数"),
                    format!("`{part}` does not state its edge"),
                )
                .help(
                    "写成 >=、>、<= 或 <，如 \">= 70 %, < 80 %\"",
                    "write >=, >, <= or <, such as \">= 70 %, < 80 %\"",
                ),
            );
            return None;
        };
        let quantity = Word { text: rest.trim(), span };
        edges.push((operator, written(file, &quantity, name, citation.clone())?));
    }
    Some(edges)
}

/// Points: `5`, `2.5`, `"60 分"`.
pub(crate) fn points(value: &Value<'_>) -> Option<Points> {
    let word = value.number_word()?;
    let number = word.text.trim().trim_end_matches('分').trim_end();
    match enterprise::parse_decimal(number, 100) {
        Ok(points) => Some(Points(points)),
        Err(_) => {
            value.file.sink.report(
                Diagnostic::new(
                    Code::BadQuantity,
                    word.span,
                    format!("“{}”不是分数", word.text),
                    format!("`{}` is not a number of points", word.text),
                )
                .help("最多两位小数", "at most two decimals"),
            );
            None
        }
    }
}

/// A limit's value as points.
pub(crate) fn as_points(value: Exact) -> Option<Points> {
    value.exactly_at(100).map(Points)
}

/// A remark.
pub(crate) fn note(table: &Table<'_>) -> Option<Text> {
    table.text("note")
}
