//! What the checker says of a rulebook, and what it would change, as rows.

use changes::{Change, Changes, Direction, Subject, Weight};
use rulebook::Severity;
use rules::Rulebook;

use crate::lang::Say;
use crate::view::{Block, Cell, View};

/// So many lines are shown of each kind; nobody reads more on a page.
const SHOWN: usize = 300;

/// How many are not shown.
pub(super) fn more(view: &mut View, say: Say, count: usize) {
    if count > SHOWN {
        view.push(Block::Text(say.t1("rulebooks.more", "count", count - SHOWN)));
    }
}

/// What the checker says.
pub(super) fn diagnostics(
    say: Say,
    all: &[rulebook::Diagnostic],
    sources: &rulebook::Sources,
) -> (usize, Vec<Vec<Cell>>) {
    let row = |one: &rulebook::Diagnostic| {
        let (class, key) = match one.severity() {
            Severity::Error => ("bad", "rulebooks.error"),
            Severity::Warning => ("wait", "rulebooks.warning"),
        };
        let place = sources.text(&one.span.file).map_or_else(
            || one.span.file.to_string(),
            |text| {
                let at = one.span.position(text);
                format!("{}:{}:{}", one.span.file, at.line, at.column)
            },
        );
        let help = one.help.as_ref().map(|help| say.both(help));
        vec![
            Cell::State(class, say.t(key)),
            Cell::Code(place),
            Cell::Two { text: say.both(&one.message), small: help.unwrap_or_default() },
        ]
    };
    (all.len(), all.iter().take(SHOWN).map(row).collect())
}

/// What would change. Programmes that are in force now lead to their pages.
pub(super) fn changes_rows(
    say: Say,
    changed: &Changes,
    present: &Rulebook,
) -> (usize, Vec<Vec<Cell>>) {
    let mut rows = Vec::new();
    for section in &changed.sections {
        for block in &section.blocks {
            for change in &block.changes {
                let version = block.version.clone().unwrap_or_default();
                rows.push(vec![
                    subject(say, &section.subject, version, present),
                    Cell::Two { text: say.both(&change.label), small: within(say, change) },
                    Cell::maybe(change.before.as_ref().map(|text| say.both(text))),
                    Cell::maybe(change.after.as_ref().map(|text| say.both(text))),
                    Cell::States(states(say, change)),
                ]);
            }
        }
    }
    let count = rows.len();
    rows.truncate(SHOWN);
    (count, rows)
}

fn within(say: Say, change: &Change) -> String {
    let parts = [&change.within, &change.detail].into_iter().flatten();
    parts.map(|text| say.both(text)).collect::<Vec<_>>().join(" › ")
}

fn states(say: Say, change: &Change) -> Vec<(&'static str, String)> {
    let way = match change.direction {
        Some(Direction::Relaxed) => "easier",
        Some(Direction::Tightened) => "harder",
        None => "",
    };
    let (class, weight) = match change.weight {
        Weight::Verdict => ("bad", "rulebooks.turns"),
        Weight::Practice => ("wait", "rulebooks.process"),
        _ => ("", "rulebooks.wording"),
    };
    vec![(way, say.both(&change.tag())), (class, say.t(weight))]
}

fn subject(say: Say, subject: &Subject, small: String, present: &Rulebook) -> Cell {
    let text = match subject {
        Subject::Programme { id, title, .. } => {
            let text = say.both(title);
            return match present.programme(id) {
                Some(_) => Cell::Link { to: format!("/programmes/{id}"), text, small },
                None => Cell::Two { text, small },
            };
        }
        Subject::Codes { title, .. }
        | Subject::Ladder { title, .. }
        | Subject::Classification { title, .. } => say.both(title),
        Subject::Definition { id } => id.clone(),
        Subject::Catalogue => say.t("rulebooks.catalogue"),
    };
    Cell::Two { text, small }
}
