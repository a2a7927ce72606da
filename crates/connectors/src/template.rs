//! The blank form: one row for each subject, with a guide to every column. Whatever it writes as a
//! heading has been read back first, so that a filled-in form is always understood.

mod columns;
mod guide;
mod kinds;
mod sheet;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use enterprise::{Catalogue, Lang, Problem, ProblemKind};
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::says::refused;

/// Columns that a reader reads.
const MOST_COLUMNS: usize = 2_000;

/// The fiscal years that a form asks for.
#[derive(Debug, Clone)]
pub struct Years {
    /// Those of every yearly indicator.
    pub all: RangeInclusive<i16>,
    /// Further ones, of the indicators with these ids.
    pub beside: BTreeSet<(String, i16)>,
}

impl From<RangeInclusive<i16>> for Years {
    fn from(all: RangeInclusive<i16>) -> Self {
        Self { all, beside: BTreeSet::new() }
    }
}

/// Writes a blank form (`.xlsx`) for `years`, with headings in `lang`.
///
/// `only` names the columns to include, by id: indicators, titles, event kinds (`*` for all kinds
/// together) and judged criteria as `owner/criterion`. `None` is all of them. The code and the name
/// are always there.
///
/// # Errors
/// An id that is not known, years that make no sense, or more columns than can be read.
pub fn write_template(
    catalogue: &Catalogue,
    years: impl Into<Years>,
    only: Option<&BTreeSet<String>>,
    lang: Lang,
) -> Result<Vec<u8>, Box<Problem>> {
    let columns = columns::columns(catalogue, &years.into(), only, lang)?;
    if columns.len() > MOST_COLUMNS {
        let count = columns.len();
        return Err(Box::new(refused(
            ProblemKind::TooLarge,
            (
                format!("表格会有 {count} 列，超过 {MOST_COLUMNS} 列"),
                format!("the form would have {count} columns, more than {MOST_COLUMNS}"),
            ),
            ("请减少年度或只选部分列", "take fewer years or only some of the columns"),
        )));
    }
    workbook(&columns, lang).map_err(|error| {
        Box::new(refused(
            ProblemKind::Unreadable,
            (
                format!("生成工作簿时出错：{error}"),
                format!("building the workbook failed: {error}"),
            ),
            ("请把这条信息报告给维护者", "report this message to the maintainers"),
        ))
    })
}

fn workbook(columns: &[columns::FormColumn], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let options = sheet::Options::new(columns, lang);
    sheet::write(workbook.add_worksheet(), columns, &options, lang)?;
    guide::write(workbook.add_worksheet(), columns, lang)?;
    options.write(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}
