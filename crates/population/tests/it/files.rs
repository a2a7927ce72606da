//! Files that are none, and files that cannot be written: clear words, and nothing left behind.

use std::fs;
use std::path::Path;

use enterprise::{Fact, Facts, Source, Value};
use population::{Reader, Rows, Shape, WriteError, Writer, shape_for};

use crate::schema::said;
use crate::world::{catalogue, code, keys};

fn shape() -> Shape {
    let catalogue = catalogue();
    shape_for(keys(&catalogue), &catalogue)
}

fn firm(number: u32, revenue: i64) -> Facts {
    let mut facts = Facts::default();
    facts.uscc = Some(code(number));
    facts.set(
        "revenue",
        Some(2025),
        Fact { value: Value::Number(revenue), source: Source::default() },
    );
    facts
}

fn write(path: &Path, firms: u32) {
    let mut rows = Rows::new(shape());
    (0..firms).for_each(|number| rows.push(&firm(number, 100)));
    let mut writer = Writer::create(path, &shape(), []).unwrap();
    writer.write(&rows.finish()).unwrap();
    writer.finish().unwrap();
}

fn left(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    let names = fs::read_dir(folder).unwrap().map(name);
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

#[test]
fn what_is_no_parquet_file_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    write(&path, 10);
    let whole = fs::read(&path).unwrap();
    let mut told = Vec::new();
    for (bytes, words) in [
        (b"".to_vec(), "the file is empty"),
        (b"uscc,name\n".to_vec(), "this is not a Parquet file"),
        (whole[..whole.len() - 9].to_vec(), "its end is missing"),
        ([&whole[..40], b"PAR1"].concat(), "the Parquet file is damaged"),
    ] {
        fs::write(&path, bytes).unwrap();
        let problems = Reader::open(&path, &catalogue()).err().unwrap();
        assert!(said(&problems).contains(words), "{}", said(&problems));
        told.extend(problems);
    }
    fs::remove_file(&path).unwrap();
    assert!(Reader::open(&path, &catalogue()).is_err());
}

#[test]
fn a_file_with_wrong_bytes_anywhere_is_refused_or_read_but_never_the_end_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    write(&path, 10);
    let whole = fs::read(&path).unwrap();
    for place in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        fs::write(&path, bytes).unwrap();
        let Ok(reader) = Reader::open(&path, &catalogue()) else { continue };
        let Ok(batches) = reader.batches() else { continue };
        let shape = batches.shape().clone();
        for batch in batches.map_while(Result::ok) {
            let _ = shape.sift(&batch, 0);
        }
    }
}

#[test]
fn a_population_without_rows_is_one_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    write(&path, 0);
    let reader = Reader::open(&path, &catalogue()).ok().unwrap();
    assert_eq!(reader.rows(), 0);
    assert!(said(reader.warnings()).contains("no subject"));
    assert_eq!(reader.batches().ok().unwrap().count(), 0);
}

#[test]
fn one_row_is_read_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    write(&path, 10);
    let reader = Reader::open(&path, &catalogue()).ok().unwrap();
    let batches = reader.row(7).ok().unwrap();
    let shape = batches.shape().clone();
    let batches: Vec<_> = batches.map(|batch| batch.ok().unwrap()).collect();
    assert_eq!(batches.len(), 1);
    let canonical = shape.canonical(&batches[0], 7).unwrap();
    assert_eq!(canonical.num_rows(), 1);
    assert_eq!(shape.subject(&canonical, 0), firm(7, 100));
}

#[test]
fn a_file_that_is_given_up_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    let mut rows = Rows::new(shape());
    rows.push(&firm(1, 9_000_000_000_000_000_000));
    let mut writer = Writer::create(&path, &shape(), []).unwrap();
    let error = writer.write(&rows.finish()).unwrap_err();
    assert!(matches!(&error, WriteError::TooWide(column) if column == "revenue_2025"), "{error}");
    drop(writer);
    assert_eq!(left(folder.path()), Vec::<String>::new());
}

#[test]
fn what_is_no_file_is_not_written_over() {
    let error = Writer::create(Path::new("/dev/full"), &shape(), []).err().unwrap();
    assert!(error.to_string().contains("not a regular file"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none").join("city.parquet");
    assert!(Writer::create(&path, &shape(), []).is_err());
}
