//! Walks the versions and rounds of a rulebook and has their criteria and score tables checked.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rules::{Criterion, Rulebook, Version};

use crate::check::logic::alternatives::neighbours;
use crate::check::logic::conjunction::check_conjunction;
use crate::check::logic::in_force::InForce;
use crate::check::logic::placed::Placing;
use crate::check::logic::report::Report;
use crate::check::logic::scales::check_score;
use crate::compile::tree::{RuleFile, Tree};
use crate::read::criterion::Definitions;
use crate::read::table::{Sink, Table};

/// Checks what the criteria of every version and round say about each other.
pub(crate) fn check_logic(
    tree: &Tree<'_>,
    sink: &Sink,
    definitions: &Definitions,
    rulebook: &Rulebook,
) {
    let files: BTreeMap<&str, RuleFile<'_>> =
        tree.definitions.iter().map(|(_, file)| (&**file.file.path, *file)).collect();
    let programmes: BTreeMap<&str, &[Version]> = rulebook
        .programmes
        .iter()
        .map(|programme| (programme.id.as_str(), programme.versions.as_slice()))
        .collect();
    for (programme, file) in &tree.versions {
        let table = file.table();
        let versions = programmes.get(programme).copied().unwrap_or_default();
        let version = table
            .word("version")
            .and_then(|id| versions.iter().find(|version| version.id == id.text));
        let Some(version) = version else { continue };
        let report = Report { sink, file: Arc::clone(file.file.path) };
        let day = version.applies.iter().map(|applies| applies.from).min();
        let in_force = InForce::of_version(sink, &version.applies);
        let judged = RefCell::default();
        let (files, in_force, judged) = (&files, &in_force, &judged);
        let placing = Placing { rulebook, definitions, files, day, in_force, judged };
        check_version(&report, placing, &table, version);
    }
    let rounds: BTreeMap<(&str, Date), &[Criterion]> = rulebook
        .rounds
        .iter()
        .map(|round| ((round.programme.as_str(), round.from), round.criteria.as_slice()))
        .collect();
    for file in &tree.rounds {
        let report = Report { sink, file: Arc::clone(file.file.path) };
        let list = file.table().list("round");
        for table in list.iter().filter_map(|value| value.table()) {
            let from = || table.get("window")?.table()?.get("from")?.date();
            let (Some(programme), Some(from)) = (table.word("programme"), from()) else { continue };
            let Some(criteria) = rounds.get(&(programme.text, from)) else { continue };
            let to = || table.get("window")?.table()?.get("to")?.date();
            let in_force = InForce { sink, periods: vec![(None, (from, to()))] };
            let judged = RefCell::default();
            let (files, in_force, judged) = (&files, &in_force, &judged);
            let day = Some(from);
            let placing = Placing { rulebook, definitions, files, day, in_force, judged };
            let nodes = placing.criteria(&table, "criterion", criteria);
            check_conjunction(&report, &nodes, None);
        }
    }
}

fn check_version<'a>(
    report: &Report<'_>,
    placing: Placing<'_, 'a>,
    table: &Table<'a>,
    version: &Version,
) {
    let criteria = placing.criteria(table, "criterion", &version.criteria);
    check_conjunction(report, &criteria, None);
    // Preferences never decide: each stands for itself.
    let preferences = placing.criteria(table, "preference", &version.preferences);
    for (earlier, later) in neighbours(&preferences) {
        if earlier.whole_name() == later.whole_name() {
            report.duplicate(later, earlier);
        }
    }
    for preference in &preferences {
        check_conjunction(report, [preference], None);
    }
    let score = table.get("score").and_then(|value| value.table());
    if let (Some(table), Some(score)) = (score, &version.score) {
        check_score(report, placing, &table, score);
    }
}
