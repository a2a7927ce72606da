//! The shape of a population: which fact or list stands in which column, checked against the
//! catalogue. Knows no rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{BooleanArray, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use enterprise::{Catalogue, FactKey, Indicator, Kind};

use crate::special::Special;

/// The columns of a population, resolved.
///
/// Its canonical schema has one type for each kind of value, whatever the file has: numbers in stored
/// units as `Int64`, dates as `Date32`, flags as `Boolean`, choices as `UInt16` (the option's index),
/// industries as dictionaries of normalised codes, texts as `Utf8`.
#[derive(Debug, Clone)]
pub struct Shape {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) columns: Arc<[Column]>,
    facts: BTreeMap<FactKey, usize>,
    specials: BTreeMap<Special, usize>,
    schema: SchemaRef,
}

/// A column of the canonical batch.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub name: String,
    pub holds: Holds,
    /// Where it stands in the file; `None` if it follows from other columns.
    pub source: Option<usize>,
    /// Whether the file has numbers of more than 18 digits in it.
    pub wide: bool,
}

/// What a column says.
#[derive(Debug, Clone)]
pub(crate) enum Holds {
    Special(Special),
    Fact(Arc<Indicator>, FactKey),
}

impl Shape {
    pub(crate) fn new(catalogue: Arc<Catalogue>, columns: Vec<Column>) -> Self {
        let mut facts = BTreeMap::new();
        let mut specials = BTreeMap::new();
        for (index, column) in columns.iter().enumerate() {
            match &column.holds {
                Holds::Special(special) => {
                    specials.insert(*special, index);
                }
                Holds::Fact(_, key) => {
                    facts.insert(key.clone(), index);
                }
            }
        }
        let fields: Vec<Field> = columns.iter().map(Column::field).collect();
        let schema = Arc::new(Schema::new(fields));
        Self { catalogue, columns: columns.into(), facts, specials, schema }
    }

    /// The canonical schema.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Where a fact stands in the canonical batch.
    pub fn fact(&self, indicator: &str, year: Option<i16>) -> Option<usize> {
        self.facts.get(&FactKey { indicator: indicator.to_owned(), year }).copied()
    }

    /// Where a column that is no fact stands in the canonical batch.
    pub fn column(&self, special: Special) -> Option<usize> {
        self.specials.get(&special).copied()
    }

    /// All facts, by indicator and year, with their places in the canonical batch.
    pub fn facts(&self) -> impl Iterator<Item = (&FactKey, usize)> {
        self.facts.iter().map(|(key, index)| (key, *index))
    }

    /// The columns of the file that are read, in its order: what is worth a projection.
    pub fn sources(&self) -> Vec<usize> {
        let mut sources: Vec<usize> =
            self.columns.iter().filter_map(|column| column.source).collect();
        sources.sort_unstable();
        sources
    }

    /// The column of the file that a column of the canonical batch is read from.
    pub fn source_of(&self, index: usize) -> Option<usize> {
        self.columns.get(index)?.source
    }

    /// A canonical batch of `other` with the columns of this shape; what `other` does not have is
    /// unknown.
    ///
    /// # Errors
    /// The batch is not of the other shape.
    pub fn arrange(
        &self,
        other: &Self,
        canonical: &RecordBatch,
    ) -> Result<RecordBatch, ArrowError> {
        let rows = canonical.num_rows();
        let arrays = self.columns.iter().zip(self.schema.fields()).map(|(column, field)| {
            let place = match &column.holds {
                Holds::Special(special) => other.column(*special),
                Holds::Fact(_, key) => other.facts.get(key).copied(),
            };
            let array = place.and_then(|place| canonical.columns().get(place)).cloned();
            array.unwrap_or_else(|| match column.holds {
                Holds::Special(Special::TitlesComplete) => {
                    Arc::new(BooleanArray::from(vec![false; rows]))
                }
                _ => new_null_array(field.data_type(), rows),
            })
        });
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays.collect(), &options)
    }

    /// The catalogue that it was checked against.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The same shape, whose column at `index` has room for numbers of more than 18 digits when it is
    /// written.
    pub fn widened(mut self, index: usize) -> Self {
        let mut columns = self.columns.to_vec();
        if let Some(column) = columns.get_mut(index) {
            column.wide = true;
        }
        self.columns = columns.into();
        self
    }
}

/// A shape with exactly these facts, in this order, and every other column. What the catalogue does
/// not know, or only ever computes, is left out; so is a repetition.
pub fn shape_for(keys: impl IntoIterator<Item = FactKey>, catalogue: &Catalogue) -> Shape {
    let mut columns: Vec<Column> = Vec::new();
    let special = |special: &Special| Column {
        name: special.name().to_owned(),
        holds: Holds::Special(*special),
        source: None,
        wide: false,
    };
    columns.extend(Special::ALL.iter().filter(|one| one.is_identity()).map(special));
    let mut known = std::collections::BTreeSet::new();
    for key in keys {
        let Some(indicator) = catalogue.indicator(&key.indicator) else { continue };
        if indicator.given && known.insert(key.clone()) {
            let (name, indicator) = (column_name(&key), Arc::clone(indicator));
            let holds = Holds::Fact(indicator, key);
            columns.push(Column { name, holds, source: None, wide: false });
        }
    }
    columns.extend(Special::ALL.iter().filter(|one| !one.is_identity()).map(special));
    for (index, column) in columns.iter_mut().enumerate() {
        column.source = Some(index);
    }
    Shape::new(Arc::new(catalogue.clone()), columns)
}

/// The name of the column of a fact: `revenue_2025`, `founded_on`.
pub fn column_name(key: &FactKey) -> String {
    match key.year {
        None => key.indicator.clone(),
        Some(year) => format!("{}_{year}", key.indicator),
    }
}

impl Column {
    fn field(&self) -> Field {
        Field::new(&self.name, self.holds.data_type(), true)
    }
}

impl Holds {
    fn data_type(&self) -> DataType {
        match self {
            Self::Special(special) => special.data_type(),
            Self::Fact(indicator, _) => match indicator.kind {
                Kind::Money | Kind::Ratio | Kind::Number { .. } => DataType::Int64,
                Kind::Date => DataType::Date32,
                Kind::Flag => DataType::Boolean,
                Kind::Choice(_) => DataType::UInt16,
                Kind::Industry => industry_type(),
            },
        }
    }
}

/// Codes of industries repeat: a few hundred words for millions of rows.
pub(crate) fn industry_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}
