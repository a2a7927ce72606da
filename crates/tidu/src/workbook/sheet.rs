//! A sheet that grows row by row: styled head, filter, frozen panes. Goes on in a further sheet when
//! Excel's rows are used up.

use enterprise::{Lang, Text};
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Excel has 1,048,576 rows.
const LAST_ROW: u32 = 1_048_575;
/// Excel cells hold 32,767 characters.
const LONGEST: usize = 32_000;

/// A column: heading in both languages, width in characters.
pub(crate) struct Column {
    pub zh: &'static str,
    pub en: &'static str,
    pub width: u8,
}

/// A column in the reader's language.
pub(crate) struct Head {
    pub words: String,
    pub width: u8,
}

/// A name in both languages.
pub(crate) struct Name {
    pub zh: &'static str,
    pub en: &'static str,
}

/// A cell.
pub(crate) enum Cell {
    Text(String),
    /// A number with at most two decimals, in hundredths.
    Hundredths(i64),
    /// A number as Excel has them.
    Number(f64),
    /// A day as Excel has them, from 1900 on; others as text.
    Day(Date),
    /// Yes or no.
    Flag(bool),
    Empty,
}

/// What a row's result cell says by its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Plain,
    Good,
    Bad,
    Open,
}

/// A sheet being written.
pub(crate) struct Sheet {
    columns: Vec<Head>,
    name: String,
    index: usize,
    part: u32,
    next: u32,
    formats: Formats,
}

impl Sheet {
    pub fn new(
        workbook: &mut Workbook,
        columns: &[Column],
        name: &Name,
        lang: Lang,
    ) -> Result<Self, XlsxError> {
        let say = |zh: &str, en: &str| Text::new(zh, en).get(lang).to_owned();
        let heads = columns
            .iter()
            .map(|column| Head { words: say(column.zh, column.en), width: column.width });
        Self::titled(workbook, heads.collect(), say(name.zh, name.en))
    }

    /// A sheet of which the words are known only now.
    pub fn titled(
        workbook: &mut Workbook,
        columns: Vec<Head>,
        name: String,
    ) -> Result<Self, XlsxError> {
        let formats = Formats::new();
        let mut sheet = Self { columns, name, index: 0, part: 0, next: 0, formats };
        sheet.begin(workbook)?;
        Ok(sheet)
    }

    fn begin(&mut self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        self.index = workbook.worksheets().len();
        self.part += 1;
        let worksheet = workbook.add_worksheet_with_constant_memory()?;
        let name = &self.name;
        let name = if self.part == 1 { name.clone() } else { format!("{name} {}", self.part) };
        worksheet.set_name(name)?;
        for (index, column) in self.columns.iter().enumerate() {
            worksheet.set_column_width(place(index), f64::from(column.width))?;
        }
        worksheet.set_freeze_panes(1, 1)?;
        let head = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x1F_4E_79))
            .set_font_color(Color::White)
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Thin);
        for (index, column) in self.columns.iter().enumerate() {
            worksheet.write_string_with_format(0, place(index), &column.words, &head)?;
        }
        self.next = 1;
        Ok(())
    }

    /// Adds a row; `look` colours the cell in the column `result` of its cells.
    pub fn row(
        &mut self,
        workbook: &mut Workbook,
        cells: &[Cell],
        (result, look): (usize, Look),
    ) -> Result<(), XlsxError> {
        if self.next > LAST_ROW {
            self.finish(workbook)?;
            self.begin(workbook)?;
        }
        let row = self.next;
        let worksheet = workbook.worksheet_from_index(self.index)?;
        for (index, cell) in cells.iter().enumerate() {
            let look = if index == result { look } else { Look::Plain };
            write(worksheet, row, place(index), cell, &self.formats, look)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Adds a row without colours.
    pub fn plain_row(&mut self, workbook: &mut Workbook, cells: &[Cell]) -> Result<(), XlsxError> {
        self.row(workbook, cells, (usize::MAX, Look::Plain))
    }

    /// Sets the filter, now that the last row is known.
    pub fn finish(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let last_column = place(self.columns.len().saturating_sub(1));
        let worksheet = workbook.worksheet_from_index(self.index)?;
        worksheet.autofilter(0, 0, self.next.saturating_sub(1), last_column)?;
        Ok(())
    }
}

fn write(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
    look: Look,
) -> Result<(), XlsxError> {
    let format = formats.of(look);
    match cell {
        Cell::Text(text) => {
            let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
            let text = text.get(..end).unwrap_or_default();
            worksheet.write_string_with_format(row, column, text, format)?;
        }
        Cell::Hundredths(value) => {
            // Shown only; far below the size at which a float would lose a hundredth.
            #[allow(clippy::cast_precision_loss)]
            let number = *value as f64 / 100.0;
            worksheet.write_number_with_format(row, column, number, format)?;
        }
        Cell::Number(number) => {
            worksheet.write_number_with_format(row, column, *number, format)?;
        }
        Cell::Day(day) => match excel_day(*day) {
            Some(known) => {
                worksheet.write_datetime_with_format(row, column, &known, &formats.day)?;
            }
            None => {
                worksheet.write_string_with_format(row, column, day.to_string(), format)?;
            }
        },
        Cell::Flag(flag) => {
            worksheet.write_boolean_with_format(row, column, *flag, format)?;
        }
        Cell::Empty => {}
    }
    Ok(())
}

/// One format for each look, made once.
struct Formats {
    plain: Format,
    good: Format,
    bad: Format,
    open: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        let coloured = |colour| plain.clone().set_font_color(Color::RGB(colour));
        Self {
            good: coloured(0x00_6100),
            bad: coloured(0x9C_0006),
            open: coloured(0x9C_5700),
            day: plain.clone().set_num_format("yyyy-mm-dd"),
            plain,
        }
    }

    fn of(&self, look: Look) -> &Format {
        match look {
            Look::Plain => &self.plain,
            Look::Good => &self.good,
            Look::Bad => &self.bad,
            Look::Open => &self.open,
        }
    }
}

/// A day as Excel has it; its calendar begins in 1900.
pub(super) fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let (year, month) = (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?);
    ExcelDateTime::from_ymd(year, month, u8::try_from(day.day()).ok()?).ok()
}

fn place(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
