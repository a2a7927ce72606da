//! Every number of the rule files, in the order of the files. Reads the text as written: what is
//! found here is what can be written anew.

use toml::de::DeTable;

use crate::expression::measure::quantity;
use crate::overlay::criteria::criteria;
use crate::overlay::number::{Number, NumberKind};
use crate::overlay::scale::score;
use crate::overlay::walk::{Here, Walk};
use crate::overlay::windows::first_name;
use crate::overlay::written::inner;
use crate::read::cite::Inherited;
use crate::read::table::{File, Sink, Table, Value, Word};
use crate::source::Sources;

/// Every number of programmes and shared definitions.
pub fn numbers(sources: &Sources) -> Vec<Number> {
    let mut found = Vec::new();
    for (path, text) in sources.iter() {
        let parts: Vec<&str> = path.split('/').collect();
        let owner = match parts.as_slice() {
            ["programmes", _, id, file] if *file != "programme.toml" => *id,
            ["definitions", id, _] => *id,
            _ => continue,
        };
        // A look at a table can report; the compiler has said it already.
        let sink = Sink::default();
        let Ok(root) = DeTable::parse(text) else { continue };
        let table = Table::of(File { path, text, sink: &sink }, &root);
        let Some(version) = table.word("version") else { continue };
        of_file(&mut Walk::new(owner, version.text, &mut found), &table);
    }
    found
}

fn of_file(walk: &mut Walk<'_>, table: &Table<'_>) {
    let here = Here::at(table, Inherited::of_file(table));
    days(walk, table, &here);
    if let Some(value) = table.get("validity") {
        let here =
            here.called("称号有效期（不影响判定）", "Validity of the title (decides nothing)");
        walk.add_quantity(&here, "validity", &value);
    }
    criteria(walk, table, "criterion", &here);
    if let Some(table) = table.get("score").and_then(|value| value.table()) {
        score(walk, &table, &here.inside(&table, "score"));
    }
    criteria(walk, table, "preference", &here.named("preference"));
    for benefit in table.list("benefit").iter().filter_map(Value::table) {
        let Some(id) = benefit.word("id") else { continue };
        let inside = here.named("benefit").inside(&benefit, id.text);
        money_of(walk, &benefit, &inside);
    }
    let order = table.words("order");
    for group in table.list("group").iter().filter_map(Value::table) {
        let Some(id) = group.word("id") else { continue };
        tiers(walk, &group, &here.inside(&group, id.text), &order);
    }
}

/// The first and last days, by purpose where there is one.
fn days(walk: &mut Walk<'_>, table: &Table<'_>, here: &Here) {
    for applies in table.list("applies").iter().filter_map(Value::table) {
        let inside = match applies.word("purpose") {
            Some(purpose) => here.inside(&applies, purpose.text),
            None => here.beside(&applies),
        };
        let Some(from) = applies.get("from") else { continue };
        if let Some((written, span)) = inner(&from) {
            walk.add(&inside, "from", NumberKind::Day, &written, span);
        }
        match applies.get("to").and_then(|to| inner(&to)) {
            Some((written, span)) => walk.add(&inside, "to", NumberKind::Day, &written, span),
            None => walk.add_open_end(&inside, from.span()),
        }
    }
}

/// The amounts of a benefit.
fn money_of(walk: &mut Walk<'_>, benefit: &Table<'_>, here: &Here) {
    walk.add_limits(here, benefit);
    for key in ["amount", "cap"] {
        let Some(value) = benefit.get(key) else { continue };
        // An amount can be an expression over limits, which have addresses of their own.
        let plain = value.is_table() || inner(&value).is_some_and(|(it, _)| quantity(&it).is_ok());
        if plain {
            walk.add_quantity(here, key, &value);
        }
    }
    for ceiling in benefit.list("ceilings").iter().filter_map(Value::table) {
        let (Some(per), Some(amount)) = (ceiling.word("per"), ceiling.get("amount")) else {
            continue;
        };
        walk.add_quantity(&here.named("ceiling"), per.text, &amount);
    }
}

/// The tier edges of a group of industries, by metric and tier.
fn tiers(walk: &mut Walk<'_>, group: &Table<'_>, here: &Here, order: &[Word<'_>]) {
    let mut metrics: Vec<String> = Vec::new();
    for metric in group.list("metric").iter().filter_map(Value::table) {
        let Some(value) = metric.word("value") else { continue };
        let mut name = first_name(&value).unwrap_or_default();
        if metrics.contains(&name) || name.is_empty() {
            name = format!("metric-{}", metrics.len() + 1);
        }
        let inside = here.inside(&metric, &name);
        metrics.push(name);
        for (word, tier) in metric.words("tiers").iter().zip(order) {
            walk.add_mark(&inside, tier.text, word, metric.file);
        }
    }
}
