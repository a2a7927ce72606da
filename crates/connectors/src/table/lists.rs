//! Cells that make up lists: titles with their validity, dated events with their numbers and the
//! day until which they were looked up. Each needs several columns of one row together.

use std::collections::BTreeMap;

use enterprise::{Completeness, Event, Problem, ProblemKind, Title};
use jiff::civil::Date;

use super::cell::Cell;
use super::columns::{Column, Target};
use super::heading::key;
use super::values::{date, date_in, no_date, unusable};
use crate::json::ends_before;
use crate::says::{refused, shown, warning};
use crate::subject::Draft;

/// A row's cells with the columns that they stand in.
pub(crate) type Cells<'c> = [(&'c Column, &'c Cell)];

/// Whether the cell says that there is none.
fn says_none(cell: &Cell) -> bool {
    match cell {
        Cell::Flag(flag) => !flag,
        Cell::Text(text) => {
            matches!(
                key(text).as_str(),
                "无" | "否" | "没有" | "未认定" | "未获得" | "no" | "none" | "nothing"
            )
        }
        _ => false,
    }
}

/// Titles held and titles denied.
pub(crate) fn titles(draft: &mut Draft<'_>, cells: &Cells<'_>) {
    let mut found: BTreeMap<&str, [Option<(&Column, &Cell)>; 2]> = BTreeMap::new();
    for (column, cell) in cells {
        match &column.target {
            Target::TitleFrom(id) => found.entry(id).or_default()[0] = Some((column, cell)),
            Target::TitleTo(id) => found.entry(id).or_default()[1] = Some((column, cell)),
            _ => {}
        }
    }
    for (programme, [from, to]) in found {
        title(draft, programme, from, to);
    }
}

fn title(
    draft: &mut Draft<'_>,
    programme: &str,
    from: Option<(&Column, &Cell)>,
    to: Option<(&Column, &Cell)>,
) {
    let given: Vec<(&Column, &Cell)> =
        [from, to].into_iter().flatten().filter(|(_, cell)| !cell.is_blank()).collect();
    if given.is_empty() {
        return;
    }
    if given.iter().all(|(_, cell)| says_none(cell)) {
        draft.facts.titles_denied.push(programme.to_owned());
        return;
    }
    let mut read =
        |side: Option<(&Column, &Cell)>| match side.map(|(column, cell)| (column, date(cell))) {
            Some((_, Ok(date))) => Some(date),
            Some((column, Err(problem))) => {
                draft.problem(&column.field, *problem);
                None
            }
            None => Some(None),
        };
    let (Some(from_date), Some(to_date)) = (read(from), read(to)) else {
        return;
    };
    let field = given.first().map(|(column, _)| column.field.as_str()).unwrap_or_default();
    match (from_date, to_date) {
        (Some(from), Some(to)) if to < from => draft.problem(field, ends_before(from, to)),
        (Some(from), to) => {
            draft.facts.titles.push(Title { programme: programme.to_owned(), from, to });
        }
        (None, _) => draft.problem(
            field,
            refused(
                ProblemKind::WrongType,
                (
                    "有有效期止，却没有有效期起",
                    "the end of validity is given, but not its beginning",
                ),
                (
                    "请补上有效期起；没有该称号请填“无”",
                    "add the beginning, or write 无 (none) if it is not held",
                ),
            ),
        ),
    }
}

/// Dated events, their numbers, and until when they were looked up.
pub(crate) fn events(draft: &mut Draft<'_>, cells: &Cells<'_>) {
    let mut looked_up: BTreeMap<&str, Date> = BTreeMap::new();
    for (column, cell) in cells {
        if let Target::EventsUntil(kind) = &column.target {
            match date(cell) {
                Ok(Some(until)) => {
                    looked_up.insert(kind, until);
                    draft.facts.complete.push(Completeness {
                        kind: kind.clone(),
                        from: None,
                        until,
                    });
                }
                Ok(None) => {}
                Err(problem) => draft.problem(&column.field, *problem),
            }
        }
    }
    for (column, cell) in cells {
        if let Target::EventDates(kind) = &column.target {
            let covered = looked_up.contains_key(kind.as_str()) || looked_up.contains_key("*");
            dated(draft, kind, column, cell, covered, cells);
        }
    }
    let with_dates = |kind: &str| {
        cells.iter().any(|(column, cell)| {
            !cell.is_blank() && matches!(&column.target, Target::EventDates(own) if own == kind)
        })
    };
    for (column, cell) in cells {
        if let Target::EventAttribute(kind, _) = &column.target
            && !cell.is_blank()
            && !with_dates(kind)
        {
            draft.problem(&column.field, no_dates_for_numbers());
        }
    }
}

