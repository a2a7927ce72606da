//! Rows as a workbook: one sheet, codes as text, further sheets when Excel's rows are used up.

use std::path::Path;

use arrow::array::{Array, AsArray as _};
use arrow::datatypes::DataType;
use arrow::util::display::ArrayFormatter;
use engine::{Failure, Rows};
use enterprise::{Lang, Text, parse_date};
use rust_xlsxwriter::{Workbook, XlsxError};

use super::cells;
use crate::interrupt;
use crate::workbook::{self, Cell, Head, Sheet};

/// Excel keeps 15 digits of a number.
const EXACT: usize = 15;
const WIDEST: usize = 48;
const NARROWEST: usize = 10;

/// Writes a new workbook; answers how many rows it has.
pub(super) fn write(rows: Rows<'_>, path: &Path, lang: Lang) -> Result<u64, Failure> {
    let schema = rows.schema();
    let mut rows = rows.peekable();
    let columns = match rows.peek() {
        Some(Ok(first)) => widths(first)?,
        _ => vec![NARROWEST; schema.fields().len()],
    };
    let heads = schema.fields().iter().zip(columns).map(|(field, width)| Head {
        words: field.name().clone(),
        width: u8::try_from(width).unwrap_or(u8::MAX),
    });
    let mut book = Workbook::new();
    let name = Text::new("查询结果", "Result").get(lang).to_owned();
    let mut sheet = Sheet::titled(&mut book, heads.collect(), name).map_err(broken)?;
    let mut count = 0;
    for batch in rows {
        let batch = batch?;
        if interrupt::asked() {
            return Err(Failure::Stopped);
        }
        let columns = batch.columns().iter().map(cells::plain).collect::<Result<Vec<_>, _>>()?;
        let texts =
            columns.iter().map(|column| cells::texts(column)).collect::<Result<Vec<_>, _>>()?;
        for row in 0..batch.num_rows() {
            let cells = columns.iter().zip(&texts).map(|(column, texts)| {
                if column.is_null(row) { Cell::Empty } else { cell(column, texts, row) }
            });
            sheet.plain_row(&mut book, &cells.collect::<Vec<_>>()).map_err(broken)?;
            count += 1;
        }
    }
    sheet.finish(&mut book).map_err(broken)?;
    workbook::save(&mut book, path)?;
    Ok(count)
}

/// A number that Excel keeps exactly, a day, yes or no; else text.
fn cell(column: &dyn Array, texts: &ArrayFormatter<'_>, row: usize) -> Cell {
    let text = texts.value(row).to_string();
    match column.data_type() {
        DataType::Boolean => Cell::Flag(column.as_boolean().value(row)),
        DataType::Date32 => parse_date(&text).map_or(Cell::Text(text), Cell::Day),
        kind => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            let number = kind.is_numeric() && digits <= EXACT;
            match text.parse().ok().filter(|_| number) {
                Some(number) => Cell::Number(number),
                None => Cell::Text(text),
            }
        }
    }
}

/// How wide columns should be, after the first rows.
fn widths(batch: &arrow::array::RecordBatch) -> Result<Vec<usize>, Failure> {
    let schema = batch.schema();
    let columns = schema.fields().iter().zip(batch.columns());
    let columns = columns.map(|(field, column)| {
        let texts = cells::texts(column)?;
        let rows = (0..batch.num_rows().min(100)).map(|row| texts.value(row).to_string());
        let widest = rows.map(|text| crate::text::width::of(&text)).max().unwrap_or(0);
        let head = crate::text::width::of(field.name());
        Ok((widest.max(head) + 2).clamp(NARROWEST, WIDEST))
    });
    columns.collect()
}

fn broken(error: XlsxError) -> Failure {
    workbook::io_error(error).into()
}
