//! A rulebook that is usable holds everything that its files say: no criterion, band or metric is
//! dropped without a word. Counts tables in the TOML, and things in the rulebook.

use std::collections::BTreeMap;

use rules::{Criterion, Rulebook, Scale, Version};
use toml::{Table, Value};

pub(crate) type Counts = BTreeMap<&'static str, usize>;

fn list<'t>(table: &'t Table, key: &str) -> Vec<&'t Table> {
    let items = table.get(key).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_table).collect()
}

fn add(counts: &mut Counts, what: &'static str, number: usize) {
    *counts.entry(what).or_default() += number;
}

fn written_criteria(table: &Table, key: &str, counts: &mut Counts) {
    for criterion in list(table, key) {
        add(counts, "criteria", 1);
        let limits = criterion.get("limits").and_then(Value::as_table);
        add(counts, "limits", limits.map_or(0, Table::len));
        add(counts, "premises", usize::from(criterion.contains_key("when")));
        for inner in ["all", "any", "of", "case"] {
            written_criteria(criterion, inner, counts);
        }
    }
}

fn written_scale(scale: &Table, counts: &mut Counts) {
    for key in ["bands", "tally", "levels"] {
        add(counts, "bands and entries", list(scale, key).len());
    }
    for side in list(scale, "best") {
        add(counts, "sides", 1);
        written_scale(side, counts);
    }
}

/// What the files say.
pub(crate) fn written(files: &[(String, String)]) -> Counts {
    let mut counts = Counts::new();
    for (path, text) in files {
        let Ok(root) = text.parse::<Table>() else { continue };
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["indicators", _] => {
                add(&mut counts, "indicators", list(&root, "indicator").len());
                add(&mut counts, "events", list(&root, "event").len());
            }
            ["rounds", _] => add(&mut counts, "rounds", list(&root, "round").len()),
            ["ladders", _] => add(&mut counts, "ladders", 1),
            ["programmes", _, _, "programme.toml"] => add(&mut counts, "programmes", 1),
            ["programmes", _, _, _] => written_version(&root, &mut counts),
            ["definitions", _, _] => {
                for group in list(&root, "group") {
                    add(&mut counts, "groups of industries", 1);
                    add(&mut counts, "metrics", list(group, "metric").len());
                }
            }
            _ => {}
        }
    }
    counts.retain(|_, number| *number > 0);
    counts
}

fn written_version(root: &Table, counts: &mut Counts) {
    add(counts, "versions", 1);
    for (key, what) in [
        ("applies", "periods"),
        ("assume", "assumptions"),
        ("benefit", "benefits"),
        ("material", "materials"),
    ] {
        add(counts, what, list(root, key).len());
    }
    written_criteria(root, "criterion", counts);
    let score = root.get("score").and_then(Value::as_table);
    for group in score.map(|score| list(score, "group")).unwrap_or_default() {
        add(counts, "score groups", 1);
        for item in list(group, "item") {
            add(counts, "items", 1);
            written_scale(item, counts);
        }
    }
}

/// What was understood.
pub(crate) fn understood(rulebook: &Rulebook) -> Counts {
    let mut counts = Counts::new();
    let catalogue = &rulebook.catalogue;
    add(&mut counts, "indicators", catalogue.indicators().len());
    add(&mut counts, "events", catalogue.events.len());
    add(&mut counts, "rounds", rulebook.rounds.len());
    add(&mut counts, "ladders", rulebook.ladders.len());
    for programme in &rulebook.programmes {
        add(&mut counts, "programmes", 1);
        for version in &programme.versions {
            understood_version(&programme.id, version, &mut counts);
        }
    }
    for classification in rulebook.classifications.values().flatten() {
        for group in &classification.groups {
            add(&mut counts, "groups of industries", 1);
            add(&mut counts, "metrics", group.metrics.len());
        }
    }
    counts.retain(|_, number| *number > 0);
    counts
}

fn understood_version(owner: &str, version: &Version, counts: &mut Counts) {
    add(counts, "versions", 1);
    add(counts, "periods", version.applies.len());
    add(counts, "assumptions", version.assumptions.len());
    add(counts, "benefits", version.benefits.len());
    add(counts, "materials", version.materials.len());
    // What a shared definition brings is written elsewhere.
    let own = version.criteria.iter().flat_map(Criterion::walk);
    for criterion in own.filter(|criterion| criterion.owner == owner) {
        add(counts, "criteria", 1);
        add(counts, "limits", criterion.limits.len());
        add(counts, "premises", usize::from(criterion.when.is_some()));
    }
    for group in version.score.iter().flat_map(|score| &score.groups) {
        add(counts, "score groups", 1);
        for item in &group.items {
            add(counts, "items", 1);
            understood_scale(&item.scale, counts);
        }
    }
}

fn understood_scale(scale: &Scale, counts: &mut Counts) {
    match scale {
        Scale::Bands { bands, .. } => add(counts, "bands and entries", bands.len()),
        Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
            add(counts, "bands and entries", entries.len());
        }
        Scale::Best(sides) => {
            for side in sides {
                add(counts, "sides", 1);
                understood_scale(&side.scale, counts);
            }
        }
        Scale::Steps { .. } | Scale::Given(_) => {}
    }
}

#[test]
fn the_rulebook_is_whole() {
    let files = crate::common::real_files();
    let sources = crate::common::sources(files.iter().map(|(path, text)| (path, text)));
    let rulebook = crate::common::compiled(&sources);
    assert_eq!(understood(&rulebook), written(&files));
}
