//! A second look at a population that has been screened, for what a result does not keep of a subject:
//! which figure misses which limit by how much, and which data are missing.

use std::collections::{BTreeSet, HashMap};

use arrow::array::{Array as _, AsArray as _, RecordBatch};
use arrow::datatypes::UInt16Type;
use engine::{Failure, Population};
use enterprise::{Facts, Kind, Lang};
use population::{Shape, Special};
use rules::{Outcome, Population as Stand, evaluate};
use rust_xlsxwriter::Workbook;
use screening::{Builder, Results, Screening, code};
use words::short::short;

use super::broken;
use crate::interrupt;
use crate::screened::Screened;
use crate::workbook::{Cell, Column, Name, Sheet};

/// Rows that are looked at together.
const ROWS: usize = 8 * 1024;
/// Of a programme with more subjects that are one short, only the criterion is told: a list of so many is
/// no list of cases to work on.
const MOST: u64 = 20_000;

/// By programme and code: what subjects that are one short lack.
pub(super) type Shorts = HashMap<(usize, String), String>;

/// What those lack who are one short.
pub(super) fn shorts(
    population: &Population,
    screened: &Screened<'_>,
    lang: Lang,
) -> Result<Shorts, Failure> {
    let totals = screened.summary.programmes.iter().enumerate();
    let wanted = totals.filter(|(_, totals)| {
        let [_, _, short, ..] = totals.populations;
        (1..=MOST).contains(&short)
    });
    let places: Vec<usize> = wanted.map(|(place, _)| place).collect();
    let mut shorts = Shorts::new();
    if places.is_empty() {
        return Ok(shorts);
    }
    let screening = compiled(population, screened, &places).only_verdicts();
    each(population, &screening, &mut |shape, batch, results| {
        for row in 0..results.rows {
            let mut facts: Option<Facts> = None;
            for (columns, place) in results.programmes.iter().zip(&places) {
                if stand(columns, row) != Some(Stand::OneShort) {
                    continue;
                }
                let facts = facts.get_or_insert_with(|| shape.subject(batch, row));
                let Some(words) = words(screened, *place, facts, lang) else { continue };
                let Some(code) = who(shape, batch, row) else { continue };
                shorts.insert((*place, code.to_owned()), words);
            }
        }
        Ok(())
    })?;
    Ok(shorts)
}

fn words(screened: &Screened<'_>, place: usize, facts: &Facts, lang: Lang) -> Option<String> {
    let rulebook = screened.rulebook;
    let programme = rulebook.programme(&screened.programmes.get(place)?.id)?;
    let answer = evaluate(rulebook, programme, facts, &screened.question);
    let Outcome::Assessed(assessment) = &answer.outcome else { return None };
    short(assessment, answer.base_year).map(|words| words.get(lang).to_owned())
}

static LACKING: Name = Name { zh: "缺数据的户", en: "Lacking data" };

static COLUMNS: &[Column] = &[
    Column { zh: "统一社会信用代码或编号", en: "Code or id", width: 21 },
    Column { zh: "名称", en: "Name", width: 36 },
    Column { zh: "区市", en: "District", width: 14 },
    Column { zh: "缺几项", en: "Items", width: 8 },
    Column { zh: "缺的数据", en: "Missing data", width: 60 },
    Column { zh: "因此不能判定的项目", en: "Programmes kept open", width: 50 },
];

