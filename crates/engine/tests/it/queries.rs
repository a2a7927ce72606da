//! Questions in SQL: numbers are what they say, columns are unique, functions refuse what makes no
//! sense.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, Decimal128Array, RecordBatch, StringArray};
use arrow::datatypes::{Field, Schema};
use arrow::util::display::array_value_to_string;
use engine::{Failure, Kind, Limits, Query};
use enterprise::{Lang, ProblemKind};
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

/// A Parquet file of these columns.
fn file(folder: &Path, name: &str, columns: Vec<(&str, ArrayRef)>) -> PathBuf {
    let fields =
        columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).unwrap();
    let path = folder.join(name);
    let mut writer =
        ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), schema, None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    path
}

fn amounts(fen: &[i128]) -> ArrayRef {
    let amounts = Decimal128Array::from(fen.to_vec());
    Arc::new(amounts.with_precision_and_scale(18, 2).unwrap())
}

fn texts(texts: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

fn opened(paths: &[PathBuf]) -> Result<Query, Failure> {
    Query::open(paths, Lang::En, Limits { threads: 1, ..Limits::default() })
}

/// The only value of an answer, as it is shown.
fn value(query: &Query, sql: &str) -> String {
    let batches: Vec<RecordBatch> = query.ask(sql).unwrap().map(Result::unwrap).collect();
    let batch = batches.iter().find(|batch| batch.num_rows() > 0).unwrap();
    array_value_to_string(batch.column(0), 0).unwrap()
}

fn refusal(query: &Query, sql: &str) -> String {
    let failed = match query.ask(sql) {
        Ok(rows) => rows.filter_map(Result::err).next(),
        Err(failure) => Some(failure),
    };
    match failed {
        Some(Failure::Broken(text)) => text.en,
        other => panic!("{other:?}"),
    }
}

#[test]
fn amounts_are_compared_to_the_fen() {
    let folder = TempDir::new().unwrap();
    let fen = [2_999_999_998, 2_999_999_999, 3_000_000_000, 999_999_999_999_999_999];
    let path = file(folder.path(), "city.parquet", vec![("revenue", amounts(&fen))]);
    let query = opened(&[path]).unwrap();
    for (condition, count) in [
        ("revenue = 29999999.99", "1"),
        ("revenue <= 29999999.99", "2"),
        ("revenue < 29999999.99", "1"),
        ("revenue >= 29999999.99", "3"),
        ("revenue > 29999999.994", "2"),
        ("revenue BETWEEN 29999999.98 AND 29999999.99", "2"),
        ("revenue IN (29999999.98, 30000000)", "2"),
        ("revenue = 9999999999999999.99", "1"),
        ("revenue * 0.5 = 14999999.995", "1"),
    ] {
        let sql = format!("SELECT count(*) FROM population WHERE {condition}");
        assert_eq!(value(&query, &sql), count, "{condition}");
    }
}

#[test]
fn numbers_in_a_question_are_decimals() {
    let folder = TempDir::new().unwrap();
    let fen = [2_999_999_998, 2_999_999_999, 3_000_000_000, 1];
    let path = file(folder.path(), "city.parquet", vec![("revenue", amounts(&fen))]);
    let query = opened(&[path]).unwrap();
    for (asked, said) in [
        ("0.1 + 0.2", "0.3"),
        ("cast(1234567890123456.78 AS decimal(20,2))", "1234567890123456.78"),
        ("sum(revenue)", "89999999.98"),
        ("sum(revenue) * 0.1", "8999999.998"),
        ("avg(revenue)", "22499999.995000"),
        ("min(revenue)", "0.01"),
        ("max(revenue) / 3", "10000000.000000"),
        ("round(max(revenue) / 7, 2)", "4285714.29"),
        ("round(sum(revenue) * 0.015, 2)", "1350000.00"),
        ("100.0 * count(*) / 3", "133.33333"),
    ] {
        let sql = format!("SELECT {asked} FROM population");
        assert_eq!(value(&query, &sql), said, "{asked}");
    }
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let folder = TempDir::new().unwrap();
    let twice = vec![
        ("uscc", texts(&["a"])),
        ("revenue_2025", amounts(&[1])),
        ("revenue_2025", amounts(&[2])),
    ];
    let path = file(folder.path(), "city.parquet", twice);
    let Err(Failure::Refused(problems, 1)) = opened(&[path]) else { panic!("not refused") };
    assert_eq!(problems[0].kind, ProblemKind::Duplicate);
    assert!(problems[0].message.en.contains("revenue_2025"), "{problems:?}");
}

#[test]
fn a_table_that_could_be_several_is_told_by_the_names_of_the_files() {
    let folder = TempDir::new().unwrap();
    let city = |name: &str| file(folder.path(), name, vec![("uscc", texts(&["a"]))]);
    let query = opened(&[city("jinan.parquet"), city("qingdao.parquet")]).unwrap();
    let said = refusal(&query, "SELECT * FROM population");
    assert!(said.contains("jinan, qingdao"), "{said}");
    assert!(query.tables().iter().all(|table| table.kind == Kind::Population));
    assert_eq!(value(&query, "SELECT uscc FROM jinan"), "a");
}
