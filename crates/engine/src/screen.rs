//! The step from canonical rows to answers, and what is counted on the way.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{Array as _, AsArray as _, RecordBatch};
use arrow::datatypes::{Date32Type, SchemaRef};
use datafusion::common::Result;
use jiff::civil::Date;
use population::{Shape, Special, day_number};
use rules::Missing;
use screening::{Columns, Field, Screening, Work, code};

use crate::columns::Layout;
use crate::duplicates::Fingerprints;
use crate::metadata::Labels;
use crate::run::Asked;
use crate::step::{Step, Worker};
use population::Outdated;

/// What is counted for one programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Subjects by population: eligible, judgement pending, one short, lack of data, no.
    pub populations: [u64; 5],
    /// Subjects that hold the title on the day.
    pub holders: u64,
}

impl Totals {
    /// Subjects that were judged.
    pub fn judged(&self) -> u64 {
        self.populations.iter().sum()
    }
}

/// What is counted while rows pass.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    pub programmes: Vec<Totals>,
    pub work: Work,
    pub outdated: Outdated,
}

/// A screening as a step of a plan.
#[derive(Clone)]
pub(crate) struct Screen(Arc<Kernels>);

/// What all who screen share.
struct Kernels {
    screening: Screening,
    layout: Layout,
    shape: Arc<Shape>,
    /// The day of the verdicts.
    as_of: Date,
    day: i32,
    /// Whether any programme asks for events.
    events: bool,
    counts: Mutex<Counts>,
    seen: Fingerprints,
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Screen({} programmes)", self.programmes())
    }
}

impl Screen {
    pub fn new(screening: Screening, shape: Arc<Shape>, asked: &Asked) -> Self {
        let layout = Layout::new(&shape, screening.programmes(), asked.size_class);
        let (as_of, counts) = (asked.as_of, Mutex::default());
        let day = day_number(as_of);
        let events = |field: &Field| matches!(field.missing, Missing::Event { .. });
        let events = screening.fields().iter().any(events);
        let seen = Fingerprints::default();
        Self(Arc::new(Kernels { screening, layout, shape, as_of, day, events, counts, seen }))
    }

    pub fn programmes(&self) -> usize {
        self.0.screening.programmes().len()
    }

    pub fn screening(&self) -> &Screening {
        &self.0.screening
    }

    /// What the codes in the columns are called.
    pub fn labels(&self) -> Labels {
        self.0.layout.labels(self.0.shape.catalogue())
    }

    /// Who has passed so far.
    pub fn seen(&self) -> &Fingerprints {
        &self.0.seen
    }

    /// What was counted in all partitions that have ended.
    pub fn counts(&self) -> Counts {
        self.0.counts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether both are the same screening.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Step for Screen {
    fn name(&self) -> &'static str {
        "ScreenExec"
    }

    fn schema(&self) -> SchemaRef {
        Arc::clone(self.0.layout.schema())
    }

    fn worker(&self, _: usize) -> Box<dyn Worker> {
        let programmes = vec![Totals::default(); self.programmes()];
        let work = self.0.screening.work();
        let counts = Counts { programmes, work, outdated: Outdated::default() };
        Box::new(Screener { kernels: Arc::clone(&self.0), counts })
    }
}

struct Screener {
    kernels: Arc<Kernels>,
    counts: Counts,
}

impl Worker for Screener {
    fn batch(&mut self, canonical: &RecordBatch) -> Result<RecordBatch> {
        let kernels = &self.kernels;
        kernels.seen.add(&kernels.shape, canonical);
        let results = kernels.screening.screen(canonical, &mut self.counts.work);
        for (totals, columns) in self.counts.programmes.iter_mut().zip(&results.programmes) {
            totals.add(columns);
        }
        if kernels.events {
            self.counts.outdated.batch(&kernels.shape, canonical, kernels.as_of);
        }
        self.holders(canonical);
        self.kernels.layout.batch(canonical, results)
    }

    fn end(&mut self) {
        let mut all = self.kernels.counts.lock().unwrap_or_else(PoisonError::into_inner);
        all.work.merge(&self.counts.work);
        all.outdated.merge(&self.counts.outdated);
        if all.programmes.is_empty() {
            all.programmes = std::mem::take(&mut self.counts.programmes);
            return;
        }
        for (all, own) in all.programmes.iter_mut().zip(&self.counts.programmes) {
            all.merge(own);
        }
    }
}

impl Totals {
    fn add(&mut self, columns: &Columns) {
        let mut counts = [0u64; 256];
        for (case, population) in columns.case.iter().zip(&columns.population) {
            let slot = if *case == code::NO_CASE { u8::MAX } else { *population };
            if let Some(count) = counts.get_mut(usize::from(slot)) {
                *count += 1;
            }
        }
        for (total, count) in self.populations.iter_mut().zip(counts) {
            *total += count;
        }
    }

    fn merge(&mut self, other: &Self) {
        self.holders += other.holders;
        for (total, more) in self.populations.iter_mut().zip(other.populations) {
            *total += more;
        }
    }
}

impl Screener {
    /// Counts who holds which title on the day.
    fn holders(&mut self, canonical: &RecordBatch) {
        let kernels = &self.kernels;
        let Some(titles) = kernels.shape.column(Special::Titles) else { return };
        let Some(titles) = canonical.columns().get(titles).and_then(|own| own.as_list_opt::<i32>())
        else {
            return;
        };
        let Some(records) = titles.values().as_struct_opt() else { return };
        let (Some(programmes), Some(from), Some(to)) = (
            records.column_by_name("programme").and_then(|own| own.as_string_opt::<i32>()),
            records.column_by_name("from").and_then(|own| own.as_primitive_opt::<Date32Type>()),
            records.column_by_name("to").and_then(|own| own.as_primitive_opt::<Date32Type>()),
        ) else {
            return;
        };
        let known = kernels.screening.programmes().iter().enumerate();
        let places: HashMap<&str, usize> =
            known.map(|(place, programme)| (programme.id.as_str(), place)).collect();
        // A title that was renewed early stands twice, but is held once.
        let mut last = vec![usize::MAX; places.len()];
        for (row, ends) in titles.value_offsets().windows(2).enumerate() {
            let [start, end] = ends else { continue };
            let (start, end) = (usize::try_from(*start), usize::try_from(*end));
            let (Ok(start), Ok(end)) = (start, end) else { continue };
            for title in start..end {
                let valid = from.is_valid(title) && to.is_valid(title);
                let holds = valid && (from.value(title)..=to.value(title)).contains(&kernels.day);
                let place = holds.then(|| places.get(programmes.value(title))).flatten();
                if let Some(place) = place
                    && let Some(last) = last.get_mut(*place).filter(|last| **last != row)
                    && let Some(totals) = self.counts.programmes.get_mut(*place)
                {
                    *last = row;
                    totals.holders += 1;
                }
            }
        }
    }
}
