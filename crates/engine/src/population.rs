//! A population, opened for screening: its files, the columns that are wanted, and what they mean.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::{Schema, SchemaRef};
use datafusion::prelude::col;
use enterprise::{Catalogue, Problem};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use population::{Shape, Special, reading_schema};

use crate::columns::GROUPS;
use crate::failure::Failure;
use crate::session::{self, Limits};
use crate::source::Source;
use crate::{query, trouble};

/// Facts that say for every other one whether it can be there.
const ALWAYS: [&str; 1] = ["founded_on"];
/// What nobody judges by.
const UNREAD: [Special; 2] = [Special::Relations, Special::Conflicts];

/// A population, opened.
#[derive(Debug)]
pub struct Population {
    pub(crate) source: Arc<Source>,
    /// By file: the types in which its columns are read.
    pub(crate) files: Vec<SchemaRef>,
    /// The columns that are read.
    pub(crate) schema: SchemaRef,
    pub(crate) shape: Arc<Shape>,
    warnings: Vec<Problem>,
}

impl Population {
    /// Opens a file, or the files of a folder, and checks all columns against the catalogue.
    ///
    /// # Errors
    /// Everything that keeps it out.
    pub fn open(path: &Path, catalogue: &Catalogue) -> Result<Self, Vec<Problem>> {
        let source = Source::open(path).map_err(|problem| vec![*problem])?;
        let mut files = Vec::new();
        let mut all = Schema::empty();
        for part in &source.parts {
            let metadata =
                ArrowReaderMetadata::try_new(Arc::clone(&part.metadata), ArrowReaderOptions::new())
                    .map_err(|error| vec![*trouble::no_parquet(&part.path, &error.to_string())])?;
            let schema = reading_schema(&metadata, catalogue);
            let schema = Schema::clone(&schema).with_metadata(Default::default());
            all = Schema::try_merge([all, schema.clone()])
                .map_err(|error| vec![*trouble::differing(&part.path, &error.to_string())])?;
            files.push(Arc::new(schema));
        }
        let named = |mut problems: Vec<Problem>| {
            for problem in &mut problems {
                problem.place.file = Some(path.display().to_string());
            }
            problems
        };
        let (shape, warnings) = Shape::of(&all, catalogue).map_err(named)?;
        if source.rows() == 0 {
            return Err(vec![*trouble::no_rows(path)]);
        }
        let (source, shape) = (Arc::new(source), Arc::new(shape));
        Ok(Self { source, files, schema: Arc::new(all), shape, warnings: named(warnings) })
    }

    /// The same population, of whose facts only those of wanted indicators will be read.
    ///
    /// # Errors
    /// None that opening has not found.
    pub fn narrowed(mut self, wanted: &dyn Fn(&str) -> bool) -> Result<Self, Vec<Problem>> {
        let schema = narrow(&self.schema, &self.shape, wanted);
        let (shape, _) = Shape::of(&schema, self.shape.catalogue())?;
        (self.schema, self.shape) = (Arc::new(schema), Arc::new(shape));
        Ok(self)
    }

    /// The meaning of its columns.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.source.rows()
    }

    /// What the files say of themselves under this key.
    pub fn says(&self, key: &str) -> Option<&str> {
        self.source.says(key)
    }

    /// Whether some of its subjects are made up.
    pub fn is_synthetic(&self) -> bool {
        self.source.is_synthetic()
    }

    /// What is worth a look.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Which kinds of subjects occur; a subject without a kind is an enterprise.
    ///
    /// # Errors
    /// The files cannot be read.
    pub fn kinds(&self, limits: Limits) -> Result<BTreeSet<String>, Failure> {
        const ENTERPRISE: &str = "enterprise";
        let name = Special::Subject.name();
        if self.shape.column(Special::Subject).is_none() {
            return Ok(BTreeSet::from([ENTERPRISE.to_owned()]));
        }
        let context = session::session(limits)?;
        let table = query::listing(&self.source)?;
        let found = session::runtime(limits)?.block_on(async {
            let frame = context.read_table(Arc::new(table))?.select(vec![col(name)])?;
            frame.distinct()?.collect().await
        })?;
        let mut kinds = BTreeSet::new();
        for batch in &found {
            let texts = arrow::compute::cast(batch.column(0), &arrow::datatypes::DataType::Utf8)?;
            let texts = arrow::array::AsArray::as_string::<i32>(&texts);
            kinds.extend(texts.iter().map(|kind| kind.unwrap_or(ENTERPRISE).to_owned()));
        }
        Ok(kinds)
    }
}

/// The columns that anybody looks at.
fn narrow(all: &Schema, shape: &Shape, wanted: &dyn Fn(&str) -> bool) -> Schema {
    let facts = shape.facts().filter(|(key, _)| {
        let id = key.indicator.as_str();
        wanted(id) || ALWAYS.contains(&id) || GROUPS.contains(&id)
    });
    let specials = Special::ALL.into_iter().filter(|special| !UNREAD.contains(special));
    let read = facts.map(|(_, index)| index);
    let read = read.chain(specials.filter_map(|special| shape.column(special)));
    let sources: BTreeSet<usize> = read.filter_map(|index| shape.source_of(index)).collect();
    let fields = sources.into_iter().filter_map(|source| all.fields().get(source).cloned());
    Schema::new(fields.collect::<Vec<_>>())
}
