//! Parts of the law as a page shows them: links that lead somewhere here, chips beside numbers, no ids.

use askama::Template;
use catalogue::part::{Column, ColumnKind, Line, Part, Piece, Row, Table, To};
use rules::{Programme, Status};

use super::mark::{Mark, Places};
use crate::failure::Failure;
use crate::lang::Say;
use crate::view;

/// A chapter of a page.
pub(crate) struct Chapter {
    pub id: &'static str,
    pub title: String,
    pub body: view::Part,
    /// How many there are of what stands in it, if it opens on demand.
    pub folded: Option<usize>,
}

/// The chapter of some parts, whose first is its heading; none if there are no parts.
pub(crate) fn chapter(
    id: &'static str,
    parts: &[Part],
    programme: &Programme,
    places: &Places,
    say: Say,
) -> Result<Option<Chapter>, Failure> {
    let mut rest = parts;
    let mut title = String::new();
    let mut base = 3;
    if let [Part::Heading { level, words, .. }, after @ ..] = parts {
        (title, base, rest) = (words.clone(), *level, after);
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let shower = Shower { programme, places, say };
    let parts = rest.iter().map(|part| shower.part(part, base)).collect();
    let body = view::Part::new(&Shown { say, parts })?;
    Ok(Some(Chapter { id, title, body, folded: None }))
}

#[derive(Template)]
#[template(path = "law/parts.html")]
struct Shown {
    say: Say,
    parts: Vec<Block>,
}

enum Block {
    Heading { level: usize, words: String, name: String },
    Paragraph(Vec<Bit>, Option<Mark>),
    Bullets(Vec<Vec<Bit>>),
    Table { heads: Vec<Head>, rows: Vec<Shelf> },
}

struct Head {
    words: String,
    class: &'static str,
}

/// A row.
struct Shelf {
    name: String,
    class: String,
    cells: Vec<Cell>,
}

struct Cell {
    head: String,
    class: &'static str,
    lines: Vec<Written>,
    mark: Option<Mark>,
}

/// A line of a cell, and whether it is one of several that are listed.
struct Written {
    bits: Vec<Bit>,
    item: bool,
}

enum Bit {
    Text(String),
    Strong(String),
    Faint(String),
    Link(String, String),
    Status(&'static str, String),
}

struct Shower<'a> {
    programme: &'a Programme,
    places: &'a Places,
    say: Say,
}

impl Shower<'_> {
    fn part(&self, part: &Part, base: usize) -> Block {
        match part {
            Part::Heading { level, words, name } => Block::Heading {
                level: (level + 2).saturating_sub(base).clamp(2, 4),
                words: words.clone(),
                name: name.clone().unwrap_or_default(),
            },
            Part::Paragraph(line, of) => {
                let mark = of.as_ref().and_then(|of| self.places.mark(of));
                Block::Paragraph(self.line(line), mark)
            }
            Part::Bullets(items) => {
                Block::Bullets(items.iter().map(|item| self.line(item)).collect())
            }
            Part::Table(table) => self.table(table),
        }
    }

    fn table(&self, table: &Table) -> Block {
        // Ids are for who writes rules; the anchor of the row carries them.
        let shown =
            || table.columns.iter().enumerate().filter(|(_, column)| column.kind != ColumnKind::Id);
        let heads = shown()
            .map(|(_, column)| Head { words: column.words.clone(), class: class(column.kind) })
            .collect();
        let last = shown().rfind(|(_, column)| column.kind == ColumnKind::Source);
        let last = last.map(|(at, _)| at);
        let row = |row: &Row| {
            let is_group = row.depth == 0 && !table.columns.is_empty();
            let cells = shown()
                .filter_map(|(at, column)| {
                    let lines = row.cells.get(at)?;
                    let mark = row.of.as_ref().filter(|_| last == Some(at));
                    Some(Cell {
                        head: self.head(column),
                        class: class(column.kind),
                        lines: lines.iter().map(|line| self.written(line)).collect(),
                        mark: mark.and_then(|of| self.places.mark(of)),
                    })
                })
                .collect();
            Shelf {
                name: row.name.clone().unwrap_or_default(),
                class: if is_group { String::new() } else { format!("depth-{}", row.depth.min(4)) },
                cells,
            }
        };
        Block::Table { heads, rows: table.rows.iter().map(row).collect() }
    }

    /// The head of a column beside its cell on a phone, where there is less room.
    fn head(&self, column: &Column) -> String {
        match column.kind {
            ColumnKind::Source => self.say.t("programmes.source"),
            _ => column.words.clone(),
        }
    }

    fn written(&self, line: &Line) -> Written {
        let first = line.0.first();
        let item = matches!(first, Some(Piece::Text(text)) if text.starts_with("· "));
        Written { bits: self.line(line), item }
    }

    fn line(&self, line: &Line) -> Vec<Bit> {
        line.0.iter().map(|piece| self.bit(piece)).collect()
    }

    fn bit(&self, piece: &Piece) -> Bit {
        match piece {
            Piece::Text(text) | Piece::Code(text) => Bit::Text(text.clone()),
            Piece::Strong(text) => Bit::Strong(text.clone()),
            Piece::Faint(text) => Bit::Faint(text.clone()),
            Piece::Status(status, words) => {
                let class = if matches!(status, Status::Recalled) { "recalled" } else { "known" };
                Bit::Status(class, words.clone())
            }
            Piece::Link(words, to) => match self.way(to) {
                Some(to) => Bit::Link(words.clone(), to),
                None => Bit::Text(words.clone()),
            },
        }
    }

    /// Where a link of the catalogue leads here.
    fn way(&self, to: &To) -> Option<String> {
        let id = &self.programme.id;
        Some(match to {
            To::Programme(other) => format!("/programmes/{other}"),
            To::Place(other, name) => format!("/programmes/{other}#{name}"),
            To::Here(name) if self.programme.versions.iter().any(|one| one.id == *name) => {
                format!("/programmes/{id}?version={name}")
            }
            To::Here(name) => format!("#{name}"),
            To::Ladder(ladder) => format!("/programmes#ladder-{ladder}"),
            To::Page(path) => format!("#term-{}", path.split_once('#')?.1),
        })
    }
}

fn class(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Words => "words",
        ColumnKind::Name => "name",
        ColumnKind::Figure => "figure",
        ColumnKind::Source => "source",
        ColumnKind::Id => "id",
    }
}
