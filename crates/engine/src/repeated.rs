//! Who stands twice: read again where fingerprints repeat, named and counted.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;

use enterprise::{Place, Problem, ProblemKind, Text};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use population::{Shape, Special};

use crate::duplicates::names;
use crate::failure::Failure;
use crate::population::Population;

/// So many are named.
const NAMED: usize = 10;

/// Fails if anybody stands twice among those who leave these fingerprints.
pub(crate) fn refuse(
    population: &Population,
    prints: &HashSet<u64>,
    file: &str,
) -> Result<(), Failure> {
    // Two rows of each are enough to tell; further ones are counted.
    let mut rows: BTreeMap<String, (u64, u64, u64)> = BTreeMap::new();
    let mut before = 0;
    for part in &population.source.parts {
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(&part.path)?)?;
        let wanted = [Special::Uscc, Special::Id].map(Special::name);
        let fields = builder.schema().fields().iter().enumerate();
        let roots = fields.filter(|(_, field)| wanted.contains(&field.name().as_str()));
        let roots: Vec<usize> = roots.map(|(index, _)| index).collect();
        let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
        for batch in builder.with_projection(mask).build()? {
            let batch = batch?;
            let told = |problems: Vec<Problem>| Failure::Refused(problems, 1);
            let (shape, _) =
                Shape::of(&batch.schema(), population.shape.catalogue()).map_err(told)?;
            let canonical = shape
                .canonical(&batch, before)
                .map_err(|refused| Failure::Refused(refused.problems, refused.count))?;
            for (row, name) in (before..).zip(names(&shape, &canonical)) {
                if let Some(name) = name.filter(|name| prints.contains(&name.fingerprint())) {
                    let (_, second, times) =
                        rows.entry(name.text().to_owned()).or_insert((row, row, 0));
                    *times += 1;
                    if *times == 2 {
                        *second = row;
                    }
                }
            }
            before += batch.num_rows() as u64;
        }
    }
    let twice: Vec<_> = rows.into_iter().filter(|(_, (_, _, times))| *times > 1).collect();
    if twice.is_empty() {
        return Ok(());
    }
    let all = twice.len() as u64;
    let mut named: Vec<_> = twice;
    named.sort_by_key(|(_, (first, ..))| *first);
    let problems = named.into_iter().take(NAMED).map(|(name, (first, second, times))| {
        let (first, second) = (first + 1, second + 1);
        let message = match times {
            2 => Text::new(
                format!("“{name}”出现两次：第 {first} 行和第 {second} 行"),
                format!("`{name}` stands twice: in rows {first} and {second}"),
            ),
            times => Text::new(
                format!("“{name}”出现 {times} 次，最先在第 {first} 行和第 {second} 行"),
                format!("`{name}` stands {times} times, first in rows {first} and {second}"),
            ),
        };
        let help = Text::new("每户只保留一行", "keep one row for each");
        let place = Place { row: Some(second), ..Place::default() };
        Problem::refused(ProblemKind::Duplicate, message, help).at(place)
    });
    Err(Failure::refused(problems.collect(), all, file))
}
