//! The columns that say who a subject is: taken from the population as far as it has them.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray as _, DictionaryArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, FieldRef, UInt16Type};
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use enterprise::Kind;
use population::{Shape, Special};

use super::{field, words};

/// What a result repeats of who a subject is.
const IDENTITY: [Special; 4] = [Special::Uscc, Special::Id, Special::Name, Special::Subject];
/// Facts by which people group subjects.
pub(crate) const GROUPS: [&str; 3] = ["district", "industry", "size_class"];

/// A column that says who a subject is.
#[derive(Debug)]
pub(super) struct About {
    name: String,
    kind: DataType,
    /// Where it stands in the canonical batch.
    index: usize,
    /// The words of a choice.
    options: Option<Arc<StringArray>>,
}

impl About {
    pub fn all(shape: &Shape) -> Vec<Self> {
        let column = |name: &str, index: Option<usize>| {
            let index = index?;
            let kind = shape.schema().fields().get(index)?.data_type().clone();
            let options = shape.catalogue().indicator(name).and_then(|known| match &known.kind {
                Kind::Choice(choices) => {
                    let ids = choices.iter().map(|choice| choice.id.as_str());
                    Some(Arc::new(StringArray::from_iter_values(ids)))
                }
                _ => None,
            });
            let kind = if options.is_some() { words(DataType::UInt16) } else { kind };
            Some(Self { name: name.to_owned(), kind, index, options })
        };
        let identity =
            IDENTITY.iter().filter_map(|special| column(special.name(), shape.column(*special)));
        let groups = GROUPS.iter().filter_map(|name| column(name, shape.fact(name, None)));
        identity.chain(groups).collect()
    }

    pub fn field(&self) -> FieldRef {
        field(self.name.clone(), self.kind.clone())
    }

    pub fn column(&self, canonical: &RecordBatch) -> Result<ArrayRef> {
        let missing = || DataFusionError::Internal(format!("no column {}", self.name));
        let column = canonical.columns().get(self.index).ok_or_else(missing)?;
        match &self.options {
            None => Ok(Arc::clone(column)),
            Some(options) => {
                let keys = column.as_primitive_opt::<UInt16Type>().ok_or_else(missing)?.clone();
                let options = Arc::clone(options) as ArrayRef;
                Ok(Arc::new(DictionaryArray::try_new(keys, options)?))
            }
        }
    }
}
