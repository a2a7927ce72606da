//! What nobody uses: indicators, events, definitions.

use crate::code::Code;
use crate::compile::tree::Tree;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::scope::Names;
use crate::read::criterion::Definitions;
use crate::read::indicator::ReadIndicator;
use crate::read::table::Sink;

pub(crate) fn check_unused(
    indicators: &[ReadIndicator<'_>],
    names: &Names,
    definitions: &Definitions,
    tree: &Tree<'_>,
    sink: &Sink,
) {
    let used = names.used.borrow();
    let report = |span: Span, code: Code, zh: String, en: String| {
        sink.report(Diagnostic::new(code, span, zh, en));
    };
    for read in indicators {
        let id = read.id.text;
        if !used.contains(id) && !read.profile {
            report(
                read.id.span.clone(),
                Code::Unused,
                format!("没有规则使用指标“{id}”"),
                format!("no rule uses indicator `{id}`"),
            );
        }
    }
    for file in &tree.indicators {
        for value in file.table().list("event") {
            let Some(word) = value.table().and_then(|table| table.word("id")) else { continue };
            if !used.contains(&format!("event:{}", word.text)) {
                report(
                    word.span.clone(),
                    Code::Unused,
                    format!("没有规则使用事件“{}”", word.text),
                    format!("no rule uses event `{}`", word.text),
                );
            }
        }
    }
    let used = definitions.used.borrow();
    for (id, versions) in &definitions.by_id {
        if let (false, Some(first)) = (used.contains(id), versions.first()) {
            report(
                first.span.clone(),
                Code::UnusedDefinition,
                format!("没有项目使用定义“{id}”"),
                format!("no programme uses definition `{id}`"),
            );
        }
    }
}
