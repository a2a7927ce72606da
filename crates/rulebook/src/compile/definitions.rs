//! Shared definitions by id, and whether two of them hold on one day.

use std::collections::BTreeMap;

use rules::Rulebook;

use crate::code::Code;
use crate::compile::duplicate;
use crate::compile::tree::Tree;
use crate::diagnostic::Diagnostic;
use crate::expression::resolve::Resolver;
use crate::expression::scope::Names;
use crate::read::criterion::Definitions;
use crate::read::definition::{classification, shared};
use crate::read::table::Sink;

pub(crate) fn read_definitions(
    tree: &Tree<'_>,
    sink: &Sink,
    names: &Names,
    rulebook: &mut Rulebook,
) -> Definitions {
    let mut definitions = Definitions::default();
    let mut classes: BTreeMap<String, Vec<rules::Classification>> = BTreeMap::new();
    // Classifications first: shared criteria may test what they give.
    for (id, file) in &tree.definitions {
        let table = file.table();
        let resolver = Resolver { names, rulebook };
        let kind = crate::read::indicator::one_of(
            &table,
            "kind",
            &[("criteria", false), ("classification", true)],
        );
        match kind {
            Some(true) => {
                if let Some((found, span)) = classification(&resolver, id, &table) {
                    let known = classes.entry(found.indicator.id.clone()).or_default();
                    let overlap = known.iter().any(|other| {
                        other.to.is_none_or(|to| to >= found.from)
                            && found.to.is_none_or(|to| to >= other.from)
                    });
                    if overlap {
                        sink.report(Diagnostic::new(
                            Code::VersionOverlap,
                            span,
                            format!("“{id}”在同一天有两个版本"),
                            format!("two versions of `{id}` on one day"),
                        ));
                    }
                    known.push(found);
                }
            }
            Some(false) => {
                if let Some(found) = shared(&resolver, id, &table) {
                    let known = definitions.by_id.entry((*id).to_owned()).or_default();
                    if let Some(first) = known.iter().find(|other| other.version == found.version) {
                        duplicate(sink, &found.version, found.span.clone(), Some(&first.span));
                    }
                    known.push(found);
                }
            }
            None => {
                table.need("kind");
            }
        }
    }
    rulebook.classifications = classes;
    definitions
}
