//! The documents that a programme's page rests on, each once.

use rules::{Body, Citation, Criterion, Document, Programme, Rulebook, Version};
use words::provenance;

use crate::paper::Paper;

pub(super) fn section(paper: &mut Paper, programme: &Programme, rulebook: &Rulebook) {
    let mut names: Vec<String> = Vec::new();
    let mut add = |document: &Document| {
        let name = provenance::document(&Document { annex: String::new(), ..document.clone() });
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    };
    for version in programme.versions.iter().rev() {
        add(&version.document);
        citations(version).iter().for_each(|citation| add(&citation.document));
    }
    for round in rulebook.rounds.iter().filter(|round| round.programme == programme.id) {
        add(&round.document);
    }
    // A number alone says less than the same number with its name.
    let fuller: Vec<_> = names
        .iter()
        .filter(|name| !names.iter().any(|other| other.starts_with(&format!("{name} "))))
        .map(|name| name.trim().into())
        .collect();
    if fuller.is_empty() {
        return;
    }
    paper.heading(2, paper.say("依据文件", "Documents"), None);
    paper.bullets(fuller);
}

fn citations(version: &Version) -> Vec<&Citation> {
    let mut found: Vec<&Citation> =
        version.applies.iter().map(|applies| &applies.citation).collect();
    for criterion in version.criteria.iter().chain(&version.preferences) {
        in_criterion(criterion, &mut found);
    }
    for group in version.score.iter().flat_map(|table| &table.groups) {
        found.extend(group.items.iter().map(|item| &item.citation));
    }
    found.extend(version.validity.iter().map(|limit| &limit.citation));
    found.extend(version.steps.iter().chain(&version.duties).map(|provision| &provision.citation));
    found.extend(version.benefits.iter().map(|benefit| &benefit.citation));
    found
}

fn in_criterion<'r>(criterion: &'r Criterion, found: &mut Vec<&'r Citation>) {
    found.push(&criterion.citation);
    found.extend(criterion.limits.iter().map(|limit| &limit.citation));
    if let Body::Group(_, children) = &criterion.body {
        children.iter().for_each(|child| in_criterion(child, found));
    }
}
