//! Kernels for a set of programmes, and a batch through them.

use arrow::record_batch::RecordBatch;
use population::Shape;
use rules::{Programme, Question, Rulebook, classify};
use std::sync::{Arc, Mutex};

use crate::bits::{BLOCK, Bits};
use crate::field::Field;
use crate::plan::{ClassId, Plan};
use crate::prepared::Prepared;
use crate::results::{Columns, Results, code};
use crate::run::{Block, Fields, FoundedAfter, Input, Values, founded_after};
use crate::screened::Screened;
use crate::simple::simple;
use crate::work::Work;

/// Programmes compiled for screening.
pub struct Screening {
    shape: Shape,
    plan: Plan,
    prepared: Prepared,
    screened: Vec<Screened>,
    /// What is judged, each kind of subject once.
    subjects: Vec<String>,
    /// By programme, the place of its kind.
    kinds: Vec<usize>,
    slow: Vec<(usize, Slow)>,
    classes: Vec<Classing>,
    keeps_missing: bool,
    /// Also how far the nearest criterion is missed, and what is missing.
    full: bool,
    /// Room for intermediate values, handed from batch to batch.
    spare: Mutex<Vec<Values>>,
}

/// A programme that the kernels cannot say; the simple evaluator judges it, row by row.
pub(crate) struct Slow {
    pub rulebook: Arc<Rulebook>,
    pub programme: Programme,
    pub question: Question,
}

/// How a choice that was asked for beside the programmes is found.
pub(crate) type Classing = Result<ClassId, SlowClass>;

/// A choice that the kernels cannot find; the simple evaluator does, row by row.
pub(crate) struct SlowClass {
    pub rulebook: Arc<Rulebook>,
    pub indicator: String,
    pub question: Question,
}

/// What rows of a file without a column `subject` are.
const ENTERPRISE: &str = "enterprise";

impl Screening {
    pub(crate) fn new(
        shape: Shape,
        plan: Plan,
        (slow, classes): (Vec<(usize, Slow)>, Vec<Classing>),
        question: &Question,
    ) -> Self {
        let prepared = Prepared::new(&plan, question.as_of);
        let screened: Vec<Screened> =
            plan.programmes.iter().map(|own| own.screened.clone()).collect();
        let mut subjects: Vec<String> = Vec::new();
        let kinds = screened.iter().map(|own| {
            subjects.iter().position(|known| *known == own.subject).unwrap_or_else(|| {
                subjects.push(own.subject.clone());
                subjects.len() - 1
            })
        });
        let kinds = kinds.collect();
        Self {
            shape,
            plan,
            prepared,
            screened,
            subjects,
            kinds,
            slow,
            classes,
            keeps_missing: false,
            full: true,
            spare: Mutex::default(),
        }
    }

    /// Keeps for each answer which fields are missing: for tests and comparisons.
    pub fn keeping_missing(mut self) -> Self {
        self.keeps_missing = true;
        self
    }

    /// Leaves out what not everybody asks for: the nearest shortfall and the work list. Verdicts,
    /// populations, scores, paths and masks stay.
    pub fn only_verdicts(mut self) -> Self {
        self.full = false;
        self
    }

    /// The programmes, in the order in which they were added.
    pub fn programmes(&self) -> &[Screened] {
        &self.screened
    }

    /// What can be missing.
    pub fn fields(&self) -> &[Field] {
        &self.plan.fields
    }

    /// The columns of the canonical batch that any programme looks at.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// A work list for this screening, nothing counted yet.
    pub fn work(&self) -> Work {
        Work::new(self.screened.len(), &self.plan.fields)
    }

