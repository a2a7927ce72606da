//! `--lists`: the people whom an office works with, as a workbook. A sheet for each programme: who
//! qualifies, whose judgement is pending, who is one criterion short, nearest first; then the work list,
//! and who lacks which data.

mod about;
mod again;
mod holders;
mod sheets;
mod words;
mod work;

use std::path::{Path, PathBuf};

use engine::{Failure, Limits, Population, Query};
use enterprise::Text;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::file::{self, Draft};
use crate::output::Screen;
use crate::screened::Screened;
use crate::text::screening::grouped;
use crate::workbook;
use about::about;
use holders::Holders;
use words::Words;

/// Writes the lists from a result, which need not have its name yet, and the titles of the population;
/// answers what to say about them.
pub(super) fn write(
    screened: &Screened<'_>,
    (population, path_of, result): (&Population, &Path, &Path),
    (lists, path): (&Draft, &Path),
    screen: &Screen,
) -> Result<Text, Failure> {
    let lang = screen.lang;
    let paths: Vec<PathBuf> = vec![result.to_owned()];
    let query = Query::open(&paths, lang, Limits::default())?;
    let (rows, sheets) = file::fill(lists, |unfinished| {
        let mut book = Workbook::new();
        let holders = Holders::of(&path_of.to_owned(), screened.question.as_of, lang)?;
        let shorts = again::shorts(population, screened, lang)?;
        let words = Words::new(screened, &query, (holders, shorts), lang)?;
        let mut index = Vec::new();
        for place in 0..screened.programmes.len() {
            index.extend(sheets::programme(&query, &words, place, &mut book)?);
        }
        work::sheet(screened, &mut book, lang).map_err(broken)?;
        let lacking = again::lacking(population, screened, &mut book, lang)?;
        about(screened, &index, lacking, lang).write(&mut book).map_err(broken)?;
        workbook::save(&mut book, unfinished)?;
        let rows: u64 = index.iter().map(|own| own.counts.iter().sum::<u64>()).sum();
        Ok((rows, index.len()))
    })?;
    let (path, rows) = (path.display(), grouped(rows));
    Ok(Text::new(
        format!("已写入 {path}：{sheets} 个项目的名单，共 {rows} 户次"),
        format!("wrote {path}: lists of {sheets} programmes, {rows} rows"),
    ))
}

pub(super) fn broken(error: XlsxError) -> Failure {
    workbook::io_error(error).into()
}
