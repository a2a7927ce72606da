//! CSV tables: any size, comma, tab or semicolon, in any of the encodings that Chinese offices
//! write. Finds the header, then streams the rows.

mod records;

use std::io::BufRead;

use enterprise::{Catalogue, Place, Problem, ProblemKind};

use self::records::{Record, Records};
use crate::encoding::TextFile;
use crate::read::Intake;
use crate::says::{located, refused};
use crate::seen::Seen;
use crate::table::{Cell, Found, HEADER_ROWS, HeaderRow, Names, Rows, find, has_code, no_header};

/// Streams the rows of the table in `file`.
pub(crate) fn read(
    file: &TextFile,
    catalogue: &Catalogue,
    place: &Place,
    intake: &mut Intake<'_>,
) -> Result<(), Box<Problem>> {
    let names = Names::new(catalogue);
    let header = find_header(file, &names, place)?;
    intake.summary.problems.extend(header.found.problems);
    let mut records = Records::new(file.reader()?, header.delimiter);
    let mut rows = Rows {
        catalogue,
        names: &names,
        columns: &header.found.columns,
        place: place.clone(),
        intake,
        seen: Seen::default(),
        passed_over: 0,
    };
    while let Some(record) = records.next().map_err(|problem| located(problem, place))? {
        if record.row <= header.found.last_row {
            continue;
        }
        let damage = damage(&record, header.width);
        let cells: Vec<(u32, Cell)> = header
            .found
            .columns
            .iter()
            .filter_map(|column| {
                let text = record.fields.get(usize::try_from(column.index).ok()?)?;
                Some((column.index, Cell::text(text)))
            })
            .collect();
        if rows.take(record.row, &cells, damage).is_break() {
            break;
        }
    }
    Ok(())
}

struct Header {
    delimiter: u8,
    width: usize,
    found: Found,
}

/// The delimiter is the one with which there is a header.
fn find_header(file: &TextFile, names: &Names, place: &Place) -> Result<Header, Box<Problem>> {
    let mut unreadable = None;
    // The rows with which to explain that there is no header.
    let mut best = Vec::new();
    for delimiter in *b",\t;" {
        let mut records = Records::new(file.reader()?, delimiter);
        let mut rows = Vec::new();
        let mut widths = Vec::new();
        if let Err(problem) = first_rows(&mut records, &mut rows, &mut widths) {
            unreadable.get_or_insert_with(|| located(problem, place));
        }
        if let Some(found) = find(names, &rows, place)? {
            let width = widths
                .iter()
                .find(|(row, _)| *row == found.last_row)
                .map_or(0, |(_, width)| *width);
            return Ok(Header { delimiter, width, found });
        }
        if best.is_empty() || rows.iter().any(|row| has_code(names, row)) {
            best = rows;
        }
    }
    Err(unreadable.unwrap_or_else(|| Box::new(no_header(names, &best).at(place.clone()))))
}

fn first_rows(
    records: &mut Records<impl BufRead>,
    rows: &mut Vec<HeaderRow>,
    widths: &mut Vec<(u64, usize)>,
) -> Result<(), Box<Problem>> {
    while rows.len() <= HEADER_ROWS
        && let Some(record) = records.next()?
    {
        widths.push((record.row, record.fields.len()));
        let texts = (0u32..).zip(record.fields).filter(|(_, text)| !text.trim().is_empty());
        rows.push(HeaderRow { number: record.row, texts: texts.collect() });
    }
    Ok(())
}

/// What is wrong with the shape of a record.
fn damage(record: &Record, width: usize) -> Option<Problem> {
    if record.stray_quote {
        return Some(refused(
            ProblemKind::Unreadable,
            (
                "引号后面还有文字，分不清字段",
                "there is text after a closing quote; the fields are unclear",
            ),
            ("字段里的引号请写成两个", "double the quotes inside a field"),
        ));
    }
    let found = record.fields.len();
    (found != width).then(|| {
        refused(
            ProblemKind::Unreadable,
            (
                format!("这一行有 {found} 个字段，表头有 {width} 个"),
                format!("this row has {found} fields, the header has {width}"),
            ),
            (
                "请检查分隔符；含逗号或换行的内容要加引号",
                "check the delimiters; put text with commas or line breaks in quotes",
            ),
        )
    })
}
