//! Where the header is and which columns it names. One row, or two when the upper one groups the
//! lower (`营业收入（万元）` over `2024年 | 2025年`). Rows above it are titles and notes.

use enterprise::{Kind, Place, Problem, ProblemKind, Unit};

use super::columns::{Column, Target, field};
use super::fit::unit_named;
use super::heading::squeeze;
use super::names::{Heading, Names};
use crate::says::{refused, shown, warning};

/// How many rows may stand before the header.
pub(crate) const HEADER_ROWS: usize = 30;

/// One of the first rows: its number as a spreadsheet shows it, and its texts by column from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeaderRow {
    pub(crate) number: u64,
    pub(crate) texts: Vec<(u32, String)>,
}

/// A header that was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// The number of its last row; data begins below.
    pub(crate) last_row: u64,
    /// The columns that are read, from left to right; one of them holds the code.
    pub(crate) columns: Vec<Column>,
    /// The columns that are not read, and why.
    pub(crate) problems: Vec<Problem>,
}

impl Found {
    /// Whether the columns say the same as those of another table, in whatever order and units.
    pub(crate) fn has_columns_of(&self, other: &Self) -> bool {
        let has = |columns: &[Column], own: &Column| {
            columns.iter().any(|known| known.target.same_fact(&own.target))
        };
        self.columns.iter().all(|own| has(&other.columns, own))
            && other.columns.iter().all(|own| has(&self.columns, own))
    }
}

/// Finds the header in the first rows of a table.
///
/// # Errors
/// A header is there, but two of its columns say the same.
pub(crate) fn find(
    names: &Names,
    rows: &[HeaderRow],
    place: &Place,
) -> Result<Option<Found>, Box<Problem>> {
    for (index, row) in rows.iter().take(HEADER_ROWS).enumerate() {
        if !has_code(names, row) {
            continue;
        }
        let grouped = rows
            .get(index + 1)
            .and_then(|below| grouped(names, row, below).map(|headings| (below.number, headings)));
        let (last_row, headings) = grouped.unwrap_or_else(|| (row.number, row.texts.clone()));
        if !names_data(names, &headings) {
            continue;
        }
        let unit = rows
            .iter()
            .take(index)
            .flat_map(|row| &row.texts)
            .find_map(|(_, text)| unit_note(text));
        let place = Place { row: Some(row.number), ..place.clone() };
        let (columns, problems) = columns(names, &headings, unit.as_ref(), &place)?;
        return Ok(Some(Found { last_row, columns, problems }));
    }
    Ok(None)
}

/// The file has no header anywhere.
pub(crate) fn no_header(names: &Names, rows: &[HeaderRow]) -> Problem {
    let code = rows.iter().find(|row| has_code(names, row));
    let (zh, en) = match code {
        Some(row) => (
            format!("第 {} 行有统一社会信用代码一列，但没有其他认识的列", row.number),
            format!(
                "row {} has a column for the credit code, but no other known column",
                row.number
            ),
        ),
        None => (
            format!(
                "前 {HEADER_ROWS} 行中找不到表头（要有“统一社会信用代码”和至少一列认识的数据）"
            ),
            format!(
                "no header in the first {HEADER_ROWS} rows (it needs 统一社会信用代码 and one known column)"
            ),
        ),
    };
    refused(
        ProblemKind::Unreadable,
        (zh, en),
        (
            "请用 `tidu template` 生成空白表，或把表头改成其中的写法",
            "write a blank form with `tidu template`, or word the header as it does",
        ),
    )
}

/// Whether one of the texts is the heading of the code.
pub(crate) fn has_code(names: &Names, row: &HeaderRow) -> bool {
    row.texts.iter().any(|(_, text)| names.is_code(text))
}

/// Whether anything beside the code is recognised, be it usable or not.
fn names_data(names: &Names, headings: &[(u32, String)]) -> bool {
    headings.iter().any(|(_, text)| match names.interpret(text) {
        Heading::Known(target) => target != Target::Uscc,
        Heading::Unusable(_) => true,
        Heading::Blank | Heading::Unknown(_) => false,
    })
}

