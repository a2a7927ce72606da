//! From a batch of the file to a canonical batch: column by column, exactly, without an allocation for
//! each value. What the catalogue refuses is found here; what a file may be at all is settled before.

mod checks;
mod codes;
mod days;
mod founding;
mod lists;
mod numbers;
mod texts;
mod words;

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions, new_null_array,
};
use arrow::datatypes::DataType;
use enterprise::{Indicator, Kind, Problem, ProblemKind};

use crate::refused::{At, Findings, Refused};
use crate::says::refused;
use crate::shape::{Column, Holds, Shape};
use crate::special::Special;

pub use checks::unknown_kind;

/// A batch of which some rows are refused.
#[derive(Debug, Clone)]
pub struct Sifted {
    /// All rows. Those that are refused have no meaning.
    pub batch: RecordBatch,
    /// Which rows are sound.
    pub sound: Vec<bool>,
    /// Everything that is wrong with the others, in no particular order.
    pub problems: Vec<Problem>,
}

impl Shape {
    /// The canonical batch of a batch of the file, before which `first_row` rows stand in it.
    ///
    /// # Errors
    /// The values that the catalogue refuses, counted, the first few with column and row (from 1).
    pub fn canonical(&self, batch: &RecordBatch, first_row: u64) -> Result<RecordBatch, Refused> {
        let mut findings = Findings::strict(first_row);
        let canonical = self.read(batch, &mut findings);
        match canonical {
            Some(canonical) if findings.found.count == 0 => Ok(canonical),
            _ => Err(findings.found),
        }
    }

    /// The same for who takes the sound rows and reports the others.
    ///
    /// # Errors
    /// The batch is not of this shape.
    pub fn sift(&self, batch: &RecordBatch, first_row: u64) -> Result<Sifted, Refused> {
        let mut findings = Findings::thorough(first_row, batch.num_rows());
        let Some(canonical) = self.read(batch, &mut findings) else { return Err(findings.found) };
        let refused = findings.rows.unwrap_or_default();
        let sound = refused.into_iter().map(|refused| !refused).collect();
        Ok(Sifted { batch: canonical, sound, problems: findings.found.problems })
    }

    fn read(&self, batch: &RecordBatch, findings: &mut Findings) -> Option<RecordBatch> {
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.columns.len());
        for (column, field) in self.columns.iter().zip(self.schema().fields()) {
            let array = match column.source {
                Some(source) => match batch.columns().get(source) {
                    Some(array) => read_column(column, array, self, findings),
                    None => {
                        findings.mismatch(&column.name, "no such column");
                        None
                    }
                },
                None => None,
            };
            let rows = batch.num_rows();
            arrays.push(array.unwrap_or_else(|| new_null_array(field.data_type(), rows)));
        }
        self.settle_completeness(&mut arrays);
        self.identified(&arrays, findings);
        founding::check(self, &arrays, findings);
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let canonical =
            RecordBatch::try_new_with_options(Arc::clone(self.schema()), arrays, &options);
        canonical.map_err(|error| findings.mismatch("", &error.to_string())).ok()
    }

    /// A list of titles that is there is complete unless the row says otherwise.
    fn settle_completeness(&self, arrays: &mut [ArrayRef]) {
        let Some(place) = self.column(Special::TitlesComplete) else { return };
        let titles = self.column(Special::Titles).and_then(|index| arrays.get(index)).cloned();
        let Some(slot) = arrays.get_mut(place) else { return };
        let given = slot.as_any().downcast_ref::<BooleanArray>();
        let settled: BooleanArray = (0..slot.len())
            .map(|row| {
                let said = given.filter(|given| given.is_valid(row)).map(|given| given.value(row));
                Some(said.unwrap_or_else(|| titles.as_ref().is_some_and(|list| list.is_valid(row))))
            })
            .collect();
        *slot = Arc::new(settled);
    }

    /// Each row must say who it is.
    fn identified(&self, arrays: &[ArrayRef], findings: &mut Findings) {
        let known = [Special::Uscc, Special::Id];
        let known = known.map(|special| self.column(special).and_then(|index| arrays.get(index)));
        let (column, others) = match known {
            [Some(uscc), id] => (uscc, id),
            [None, Some(id)] => (id, None),
            [None, None] => return,
        };
        if column.null_count() == 0 {
            return;
        }
        let name = if self.column(Special::Uscc).is_some() { "uscc" } else { "id" };
        for row in 0..column.len() {
            if column.is_null(row) && others.is_none_or(|others| others.is_null(row)) {
                findings.add(row, name, nobody);
            }
        }
    }
}

fn read_column(
    column: &Column,
    array: &ArrayRef,
    shape: &Shape,
    findings: &mut Findings,
) -> Option<ArrayRef> {
    if *array.data_type() == DataType::Null {
        return None;
    }
    let before = findings.found.count;
    let mut at = At { findings, column: &column.name, row_of: &Some };
    match &column.holds {
        Holds::Fact(indicator, _) => read_fact(indicator, array, &mut at),
        Holds::Special(special) => {
            let array = lists::read(special.form(), array, &mut at)?;
            // What is broken already is not looked at more closely.
            if at.findings.found.count == before || at.findings.rows.is_some() {
                checks::check(*special, &array, shape.catalogue(), &mut at);
            }
            Some(array)
        }
    }
}

fn read_fact(indicator: &Indicator, array: &ArrayRef, at: &mut At<'_>) -> Option<ArrayRef> {
    Some(match &indicator.kind {
        Kind::Money | Kind::Ratio | Kind::Number { .. } => {
            Arc::new(numbers::quantities(array, indicator, at)?)
        }
        Kind::Date => Arc::new(days::days(array, at)?),
        Kind::Flag => {
            let flags = array.as_any().downcast_ref::<BooleanArray>();
            if flags.is_none() {
                at.mismatch(array.data_type());
            }
            Arc::new(flags?.clone())
        }
        Kind::Choice(_) => Arc::new(words::choices(array, indicator, at)?),
        Kind::Industry => Arc::new(words::industries(array, indicator, at)?),
    })
}

fn nobody() -> Problem {
    refused(
        ProblemKind::Uscc,
        ("缺少统一社会信用代码", "the unified social credit code is missing"),
        (
            "请填写 18 位统一社会信用代码；没有代码的对象填 id",
            "write the code of 18 characters, or an id for a subject without one",
        ),
    )
}
