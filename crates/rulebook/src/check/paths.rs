//! A score table is tested by some criterion, and a direct path has another way beside it.

use std::collections::BTreeMap;

use rules::{Body, Criterion, Rulebook, Version};

use crate::code::Code;
use crate::compile::tree::Tree;
use crate::diagnostic::Diagnostic;
use crate::read::table::{Sink, Table};

pub(crate) fn check_paths(tree: &Tree<'_>, rulebook: &Rulebook, sink: &Sink) {
    let programmes: BTreeMap<&str, &[Version]> = rulebook
        .programmes
        .iter()
        .map(|programme| (programme.id.as_str(), programme.versions.as_slice()))
        .collect();
    for (programme, file) in &tree.versions {
        let table = file.table();
        let Some(id) = table.word("version") else { continue };
        let versions = programmes.get(programme).copied().unwrap_or_default();
        let Some(version) = versions.iter().find(|known| known.id == id.text) else { continue };
        each_direct(&table, &mut |direct| {
            sink.report(
                Diagnostic::new(
                    Code::DirectAlone,
                    direct,
                    "直通须是几条路径之一，而此条件必须满足",
                    "a direct path is one of several ways, but this criterion must be met",
                )
                .help(
                    "与评分或评价一起放进 [[criterion.any]]，或删去 direct",
                    "put it beside the score or evaluation into [[criterion.any]], or drop `direct`",
                ),
            );
        });
        let Some(score) = table.get("score") else { continue };
        let mut criteria = version.criteria.iter().flat_map(Criterion::walk);
        // Of criteria that were not understood, nobody knows whether they test it.
        let complete = version.criteria.len() == table.list("criterion").len();
        if complete && !criteria.any(|criterion| matches!(criterion.body, Body::Score)) {
            let span = score.table().map_or_else(|| score.span(), |score| score.head());
            sink.report(
                Diagnostic::new(
                    Code::UnusedScore,
                    span,
                    "没有条件用到此评分表，分数不影响结论",
                    "no criterion tests this score table: its points decide nothing",
                )
                .help("加上一个 score = true 的条件", "add a criterion with score = true"),
            );
        }
    }
}

/// Calls `each` with the place of every direct path that has no other way beside it.
fn each_direct(table: &Table<'_>, each: &mut dyn FnMut(crate::diagnostic::Span)) {
    for key in ["criterion", "all", "case"] {
        for value in table.list(key) {
            let Some(inner) = value.table() else { continue };
            if let Some(direct) = inner.get("direct")
                && direct.flag() == Some(true)
            {
                each(direct.span());
            }
            each_direct(&inner, each);
        }
    }
}
