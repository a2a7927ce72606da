//! Excel workbooks (`.xlsx`, `.xlsm`), read part by part from the package in bounded memory.
//!
//! Own code over a ZIP and an XML parser rather than a workbook library, for three things that the
//! library does not give in one pass: the number format of each cell (35 % is stored as 0.35),
//! formulas without a stored result, and limits that hold before memory is asked for.

mod package;
mod reference;
mod sheet;
mod strings;
mod styles;
mod workbook;
mod xml;

use std::io::Read as _;
use std::path::Path;

use enterprise::{Catalogue, Place, Problem, ProblemKind};

use self::package::{MOST_FILE_BYTES, Package};
use self::sheet::{Context, MOST_COLUMNS, Sheet};
use self::workbook::Workbook;
use crate::read::Intake;
use crate::says::{located, refused, shown, warning};
use crate::seen::Seen;
use crate::table::{Found, HEADER_ROWS, HeaderRow, Names, Rows, find, no_header};

/// Streams the rows of the first visible sheet that has a header, and of those after it that have the
/// same columns. A sheet with a header of its own is counted and told, never dropped in silence.
pub(crate) fn read(
    path: &Path,
    size: u64,
    catalogue: &Catalogue,
    place: &Place,
    intake: &mut Intake<'_>,
) -> Result<(), Box<Problem>> {
    let mut package = Package::open(path, size)?;
    let workbook = Workbook::read(&mut package)?;
    let context = Context {
        strings: strings::read(&mut package, workbook.strings.as_deref())?,
        styles: styles::read(&mut package, workbook.styles.as_deref())?,
        since_1904: workbook.since_1904,
    };
    let names = Names::new(catalogue);
    let mut chosen: Vec<(String, String, Found)> = Vec::new();
    let mut first_look = Vec::new();
    for (name, part) in
        workbook.sheets.iter().filter(|sheet| !sheet.hidden).map(|sheet| (&sheet.name, &sheet.part))
    {
        let here = Place { sheet: Some(name.clone()), ..place.clone() };
        let rows =
            first_rows(&mut package, part, &context).map_err(|problem| located(problem, &here))?;
        let first = chosen.first().map(|(_, _, first)| first);
        match (find(&names, &rows, &here), first) {
            (Ok(Some(found)), None) => chosen.push((name.clone(), part.clone(), found)),
            (Ok(Some(found)), Some(first)) if found.has_columns_of(first) => {
                chosen.push((name.clone(), part.clone(), found));
            }
            (Ok(Some(found)), Some(_)) => {
                let rows = rows_below(&mut package, part, &context, found.last_row)
                    .map_err(|problem| located(problem, &here))?;
                intake.summary.problems.push(another_sheet(name, rows).at(here));
            }
            (Ok(None), None) if first_look.is_empty() => first_look = rows,
            (Ok(None), _) => {}
            (Err(problem), None) => return Err(problem),
            // A header that contradicts itself is one all the same.
            (Err(problem), Some(_)) => intake.summary.problems.push(*problem),
        }
    }
    if chosen.is_empty() {
        return Err(Box::new(no_header(&names, &first_look).at(place.clone())));
    }
    let mut seen = Seen::default();
    for (name, part, found) in chosen {
        seen.begin_sheet(&name);
        let here = Place { sheet: Some(name), ..place.clone() };
        intake.summary.problems.extend(found.problems);
        let mut rows = Rows {
            catalogue,
            names: &names,
            columns: &found.columns,
            place: here.clone(),
            intake,
            seen,
            passed_over: 0,
        };
        let mut sheet = Sheet::open(&mut package, &part, &context)?;
        let mut ended = false;
        while !ended
            && let Some((number, cells)) =
                sheet.next_row().map_err(|problem| located(problem, &here))?
        {
            ended = number > found.last_row && rows.take(number, &cells, None).is_break();
        }
        seen = rows.seen;
        if sheet.beyond {
            intake.summary.problems.push(too_wide().at(here));
        }
        if ended {
            break;
        }
    }
    Ok(())
}

/// How many rows below the header have anything in them.
fn rows_below(
    package: &mut Package,
    part: &str,
    context: &Context,
    header: u64,
) -> Result<u64, Box<Problem>> {
    let mut sheet = Sheet::open(package, part, context)?;
    let mut rows = 0;
    while let Some((number, _)) = sheet.next_row()? {
        rows += u64::from(number > header);
    }
    Ok(rows)
}

/// The texts of the rows in which a header may stand.
fn first_rows(
    package: &mut Package,
    part: &str,
    context: &Context,
) -> Result<Vec<HeaderRow>, Box<Problem>> {
    let mut sheet = Sheet::open(package, part, context)?;
    let mut rows = Vec::new();
    while rows.len() <= HEADER_ROWS
        && let Some((number, cells)) = sheet.next_row()?
    {
        let texts = cells
            .iter()
            .map(|(index, cell)| (*index, cell.words().chars().take(400).collect::<String>()))
            .filter(|(_, text)| !text.is_empty());
        rows.push(HeaderRow { number, texts: texts.collect() });
    }
    Ok(rows)
}

/// What a compound file is: an encrypted workbook, or one of before 2007.
pub(crate) fn compound_file(path: &Path) -> Box<Problem> {
    const MARK: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path)
        .and_then(|file| file.take(MOST_FILE_BYTES).read_to_end(&mut bytes));
    if let Err(error) = read {
        return crate::says::unreadable(&error);
    }
    let encrypted = bytes.windows(MARK.len()).any(|window| window == MARK);
    Box::new(if encrypted {
        refused(
            ProblemKind::Unreadable,
            ("工作簿有打开密码，无法读取", "the workbook is protected by a password"),
            (
                "请在 Excel 或 WPS 中打开，去掉密码后保存",
                "open it in Excel or WPS, remove the password and save it",
            ),
        )
    } else {
        refused(
            ProblemKind::Unreadable,
            ("这是旧格式（.xls）的文件", "this is a file in the old format (.xls)"),
            (
                "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（*.xlsx）”",
                "open it in Excel or WPS and save it as an Excel workbook (*.xlsx)",
            ),
        )
    })
}

fn another_sheet(name: &str, rows: u64) -> Problem {
    let (name, s) = (shown(name), if rows == 1 { "" } else { "s" });
    refused(
        ProblemKind::Unreadable,
        (
            format!("工作表“{name}”也是数据，但列与第一张不同，{rows} 行都没有读入"),
            format!(
                "the sheet `{name}` is data, too, but has other columns than the first: \
                 its {rows} row{s} were not read"
            ),
        ),
        (
            "同样列的工作表一起读入；列不同的请另存为单独的文件，或把列并入第一张",
            "sheets with the same columns are read together; save this one as a file of its own, \
             or move its columns to the first sheet",
        ),
    )
}

fn too_wide() -> Problem {
    warning(
        ProblemKind::TooLarge,
        (
            format!("第 {MOST_COLUMNS} 列以后还有内容，没有读入"),
            format!("there is content beyond column {MOST_COLUMNS}; it was not read"),
        ),
        ("请删去多余的列", "delete what stands there"),
    )
}