/// The headings of a header of two rows, if `below` is its second row.
fn grouped(names: &Names, above: &HeaderRow, below: &HeaderRow) -> Option<Vec<(u32, String)>> {
    if below.number != above.number + 1 {
        return None;
    }
    let text_at = |row: &HeaderRow, index: u32| {
        row.texts.iter().find(|(place, _)| *place == index).map(|(_, text)| text.clone())
    };
    let code = above.texts.iter().find(|(_, text)| names.is_code(text)).map(|(index, _)| *index)?;
    if text_at(below, code).is_some_and(|text| !names.is_code(&text)) {
        return None;
    }
    let mut indices: Vec<u32> =
        above.texts.iter().chain(&below.texts).map(|(index, _)| *index).collect();
    indices.sort_unstable();
    indices.dedup();
    let known = |text: &String| matches!(names.interpret(text), Heading::Known(_));
    let mut group = String::new();
    let mut headings = Vec::new();
    let mut completed = false;
    for index in indices {
        let upper = text_at(above, index);
        if let Some(upper) = &upper {
            group.clone_from(upper);
        }
        let heading = match text_at(below, index) {
            None => upper.unwrap_or_default(),
            Some(lower) if squeeze(&lower) == squeeze(&group) => lower,
            // What stands below a complete heading is data.
            Some(_) if upper.as_ref().is_some_and(known) => return None,
            Some(lower) => {
                let together = [format!("{group}（{lower}）"), format!("{group}{lower}")];
                match together.iter().find(|text| known(text)) {
                    Some(text) => {
                        completed = true;
                        text.clone()
                    }
                    None if known(&lower) => lower,
                    None => format!("{group}（{lower}）"),
                }
            }
        };
        headings.push((index, heading));
    }
    completed.then_some(headings)
}

/// The unit of a note such as “单位：万元”, if it names exactly one of money.
fn unit_note(text: &str) -> Option<Unit> {
    let text = squeeze(text);
    let (_, rest) = text.split_once("单位:").or_else(|| text.split_once("单位"))?;
    let mut units = rest
        .split([',', '、', ';', '/', '(', ')', ':', '。'])
        .filter_map(|word| unit_named(word, &Kind::Money));
    let unit = units.next()?;
    units.all(|other| other == unit).then_some(unit)
}

type Columns = (Vec<Column>, Vec<Problem>);

fn columns(
    names: &Names,
    headings: &[(u32, String)],
    noted: Option<&Unit>,
    place: &Place,
) -> Result<Columns, Box<Problem>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut problems = Vec::new();
    for (index, text) in headings {
        let field = field(*index, text);
        let here = Place { field: Some(field.clone()), ..place.clone() };
        match names.interpret(text) {
            Heading::Blank => {}
            Heading::Unusable(problem) => problems.push((*problem).at(here)),
            Heading::Unknown(like) => problems.push(unknown(text, like).at(here)),
            Heading::Known(mut target) => {
                if let Target::Fact { indicator, unit, .. } = &mut target
                    && indicator.kind == Kind::Money
                    && unit.is_none()
                {
                    *unit = noted.cloned();
                    if unit.is_none() {
                        problems.push(no_unit(text).at(here.clone()));
                    }
                }
                if let Some(first) = columns.iter().find(|first| first.target.same_fact(&target)) {
                    return Err(Box::new(twice(&first.field, &field).at(here)));
                }
                columns.push(Column { index: *index, field, target });
            }
        }
    }
    columns.sort_by_key(|column| column.index);
    Ok((columns, problems))
}

fn unknown(text: &str, like: Option<String>) -> Problem {
    let text = shown(text);
    let help = match like {
        None => (
            "如果不需要这一列，不必理会".to_owned(),
            "if the column is not needed, never mind".to_owned(),
        ),
        Some(like) => (
            format!("如果是“{like}”，请改成这个写法；否则不必理会"),
            format!("if it means `{like}`, write it so; otherwise never mind"),
        ),
    };
    warning(
        ProblemKind::UnknownName,
        (
            format!("不认识“{text}”，这一列没有读入"),
            format!("`{text}` is not known; the column was not read"),
        ),
        help,
    )
}

fn no_unit(text: &str) -> Problem {
    let text = shown(text);
    warning(
        ProblemKind::WrongUnit,
        (
            format!("“{text}”没有写单位，不带单位的数按“元”读入"),
            format!("`{text}` names no unit; bare numbers are read as 元 (yuan)"),
        ),
        ("如果是万元，请在表头写“（万元）”", "if they are in 万元, write （万元） in the heading"),
    )
}

fn twice(first: &str, second: &str) -> Problem {
    refused(
        ProblemKind::Conflict,
        (
            format!("“{first}”和“{second}”两列是同一项数据"),
            format!("the columns `{first}` and `{second}` say the same thing"),
        ),
        ("请只保留一列，或写明不同的年度", "keep one of them, or name different years"),
    )
}
