//! `tidu query`: SQL on populations and results, as a table, JSON, CSV or a file.

mod book;
mod cells;
mod lines;
mod table;
mod tables;

use std::io;
use std::path::Path;

use engine::{Failure, Rows};
use enterprise::Lang;

use super::{fail, limits, told};
use crate::arguments::Query;
use crate::exit::Exit;
use crate::output::{Screen, complain, stdout};
use crate::outputs::{Outputs, ends_in};
use crate::text::header::made_up;
use crate::text::screening::grouped;
use crate::{file, interrupt};

pub(super) fn run(query: &Query, screen: Screen) -> io::Result<Exit> {
    let outputs = Outputs::beside(&query.files).and(query.output.as_ref(), KINDS);
    if let Err(text) = outputs.check(query.replace.force) {
        return Ok(fail(&screen, &text));
    }
    interrupt::leave(screen);
    let limits = limits(&query.threads);
    let asked = match engine::Query::open(&query.files, screen.lang, limits) {
        Ok(asked) => asked,
        Err(failure) => return Ok(told(&failure, &screen)),
    };
    if tables::wanted(&query.sql) {
        return match asked.counted() {
            Ok(tables) => tables::show(&tables, &screen, &mut stdout()),
            Err(failure) => Ok(told(&failure, &screen)),
        };
    }
    let rows = match asked.ask(&query.sql) {
        Ok(rows) => rows,
        Err(failure) => return Ok(told(&failure, &screen)),
    };
    let done = match &query.output {
        Some(path) => to_file(rows, path, asked.is_synthetic(), screen),
        None if query.json => lines::json(rows, &mut stdout()),
        None if query.csv => lines::csv(rows, &mut stdout()).map(|_| ()),
        None => table::show(rows, query.rows, &screen, &mut stdout()),
    };
    match done {
        Ok(()) => Ok(Exit::Answered),
        Err(Ended::Output(error)) => Err(error),
        Err(Ended::Failed(failure)) => Ok(told(&failure, &screen)),
    }
}

/// Why the rows were not shown to the end.
enum Ended {
    Output(io::Error),
    Failed(Failure),
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// The kinds of files that rows can be written into.
const KINDS: &[&str] = &["parquet", "xlsx", "csv"];

fn to_file(rows: Rows<'_>, path: &Path, synthetic: bool, screen: Screen) -> Result<(), Ended> {
    let count = file::filled(path, |unfinished| {
        if ends_in(path, &["parquet"]) {
            rows.write_parquet(unfinished, &interrupt::asked)
        } else if ends_in(path, &["xlsx"]) {
            book::write(rows, unfinished, screen.lang)
        } else {
            lines::csv_file(rows, unfinished)
        }
    })?;
    let (path, count) = (path.display(), grouped(count));
    complain(&match screen.lang {
        Lang::Zh => format!("已写入 {path}：{count} 行"),
        Lang::En => format!("wrote {path}: {count} rows"),
    });
    if synthetic {
        complain(made_up().get(screen.lang));
    }
    Ok(())
}
