//! A population through the engine: rows in their order, whoever stands twice, runs that are stopped.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that finds something else than it expects may stop right there"
)]

mod queries;

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
        size_class: None,
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

#[test]
fn whoever_stands_twice_ends_the_batches_too() {
    let folder = TempDir::new().unwrap();
    let path = city(folder.path(), "city.parquet", (0..1000).chain([7]));
    let population = Population::open(&path, &Catalogue::default()).unwrap();
    let batches: Vec<_> = population.batches(300).collect();
    assert_eq!(batches.iter().filter(|batch| batch.is_ok()).count(), 4);
    let Some(Err(Failure::Refused(problems, 1))) = batches.last() else { panic!("nobody found") };
    assert!(problems[0].message.en.contains("in rows 8 and 1001"), "{problems:?}");
}

#[test]
fn problems_of_a_folder_name_the_file_and_its_row() {
    let folder = TempDir::new().unwrap();
    let cities = folder.path().join("cities");
    std::fs::create_dir(&cities).unwrap();
    city(&cities, "a.parquet", 0..1000);
    city(&cities, "b.parquet", (1000..1010).chain([997]));
    let Err(Failure::Refused(problems, 1)) = run(&cities, &folder.path().join("r"), &forever())
    else {
        panic!("nobody was found")
    };
    let said = &problems[0].message.en;
    assert!(said.contains("in row 998 of a.parquet and row 11 of b.parquet"), "{problems:?}");
    let place = &problems[0].place;
    assert!(place.file.as_ref().unwrap().ends_with("b.parquet"), "{place}");
    assert_eq!(place.row, Some(11));
}

#[test]
fn a_result_is_no_population() {
    let folder = TempDir::new().unwrap();
    let cities = folder.path().join("cities");
    std::fs::create_dir(&cities).unwrap();
    let path = city(&cities, "a.parquet", 0..10);
    run(&path, &cities.join("r.parquet"), &forever()).unwrap();
    let problems = Population::open(&cities, &Catalogue::default()).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].place.file.as_ref().unwrap().ends_with("r.parquet"), "{problems:?}");
    let refused = Query::open(&[cities], Lang::En, Limits::default());
    assert!(matches!(refused, Err(Failure::Refused(..))));
}

/// Whatever is damaged is told, or does not matter; nothing breaks down.
#[test]
fn damaged_files_are_told() {
    let folder = TempDir::new().unwrap();
    let whole = city(folder.path(), "city.parquet", 0..500);
    let bytes = std::fs::read(&whole).unwrap();
    let (damaged, result) = (folder.path().join("d.parquet"), folder.path().join("r"));
    for flip in 0..60usize {
        let mut bytes = bytes.clone();
        let place = flip * 7919 % bytes.len();
        bytes[place] ^= 1 << (flip % 8);
        std::fs::write(&damaged, bytes).unwrap();
        let Ok(population) = Population::open(&damaged, &Catalogue::default()) else { continue };
        let _ = population.batches(100).count();
        let _ = population.kinds(Limits::default());
        let _ = std::fs::remove_file(&result);
        let screening = Builder::new(population.shape(), Question::on(date(2026, 5, 1))).build();
        let asked = Asked {
            as_of: date(2026, 5, 1),
            base_year: 2025,
            rulebook: String::new(),
            population: String::new(),
            size_class: None,
        };
        let _ = screen(&population, screening, &asked, &result, Limits::default(), &forever());
        let Ok(query) = Query::open(std::slice::from_ref(&damaged), Lang::En, Limits::default())
        else {
            continue;
        };
        if let Ok(rows) = query.ask("SELECT * FROM population ORDER BY uscc") {
            let _ = rows.take(1000).count();
        }
    }
}
