//! Rounds and ladders, and the order in which they put programmes.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::{Document, Ladder, Round, Rulebook};

use crate::compile::duplicate;
use crate::compile::programmes::check_programme;
use crate::compile::tree::Tree;
use crate::expression::scope::Names;
use crate::read::cite::Inherited;
use crate::read::criterion::purposes;
use crate::read::table::{Sink, Value};
use crate::read::version::check_period;

pub(crate) fn read_rounds_and_ladders(
    tree: &Tree<'_>,
    sink: &Sink,
    names: &Names,
    rulebook: &mut Rulebook,
) {
    for file in &tree.rounds {
        let table = file.table();
        let inherited = Inherited {
            document: Arc::new(Document::default()),
            status: None,
            clause: "round".to_owned(),
        }
        .inside(&table);
        for value in table.list("round") {
            rulebook.rounds.extend(round(sink, names, &value, &inherited));
        }
        table.text("note");
        table.finish();
    }
    for file in &tree.ladders {
        let table = file.table();
        let Some(id) = table.need_word("id") else { continue };
        let rungs = table.words("rungs");
        for rung in &rungs {
            check_programme(sink, names, rung.text, rung.span.clone());
        }
        let ladder = Ladder {
            id: id.text.to_owned(),
            title: table.need_text("title"),
            rungs: rungs.iter().map(|word| word.text.to_owned()).collect(),
        };
        table.text("note");
        table.finish();
        if rulebook.ladders.iter().any(|known| known.id == ladder.id) {
            duplicate(sink, id.text, id.span.clone(), None);
        }
        rulebook.ladders.push(ladder);
    }
}

/// Programmes in the order in which people climb them: ladder by ladder, rung by rung, those that count
/// as a rung with it; what stands on no ladder comes last.
pub(crate) fn order_by_ladder(rulebook: &mut Rulebook) {
    let rungs: Vec<String> =
        rulebook.ladders.iter().flat_map(|ladder| ladder.rungs.iter().cloned()).collect();
    let through: BTreeMap<String, Vec<String>> = rulebook
        .programmes
        .iter()
        .map(|programme| (programme.id.clone(), programme.held_through.clone()))
        .collect();
    let rank = |id: &str| {
        rungs.iter().position(|rung| {
            rung == id || through.get(rung).is_some_and(|ids| ids.iter().any(|other| other == id))
        })
    };
    rulebook.programmes.sort_by_key(|programme| rank(&programme.id).unwrap_or(usize::MAX));
}

fn round(sink: &Sink, names: &Names, value: &Value<'_>, inherited: &Inherited) -> Option<Round> {
    let table = value.table()?;
    let programme = table.need_word("programme")?;
    check_programme(sink, names, programme.text, programme.span.clone());
    let purposes = purposes(&table);
    if purposes.is_empty() {
        table.need("purposes");
    }
    let inside = inherited.inside(&table);
    let document = crate::read::cite::document(&table);
    let citation = inside.quiet(&table);
    let base_year = table.get("base_year").and_then(|value| value.whole_within(1900, 9999));
    let window = table.need("window").and_then(|value| value.table())?;
    let from = window.need("from").and_then(|value| value.date());
    let to = window.need("to").and_then(|value| value.date());
    check_period(&window, from, to);
    window.finish();
    table.finish();
    Some(Round {
        programme: programme.text.to_owned(),
        purposes,
        from: from?,
        to: to?,
        base_year: base_year.and_then(|year| i16::try_from(year).ok()),
        document: Document::clone(&document),
        status: citation.status,
    })
}
