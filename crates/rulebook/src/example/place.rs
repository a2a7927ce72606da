//! Where a number stands in the rule files, so that a report can point at it. Values hold no places:
//! the files are read once more, and only for what is reported.

use rules::Rulebook;
use toml::de::DeTable;

use crate::diagnostic::Span;
use crate::example::nudge::Knob;
use crate::example::nudge_benefit::BenefitKnob;
use crate::example::nudge_round::RoundKnob;
use crate::read::table::{File, Sink, Table, Value};
use crate::source::Sources;

/// The number of a version of a programme; a number of a shared definition stands in that one's file.
pub(crate) fn in_version(
    sources: &Sources,
    programme: &str,
    version: &str,
    knob: &Knob,
) -> Option<Span> {
    let owner = match knob {
        Knob::Limit(owner, ..) | Knob::Months(owner, _) if &**owner != "score" => owner,
        _ => programme,
    };
    find(sources, |path, table| {
        let own = match path {
            ["programmes", _, id, file] => {
                *id == owner
                    && *id == programme
                    && *file != "programme.toml"
                    && is(table, "version", version)
            }
            ["definitions", id, _] => *id == owner && owner != programme,
            _ => false,
        };
        own.then(|| of_knob(table, knob)).flatten()
    })
}

/// The tier edge of a classification.
pub(crate) fn in_classification(
    sources: &Sources,
    id: &str,
    version: &str,
    knob: &Knob,
) -> Option<Span> {
    let Knob::Tier(group, metric, tier) = knob else { return None };
    find(sources, |path, table| {
        let own = matches!(path, ["definitions", known, _] if *known == id);
        if !own || !is(table, "version", version) {
            return None;
        }
        let group = entry(table, "group", group)?;
        let metric = group.list("metric").get(*metric)?.table()?;
        metric.list("tiers").get(*tier).map(Value::span)
    })
}

/// The number of the n-th round of the rulebook.
pub(crate) fn in_round(
    sources: &Sources,
    rulebook: &Rulebook,
    index: usize,
    knob: &RoundKnob,
) -> Option<Span> {
    let round = rulebook.rounds.get(index)?;
    find(sources, |path, table| {
        if !matches!(path, ["rounds", _]) {
            return None;
        }
        let found = table.list("round").iter().find_map(|value| {
            let table = value.table()?;
            let window = table.get("window")?.table()?;
            let from = window.get("from")?.date()? == round.from;
            let same = from && is(&table, "programme", &round.programme);
            same.then_some((table, window))
        });
        let (table, window) = found?;
        match knob {
            RoundKnob::From => window.get("from").map(|value| value.span()),
            RoundKnob::To => window.get("to").map(|value| value.span()),
            RoundKnob::Stage(index, first) => {
                let stage = table.list("stages").get(*index)?.table()?;
                stage.get(if *first { "from" } else { "to" }).map(|value| value.span())
            }
            RoundKnob::BaseYear => table.get("base_year").map(|value| value.span()),
            RoundKnob::Criterion(knob) => of_knob(&table, knob),
        }
    })
}

/// Asks every file in turn, by the parts of its path.
fn find(sources: &Sources, look: impl Fn(&[&str], &Table<'_>) -> Option<Span>) -> Option<Span> {
    sources.iter().find_map(|(path, text)| {
        let parts: Vec<&str> = path.split('/').collect();
        // A look at a table can report; nobody wants to hear it a second time.
        let sink = Sink::default();
        let root = DeTable::parse(text).ok()?;
        look(&parts, &Table::of(File { path, text, sink: &sink }, &root))
    })
}

fn is(table: &Table<'_>, key: &'static str, text: &str) -> bool {
    table.get(key).is_some_and(|value| value.is_text(text))
}

fn of_knob(table: &Table<'_>, knob: &Knob) -> Option<Span> {
    match knob {
        Knob::Limit(owner, id, limit) => {
            let inside = if &**owner == "score" { item(table, id)? } else { criterion(table, id)? };
            let limits = inside.get("limits")?.table()?;
            let found = limits.entries().into_iter().find(|(name, _)| name.text == limit);
            found.map(|(_, value)| value.span())
        }
        Knob::Months(_, id) => criterion(table, id)?.word("require").map(|word| word.span),
        Knob::Edge(id, written) => {
            let item = item(table, id)?;
            edge(&item, written).or_else(|| Some(item.head()))
        }
        Knob::Points(id, _) => item(table, id).map(|item| item.head()),
        Knob::Mark(None) => table.get("score")?.table()?.get("pass").map(|value| value.span()),
        Knob::Mark(Some(id)) => {
            let score = table.get("score")?.table()?;
            entry(&score, "group", id)?.get("floor").map(|value| value.span())
        }
        Knob::Day(index, first) => {
            let applies = table.list("applies").get(*index)?.table()?;
            applies.get(if *first { "from" } else { "to" }).map(|value| value.span())
        }
        Knob::Validity => table.get("validity").map(|value| value.span()),
        Knob::Benefit(knob) => {
            let (BenefitKnob::Amount(id, _) | BenefitKnob::Cap(id) | BenefitKnob::Ceiling(id, _)) =
                knob;
            let benefit = entry(table, "benefit", id)?;
            let key = match knob {
                BenefitKnob::Amount(..) => "amount",
                BenefitKnob::Cap(_) => "cap",
                BenefitKnob::Ceiling(..) => "ceilings",
            };
            benefit.get(key).map(|value| value.span())
        }
        Knob::Tier(..) => None,
    }
}

/// The entry of a list of tables with this id.
fn entry<'a>(table: &Table<'a>, key: &'static str, id: &str) -> Option<Table<'a>> {
    table.list(key).iter().filter_map(Value::table).find(|inner| is(inner, "id", id))
}

/// The criterion or preference with this id, at whatever depth.
fn criterion<'a>(table: &Table<'a>, id: &str) -> Option<Table<'a>> {
    for key in ["criterion", "preference", "all", "any", "of", "case"] {
        for inner in table.list(key).iter().filter_map(Value::table) {
            if is(&inner, "id", id) {
                return Some(inner);
            }
            if let Some(found) = criterion(&inner, id) {
                return Some(found);
            }
        }
    }
    None
}

fn item<'a>(table: &Table<'a>, id: &str) -> Option<Table<'a>> {
    let score = table.get("score")?.table()?;
    let groups: Vec<Table<'a>> = score.list("group").iter().filter_map(Value::table).collect();
    groups.iter().find_map(|group| entry(group, "item", id))
}

/// The band whose edges are written with this quantity, also on a side of a `best`.
fn edge(item: &Table<'_>, written: &str) -> Option<Span> {
    let bands = item.list("bands").iter().find_map(|band| {
        let word = band.table()?.word("is")?;
        word.text.contains(written).then_some(word.span)
    });
    bands.or_else(|| {
        item.list("best").iter().filter_map(Value::table).find_map(|side| edge(&side, written))
    })
}
