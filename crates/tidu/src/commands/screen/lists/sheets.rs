//! The sheet of one programme.

use arrow::array::{Array as _, ArrayRef, AsArray as _, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Decimal128Type, Int64Type, UInt64Type};
use engine::metadata::case_name;
use engine::{Failure, Query};
use rules::Standing;
use rust_xlsxwriter::Workbook;
use screening::{Case, Screened as Programme};

use super::broken;
use super::words::Words;
use crate::interrupt;
use crate::screened::titled;
use crate::workbook::{Cell, Column, Sheet};

/// Who is listed, in this order: the populations of a result.
const LISTED: [&str; 3] = ["eligible", "judgement-pending", "one-short"];
/// By what a subject is known, the first that it has.
pub(super) const CODES: [&str; 2] = ["uscc", "id"];
const GROUP: Column = Column { zh: "类别", en: "List", width: 14 };
const PURPOSE: Column = Column { zh: "用途", en: "Purpose", width: 14 };
const HOLDS: Column = Column { zh: "现持有", en: "Holds it", width: 8 };
const SCORES: [Column; 2] = [
    Column { zh: "最低得分", en: "Lowest score", width: 9 },
    Column { zh: "最高得分", en: "Highest score", width: 9 },
];
const FOUND: [Column; 3] = [
    Column { zh: "最近的差距", en: "Nearest gap", width: 24 },
    Column { zh: "具体情况", en: "In detail", width: 64 },
    Column { zh: "相对差距（%）", en: "Short by (%)", width: 13 },
];
/// Excel's sheets have short names; a number may have to follow.
const LONGEST: usize = 27;

/// A sheet that was written.
pub(super) struct Written {
    pub sheet: String,
    pub place: usize,
    /// By list.
    pub counts: [u64; 3],
}

/// Writes the sheet of a programme, if there is anybody to list.
pub(super) fn programme(
    query: &Query,
    words: &Words<'_>,
    place: usize,
    book: &mut Workbook,
) -> Result<Option<Written>, Failure> {
    let Some(programme) = words.screened.programmes.get(place) else { return Ok(None) };
    let all = words.screened.summary.programmes.get(place).map(|totals| totals.populations);
    if all.is_none_or(|[eligible, pending, short, ..]| eligible + pending + short == 0) {
        return Ok(None);
    }
    let about = &words.about;
    let mut heads = vec![&GROUP];
    heads.extend(about.iter().map(|(_, column)| column));
    heads.push(&PURPOSE);
    heads.extend(words.holders.is_some().then_some(&HOLDS));
    let scored = programme.cases.iter().any(|case| case.scored);
    heads.extend(scored.then_some(&SCORES).into_iter().flatten());
    heads.extend(&FOUND);
    let heads = heads.into_iter().map(|column| words.head(column)).collect();
    // What verdicts are worth stands in every row, so that a long title need not be cut for it.
    let marked = titled(programme);
    let marked = Some(marked.get(words.lang)).filter(|title| title.chars().count() <= LONGEST);
    let title = marked.unwrap_or_else(|| programme.title.get(words.lang));
    let name = sheet_name(title, book);
    let mut sheet = Sheet::titled(book, heads, name.clone()).map_err(broken)?;
    let mut counts = [0; 3];
    let prefix = programme.id.replace('-', "_");
    let columns: String = about.iter().map(|(name, _)| format!("\"{name}\", ")).collect();
    let scores = match scored {
        true => format!("\"{prefix}_score_low\", \"{prefix}_score_high\""),
        false => "NULL AS low, NULL AS high".to_owned(),
    };
    let masks = masks(programme, &prefix);
    for ((list, population), count) in LISTED.into_iter().enumerate().zip(&mut counts) {
        // Only where there are several is it said which one it was.
        let case = match programme.cases.as_slice() {
            [_, _, ..] => format!("\"{prefix}_case\""),
            _ => "NULL AS \"case\"".to_owned(),
        };
        let sql = format!(
            "SELECT {columns}{case}, \"{prefix}_nearest\", \"{prefix}_shortfall_ppm\", {scores}{masks} \
             FROM result \
             WHERE \"{prefix}_population\" = '{population}' \
             ORDER BY \"{prefix}_shortfall_ppm\" NULLS LAST"
        );
        for batch in query.ask(&sql)? {
            let batch = batch?;
            if interrupt::asked() {
                return Err(Failure::Stopped);
            }
            let about: Vec<&'static str> = about.iter().map(|(name, _)| *name).collect();
            for (case, cells) in rows(&batch, &about, (place, programme), (list, scored), words)? {
                let worth = case.map_or(Standing::Binding, |case| case.standing);
                let (group, look) = words.list(list, worth);
                let cells: Vec<Cell> = std::iter::once(group).chain(cells).collect();
                sheet.row(book, &cells, (0, look)).map_err(broken)?;
                *count += 1;
            }
        }
    }
    sheet.finish(book).map_err(broken)?;
    Ok(Some(Written { sheet: name, place, counts }))
}

/// The cells of a subject, and by which version it was judged.
type Row<'p> = (Option<&'p Case>, Vec<Cell>);

