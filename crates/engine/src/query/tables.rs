//! Which tables there are: files that were named, by what they are and by their names, and what is
//! derived from them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::common::Result;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::error::DataFusionError;
use datafusion::prelude::SessionContext;
use url::Url;

use super::{Opening, verdicts};
use crate::metadata::{self, Labels, Listed};
use crate::source::{Part, Source};
use crate::trouble;

/// What a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One row for each subject, with what is known about it.
    Population,
    /// One row for each subject, with the verdicts of a screening.
    Result,
    /// One row for each verdict of a screening.
    Verdicts,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name in queries.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// How many rows it has, where that is known without counting.
    pub rows: Option<u64>,
}

/// A file that will be a table.
pub(super) struct Opened {
    path: PathBuf,
    source: Source,
    /// The programmes of a result.
    pub programmes: Option<Arc<Vec<Listed>>>,
    /// What codes in its columns are called.
    pub labels: Labels,
}

impl Opened {
    pub fn is_synthetic(&self) -> bool {
        self.source.is_synthetic()
    }

    fn kind(&self) -> Kind {
        if self.programmes.is_some() { Kind::Result } else { Kind::Population }
    }
}

pub(super) fn open(paths: &[PathBuf]) -> Opening<Vec<Opened>> {
    let open = |path: &PathBuf| {
        let source = Source::open(path)?;
        let said = source.parts.first().and_then(|part| part.says(metadata::PROGRAMMES));
        let other = |part: &&Part| part.says(metadata::PROGRAMMES) != said;
        if let Some(other) = source.parts.iter().find(other) {
            return Err(match other.says(metadata::PROGRAMMES) {
                Some(_) if said.is_none() => trouble::is_result(&other.name),
                _ => trouble::other_result(&other.name),
            });
        }
        let programmes = match source.says(metadata::PROGRAMMES) {
            Some(said) => {
                let listed = metadata::read(said);
                Some(Arc::new(listed.map_err(|error| trouble::no_result(path, &error))?))
            }
            None => None,
        };
        let labels = source.says(metadata::LABELS).map(metadata::read_labels).transpose();
        let labels = labels.map_err(|error| trouble::no_result(path, &error))?.unwrap_or_default();
        Ok(Opened { path: path.clone(), source, programmes, labels })
    };
    paths.iter().map(open).collect()
}

pub(super) async fn register(context: &SessionContext, opened: Vec<Opened>) -> Result<Vec<Table>> {
    let mut tables: Vec<Table> = Vec::new();
    let only = |kind: Kind| opened.iter().filter(|table| table.kind() == kind).count() == 1;
    let (one_result, one_population) = (only(Kind::Result), only(Kind::Population));
    let mut taken = BTreeSet::new();
    for table in &opened {
        let provider = Arc::new(listing(&table.source)?);
        let (kind, by_kind) = match table.kind() {
            Kind::Population => (Kind::Population, one_population.then_some("population")),
            _ => (Kind::Result, one_result.then_some("result")),
        };
        let columns = names(&table.source);
        let by_file = free(&file_name(&table.path), &mut taken);
        for name in by_kind.map(str::to_owned).into_iter().chain(by_file) {
            if tables.iter().any(|known| known.name == name) {
                continue;
            }
            context.register_table(name.as_str(), Arc::clone(&provider) as _)?;
            let (columns, rows) = (columns.clone(), Some(table.source.rows()));
            tables.push(Table { name, kind, columns, rows });
        }
    }
    let mut results = opened.iter().filter(|table| table.kind() == Kind::Result);
    if let (Some(result), None) = (results.next(), results.next())
        && let Some(programmes) = &result.programmes
    {
        let columns = verdicts::register(context, &names(&result.source), programmes).await?;
        tables.push(Table {
            name: "verdicts".to_owned(),
            kind: Kind::Verdicts,
            columns,
            rows: None,
        });
    }
    Ok(tables)
}

fn names(source: &Source) -> Vec<String> {
    source.schema().fields().iter().map(|field| field.name().clone()).collect()
}

/// The files as they are, with everything that DataFusion knows to do with Parquet.
pub(crate) fn listing(source: &Source) -> Result<ListingTable> {
    let urls = source.parts.iter().map(|part| {
        let url = Url::from_file_path(&part.path)
            .map_err(|()| DataFusionError::Internal("a path that is not absolute".to_owned()))?;
        ListingTableUrl::try_new(url, None)
    });
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension("");
    let config = ListingTableConfig::new_with_multi_paths(urls.collect::<Result<_>>()?)
        .with_listing_options(options)
        .with_schema(Arc::clone(source.schema()));
    ListingTable::try_new(config)
}

/// A file's name as a name in SQL that needs no quotes, as far as that is possible.
fn file_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = stem.chars().map(plain).collect();
    let begins = name.chars().next().is_some_and(|first| !first.is_ascii_digit());
    if begins { name } else { format!("t_{name}") }
}

/// This name or, if it is taken, one with a number behind it.
fn free(name: &str, taken: &mut BTreeSet<String>) -> Option<String> {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| taken.insert(name.clone()))
}
