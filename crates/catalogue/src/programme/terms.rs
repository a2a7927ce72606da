//! What the words of a version mean: the indicators that it looks at, how each is computed and where it is found. The
//! Markdown pages have pages for indicators instead.

use enterprise::{Indicator, Period};
use rules::{Body, Rulebook, Scale, Version};
use words::law;

use crate::paper::Paper;
use crate::part::{ColumnKind, Line, Row};
use crate::uses::{Thing, in_condition, in_quantity, in_scale};

pub(super) fn section(paper: &mut Paper, version: &Version, rulebook: &Rulebook) {
    let rows: Vec<Row> = used(version)
        .into_iter()
        .filter_map(|id| rulebook.catalogue.indicator(id))
        .map(|indicator| row(paper, indicator, rulebook))
        .collect();
    if rows.is_empty() {
        return;
    }
    paper.heading(3, paper.say("指标口径", "What the words mean"), None);
    let columns = [
        (ColumnKind::Name, paper.say("指标", "Indicator")),
        (ColumnKind::Words, paper.say("含义", "Meaning")),
        (ColumnKind::Words, paper.say("计算方法", "Computed as")),
        (ColumnKind::Source, paper.say("数据来源", "First hand")),
    ];
    paper.table(&columns, rows);
}

fn row(paper: &Paper, indicator: &Indicator, rulebook: &Rulebook) -> Row {
    let formula = rulebook.formulas.get(&indicator.id).map(|formula| match indicator.period {
        Period::Yearly => law::quantity_of_any_year(formula),
        Period::State => law::quantity(formula),
    });
    let by_class = rulebook.classifications.contains_key(&indicator.id);
    let computed = match formula {
        Some(formula) => paper.t(&formula),
        None if by_class => paper.say("按划型标准", "by the classification").to_owned(),
        None => String::new(),
    };
    let source = if indicator.given { paper.t(&indicator.source) } else { String::new() };
    Row {
        name: Some(format!("term-{}", indicator.id)),
        cells: [paper.t(&indicator.label), paper.t(&indicator.note), computed, source]
            .into_iter()
            .map(|words| vec![Line::from(words)])
            .collect(),
        ..Row::default()
    }
}

/// The indicators that a version names, each once, in order of appearance.
fn used(version: &Version) -> Vec<&str> {
    let mut things = Vec::new();
    let criteria = version.criteria.iter().chain(&version.preferences);
    for criterion in criteria.flat_map(rules::Criterion::walk) {
        criterion.when.iter().for_each(|when| in_condition(when, &mut things));
        if let Body::Require(condition) = &criterion.body {
            in_condition(condition, &mut things);
        }
    }
    let groups = version.score.iter().flat_map(|table| &table.groups);
    let scales = groups.flat_map(|group| &group.items).map(|item| &item.scale);
    scales.for_each(|scale: &Scale| in_scale(scale, &mut things));
    let amounts = version.benefits.iter().filter_map(|benefit| benefit.amount.as_ref());
    amounts.for_each(|amount| in_quantity(amount, &mut things));
    things
        .into_iter()
        .filter_map(|thing| match thing {
            Thing::Indicator(id) => Some(id),
            Thing::Event(_) | Thing::Title(_) => None,
        })
        .collect()
}
