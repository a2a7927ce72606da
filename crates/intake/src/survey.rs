//! The first reading: which facts anybody has, and whether an amount needs more than 18 digits.

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Int64Type;
use enterprise::{Catalogue, FactKey, Facts, Value};
use population::{Shape, origin, shape_for};

use crate::Inputs;
use crate::reading::{Reading, Taker};
use crate::told::{Failure, Told};

const NARROW: u64 = 1_000_000_000_000_000_000;

/// What the inputs have.
#[derive(Clone, Default, Debug)]
pub struct Survey {
    /// Sound subjects.
    pub subjects: u64,
    /// Whether some of the figures are made up: what is made of them is so, too.
    pub synthetic: bool,
    /// What populations among the inputs say of themselves.
    pub says: Vec<(String, String)>,
    /// The facts that somebody has, and whether one of them needs a wide column.
    keys: BTreeMap<FactKey, bool>,
}

/// Reads everything once; `told` hears what will not be taken.
///
/// # Errors
/// An input cannot be read, or somebody wanted it to stop.
pub fn survey(inputs: &Inputs<'_>, told: &mut dyn Told) -> Result<Survey, Failure> {
    let mut survey = Survey::default();
    Reading::new(inputs).all(inputs.files, &mut survey, told)?;
    Ok(survey)
}

impl Survey {
    /// A shape that holds everything, its columns in the order of the catalogue.
    pub fn shape(&self, catalogue: &Catalogue) -> Shape {
        let of = |id: &str| {
            let first = FactKey { indicator: id.to_owned(), year: None };
            let id = id.to_owned();
            self.keys.range(first..).take_while(move |(key, _)| key.indicator == id)
        };
        let ids = catalogue.indicators().iter().map(|indicator| indicator.id.as_str());
        let keys = ids.flat_map(of).map(|(key, _)| key.clone());
        let shape = shape_for(keys, catalogue);
        let wide = self.keys.iter().filter(|(_, wide)| **wide);
        let wide: Vec<usize> =
            wide.filter_map(|(key, _)| shape.fact(&key.indicator, key.year)).collect();
        wide.into_iter().fold(shape, Shape::widened)
    }

    fn has(&mut self, key: FactKey, wide: bool) {
        *self.keys.entry(key).or_default() |= wide;
    }
}

impl Taker for Survey {
    fn origin(&mut self, metadata: &[(String, String)]) {
        self.synthetic |=
            metadata.iter().any(|(key, value)| key == origin::SYNTHETIC && value == "true");
        self.says.extend_from_slice(metadata);
    }

    fn subject(&mut self, facts: &Facts) -> Result<(), Failure> {
        self.subjects += 1;
        for (key, fact) in facts.iter() {
            let wide =
                matches!(fact.value, Value::Number(number) if number.unsigned_abs() >= NARROW);
            self.has(key, wide);
        }
        Ok(())
    }

    fn batch(&mut self, shape: &Shape, canonical: &RecordBatch) -> Result<(), Failure> {
        self.subjects += u64::try_from(canonical.num_rows()).unwrap_or_default();
        for (key, index) in shape.facts() {
            let Some(array) = canonical.columns().get(index) else { continue };
            if array.null_count() == array.len() {
                continue;
            }
            let numbers = array.as_primitive_opt::<Int64Type>();
            let wide = numbers.is_some_and(|numbers| {
                numbers.iter().flatten().any(|number| number.unsigned_abs() >= NARROW)
            });
            self.has(key.clone(), wide);
        }
        Ok(())
    }
}
