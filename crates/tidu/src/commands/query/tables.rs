//! `SHOW TABLES`: what can be asked.

use std::io::{self, Write};

use engine::{Kind, Table};

use crate::exit::Exit;
use crate::output::Screen;
use crate::text::screening::grouped;
use crate::text::table::{Cell, Column, Table as Lines};

/// Whether that is the question.
pub(super) fn wanted(sql: &str) -> bool {
    let words: Vec<&str> = sql.trim_end_matches([';', ' ', '\n']).split_whitespace().collect();
    matches!(words.as_slice(), [show, tables]
        if show.eq_ignore_ascii_case("show") && tables.eq_ignore_ascii_case("tables"))
}

/// The tables with what they are.
pub(super) fn show(tables: &[Table], screen: &Screen, out: &mut impl Write) -> io::Result<Exit> {
    let mut lines = Lines::new(vec![
        Column::fixed(screen.say("表", "Table")),
        Column::words(screen.say("内容", "What it is"), 12),
        Column::number(screen.say("行", "Rows")),
        Column::number(screen.say("列", "Columns")),
    ]);
    for table in tables {
        let kind = match table.kind {
            Kind::Population => {
                screen.say("企业总体，一户一行", "a population, a row for each subject")
            }
            Kind::Result => screen.say("筛查结果，一户一行", "a result, a row for each subject"),
            Kind::Verdicts => {
                screen.say("筛查结果，每户每个项目一行", "a result, a row for each verdict")
            }
        };
        lines.row(vec![
            Cell::plain(&table.name),
            Cell::plain(kind),
            Cell::plain(table.rows.map(grouped).unwrap_or_default()),
            Cell::plain(grouped(table.columns.len() as u64)),
        ]);
    }
    for line in lines.lines(screen.width, screen.colour) {
        writeln!(out, "{}", line.trim_end())?;
    }
    out.flush()?;
    Ok(Exit::Answered)
}
