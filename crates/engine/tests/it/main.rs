//! A population through the engine: rows in their order, whoever stands twice, runs that are stopped.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that finds something else than it expects may stop right there"
)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::array::AsArray as _;
use engine::{Asked, Failure, Limits, Population, Query, Summary, Watch, screen};
use enterprise::{Catalogue, Facts, Lang, ProblemKind, Uscc};
use jiff::civil::date;
use population::{Rows, Writer, shape_for};
use rules::Question;
use screening::Builder;
use tempfile::TempDir;

/// More than two units of work in one row group.
const MANY: usize = 131_072;

/// Follows a run, and stops it after so many rows.
struct Until(AtomicU64);

impl Watch for Until {
    fn stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    fn rows(&self, rows: u64) {
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some(left.saturating_sub(rows))
        });
    }
}

fn forever() -> Until {
    Until(AtomicU64::new(u64::MAX))
}

/// A code with its check digit.
fn code(number: usize) -> Uscc {
    let begin = format!("91370202MA{number:07}");
    let ends = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars();
    ends.into_iter().find_map(|end| format!("{begin}{end}").parse().ok()).unwrap()
}

fn city(folder: &Path, name: &str, numbers: impl Iterator<Item = usize>) -> PathBuf {
    let shape = shape_for([], &Catalogue::default());
    let path = folder.join(name);
    let mut writer = Writer::create(&path, &shape, []).unwrap();
    let mut rows = Rows::new(&shape);
    for number in numbers {
        let name = Some(format!("企业 {number}"));
        let mut facts = Facts::default();
        facts.uscc = Some(code(number));
        facts.name = name;
        rows.push(&facts);
    }
    writer.write(&rows.finish()).unwrap();
    writer.finish().unwrap();
    path
}

fn run(city: &Path, result: &Path, watch: &Until) -> Result<Summary, Failure> {
    let population = Population::open(city, &Catalogue::default()).unwrap();
    let day = date(2026, 5, 1);
    let screening = Builder::new(population.shape(), Question::on(day)).build();
    let asked = Asked {
        as_of: day,
        base_year: 2025,
        rulebook: "0".repeat(64),
        population: "city".to_owned(),
    };
    screen(&population, screening, &asked, result, Limits::default(), watch)
}

fn codes(result: &Path) -> Vec<String> {
    // One thread reads rows in the order of the file.
    let limits = Limits { threads: 1, ..Limits::default() };
    let query = Query::open(&[result.to_owned()], Lang::En, limits).unwrap();
    let rows = query.ask("SELECT CAST(uscc AS VARCHAR) FROM result").unwrap();
    let mut codes = Vec::new();
    for batch in rows {
        let batch = batch.unwrap();
        let texts = arrow::compute::cast(batch.column(0), &arrow::datatypes::DataType::Utf8);
        codes.extend(texts.unwrap().as_string::<i32>().iter().map(|c| c.unwrap().to_owned()));
    }
    codes
}

#[test]
fn rows_keep_their_order_through_units_and_files() {
    let folder = TempDir::new().unwrap();
    let cities = folder.path().join("城 市%20");
    std::fs::create_dir(&cities).unwrap();
    city(&cities, "1.parquet", 0..MANY);
    city(&cities, "2.parquet", MANY..MANY + 10);
    let result = folder.path().join("result.parquet");
    let summary = run(&cities, &result, &forever()).unwrap();
    assert_eq!(summary.rows, MANY as u64 + 10);
    let found = codes(&result);
    let wanted: Vec<String> = (0..MANY + 10).map(|number| code(number).to_string()).collect();
    assert_eq!(found, wanted);
}

#[test]
fn whoever_stands_twice_is_named_and_counted() {
    let folder = TempDir::new().unwrap();
    let path = city(folder.path(), "city.parquet", (0..1000).chain([7, 999, 7]));
    let Err(Failure::Refused(problems, all)) = run(&path, &folder.path().join("r"), &forever())
    else {
        panic!("nobody was found")
    };
    assert_eq!((all, problems.len()), (2, 2));
    assert!(problems.iter().all(|problem| problem.kind == ProblemKind::Duplicate));
    assert!(problems[0].message.en.contains("3 times, first in rows 8 and 1001"), "{problems:?}");
}

#[test]
fn a_run_that_is_stopped_says_so() {
    let folder = TempDir::new().unwrap();
    let path = city(folder.path(), "city.parquet", 0..MANY);
    let stopped = run(&path, &folder.path().join("r"), &Until(AtomicU64::new(1)));
    assert!(matches!(stopped, Err(Failure::Stopped)), "{stopped:?}");
}

#[test]
fn a_population_without_rows_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = city(folder.path(), "city.parquet", 0..0);
    let problems = Population::open(&path, &Catalogue::default()).unwrap_err();
    assert_eq!(problems[0].kind, ProblemKind::Empty);
}
