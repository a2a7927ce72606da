//! A workbook of rows that were not read: where, whose, why, and what to do.

use std::io;
use std::path::Path;

use enterprise::Lang;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::save::{io_error, save};
use super::sheet::{Cell, Column, Look, Name, Sheet};

const NAME: Name = Name { zh: "未读入", en: "Refused" };

const COLUMNS: &[Column] = &[
    Column { zh: "文件", en: "File", width: 24 },
    Column { zh: "工作表", en: "Sheet", width: 12 },
    Column { zh: "行", en: "Row", width: 10 },
    Column { zh: "列", en: "Column", width: 22 },
    Column { zh: "企业", en: "Firm", width: 30 },
    Column { zh: "统一社会信用代码", en: "Code", width: 21 },
    Column { zh: "原因", en: "Reason", width: 52 },
    Column { zh: "处理办法", en: "Remedy", width: 44 },
];

/// The place of the row's number among the columns.
const ROW: usize = 2;
/// The place of the reason among the columns.
const REASON: usize = 6;

/// The workbook while it grows.
pub(crate) struct RefusalBook {
    workbook: Workbook,
    sheet: Sheet,
}

/// The headings, also of the same table as CSV.
pub(crate) fn refusal_headings(lang: Lang) -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(move |column| match lang {
        Lang::Zh => column.zh,
        Lang::En => column.en,
    })
}

impl RefusalBook {
    pub fn new(lang: Lang) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = Sheet::new(&mut workbook, COLUMNS, &NAME, lang)?;
        Ok(Self { workbook, sheet })
    }

    /// Adds a row, whose cells stand under the headings.
    pub fn row(&mut self, cells: &[String]) -> Result<(), XlsxError> {
        let cell = |(place, text): (usize, &String)| match (place, text.as_str()) {
            (_, "") => Cell::Empty,
            // A number, so that row 9 comes before row 10.
            (ROW, text) => text.parse().map_or(Cell::Text(text.to_owned()), Cell::Number),
            (_, text) => Cell::Text(text.to_owned()),
        };
        let cells: Vec<Cell> = cells.iter().enumerate().map(cell).collect();
        self.sheet.row(&mut self.workbook, &cells, (REASON, Look::Bad))
    }

    /// Writes it into a new file.
    pub fn save(mut self, path: &Path) -> io::Result<()> {
        self.sheet.finish(&mut self.workbook).map_err(io_error)?;
        save(&mut self.workbook, path)
    }
}
