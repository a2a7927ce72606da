//! Workbooks for Excel: cells have types, text is never worked out, the head stays in sight, and the last lines say
//! who took the data out and, if it is made up, that it is.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

use crate::failure::Failure;
use crate::lang::Say;
use crate::parts::figure::Figure;
use crate::view::Cell;

/// What browsers are told that a workbook is.
pub(crate) const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Excel has 1,048,576 rows; some are kept for what stands below the last.
const MOST: usize = 1_048_000;
/// Excel cells hold 32,767 characters.
const LONGEST: usize = 32_000;

/// A workbook.
pub(crate) struct Workbook {
    book: rust_xlsxwriter::Workbook,
    /// What stands below the last row of each sheet.
    marks: Vec<String>,
    /// What stands before the name of each sheet.
    before: String,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub words: String,
    /// In characters.
    pub width: u8,
}

/// What a cell holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Value {
    Text(String),
    Figure(Figure),
    Day(Date),
    Empty,
}

impl Value {
    /// What a cell of a page is in a workbook.
    pub fn of(cell: &Cell, say: Say) -> Self {
        match cell {
            Cell::Figure(figure) | Cell::To(_, figure) => Self::Figure(*figure),
            Cell::Day(day) => Self::Day(*day),
            other => match other.plain(say) {
                text if text.is_empty() => Self::Empty,
                text => Self::Text(text),
            },
        }
    }
}

impl Workbook {
    /// An empty workbook under a line that says who took it out.
    pub fn new(say: Say, watermark: &str, demo: bool) -> Self {
        let mut marks = Vec::new();
        if demo {
            marks.push(say.t("demo-mark.file"));
        }
        if !watermark.is_empty() {
            marks.push(watermark.to_owned());
        }
        let before = if demo { format!("{} ", say.t("demo-mark.short")) } else { String::new() };
        Self { book: rust_xlsxwriter::Workbook::new(), marks, before }
    }

    /// Adds a sheet. One that is too long goes on in further ones.
    pub fn sheet(
        &mut self,
        name: &str,
        heads: &[Head],
        rows: &[Vec<Value>],
    ) -> Result<(), Failure> {
        let mut parts: Vec<&[Vec<Value>]> = rows.chunks(MOST).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        for (index, part) in parts.into_iter().enumerate() {
            let number = if index == 0 { String::new() } else { format!(" {}", index + 1) };
            let name = named(&format!("{}{name}", self.before), &number);
            self.write(&name, heads, part).map_err(app::Refusal::broken)?;
        }
        Ok(())
    }

    /// Adds a sheet on what the others are: a name and a value to a line. Lines without a value are left out.
    pub fn about(&mut self, name: &str, lines: &[(String, String)]) -> Result<(), Failure> {
        let name = named(&format!("{}{name}", self.before), "");
        self.write_about(&name, lines).map_err(app::Refusal::broken)?;
        Ok(())
    }

    fn write_about(&mut self, name: &str, lines: &[(String, String)]) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet();
        sheet.set_name(name)?;
        sheet.set_column_width(0, 24)?;
        sheet.set_column_width(1, 84)?;
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let bold = wrapped.clone().set_bold();
        let told = lines.iter().filter(|(_, value)| !value.is_empty());
        for (row, (name, value)) in (0u32..).zip(told) {
            sheet.write_string_with_format(row, 0, name, &bold)?;
            let value: String = value.chars().take(LONGEST).collect();
            sheet.write_string_with_format(row, 1, value, &wrapped)?;
        }
        Ok(())
    }

    fn write(&mut self, name: &str, heads: &[Head], rows: &[Vec<Value>]) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet();
        sheet.set_name(name)?;
        let bold = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x1F_4E_79))
            .set_font_color(Color::White)
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Thin);
        for (index, head) in heads.iter().enumerate() {
            let column = place(index);
            sheet.set_column_width(column, f64::from(head.width))?;
            sheet.write_string_with_format(0, column, &head.words, &bold)?;
        }
        sheet.set_freeze_panes(1, 1)?;
        let mut next = 1;
        for row in rows {
            for (index, value) in row.iter().enumerate() {
                put(sheet, next, place(index), value)?;
            }
            next += 1;
        }
        sheet.autofilter(0, 0, next - 1, place(heads.len().saturating_sub(1)))?;
        for mark in &self.marks {
            next += 1;
            sheet.write_string(next, 0, mark)?;
        }
        if !self.marks.is_empty() {
            // Printed on every page; an ampersand would begin a code of Excel's.
            let text = self.marks.join(" · ").replace('&', "&&");
            let text: String = text.chars().take(200).collect();
            sheet.set_footer(format!("&C{text}"));
        }
        sheet.set_landscape().set_repeat_rows(0, 0)?;
        Ok(())
    }

    /// The bytes of the file.
    pub fn finish(mut self) -> Result<Vec<u8>, Failure> {
        self.book.save_to_buffer().map_err(|error| app::Refusal::broken(error).into())
    }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) -> Result<(), XlsxError> {
    match value {
        // Written as a string, whatever it begins with.
        Value::Text(text) => {
            let text: String = text.chars().take(LONGEST).collect();
            sheet.write_string(row, column, text)?;
        }
        Value::Figure(figure) => {
            let format = Format::new().set_num_format(figure.pattern());
            sheet.write_number_with_format(row, column, figure.float(), &format)?;
        }
        Value::Day(day) => match excel_day(*day) {
            Some(known) => {
                let format = Format::new().set_num_format("yyyy-mm-dd");
                sheet.write_datetime_with_format(row, column, &known, &format)?;
            }
            None => {
                sheet.write_string(row, column, day.to_string())?;
            }
        },
        Value::Empty => {}
    }
    Ok(())
}

/// A day as Excel has it; its calendar begins in 1900.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let (year, month) = (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?);
    ExcelDateTime::from_ymd(year, month, u8::try_from(day.day()).ok()?).ok()
}

/// The name of a sheet: Excel takes 31 characters and not all of them.
fn named(name: &str, number: &str) -> String {
    let fit = 31 - number.chars().count();
    let name: String = name.chars().filter(|sign| !"[]:*?/\\'".contains(*sign)).take(fit).collect();
    let name = if name.trim().is_empty() { "Sheet".to_owned() } else { name };
    format!("{name}{number}")
}

fn place(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
