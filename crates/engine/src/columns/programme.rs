//! The columns of one programme.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Decimal64Array, DictionaryArray, Int64Array, StringArray, UInt8Array, UInt16Array,
    UInt64Array,
};
use arrow::buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, FieldRef, UInt8Type, UInt16Type};
use datafusion::common::Result;
use screening::{Columns, Screened, code};

use super::{field, words};

const VERDICTS: [&str; 3] = ["eligible", "ineligible", "undetermined"];
const UNDETERMINED: u8 = 2;
/// By the sum of the reasons: 1 data, 2 judgement, 4 open.
const REASONS: [&str; 8] = [
    "",
    "data",
    "judgement",
    "data+judgement",
    "open",
    "data+open",
    "judgement+open",
    "data+judgement+open",
];
const POPULATIONS: [&str; 5] = ["eligible", "judgement-pending", "one-short", "lack-of-data", "no"];
/// By path: 0 is none.
const PATHS: [&str; 3] = ["", "direct", "scored"];
const POINTS: DataType = DataType::Decimal64(18, 2);

/// How the answers of one programme become columns.
#[derive(Debug)]
pub(super) struct Programme {
    fields: Vec<FieldRef>,
    /// The names of the cases; none where there is only one.
    cases: Option<Arc<StringArray>>,
    /// By case: whether it has a score.
    scored: Vec<bool>,
    /// The ids of all criteria at the top, case after case, and where those of each case begin.
    criteria: Arc<StringArray>,
    begins: Vec<u16>,
    words: Words,
}

#[derive(Debug)]
struct Words {
    verdicts: ArrayRef,
    reasons: ArrayRef,
    populations: ArrayRef,
    paths: ArrayRef,
}

impl Programme {
    pub fn new(screened: &Screened) -> Self {
        let texts = |texts: &[&str]| Arc::new(StringArray::from(texts.to_vec())) as ArrayRef;
        let names = screened.cases.iter().map(crate::metadata::case_name);
        let several = screened.cases.len() > 1;
        let cases = several.then(|| Arc::new(StringArray::from_iter_values(names)));
        let scored: Vec<bool> = screened.cases.iter().map(|case| case.scored).collect();
        let begins = screened.cases.iter().scan(0u16, |next, case| {
            let begin = *next;
            *next = next.saturating_add(u16::try_from(case.criteria.len()).unwrap_or(u16::MAX));
            Some(begin)
        });
        let begins = begins.collect();
        let criteria: Vec<&String> =
            screened.cases.iter().flat_map(|case| &case.criteria).collect();
        let criteria = Arc::new(StringArray::from_iter_values(criteria));
        let leaves = screened.cases.iter().map(|case| case.leaves.len()).max().unwrap_or(0);
        let fields = fields(&screened.id, several, scored.contains(&true), leaves.div_ceil(64));
        let words = Words {
            verdicts: texts(&VERDICTS),
            reasons: texts(&REASONS),
            populations: texts(&POPULATIONS),
            paths: texts(&PATHS),
        };
        Self { fields, cases, scored, criteria, begins, words }
    }

    pub fn fields(&self) -> &[FieldRef] {
        &self.fields
    }