    /// Judges every row of a canonical batch under every programme; adds to the work list what is
    /// missing.
    pub fn screen(&self, canonical: &RecordBatch, work: &mut Work) -> Results {
        let rows = canonical.num_rows();
        let columns = |screened| Columns::new(rows, screened, (self.full, self.keeps_missing));
        let mut results = Results {
            rows,
            programmes: self.screened.iter().map(columns).collect(),
            classes: vec![vec![code::NO_CLASS; rows]; self.classes.len()],
        };
        let input = Input::new(&self.shape, canonical);
        let mut values = self.room();
        let mut founded = FoundedAfter::new();
        let mut fields = Fields::new(self.plan.fields.len());
        for start in (0..rows).step_by(BLOCK) {
            let len = BLOCK.min(rows - start);
            founded_after(&self.prepared, &input, (start, len), &mut founded);
            let block = Block {
                plan: &self.plan,
                prepared: &self.prepared,
                input: &input,
                start,
                len,
                live: Bits::first(len),
                founded_after: &founded,
                full: self.full,
            };
            values.compute(&block);
            let of_kinds: Vec<Bits> =
                self.subjects.iter().map(|subject| of_kind(&block, subject)).collect();
            let programmes = self.plan.programmes.iter().enumerate();
            for ((place, programme), columns) in programmes.zip(&mut results.programmes) {
                let of_kind = self.kinds.get(place).and_then(|kind| of_kinds.get(*kind));
                let rows = of_kind.copied().unwrap_or(Bits::NONE);
                let counts = (&mut *work, &mut fields);
                values.answer(&block, (place, programme), rows, columns, counts);
            }
            for (class, options) in self.classes.iter().zip(&mut results.classes) {
                if let (Ok(id), Some(options)) = (class, options.get_mut(start..start + len)) {
                    values.options(&block, *id, options);
                }
            }
        }
        self.give_back(values);
        for (place, slow) in &self.slow {
            self.slowly(canonical, &input, (*place, slow), &mut results, work);
        }
        for (class, options) in self.classes.iter().zip(&mut results.classes) {
            if let Err(slow) = class {
                self.options_slowly(canonical, slow, options);
            }
        }
        results
    }

    fn options_slowly(&self, canonical: &RecordBatch, slow: &SlowClass, options: &mut [u8]) {
        for (row, option) in options.iter_mut().enumerate() {
            let facts = self.shape.subject(canonical, row);
            let found = classify(&slow.rulebook, &slow.indicator, &facts, &slow.question);
            if let [only] = found.as_slice() {
                *option = u8::try_from(*only).unwrap_or(code::NO_CLASS);
            }
        }
    }

    fn room(&self) -> Values {
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.pop());
        spare.unwrap_or_else(|| Values::new(&self.plan))
    }

    fn give_back(&self, values: Values) {
        if let Ok(mut spare) = self.spare.lock() {
            spare.push(values);
        }
    }

    fn slowly(
        &self,
        canonical: &RecordBatch,
        input: &Input<'_>,
        (place, slow): (usize, &Slow),
        results: &mut Results,
        work: &mut Work,
    ) {
        let (Some(screened), Some(columns)) =
            (self.screened.get(place), results.programmes.get_mut(place))
        else {
            return;
        };
        for row in 0..canonical.num_rows() {
            if !input.is_of_kind(row, &screened.subject, ENTERPRISE) {
                continue;
            }
            let facts = self.shape.subject(canonical, row);
            let answer = simple(
                &slow.rulebook,
                &slow.programme,
                &facts,
                &slow.question,
                screened,
                &self.plan.fields,
            );
            if let Some(answer) = &answer {
                work.count(place, &answer.missing);
            }
            columns.set(row, answer);
        }
    }
}

/// The rows of a block that are subjects of a kind.
fn of_kind(block: &Block<'_>, kind: &str) -> Bits {
    if block.input.subject.is_none() {
        return if kind == ENTERPRISE { block.live } else { Bits::NONE };
    }
    let mut rows = Bits::NONE;
    for row in 0..block.len {
        if block.input.is_of_kind(block.start + row, kind, ENTERPRISE) {
            rows.set(row);
        }
    }
    rows
}
