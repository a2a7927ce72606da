//! Rows as a table; where they do not fit side by side, one below the other.

use std::io::{self, IsTerminal as _, Write};

use engine::{Failure, Rows};
use enterprise::Lang;

use super::{Ended, cells};
use crate::output::Screen;
use crate::text::paint::Style;
use crate::text::screening::grouped;
use crate::text::table::{Cell, Column, Table};
use crate::text::width;

/// Rows that a terminal shows unless told otherwise.
const ON_TERMINAL: usize = 40;
/// Texts are wrapped to no less.
const NARROWEST: usize = 16;
const GAP: usize = 2;

/// Shows the rows, at most so many, and says how many more there are.
pub(super) fn show(
    rows: Rows<'_>,
    most: Option<usize>,
    screen: &Screen,
    out: &mut impl Write,
) -> Result<(), Ended> {
    let terminal = io::stdout().is_terminal();
    let most = match most {
        Some(0) => usize::MAX,
        Some(most) => most,
        None if terminal => ON_TERMINAL,
        None => usize::MAX,
    };
    let schema = rows.schema();
    let heads: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let numbers: Vec<bool> =
        schema.fields().iter().map(|field| cells::is_number(field.data_type())).collect();
    let mut shown: Vec<Vec<String>> = Vec::new();
    let mut all: usize = 0;
    for batch in rows {
        let batch = batch?;
        all += batch.num_rows();
        let columns = batch.columns().iter().map(|column| cells::texts(column));
        let columns = columns.collect::<Result<Vec<_>, _>>().map_err(Failure::from)?;
        for row in 0..batch.num_rows().min(most.saturating_sub(shown.len())) {
            let text = |column: &arrow::util::display::ArrayFormatter<'_>| {
                column.value(row).to_string().replace(char::is_control, " ")
            };
            shown.push(columns.iter().map(text).collect());
        }
    }
    let lines = if fits(&heads, &shown, &numbers, screen.width) {
        side_by_side(&heads, &shown, &numbers, screen)
    } else {
        below_each_other(&heads, &shown, screen)
    };
    for line in lines {
        writeln!(out, "{}", line.trim_end())?;
    }
    let words = count(shown.len(), all, screen.lang);
    writeln!(out, "{}", Style::Dim.paint(&words, screen.colour))?;
    out.flush()?;
    Ok(())
}

fn count(shown: usize, all: usize, lang: Lang) -> String {
    let (more, one) = (all - shown, all == 1);
    let all = grouped(all as u64);
    match (more, lang) {
        (0, Lang::Zh) => format!("共 {all} 行"),
        (0, Lang::En) => format!("{all} {}", if one { "row" } else { "rows" }),
        (more, Lang::Zh) => {
            let more = grouped(more as u64);
            format!("共 {all} 行，还有 {more} 行未显示（--rows 0 全部显示）")
        }
        (more, Lang::En) => {
            let more = grouped(more as u64);
            format!("{all} rows, {more} not shown (--rows 0 shows all)")
        }
    }
}

/// Whether the columns fit side by side: numbers whole, texts wrapped if need be.
fn fits(heads: &[String], rows: &[Vec<String>], numbers: &[bool], available: usize) -> bool {
    let least = |index: usize, number: bool| {
        let cells = rows.iter().filter_map(|row| row.get(index));
        let widest = cells.map(|cell| width::of(cell)).max().unwrap_or(0);
        let head = heads.get(index).map_or(0, |head| width::of(head));
        head.max(if number { widest } else { widest.min(NARROWEST) })
    };
    let columns = numbers.iter().enumerate().map(|(index, number)| least(index, *number));
    columns.map(|column| column + GAP).sum::<usize>() <= available + GAP
}

fn side_by_side(
    heads: &[String],
    rows: &[Vec<String>],
    numbers: &[bool],
    screen: &Screen,
) -> Vec<String> {
    let columns = heads.iter().zip(numbers).map(|(head, number)| {
        if *number { Column::number(head) } else { Column::words(head, NARROWEST) }
    });
    let mut table = Table::new(columns.collect());
    for row in rows {
        table.row(row.iter().map(Cell::plain).collect());
    }
    table.lines(screen.width, screen.colour)
}

fn below_each_other(heads: &[String], rows: &[Vec<String>], screen: &Screen) -> Vec<String> {
    let head = heads.iter().map(|head| width::of(head)).max().unwrap_or(0);
    let room = screen.width.saturating_sub(head + GAP).max(NARROWEST);
    let mut lines = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let number = format!("── {} ", index + 1);
        let rule = "─".repeat(screen.width.saturating_sub(width::of(&number)));
        lines.push(Style::Dim.paint(&format!("{number}{rule}"), screen.colour));
        for (name, cell) in heads.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            for (level, part) in width::wrap(cell, room).iter().enumerate() {
                let name = if level == 0 { name.as_str() } else { "" };
                let name = Style::Bold.paint(&width::pad(name, head), screen.colour);
                lines.push(format!("{name}  {part}"));
            }
        }
    }
    lines
}
