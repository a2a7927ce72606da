//! Answers as Arrow columns: who the subject is, then for each programme what was found. Words are
//! dictionaries, so that a column costs a byte or two for each row.

mod about;
mod programme;

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef};
use datafusion::common::Result;
use enterprise::Catalogue;
use population::Shape;
use screening::{Results, Screened};

use crate::metadata::Labels;
use about::About;
pub(crate) use about::{GROUPS, SIZE};
use programme::Programme;

/// How answers become columns.
#[derive(Debug)]
pub(crate) struct Layout {
    about: Vec<About>,
    programmes: Vec<Programme>,
    schema: SchemaRef,
}

impl Layout {
    /// The columns for these programmes; `class` is where the size class is told, if it is.
    pub fn new(shape: &Shape, screened: &[Screened], class: Option<usize>) -> Self {
        let about = About::all(shape, class);
        let programmes: Vec<Programme> = screened.iter().map(Programme::new).collect();
        let fields = about.iter().map(About::field);
        let fields = fields.chain(programmes.iter().flat_map(|own| own.fields().iter().cloned()));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<FieldRef>>()));
        Self { about, programmes, schema }
    }

    /// What the codes in the columns are called.
    pub fn labels(&self, catalogue: &Catalogue) -> Labels {
        self.about.iter().filter_map(|about| about.labels(catalogue)).collect()
    }

    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The answers for a canonical batch.
    pub fn batch(&self, canonical: &RecordBatch, results: Results) -> Result<RecordBatch> {
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        for about in &self.about {
            columns.push(about.column(canonical, &results)?);
        }
        for (programme, found) in self.programmes.iter().zip(results.programmes) {
            programme.columns(found, &mut columns)?;
        }
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }
}

/// Few different words in many rows.
fn words(key: DataType) -> DataType {
    DataType::Dictionary(Box::new(key), Box::new(DataType::Utf8))
}

fn field(name: String, kind: DataType) -> FieldRef {
    Arc::new(Field::new(name, kind, true))
}
