//! What is said about the columns of a file: everything at once, with what to do.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, Schema, TimeUnit};
use enterprise::{Problem, Severity};
use population::{Shape, Special};

use crate::world::catalogue;

fn of(fields: Vec<Field>) -> Result<(Shape, Vec<Problem>), Vec<Problem>> {
    Shape::of(&Schema::new(fields), &catalogue())
}

fn field(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}

fn uscc() -> Field {
    field("uscc", DataType::Utf8)
}

/// The problems as lines: where, how bad, what, what to do.
pub fn said(problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        let bad = if problem.severity == Severity::Refused { "refused" } else { "warning" };
        let (message, help) = (&problem.message, &problem.help);
        let _ = writeln!(text, "{} [{} {bad}]", problem.place, problem.kind.code());
        let _ = writeln!(text, "  {} | {}", message.zh, help.zh);
        let _ = writeln!(text, "  {} | {}", message.en, help.en);
    }
    text
}

#[test]
fn every_problem_of_the_columns_is_told_at_once() {
    let record = |parts: Vec<Field>| {
        let record = DataType::Struct(Fields::from(parts));
        DataType::List(Arc::new(Field::new("element", record, true)))
    };
    let mut wan = field("revenue_2023", DataType::Decimal128(18, 2));
    wan.set_metadata(HashMap::from([("unit".to_owned(), "万元".to_owned())]));
    let problems = of(vec![
        field("revenue", DataType::Decimal128(18, 2)),
        field("revenue_2025", DataType::Float64),
        field("revenue_1025", DataType::Decimal128(18, 2)),
        wan,
        field("revenu_2024", DataType::Decimal128(18, 2)),
        field("profit_2025", DataType::Utf8),
        field("founded_on", DataType::Timestamp(TimeUnit::Microsecond, None)),
        field("founded_on_2025", DataType::Date32),
        field("listed", DataType::Int64),
        field("listed", DataType::Boolean),
        field("district", DataType::Int32),
        field("size", DataType::Int64),
        field("法定代表人", DataType::Utf8),
        field("营业收入_2024", DataType::Utf8),
        field("titles", record(vec![field("programme", DataType::Utf8)])),
        field("events", DataType::Utf8),
        field(
            "complete",
            record(vec![field("kind", DataType::Utf8), field("until", DataType::Utf8)]),
        ),
    ])
    .unwrap_err();
    insta::assert_snapshot!(said(&problems));
}

#[test]
fn of_ten_thousand_columns_the_first_are_named_and_the_others_counted() {
    let unknown = (0..5_000).map(|number| field(&format!("column_{number}"), DataType::Utf8));
    let wrong =
        (0..5_000).map(|number| field(&format!("revenue_{}", 4000 + number), DataType::Utf8));
    let begun = std::time::Instant::now();
    let problems = of(unknown.chain(wrong).collect()).unwrap_err();
    assert!(begun.elapsed().as_secs() < 20);
    assert!(problems.len() < 50, "{}", problems.len());
    let text = said(&problems);
    assert!(text.contains("4980 more columns are not known"), "{text}");
    assert!(text.contains("4981 more problems of columns are not listed"), "{text}");
}

#[test]
fn an_unknown_column_is_a_warning_with_the_nearest_name() {
    let (shape, warnings) = of(vec![uscc(), field("revenu_2024", DataType::Utf8)]).unwrap();
    assert_eq!(shape.schema().fields().len(), 1);
    assert!(said(&warnings).contains("the nearest is `revenue_2024`"), "{}", said(&warnings));
}

#[test]
fn names_are_near_in_any_case_as_labels_and_with_their_years() {
    for (name, near) in [
        ("REVENUE_2025", "revenue_2025"),
        ("Revenue2024", "revenue_2024"),
        ("营业收入2025", "revenue_2025"),
        ("2024年度营业收人（万元）", "revenue_2024"),
        ("founded", "founded_on"),
        ("FOUNDED-ON", "founded_on"),
        ("企业名称", "name"),
        ("title", "titles"),
        ("event", "events"),
        ("completed", "complete"),
    ] {
        let (_, warnings) = of(vec![uscc(), field(name, DataType::Utf8)]).unwrap();
        let wanted = format!("the nearest is `{near}`");
        assert!(said(&warnings).contains(&wanted), "{name}: {}", said(&warnings));
    }
}

#[test]
fn whole_lists_are_named_first_of_many_unknown_columns() {
    let mut fields = vec![uscc()];
    fields.extend((0..40).map(|number| field(&format!("anything{number}"), DataType::Utf8)));
    fields.push(field("title", DataType::Utf8));
    let (_, warnings) = of(fields).unwrap();
    assert!(warnings[0].message.en.contains("`title`"), "{}", said(&warnings));
    assert!(said(&warnings).contains("21 more columns are not known"), "{}", said(&warnings));
}

#[test]
fn an_id_that_ends_in_a_year_is_no_yearly_column() {
    let (shape, _) = of(vec![uscc(), field("score_2022", DataType::Decimal64(18, 1))]).unwrap();
    assert_eq!(shape.fact("score_2022", None), Some(1));
    assert_eq!(shape.fact("score", Some(2022)), None);
}

#[test]
fn what_no_column_says_is_unknown_and_no_error() {
    let (shape, warnings) = of(vec![uscc()]).unwrap();
    assert_eq!(warnings, []);
    assert_eq!(shape.fact("revenue", Some(2025)), None);
    assert_eq!(shape.column(Special::Titles), None);
    assert_eq!(shape.column(Special::TitlesComplete), None);
}

#[test]
fn the_unit_that_is_read_may_be_stated() {
    for (name, unit) in [("revenue_2025", "元"), ("staff_2025", "人"), ("share", "ratio")] {
        let mut field = field(name, DataType::Decimal64(18, 2));
        field.set_metadata(HashMap::from([("unit".to_owned(), unit.to_owned())]));
        assert!(of(vec![uscc(), field]).is_ok(), "{name}");
    }
    let mut percent = field("share", DataType::Decimal64(18, 2));
    percent.set_metadata(HashMap::from([("unit".to_owned(), "%".to_owned())]));
    assert!(of(vec![uscc(), percent]).is_err());
}