/// Writes a sheet of the subjects whose verdicts are open for lack of data, with what each lacks; answers
/// how many there are.
pub(super) fn lacking(
    population: &Population,
    screened: &Screened<'_>,
    book: &mut Workbook,
    lang: Lang,
) -> Result<u64, Failure> {
    if screened.summary.programmes.iter().all(|totals| totals.populations[3] == 0) {
        return Ok(0);
    }
    let places: Vec<usize> = (0..screened.programmes.len()).collect();
    let screening = compiled(population, screened, &places).keeping_missing();
    let separator = if lang == Lang::Zh { "、" } else { "; " };
    let district = Districts::of(population.shape(), lang);
    let mut sheet = Sheet::new(book, COLUMNS, &LACKING, lang).map_err(broken)?;
    let mut count = 0;
    each(population, &screening, &mut |shape, batch, results| {
        for row in 0..results.rows {
            let (mut fields, mut open) = (BTreeSet::<usize>::new(), Vec::new());
            for (columns, programme) in results.programmes.iter().zip(&screened.programmes) {
                let missing = columns.missing.as_ref().and_then(|missing| missing.get(row));
                let Some(missing) = missing.filter(|missing| !missing.is_empty()) else {
                    continue;
                };
                fields.extend(missing);
                open.push(programme.title.get(lang));
            }
            if open.is_empty() {
                continue;
            }
            // Lists of events are brought up to the day in one go.
            let known = screening.fields();
            let own = fields.iter().filter_map(|place| known.get(*place));
            let lists = own.clone().any(screening::Field::is_list);
            let mut labels: Vec<String> = own
                .filter(|field| !field.is_list())
                .map(|field| field.label.get(lang).to_owned())
                .collect();
            labels.extend(lists.then(|| screened.complete().get(lang).to_owned()));
            let items = u32::try_from(labels.len()).unwrap_or(u32::MAX);
            let text = |words: Option<&str>| {
                words.map_or(Cell::Empty, |words| Cell::Text(words.to_owned()))
            };
            let cells = [
                text(who(shape, batch, row)),
                text(shape.identity(Special::Name, batch, row)),
                text(district.name(batch, row)),
                Cell::Number(f64::from(items)),
                Cell::Text(labels.join(separator)),
                Cell::Text(open.join(separator)),
            ];
            sheet.plain_row(book, &cells).map_err(broken)?;
            count += 1;
        }
        Ok(())
    })?;
    sheet.finish(book).map_err(broken)?;
    Ok(count)
}

/// The names of districts by the column of a population.
struct Districts {
    column: Option<usize>,
    names: Vec<String>,
}

impl Districts {
    fn of(shape: &Shape, lang: Lang) -> Self {
        let names = match shape.catalogue().indicator("district").map(|known| &known.kind) {
            Some(Kind::Choice(choices)) => {
                choices.iter().map(|choice| choice.label.get(lang).to_owned()).collect()
            }
            _ => Vec::new(),
        };
        Self { column: shape.fact("district", None), names }
    }

    fn name(&self, batch: &RecordBatch, row: usize) -> Option<&str> {
        let column = batch.columns().get(self.column?)?.as_primitive_opt::<UInt16Type>()?;
        let option = column.is_valid(row).then(|| column.value(row))?;
        self.names.get(usize::from(option)).map(String::as_str)
    }
}

/// The kernels of these programmes, in their order.
fn compiled(population: &Population, screened: &Screened<'_>, places: &[usize]) -> Screening {
    let mut builder = Builder::new(population.shape(), screened.question.clone());
    for programme in places.iter().filter_map(|place| screened.programmes.get(*place)) {
        if let Some(programme) = screened.rulebook.programme(&programme.id) {
            builder.add(screened.rulebook, programme);
        }
    }
    builder.build()
}

type Take<'t> = dyn FnMut(&Shape, &RecordBatch, &Results) -> Result<(), Failure> + 't;

/// Every batch with its answers, in the order of the population.
fn each(
    population: &Population,
    screening: &Screening,
    take: &mut Take<'_>,
) -> Result<(), Failure> {
    let mut work = screening.work();
    for batch in population.batches(ROWS) {
        let (_, batch) = batch?;
        if interrupt::asked() {
            return Err(Failure::Stopped);
        }
        let results = screening.screen(&batch, &mut work);
        take(population.shape(), &batch, &results)?;
    }
    Ok(())
}

fn stand(columns: &screening::Columns, row: usize) -> Option<Stand> {
    let case = columns.case.get(row).filter(|case| **case != code::NO_CASE);
    case.and(columns.population.get(row)).map(|population| code::to_population(*population))
}

/// By what a subject is known.
fn who<'a>(shape: &Shape, batch: &'a RecordBatch, row: usize) -> Option<&'a str> {
    let known = [Special::Uscc, Special::Id].into_iter();
    known.filter_map(|special| shape.identity(special, batch, row)).next()
}
