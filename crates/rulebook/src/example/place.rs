//! Where a number stands in the rule files, so that a report can point at it. Values hold no places:
//! the files are read once more, and only for what is reported.

use rules::Rulebook;
use toml::de::DeTable;

use crate::diagnostic::Span;
use crate::example::nudge::Knob;
use crate::example::nudge_benefit::BenefitKnob;
use crate::example::nudge_round::RoundKnob;
use crate::overlay::{Number, NumberKind, criteria_numbers, numbers};
use crate::read::table::{File, Sink, Table};
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
    let mut known = numbers(sources);
    known.retain(|number| {
        number.owner == owner && (owner != programme || number.version == version)
    });
    of_knob(&known, knob)
}

/// The tier edge of a classification.
pub(crate) fn in_classification(
    sources: &Sources,
    id: &str,
    version: &str,
    knob: &Knob,
) -> Option<Span> {
    let mut known = numbers(sources);
    known.retain(|number| number.owner == id && number.version == version);
    of_knob(&known, knob)
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
            RoundKnob::Criterion(knob) => of_knob(&criteria_numbers(&table), knob),
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

fn of_knob(numbers: &[Number], knob: &Knob) -> Option<Span> {
    let all = |wanted: &dyn Fn(&[&str], &Number) -> bool| -> Vec<&Number> {
        let of = |number: &&Number| {
            let path: Vec<&str> = number.path.iter().map(String::as_str).collect();
            wanted(&path, number)
        };
        numbers.iter().filter(of).collect()
    };
    let (found, index) = match knob {
        Knob::Limit(owner, id, limit) => {
            let of_score = &**owner == "score";
            let ends = [&**id, limit.as_str()];
            let is = |path: &[&str]| {
                path.ends_with(&ends) && (path.first() == Some(&"score")) == of_score
            };
            (all(&|path, _| is(path)), 0)
        }
        Knob::Months(_, id) => {
            let is = |path: &[&str]| path.iter().rev().nth(1) == Some(&&**id);
            (all(&|path, number| number.kind == NumberKind::Months && is(path)), 0)
        }
        Knob::Edge(id, written) => {
            let is = |number: &Number| number.written.as_ref() == Some(written);
            (
                all(&|path, number| {
                    matches!(path, ["score", _, item, ..] if *item == &**id) && is(number)
                }),
                0,
            )
        }
        Knob::Points(id, index) => {
            let is = |path: &[&str]| matches!(path, ["score", _, item, .., last] if *item == &**id && *last != "max");
            (all(&|path, number| number.kind == NumberKind::Points && is(path)), *index)
        }
        Knob::Mark(None) => (all(&|path, _| matches!(path, ["score", "pass"])), 0),
        Knob::Mark(Some(id)) => {
            (all(&|path, _| matches!(path, ["score", group, "floor"] if *group == &**id)), 0)
        }
        Knob::Day(index, first) => {
            let last = if *first { "from" } else { "to" };
            (all(&|path, _| path.last() == Some(&last)), *index)
        }
        Knob::Validity => (all(&|path, _| path == ["validity"]), 0),
        Knob::Benefit(BenefitKnob::Amount(id, index)) => {
            let is = |path: &[&str]| matches!(path, ["benefit", own, name] if *own == id && *name != "cap");
            (all(&|path, _| is(path)), *index)
        }
        Knob::Benefit(BenefitKnob::Cap(id)) => {
            (all(&|path, _| matches!(path, ["benefit", own, "cap"] if *own == id)), 0)
        }
        Knob::Benefit(BenefitKnob::Ceiling(id, index)) => {
            (all(&|path, _| matches!(path, ["benefit", own, "ceiling", _] if *own == id)), *index)
        }
        Knob::Tier(group, metric, tier) => {
            let own = all(&|path, _| matches!(path, [own, _, _] if *own == &**group));
            let metrics = own.chunk_by(|one, two| one.path.get(1) == two.path.get(1));
            (metrics.skip(*metric).take(1).flatten().copied().collect(), *tier)
        }
    };
    found.get(index).and_then(|number| number.place()).cloned()
}
