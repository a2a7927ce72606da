//! The sheet of one programme.

use std::collections::BTreeMap;

use arrow::array::{Array as _, AsArray as _, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use engine::{Failure, Query};
use enterprise::{Kind, Lang};
use rust_xlsxwriter::Workbook;

use super::broken;
use crate::interrupt;
use crate::screened::Screened;
use crate::workbook::{Cell, Column, Head, Look, Sheet};

/// Who is listed, in this order: the populations of a result.
const LISTED: [&str; 3] = ["eligible", "judgement-pending", "one-short"];
/// What a sheet says, after the group that a subject is in.
static ABOUT: [(&str, Column); 6] = [
    ("uscc", Column { zh: "统一社会信用代码", en: "Code", width: 21 }),
    ("id", Column { zh: "编号", en: "Id", width: 16 }),
    ("name", Column { zh: "名称", en: "Name", width: 36 }),
    ("district", Column { zh: "区市", en: "District", width: 14 }),
    ("industry", Column { zh: "行业代码", en: "Industry", width: 10 }),
    ("size_class", Column { zh: "规模", en: "Size", width: 8 }),
];
const GROUP: Column = Column { zh: "类别", en: "List", width: 12 };
const FOUND: [Column; 2] = [
    Column { zh: "最近的差距", en: "Nearest gap", width: 30 },
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

/// What stands for the codes of a result.
pub(super) struct Words<'s> {
    screened: &'s Screened<'s>,
    lang: Lang,
    /// What the result says of anybody.
    about: Vec<&'static (&'static str, Column)>,
    /// By column and code.
    options: BTreeMap<(&'static str, String), String>,
}

impl<'s> Words<'s> {
    pub fn new(
        screened: &'s Screened<'s>,
        query: &Query,
        lang: Lang,
    ) -> Result<Self, Failure> {
        let mut options = BTreeMap::new();
        for (column, _) in &ABOUT {
            let indicator = screened.rulebook.catalogue.indicator(column);
            let Some(Kind::Choice(choices)) = indicator.map(|known| &known.kind) else { continue };
            for choice in choices {
                let label = choice.label.get(lang).to_owned();
                options.insert((*column, choice.id.clone()), label);
            }
        }
        Ok(Self { screened, lang, about: said(query)?, options })
    }

    fn option(&self, column: &'static str, code: String) -> String {
        self.options.get(&(column, code.clone())).cloned().unwrap_or(code)
    }

    /// What people call a criterion at the top of any text of the programme.
    fn criterion(&self, programme: &str, id: &str) -> String {
        let versions = self.screened.rulebook.programme(programme).map(|own| &own.versions);
        let criteria = versions.into_iter().flatten().flat_map(|version| &version.criteria);
        let found = criteria.into_iter().find(|criterion| criterion.id == id);
        found.map_or_else(|| id.to_owned(), |own| own.label.get(self.lang).to_owned())
    }

    fn head(&self, column: &Column) -> Head {
        let words = match self.lang {
            Lang::Zh => column.zh,
            Lang::En => column.en,
        };
        Head { words: words.to_owned(), width: column.width }
    }

    fn list(&self, list: usize) -> (&'static str, Look) {
        match (list, self.lang) {
            (0, Lang::Zh) => ("符合", Look::Good),
            (0, Lang::En) => ("eligible", Look::Good),
            (1, Lang::Zh) => ("待判断", Look::Open),
            (1, Lang::En) => ("pending", Look::Open),
            (_, Lang::Zh) => ("只差一项", Look::Bad),
            (_, Lang::En) => ("one short", Look::Bad),
        }
    }
}

/// The columns in which the result says anything.
fn said(query: &Query) -> Result<Vec<&'static (&'static str, Column)>, Failure> {
    let result = query.tables().iter().find(|table| table.name == "result");
    let columns = result.map(|table| table.columns.as_slice()).unwrap_or_default();
    let there = ABOUT.iter().filter(|(name, _)| columns.iter().any(|own| own == name));
    let there: Vec<_> = there.collect();
    let counts: Vec<String> = there.iter().map(|(name, _)| format!("count(\"{name}\")")).collect();
    let mut said = Vec::new();
    for batch in query.ask(&format!("SELECT {} FROM result", counts.join(", ")))? {
        let batch = batch?;
        for (column, count) in there.iter().zip(batch.columns()) {
            let count = cast(count, &DataType::Int64)?;
            if count.as_primitive::<Int64Type>().iter().flatten().any(|count| count > 0) {
                said.push(*column);
            }
        }
    }
    Ok(said)
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
    let heads = std::iter::once(&GROUP).chain(about.iter().map(|(_, column)| column)).chain(&FOUND);
    let heads = heads.map(|column| words.head(column)).collect();
    let name = sheet_name(programme.title.get(words.lang), book);
    let mut sheet = Sheet::titled(book, heads, name.clone()).map_err(broken)?;
    let mut counts = [0; 3];
    let prefix = programme.id.replace('-', "_");
    let columns: String = about.iter().map(|(name, _)| format!("\"{name}\", ")).collect();
    for ((list, population), count) in LISTED.into_iter().enumerate().zip(&mut counts) {
        let sql = format!(
            "SELECT {columns}\"{prefix}_nearest\", \"{prefix}_shortfall_ppm\" FROM result \
             WHERE \"{prefix}_population\" = '{population}' \
             ORDER BY \"{prefix}_shortfall_ppm\" NULLS LAST"
        );
        for batch in query.ask(&sql)? {
            let batch = batch?;
            if interrupt::asked() {
                return Err(Failure::Stopped);
            }
            let (group, look) = words.list(list);
            let about: Vec<&'static str> = about.iter().map(|(name, _)| *name).collect();
            for cells in rows(&batch, &about, &programme.id, words)? {
                let cells: Vec<Cell> =
                    std::iter::once(Cell::Text(group.to_owned())).chain(cells).collect();
                sheet.row(book, &cells, (0, look)).map_err(broken)?;
                *count += 1;
            }
        }
    }
    sheet.finish(book).map_err(broken)?;
    Ok(Some(Written { sheet: name, place, counts }))
}

fn rows(
    batch: &RecordBatch,
    about: &[&'static str],
    programme: &str,
    words: &Words<'_>,
) -> Result<Vec<Vec<Cell>>, Failure> {
    let texts = |index: usize| cast(batch.column(index), &DataType::Utf8);
    let columns = (0..=about.len()).map(texts).collect::<Result<Vec<_>, _>>()?;
    let ppm = cast(batch.column(about.len() + 1), &DataType::Int64)?;
    let ppm = ppm.as_primitive::<Int64Type>();
    let rows = (0..batch.num_rows()).map(|row| {
        let mut cells: Vec<Cell> = Vec::with_capacity(about.len() + 2);
        for (index, column) in columns.iter().enumerate() {
            let column = column.as_string::<i32>();
            if column.is_null(row) {
                cells.push(Cell::Empty);
                continue;
            }
            let code = column.value(row).to_owned();
            cells.push(Cell::Text(match about.get(index) {
                Some(name) => words.option(name, code),
                None => words.criterion(programme, &code),
            }));
        }
        // Parts per million as percent with two decimals, rounded up.
        let percent = |ppm: i64| Cell::Hundredths(ppm.div_euclid(100) + i64::from(ppm % 100 > 0));
        cells.push(if ppm.is_null(row) { Cell::Empty } else { percent(ppm.value(row)) });
        cells
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
