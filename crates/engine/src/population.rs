//! A population, opened for screening: its files, the columns that are wanted, and what they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use arrow::array::AsArray as _;
use arrow::datatypes::{DataType, Int64Type, Schema, SchemaRef};
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::prelude::{cast, col, lit};
use enterprise::{Catalogue, ENTERPRISE, Place, Problem, SUBJECTS};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use population::{Shape, Special, reading_schema, unknown_kind};

use crate::columns::GROUPS;
use crate::failure::Failure;
use crate::session::{self, Limits};
use crate::source::{Part, Source};
use crate::{metadata, query, trouble};

/// Facts that say for every other one whether it can be there.
const ALWAYS: [&str; 1] = ["founded_on"];
/// What nobody judges by.
const UNREAD: [Special; 2] = [Special::Relations, Special::Conflicts];

/// More columns that are not in every file than anybody reads.
const MOST_GAPS: usize = 10;
/// More kinds of subjects that nobody knows than anybody reads.
const MOST_KINDS: usize = 20;

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
        let results = source.parts.iter().filter(|part| part.says(metadata::PROGRAMMES).is_some());
        let results: Vec<_> = results.map(|part| *trouble::is_result(&part.name)).collect();
        if !results.is_empty() {
            return Err(results);
        }
        let mut files = Vec::new();
        let mut all = Schema::empty();
        for part in &source.parts {
            let metadata = trouble::carefully(&part.name, || {
                ArrowReaderMetadata::try_new(Arc::clone(&part.metadata), ArrowReaderOptions::new())
            });
            let metadata = metadata.map_err(|problem| vec![*problem])?;
            let schema = reading_schema(&metadata, catalogue);
            let schema = Schema::clone(&schema).with_metadata(Default::default());
            all = Schema::try_merge([all, schema.clone()])
                .map_err(|error| vec![*trouble::differing(&part.name, &error.to_string())])?;
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
        let mut warnings = named(warnings);
        warnings.extend(gaps(&source, &all, &shape));
        let (source, shape) = (Arc::new(source), Arc::new(shape));
        Ok(Self { source, files, schema: Arc::new(all), shape, warnings })
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
    /// There are kinds that nobody knows, or the files cannot be read.
    pub fn kinds(&self, limits: Limits) -> Result<BTreeSet<String>, Failure> {
        let name = Special::Subject.name();
        if self.shape.column(Special::Subject).is_none() {
            return Ok(BTreeSet::from([ENTERPRISE.to_owned()]));
        }
        let context = session::session(limits)?;
        let table = query::listing(&self.source)?;
        let runtime = session::runtime(limits)?;
        let kind = cast(col(name), DataType::Utf8).alias(name);
        let found = trouble::guarded(&self.source.name, || {
            runtime.block_on(async {
                let frame = context.read_table(Arc::new(table))?.select(vec![kind])?;
                let counted = vec![count(lit(1)).alias("rows")];
                frame.aggregate(vec![col(name)], counted)?.collect().await
            })
        })??;
        let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
        for batch in &found {
            let (Some(names), Some(rows)) = (
                batch.column(0).as_string_opt::<i32>(),
                batch.column(1).as_primitive_opt::<Int64Type>(),
            ) else {
                continue;
            };
            for (name, rows) in names.iter().zip(rows) {
                let name = name.map(str::trim).filter(|name| !name.is_empty());
                let rows = rows.and_then(|rows| u64::try_from(rows).ok()).unwrap_or(0);
                *kinds.entry(name.unwrap_or(ENTERPRISE).to_owned()).or_default() += rows;
            }
        }
        let unknown = kinds.iter().filter(|(kind, _)| !SUBJECTS.contains(&kind.as_str()));
        let (mut problems, mut all) = (Vec::new(), 0);
        for (kind, rows) in unknown {
            let mut problem = unknown_kind(kind);
            problem.message.zh.push_str(&format!("（{rows} 行）"));
            problem.message.en.push_str(&format!(" ({rows} rows)"));
            let field = Some(name.to_owned());
            problems.push(problem.at(Place { field, ..Place::default() }));
            all += 1;
        }
        match problems.is_empty() {
            true => Ok(kinds.into_keys().collect()),
            false => {
                problems.truncate(MOST_KINDS);
                Err(self.refused(problems, all))
            }
        }
    }

    /// Refuses rows of this population, so many in all. Their numbers are counted over all its files;
    /// people are told the file and the row within it.
    pub(crate) fn refused(&self, mut problems: Vec<Problem>, all: u64) -> Failure {
        for Problem { place, .. } in &mut problems {
            let part = place.row.and_then(|row| self.source.part_of(row.checked_sub(1)?));
            place.file = Some(match part {
                Some((part, row)) => {
                    place.row = Some(row + 1);
                    part.name.display().to_string()
                }
                None => self.source.name.display().to_string(),
            });
        }
        Failure::Refused(problems, all)
    }

    /// The same population, of which only these columns are read.
    pub(crate) fn only(&self, wanted: &[Special]) -> Result<Self, Failure> {
        let sources = wanted.iter().filter_map(|special| self.shape.column(*special));
        let sources = sources.filter_map(|index| self.shape.source_of(index));
        let fields = sources.filter_map(|source| self.schema.fields().get(source).cloned());
        let schema = Schema::new(fields.collect::<Vec<_>>());
        let (shape, _) = Shape::of(&schema, self.shape.catalogue())
            .map_err(|problems| Failure::Refused(problems, 1))?;
        Ok(Self {
            source: Arc::clone(&self.source),
            files: self.files.clone(),
            schema: Arc::new(schema),
            shape: Arc::new(shape),
            warnings: Vec::new(),
        })
    }
}

/// Columns that some files of a folder have and others do not.
fn gaps(source: &Source, all: &Schema, shape: &Shape) -> Vec<Problem> {
    let mut gaps = Vec::new();
    for field in shape.sources().into_iter().filter_map(|index| all.fields().get(index)) {
        let lacks = |part: &&Part| part.schema.column_with_name(field.name()).is_none();
        let without: Vec<&Part> = source.parts.iter().filter(lacks).collect();
        if !without.is_empty() {
            let names: Vec<&Path> = without.iter().map(|part| part.name.as_path()).collect();
            let subjects = without.iter().map(|part| part.rows()).sum();
            gaps.push(trouble::gap(field.name(), &names, subjects, &source.name));
        }
    }
    let more = gaps.len().saturating_sub(MOST_GAPS);
    gaps.truncate(MOST_GAPS);
    if more > 0 {
        gaps.push(trouble::more_gaps(more, &source.name));
    }
    gaps
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
