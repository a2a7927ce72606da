//! `tidu query`: SQL on populations and results, as a table, JSON, CSV or a file.

mod book;
mod cells;
mod lines;
mod table;
mod tables;

use std::io;
use std::path::Path;

use engine::{Failure, Limits, Rows};
use enterprise::{Lang, Text};

use super::fail;
use crate::arguments::Query;
use crate::exit::Exit;
use crate::output::{Screen, complain, stdout};
use crate::text::problems;
use crate::{file, interrupt};

pub(super) fn run(query: &Query, screen: Screen) -> io::Result<Exit> {
    let mut limits = Limits::default();
    if let Some(threads) = query.threads {
        limits.threads = usize::from(threads);
    }
    let form = match query.output.as_deref().map(Form::of).transpose() {
        Ok(form) => form,
        Err(text) => return Ok(fail(&screen, &text)),
    };
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
    let done = match (&query.output, form) {
        (Some(path), Some(form)) => to_file(rows, path, form, screen),
        _ if query.json => lines::json(rows, &mut stdout()),
        _ if query.csv => lines::csv(rows, &mut stdout()).map(|_| ()),
        _ => table::show(rows, query.rows, &screen, &mut stdout()),
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

/// What kind of file.
#[derive(Debug, Clone, Copy)]
enum Form {
    Parquet,
    Excel,
    Csv,
}

impl Form {
    fn of(path: &Path) -> Result<Self, Text> {
        let kind = path.extension().map(|kind| kind.to_string_lossy().to_lowercase());
        match kind.as_deref() {
            Some("parquet") => Ok(Self::Parquet),
            Some("xlsx") => Ok(Self::Excel),
            Some("csv") => Ok(Self::Csv),
            _ => Err(Text::new(
                format!("输出文件“{}”须以 .parquet、.xlsx 或 .csv 结尾", path.display()),
                format!(
                    "the file to write, `{}`, must end in .parquet, .xlsx or .csv",
                    path.display()
                ),
            )),
        }
    }
}

fn to_file(rows: Rows<'_>, path: &Path, form: Form, screen: Screen) -> Result<(), Ended> {
    interrupt::listen();
    let count = file::filled(path, |unfinished| match form {
        Form::Parquet => rows.write_parquet(unfinished, &interrupt::asked),
        Form::Excel => book::write(rows, unfinished, screen.lang),
        Form::Csv => lines::csv_file(rows, unfinished),
    })?;
    let path = path.display();
    complain(&match screen.lang {
        Lang::Zh => format!("已写入 {path}：{count} 行"),
        Lang::En => format!("wrote {path}: {count} rows"),
    });
    Ok(())
}

/// Says why there is no answer.
pub(super) fn told(failure: &Failure, screen: &Screen) -> Exit {
    match failure {
        Failure::Stopped => {
            complain(screen.say("已中断，没有写入任何文件", "interrupted; nothing was written"));
            Exit::Interrupted
        }
        Failure::Refused(found, all) => {
            for problem in found {
                complain(&problems::problem(problem, &screen.of_stderr()));
            }
            let more = all.saturating_sub(found.len() as u64);
            if more > 0 {
                complain(&match screen.lang {
                    Lang::Zh => format!("    另有 {more} 处"),
                    Lang::En => format!("    and {more} more"),
                });
            }
            Exit::Nothing
        }
        Failure::Broken(text) => fail(screen, text),
    }
}
