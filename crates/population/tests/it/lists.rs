//! Lists of records: found by the names of their parts, checked like those of a facts document.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, Date32Array, LargeListArray, ListArray, RecordBatch, StringArray, StructArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, Field};
use enterprise::Title;
use jiff::civil::date;
use population::{Shape, Special, day_number};

use crate::schema::said;
use crate::world::{catalogue, code};

/// Titles of three rows, their parts in another order: two, none, not known.
fn titles(programmes: [Option<&str>; 2], days: [(i16, i16); 2]) -> StructArray {
    let day = |year: i16| day_number(date(year, 1, 1));
    let from = Date32Array::from(days.map(|(from, _)| day(from)).to_vec());
    let to = Date32Array::from(days.map(|(_, to)| day(to)).to_vec());
    let programmes: ArrayRef = Arc::new(StringArray::from(programmes.to_vec()));
    let field = |name: &str, data_type| Arc::new(Field::new(name, data_type, true));
    StructArray::from(vec![
        (field("to", DataType::Date32), Arc::new(to) as ArrayRef),
        (field("from", DataType::Date32), Arc::new(from)),
        (field("programme", DataType::Utf8), programmes),
    ])
}

fn batch(titles: ArrayRef) -> RecordBatch {
    let codes = (0..3).map(|number| code(number).as_str().to_owned());
    let codes: ArrayRef = Arc::new(StringArray::from_iter_values(codes));
    RecordBatch::try_from_iter_with_nullable([("uscc", codes, true), ("titles", titles, true)])
        .unwrap()
}

fn nulls() -> Option<NullBuffer> {
    Some(NullBuffer::from(vec![true, true, false]))
}

fn item(records: &StructArray) -> Arc<Field> {
    Arc::new(Field::new("item", records.data_type().clone(), true))
}

#[test]
fn a_list_that_is_there_is_complete_and_one_that_is_not_is_unknown() {
    let records =
        titles([Some("little-giant"), Some("innovative-sme")], [(2020, 2023), (2024, 2027)]);
    let small = ListArray::new(
        item(&records),
        OffsetBuffer::new(vec![0, 2, 2, 2].into()),
        Arc::new(records.clone()),
        nulls(),
    );
    let large = LargeListArray::new(
        item(&records),
        OffsetBuffer::new(vec![0i64, 2, 2, 2].into()),
        Arc::new(records),
        nulls(),
    );
    for list in [Arc::new(small) as ArrayRef, Arc::new(large)] {
        let batch = batch(list);
        let (shape, _) = Shape::of(&batch.schema(), &catalogue()).unwrap();
        let canonical = shape.canonical(&batch, 0).unwrap();
        let facts: Vec<_> = (0..3).map(|row| shape.subject(&canonical, row)).collect();
        let title = Title {
            programme: "little-giant".to_owned(),
            from: date(2020, 1, 1),
            to: Some(date(2023, 1, 1)),
        };
        assert_eq!(facts[0].titles.first(), Some(&title));
        assert_eq!(facts[0].titles.len(), 2);
        let complete: Vec<bool> = facts.iter().map(|facts| facts.titles_complete).collect();
        assert_eq!(complete, [true, true, false]);
        let column = canonical.column(shape.column(Special::TitlesComplete).unwrap());
        assert_eq!(column.null_count(), 0);
        // A part of a batch is read like a whole one.
        let tail = batch.slice(1, 2);
        let canonical = shape.canonical(&tail, 1).unwrap();
        assert_eq!(shape.subject(&canonical, 0), facts[1]);
    }
}

#[test]
fn records_that_cannot_be_are_refused_with_their_row() {
    let records = titles([Some("litle-giant"), None], [(2020, 2023), (2024, 2021)]);
    let list = ListArray::new(
        item(&records),
        OffsetBuffer::new(vec![0, 1, 2, 2].into()),
        Arc::new(records),
        nulls(),
    );
    let batch = batch(Arc::new(list));
    let (shape, _) = Shape::of(&batch.schema(), &catalogue()).unwrap();
    let sifted = shape.sift(&batch, 0).unwrap();
    assert_eq!(sifted.sound, [false, false, true]);
    insta::assert_snapshot!(said(&sifted.problems));
}