fn dated(
    draft: &mut Draft<'_>,
    kind: &str,
    column: &Column,
    cell: &Cell,
    covered: bool,
    cells: &Cells<'_>,
) {
    if cell.is_blank() {
        return;
    }
    if says_none(cell) {
        if !covered {
            draft.problem(&column.field, none_without_until());
        }
        return;
    }
    let dates = match dates(cell) {
        Ok(dates) => dates,
        Err(problem) => {
            draft.problem(&column.field, *problem);
            return;
        }
    };
    let mut events: Vec<Event> = dates
        .into_iter()
        .map(|date| Event { kind: kind.to_owned(), date, attributes: BTreeMap::new() })
        .collect();
    for (column, cell) in cells {
        let Target::EventAttribute(own, attribute) = &column.target else {
            continue;
        };
        if own != kind || cell.is_blank() {
            continue;
        }
        match numbers(cell, events.len()) {
            Ok(numbers) => {
                for (event, number) in events.iter_mut().zip(numbers) {
                    if let Some(number) = number {
                        event.attributes.insert(attribute.clone(), number);
                    }
                }
            }
            Err(problem) => draft.problem(&column.field, *problem),
        }
    }
    draft.facts.events.append(&mut events);
}

/// `2024-03-01、2025-06-30`
fn dates(cell: &Cell) -> Result<Vec<Date>, Box<Problem>> {
    let Cell::Text(text) = cell else {
        return Ok(date(cell)?.into_iter().collect());
    };
    pieces(text).map(|piece| date_in(piece).ok_or_else(|| no_date(piece))).collect()
}

/// As many whole numbers as there are dates; a dash stands for one that is not known.
fn numbers(cell: &Cell, wanted: usize) -> Result<Vec<Option<i64>>, Box<Problem>> {
    let text = match cell {
        Cell::Text(text) | Cell::Number { text, percent: false, .. } => text.as_str(),
        Cell::Error(_) | Cell::Uncomputed | Cell::NoDate(_) | Cell::TooLong => {
            return Err(unusable(cell));
        }
        _ => return Err(no_number(&cell.words())),
    };
    let numbers: Result<Vec<Option<i64>>, Box<Problem>> = pieces(text)
        .map(|piece| {
            if Cell::text(piece).is_blank() {
                return Ok(None);
            }
            key(piece).parse().map(Some).map_err(|_| no_number(piece))
        })
        .collect();
    let numbers = numbers?;
    if numbers.len() != wanted {
        let found = numbers.len();
        return Err(Box::new(refused(
            ProblemKind::Conflict,
            (
                format!("日期有 {wanted} 个，这里的数有 {found} 个"),
                format!("there are {wanted} dates, but {found} numbers here"),
            ),
            (
                "请每个日期对应填一个数，不知道的填 -",
                "write one number for each date, and - for one that is not known",
            ),
        )));
    }
    Ok(numbers)
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ';', '；', '\n', '\r', ',', '，'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
}

fn no_number(text: &str) -> Box<Problem> {
    let text = shown(text);
    Box::new(refused(
        ProblemKind::WrongType,
        (format!("“{text}”不是整数"), format!("`{text}` is not a whole number")),
        ("请填整数", "write a whole number"),
    ))
}

fn no_dates_for_numbers() -> Problem {
    refused(
        ProblemKind::Conflict,
        ("有事件的数值，却没有事件的日期", "there are numbers of events, but no dates"),
        ("请在对应的（日期）列填写日期", "write the dates in the (date) column"),
    )
}

fn none_without_until() -> Problem {
    warning(
        ProblemKind::WrongType,
        (
            "填了“无”，但没有写核查到哪一天，按不知道处理",
            "it says none, but not until which day that was checked: taken as unknown",
        ),
        ("请在（核查至）列写明日期", "write the day in the (checked until) column"),
    )
}
