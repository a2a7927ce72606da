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

/// Streams the rows of the first visible sheet that has a header.
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
    let mut chosen: Option<(String, String, Found)> = None;
    let mut first_look = Vec::new();
    for (name, part) in
        workbook.sheets.iter().filter(|sheet| !sheet.hidden).map(|sheet| (&sheet.name, &sheet.part))
    {
        let here = Place { sheet: Some(name.clone()), ..place.clone() };
        let rows =
            first_rows(&mut package, part, &context).map_err(|problem| located(problem, &here))?;
        if chosen.is_some() {
            // A header that contradicts itself is one all the same.
            if !matches!(find(&names, &rows, &here), Ok(None)) {
                intake.summary.problems.push(another_sheet(name).at(here));
            }
        } else if let Some(found) = find(&names, &rows, &here)? {
            chosen = Some((name.clone(), part.clone(), found));
        } else if first_look.is_empty() {
            first_look = rows;
        }
    }
    let Some((name, part, found)) = chosen else {
        return Err(Box::new(no_header(&names, &first_look).at(place.clone())));
    };
    let here = Place { sheet: Some(name), ..place.clone() };
    intake.summary.problems.extend(found.problems);
    let mut rows = Rows {
        catalogue,
        names: &names,
        columns: &found.columns,
        place: here.clone(),
        intake,
        seen: Seen::default(),
        passed_over: 0,
    };
    let mut sheet = Sheet::open(&mut package, &part, &context)?;
    while let Some((number, cells)) = sheet.next_row().map_err(|problem| located(problem, &here))? {
        if number > found.last_row && rows.take(number, &cells, None).is_break() {
            break;
        }
    }
    if sheet.beyond {
        intake.summary.problems.push(too_wide().at(here));
    }
    Ok(())
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

fn another_sheet(name: &str) -> Problem {
    let name = shown(name);
    warning(
        ProblemKind::Unreadable,
        (
            format!("工作表“{name}”看起来也是数据，没有读入"),
            format!("the sheet `{name}` looks like data too; it was not read"),
        ),
        (
            "每个文件只读第一张有表头的工作表；请另存为单独的文件",
            "only the first sheet with a header is read; save the other one as a file of its own",
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
