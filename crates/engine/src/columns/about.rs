//! The columns that say who a subject is: taken from the population as far as it has them, and the
//! size class, which is computed.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{
    Array as _, ArrayRef, AsArray as _, DictionaryArray, RecordBatch, StringArray, UInt16Array,
};
use arrow::datatypes::{DataType, FieldRef, UInt16Type};
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use enterprise::{Catalogue, Kind, Text};
use population::{Shape, Special};
use screening::{Results, code};

use super::{field, words};

/// What a result repeats of who a subject is.
const IDENTITY: [Special; 4] = [Special::Uscc, Special::Id, Special::Name, Special::Subject];
/// Facts by which people group subjects.
pub(crate) const GROUPS: [&str; 3] = ["district", "industry", SIZE];
/// The choice among them that is computed where it is not given.
pub(crate) const SIZE: &str = "size_class";

/// A column that says who a subject is.
#[derive(Debug)]
pub(super) struct About {
    name: String,
    kind: DataType,
    /// Where it stands in the canonical batch.
    index: Option<usize>,
    /// Where it stands among the choices that a screening tells.
    class: Option<usize>,
    /// The words of a choice.
    options: Option<Arc<StringArray>>,
}

impl About {
    /// The columns for a shape; `class` is where a screening tells the size class, if it does.
    pub fn all(shape: &Shape, class: Option<usize>) -> Vec<Self> {
        let column = |name: &str, index: Option<usize>, class: Option<usize>| {
            let options = shape.catalogue().indicator(name).and_then(|known| match &known.kind {
                Kind::Choice(choices) => {
                    let ids = choices.iter().map(|choice| choice.id.as_str());
                    Some(Arc::new(StringArray::from_iter_values(ids)))
                }
                _ => None,
            });
            let kind = match (&options, index) {
                (Some(_), _) => words(DataType::UInt16),
                (None, Some(index)) => shape.schema().fields().get(index)?.data_type().clone(),
                (None, None) => return None,
            };
            let there = index.is_some() || class.is_some();
            there.then(|| Self { name: name.to_owned(), kind, index, class, options })
        };
        let identity = IDENTITY
            .iter()
            .filter_map(|special| column(special.name(), shape.column(*special), None));
        let groups = GROUPS.iter().filter_map(|name| {
            let class = class.filter(|_| *name == SIZE);
            column(name, shape.fact(name, None), class)
        });
        identity.chain(groups).collect()
    }

    /// The names of a choice, by code.
    pub fn labels(&self, catalogue: &Catalogue) -> Option<(String, BTreeMap<String, Text>)> {
        let Kind::Choice(choices) = &catalogue.indicator(&self.name)?.kind else { return None };
        let names = choices.iter().map(|choice| (choice.id.clone(), choice.label.clone()));
        Some((self.name.clone(), names.collect()))
    }

    pub fn field(&self) -> FieldRef {
        field(self.name.clone(), self.kind.clone())
    }

    pub fn column(&self, canonical: &RecordBatch, results: &Results) -> Result<ArrayRef> {
        let missing = || DataFusionError::Internal(format!("no column {}", self.name));
        let given = self.index.map(|index| canonical.columns().get(index).ok_or_else(missing));
        let given = given.transpose()?;
        let Some(options) = &self.options else { return given.cloned().ok_or_else(missing) };
        let given = given.map(|own| own.as_primitive_opt::<UInt16Type>().ok_or_else(missing));
        let keys = match (given.transpose()?, self.class) {
            (Some(given), None) => given.clone(),
            (given, class) => {
                let told =
                    class.and_then(|class| results.classes.get(class)).ok_or_else(missing)?;
                chosen(given, told)
            }
        };
        let options = Arc::clone(options) as ArrayRef;
        Ok(Arc::new(DictionaryArray::try_new(keys, options)?))
    }
}

/// The option that is given, else the one that was found.
fn chosen(given: Option<&UInt16Array>, told: &[u8]) -> UInt16Array {
    let options = told.iter().enumerate().map(|(row, told)| {
        let given = given.filter(|given| given.is_valid(row)).map(|given| given.value(row));
        given.or_else(|| (*told != code::NO_CLASS).then(|| u16::from(*told)))
    });
    options.collect()
}