    /// Adds the columns of a batch, in the order of the fields.
    pub fn columns(&self, found: Columns, columns: &mut Vec<ArrayRef>) -> Result<()> {
        let judged = nulls(&found.case, |case| case != code::NO_CASE);
        let bytes = |codes: Vec<u8>, nulls: Option<NullBuffer>, words: &ArrayRef| {
            let keys = UInt8Array::new(ScalarBuffer::from(codes), nulls);
            DictionaryArray::<UInt8Type>::try_new(keys, Arc::clone(words)).map(Arc::new)
        };
        let why: Vec<u8> =
            found.verdict.iter().map(|code| code.saturating_sub(UNDETERMINED)).collect();
        let verdict: Vec<u8> = found.verdict.iter().map(|code| *code.min(&UNDETERMINED)).collect();
        let scored =
            nulls(&found.case, |case| self.scored.get(usize::from(case)).copied().unwrap_or(false));
        let nearest = self.nearest(&found);
        if let Some(cases) = &self.cases {
            // A key under a null need not be one of the dictionary.
            let words = Arc::clone(cases) as ArrayRef;
            columns.push(bytes(found.case, judged.clone(), &words)?);
        }
        columns.push(bytes(verdict, judged.clone(), &self.words.verdicts)?);
        let undetermined = both(&judged, nulls(&why, |why| why > 0));
        columns.push(bytes(why, undetermined, &self.words.reasons)?);
        columns.push(bytes(found.population, judged.clone(), &self.words.populations)?);
        if self.scored.contains(&true) {
            for points in [found.low, found.high] {
                let points: Vec<i64> = points.into_iter().map(i64::from).collect();
                let points = Decimal64Array::new(points.into(), scored.clone());
                columns.push(Arc::new(points.with_data_type(POINTS)));
            }
        }
        let on_path = both(&judged, nulls(&found.path, |path| path > 0));
        columns.push(bytes(found.path, on_path, &self.words.paths)?);
        for masks in [found.not_met, found.unknown] {
            for mask in masks {
                columns.push(Arc::new(UInt64Array::new(mask.into(), judged.clone())));
            }
        }
        let short = nulls(&found.shortfall, |ppm| ppm != code::NO_SHORTFALL);
        columns.push(Arc::new(Int64Array::new(found.shortfall.into(), short)));
        columns.push(nearest?);
        Ok(())
    }

    /// The criterion with the nearest shortfall, else the first that is not met, as a place among those
    /// of all cases.
    fn nearest(&self, found: &Columns) -> Result<ArrayRef> {
        let missed = nulls(&found.nearest, |place| place != code::NOTHING_MISSED);
        let keys = found.nearest.iter().zip(&found.case).map(|(place, case)| {
            let begin = self.begins.get(usize::from(*case)).copied().unwrap_or(0);
            begin.saturating_add(*place)
        });
        let keys = UInt16Array::new(keys.collect::<Vec<_>>().into(), missed);
        let criteria = Arc::clone(&self.criteria) as ArrayRef;
        Ok(Arc::new(DictionaryArray::<UInt16Type>::try_new(keys, criteria)?))
    }
}

fn fields(id: &str, cases: bool, scored: bool, words_of_bits: usize) -> Vec<FieldRef> {
    let prefix = id.replace('-', "_");
    let mut fields = Vec::new();
    let mut add = |says: &str, kind: DataType| fields.push(field(format!("{prefix}_{says}"), kind));
    let codes = || words(DataType::UInt8);
    if cases {
        add("case", codes());
    }
    add("verdict", codes());
    add("why", codes());
    add("population", codes());
    if scored {
        add("score_low", POINTS);
        add("score_high", POINTS);
    }
    add("path", codes());
    for says in ["not_met", "unknown"] {
        for word in 0..words_of_bits {
            match word {
                0 => add(says, DataType::UInt64),
                word => add(&format!("{says}_{}", word * 64), DataType::UInt64),
            }
        }
    }
    add("shortfall_ppm", DataType::Int64);
    add("nearest", words(DataType::UInt16));
    fields
}

/// Which rows have a value; nothing if all have.
fn nulls<T: Copy>(values: &[T], has: impl Fn(T) -> bool) -> Option<NullBuffer> {
    let bits = BooleanBuffer::collect_bool(values.len(), |row| {
        values.get(row).is_some_and(|value| has(*value))
    });
    let nulls = NullBuffer::new(bits);
    (nulls.null_count() > 0).then_some(nulls)
}

fn both(left: &Option<NullBuffer>, right: Option<NullBuffer>) -> Option<NullBuffer> {
    NullBuffer::union(left.as_ref(), right.as_ref())
}
