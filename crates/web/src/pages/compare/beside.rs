//! Both texts row by row.

use catalogue::part::{ColumnKind, Line, Part, Piece, Row, Table as Listed};
use changes::Sides;

/// A row of both texts.
pub(super) struct Beside {
    pub label: String,
    pub depth: usize,
    pub old: Option<Vec<String>>,
    pub new: Option<Vec<String>>,
    pub same: bool,
}

/// The rows of all tables of a chapter.
pub(super) fn rows(parts: &[Part]) -> Vec<(&Listed, &Row)> {
    parts
        .iter()
        .filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        })
        .flat_map(|table| table.rows.iter().map(move |row| (table, row)))
        .collect()
}

/// The criteria of both.
pub(super) fn criteria(
    sides: &Sides,
    old: Vec<(&Listed, &Row)>,
    new: Vec<(&Listed, &Row)>,
) -> Vec<Beside> {
    sides
        .criteria
        .iter()
        .filter_map(|side| {
            let before = side.old.and_then(|at| old.get(at));
            let after = side.new.and_then(|at| new.get(at));
            let (table, row) = after.or(before)?;
            Some(beside(table, row, before.copied(), after.copied(), side.same))
        })
        .collect()
}

/// The items of both score tables; the same item is called the same.
pub(super) fn score(old: &[Part], new: &[Part]) -> Vec<Beside> {
    let (old, new) = (rows(old), rows(new));
    let key = |row: &Row| row.of.as_ref().map(|of| of.path.clone());
    let mut found: Vec<Beside> = new
        .iter()
        .map(|after| {
            let before = old.iter().find(|before| key(before.1) == key(after.1));
            let same = before.is_some_and(|before| before.1.cells == after.1.cells);
            beside(after.0, after.1, before.copied(), Some(*after), same)
        })
        .collect();
    let gone = old.iter().filter(|before| !new.iter().any(|after| key(after.1) == key(before.1)));
    found.extend(gone.map(|before| beside(before.0, before.1, Some(*before), None, false)));
    found
}

fn beside(
    table: &Listed,
    row: &Row,
    old: Option<(&Listed, &Row)>,
    new: Option<(&Listed, &Row)>,
    same: bool,
) -> Beside {
    let words = |(table, row): (&Listed, &Row)| cell(table, row, ColumnKind::Words);
    Beside {
        label: cell(table, row, ColumnKind::Name).join(" "),
        depth: row.depth.min(4),
        old: old.map(words),
        new: new.map(words),
        same,
    }
}

/// The lines of the first column of a kind.
fn cell(table: &Listed, row: &Row, kind: ColumnKind) -> Vec<String> {
    let at = table.columns.iter().position(|column| column.kind == kind);
    let lines = at.and_then(|at| row.cells.get(at)).map(Vec::as_slice).unwrap_or_default();
    lines.iter().map(plain).collect()
}

fn plain(line: &Line) -> String {
    let words = line.0.iter().map(|piece| match piece {
        Piece::Text(text)
        | Piece::Strong(text)
        | Piece::Faint(text)
        | Piece::Code(text)
        | Piece::Link(text, _)
        | Piece::Status(_, text) => text.as_str(),
    });
    words.collect()
}