/// The columns of what is not met and of what is unknown: one of each for 64 leaves.
fn masks(programme: &Programme, prefix: &str) -> String {
    let sides = ["not_met", "unknown"].into_iter();
    let columns = sides.flat_map(|side| {
        (0..words_of(programme)).map(move |word| match word {
            0 => format!(", \"{prefix}_{side}\""),
            word => format!(", \"{prefix}_{side}_{}\"", word * 64),
        })
    });
    columns.collect()
}

/// How many columns the leaves of a programme take.
fn words_of(programme: &Programme) -> usize {
    programme.cases.iter().map(|case| case.leaves.len().div_ceil(64)).max().unwrap_or(0)
}

fn rows<'p>(
    batch: &RecordBatch,
    about: &[&'static str],
    (place, programme): (usize, &'p Programme),
    (list, scored): (usize, bool),
    words: &Words<'_>,
) -> Result<Vec<Row<'p>>, Failure> {
    let texts = |index: usize| cast(batch.column(index), &DataType::Utf8);
    let columns = (0..about.len() + 2).map(texts).collect::<Result<Vec<_>, _>>()?;
    let text = |index: usize, row: usize| {
        let column = columns.get(index)?.as_string_opt::<i32>()?;
        column.is_valid(row).then(|| column.value(row).to_owned())
    };
    let ppm = cast(batch.column(about.len() + 2), &DataType::Int64)?;
    let ppm = ppm.as_primitive::<Int64Type>();
    let points =
        |index: usize| cast(batch.column(about.len() + 3 + index), &DataType::Decimal128(18, 2));
    let (low, high) = (points(0)?, points(1)?);
    let points = |column: &ArrayRef, row: usize| {
        let column = column.as_primitive_opt::<Decimal128Type>();
        let value = column.filter(|column| column.is_valid(row)).map(|column| column.value(row));
        value.and_then(|value| i64::try_from(value).ok()).map_or(Cell::Empty, Cell::Hundredths)
    };
    let (first, each) = (about.len() + 5, words_of(programme));
    let masks = (0..each * 2).map(|index| cast(batch.column(first + index), &DataType::UInt64));
    let masks = masks.collect::<Result<Vec<_>, _>>()?;
    let leaves = |case: Option<&Case>, side: usize, row: usize| -> Vec<String> {
        let Some(case) = case else { return Vec::new() };
        let leaves = case.leaves.iter().enumerate().filter(|(place, _)| {
            let column = masks.get(side * each + place / 64);
            let column = column.and_then(|column| column.as_primitive_opt::<UInt64Type>());
            column.is_some_and(|own| own.is_valid(row) && own.value(row) >> (place % 64) & 1 == 1)
        });
        leaves.map(|(_, leaf)| leaf.label.get(words.lang).to_owned()).collect()
    };
    let several = programme.cases.len() > 1;
    let rows = (0..batch.num_rows()).map(|row| {
        let cell = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
        let mut cells: Vec<Cell> = Vec::with_capacity(about.len() + 7);
        for (index, name) in about.iter().enumerate() {
            cells.push(cell(text(index, row).map(|code| words.option(name, code))));
        }
        let case = match text(about.len(), row) {
            Some(name) => programme.cases.iter().find(|case| case_name(case) == name),
            None => programme.cases.first(),
        };
        cells.push(case.map_or(Cell::Empty, |case| words.case(case, several)));
        let codes = about.iter().zip(0..).filter(|(name, _)| CODES.contains(name));
        let code = codes.filter_map(|(_, index)| text(index, row)).next();
        if let Some(holders) = &words.holders {
            let holds = holders.hold(&programme.id, code.as_deref());
            cells.push(if holds { words.yes() } else { Cell::Empty });
        }
        if scored {
            cells.extend([points(&low, row), points(&high, row)]);
        }
        let nearest = text(about.len() + 1, row);
        cells.push(cell(nearest.map(|id| words.criterion(&programme.id, &id))));
        cells.push(cell(match LISTED.get(list) {
            Some(&"one-short") => words.short(place, code.as_deref(), &leaves(case, 0, row)),
            Some(&"judgement-pending") => words.pending(&leaves(case, 1, row)),
            _ => None,
        }));
        // Parts per million as percent with two decimals, rounded up.
        let percent = |ppm: i64| Cell::Hundredths(ppm.div_euclid(100) + i64::from(ppm % 100 > 0));
        cells.push(if ppm.is_null(row) { Cell::Empty } else { percent(ppm.value(row)) });
        (case, cells)
    });
    Ok(rows.collect())
}

/// A title as the name of a sheet: short, without the signs that Excel forbids, not yet taken.
fn sheet_name(title: &str, book: &mut Workbook) -> String {
    let plain = |c: char| if "[]:*?/\\'".contains(c) { ' ' } else { c };
    let name: String = title.chars().map(plain).take(LONGEST).collect();
    let name = name.trim().to_owned();
    let taken: Vec<String> = book.worksheets().iter().map(|sheet| sheet.name()).collect();
    let taken = |name: &str| taken.iter().any(|taken| taken.eq_ignore_ascii_case(name));
    let numbered = (2..100).map(|number| {
        let short: String = name.chars().take(LONGEST - 3).collect();
        format!("{short}_{number}")
    });
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(name)
}
