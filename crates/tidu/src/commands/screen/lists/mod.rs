//! `--lists`: the people whom an office works with, as a workbook. A sheet for each programme: who
//! qualifies, whose judgement is pending, who is one criterion short, nearest first.

mod about;
mod sheets;

use std::path::{Path, PathBuf};

use engine::{Failure, Limits, Query};
use enterprise::Text;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::file;
use crate::output::Screen;
use crate::screened::Screened;
use sheets::Words;

/// Writes the lists from the result that was just written; answers what to say about them.
pub(super) fn write(
    screened: &Screened<'_>,
    result: &Path,
    path: &Path,
    screen: &Screen,
) -> Result<Text, Failure> {
    let lang = screen.lang;
    let paths: Vec<PathBuf> = vec![result.to_owned()];
    let query = Query::open(&paths, lang, Limits::default())?;
    let (rows, sheets) = file::filled(path, |unfinished| {
        let mut book = Workbook::new();
        let words = Words::new(screened, &query, lang)?;
        let mut index = Vec::new();
        for place in 0..screened.programmes.len() {
            index.extend(sheets::programme(&query, &words, place, &mut book)?);
        }
        about::write(&mut book, screened, &index, lang).map_err(broken)?;
        book.save(unfinished).map_err(broken)?;
        let rows: u64 = index.iter().map(|own| own.counts.iter().sum::<u64>()).sum();
        Ok((rows, index.len()))
    })?;
    let path = path.display();
    Ok(Text::new(
        format!("已写入 {path}：{sheets} 个项目的名单，共 {rows} 户次"),
        format!("wrote {path}: lists of {sheets} programmes, {rows} rows"),
    ))
}

pub(super) fn broken(error: XlsxError) -> Failure {
    match error {
        XlsxError::IoError(error) => error.into(),
        error => Failure::Broken(Text::new(
            format!("写入 Excel 时出错：{error}"),
            format!("writing the workbook failed: {error}"),
        )),
    }
}
