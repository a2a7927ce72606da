//! Values: exact whatever their type, strict whatever their column.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal32Array, Decimal64Array,
    Decimal128Array, Decimal256Array, DictionaryArray, Int8Array, Int64Array, LargeStringArray,
    NullArray, RecordBatch, StringArray, StringViewArray, UInt64Array,
};
use arrow::datatypes::{Int8Type, i256};
use enterprise::{Facts, Value};
use jiff::civil::date;
use population::{Refused, Shape, day_number};

use crate::schema::said;
use crate::world::{catalogue, code};

fn codes(rows: usize) -> ArrayRef {
    let codes = (0..rows).map(|row| code(u32::try_from(row).unwrap()).as_str().to_owned());
    Arc::new(StringArray::from_iter_values(codes))
}

fn canonical(columns: Vec<(&str, ArrayRef)>) -> Result<(Shape, RecordBatch), Refused> {
    let rows = columns.first().map_or(0, |(_, array)| array.len());
    let uscc = columns.iter().all(|(name, _)| *name != "uscc");
    let uscc = uscc.then(|| ("uscc", codes(rows)));
    let batch = RecordBatch::try_from_iter_with_nullable(
        uscc.into_iter().chain(columns).map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let (shape, _) = Shape::of(&batch.schema(), &catalogue()).unwrap();
    let canonical = shape.canonical(&batch, 100)?;
    Ok((shape, canonical))
}

fn facts(name: &str, array: ArrayRef) -> Result<Vec<Facts>, Refused> {
    let (shape, canonical) = canonical(vec![(name, array)])?;
    Ok((0..canonical.num_rows()).map(|row| shape.subject(&canonical, row)).collect())
}

fn numbers(name: &str, array: ArrayRef) -> Vec<Option<i64>> {
    let (id, year) = match name.rsplit_once("_20") {
        Some((id, year)) if id != "score" => (id, Some(2000 + year.parse::<i16>().unwrap())),
        _ => (name, None),
    };
    let facts = facts(name, array).map_err(|refused| said(&refused.problems)).unwrap();
    let value = |facts: &Facts| match &facts.get(id, year)?.value {
        Value::Number(number) => Some(*number),
        other => panic!("{other:?}"),
    };
    facts.iter().map(value).collect()
}

#[test]
fn one_amount_in_every_exact_type_is_the_same_fen() {
    let wide = |value: i128| i256::from_i128(value);
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(
            Decimal64Array::from(vec![Some(1200), None]).with_precision_and_scale(18, 2).unwrap(),
        ),
        Arc::new(
            Decimal64Array::from(vec![Some(12), None]).with_precision_and_scale(18, 0).unwrap(),
        ),
        Arc::new(
            Decimal32Array::from(vec![Some(120), None]).with_precision_and_scale(9, 1).unwrap(),
        ),
        Arc::new(
            Decimal128Array::from(vec![Some(120_000), None])
                .with_precision_and_scale(38, 4)
                .unwrap(),
        ),
        Arc::new(
            Decimal256Array::from(vec![Some(wide(1200)), None])
                .with_precision_and_scale(76, 2)
                .unwrap(),
        ),
        Arc::new(Int8Array::from(vec![Some(12), None])),
        Arc::new(Int64Array::from(vec![Some(12), None])),
        Arc::new(UInt64Array::from(vec![Some(12), None])),
    ];
    for array in arrays {
        let name = array.data_type().to_string();
        assert_eq!(numbers("revenue_2025", array), [Some(1200), None], "{name}");
    }
    assert_eq!(numbers("revenue_2025", Arc::new(NullArray::new(2))), [None, None]);
}

#[test]
fn the_usual_money_column_is_not_copied() {
    let money = Decimal64Array::from(vec![1200, 7]).with_precision_and_scale(18, 2).unwrap();
    let before = money.values().inner().as_ptr();
    let (shape, canonical) = canonical(vec![("revenue_2025", Arc::new(money))]).unwrap();
    let column = canonical.column(shape.fact("revenue", Some(2025)).unwrap());
    assert_eq!(column.to_data().buffers()[0].as_ptr(), before);
}

#[test]
fn the_largest_amount_fits_and_a_fen_more_is_refused() {
    let largest = 9_000_000_000_000_000_000_i128;
    let array = |value| -> ArrayRef {
        Arc::new(Decimal128Array::from(vec![value]).with_precision_and_scale(20, 2).unwrap())
    };
    assert_eq!(numbers("revenue_2025", array(largest)), [i64::try_from(largest).ok()]);
    for value in [largest + 1, i128::from(i64::MAX) + 1, -1] {
        let refused = facts("revenue_2025", array(value)).unwrap_err();
        assert_eq!(refused.count, 1, "{value}");
    }
}

#[test]
fn words_are_read_in_every_encoding() {
    let keys: DictionaryArray<Int8Type> =
        [Some("jinan"), None, Some("jinan")].into_iter().collect();
    let words = [Some("jinan"), None, Some("jinan")];
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(words.to_vec())),
        Arc::new(LargeStringArray::from(words.to_vec())),
        Arc::new(StringViewArray::from(words.to_vec())),
        Arc::new(StringArray::from(vec!["jinan市", "", "jinan-old"])),
        Arc::new(keys),
    ];
    for array in arrays {
        let name = array.data_type().to_string();
        let facts = facts("district", array).unwrap();
        let value = |facts: &Facts| facts.get("district", None).map(|fact| fact.value.clone());
        let found: Vec<Option<Value>> = facts.iter().map(value).collect();
        assert_eq!(found, [Some(Value::Choice(1)), None, Some(Value::Choice(1))], "{name}");
    }
}

#[test]
fn codes_and_industries_are_brought_to_their_usual_form() {
    let lower = code(7).as_str().to_lowercase();
    let (shape, canonical) = canonical(vec![
        ("uscc", Arc::new(StringArray::from(vec![format!(" {lower} ")]))),
        ("industry", Arc::new(StringArray::from(vec!["3484"]))),
        ("name", Arc::new(StringArray::from(vec!["　"]))),
    ])
    .unwrap();
    let facts = shape.subject(&canonical, 0);
    assert_eq!(facts.uscc, Some(code(7)));
    assert_eq!(facts.name, None);
    assert_eq!(facts.get("industry", None).unwrap().value, Value::Code("C3484".to_owned()));
}

#[test]
fn a_day_in_milliseconds_is_a_day_if_it_is_whole() {
    let noon = Date64Array::from(vec![86_400_000 * 3 + 1]);
    assert!(facts("founded_on", Arc::new(noon)).is_err());
    let facts = facts("founded_on", Arc::new(Date64Array::from(vec![86_400_000 * 3]))).unwrap();
    let day = facts[0].get("founded_on", None).map(|fact| fact.value.clone());
    assert_eq!(day, Some(Value::Date(date(1970, 1, 4))));
}

#[test]
fn what_the_catalogue_refuses_is_named_with_column_and_row() {
    let money = Decimal128Array::from(vec![Some(-1), Some(1), None, Some(12_345), Some(1)]);
    let fine = Decimal128Array::from(vec![Some(10), Some(1_234), None, None, Some(0)]);
    let founded = [date(2000, 1, 1), date(2024, 1, 1), date(2026, 2, 1), date(2025, 1, 1)];
    let mut founded: Vec<Option<i32>> =
        founded.into_iter().map(|day| Some(day_number(day))).collect();
    founded.push(Some(i32::MAX));
    let wrong = |row: u32| code(row).as_str().replace('9', "8");
    let refused = canonical(vec![
        (
            "uscc",
            Arc::new(StringArray::from(vec![
                Some(code(0).as_str().to_owned()),
                Some(wrong(1)),
                None,
                Some("9137".to_owned()),
                Some(code(4).as_str().to_owned()),
            ])),
        ),
        ("revenue_2025", Arc::new(money.with_precision_and_scale(18, 2).unwrap())),
        ("profit_2023", Arc::new(fine.with_precision_and_scale(18, 3).unwrap())),
        ("staff_2024", Arc::new(Int64Array::from(vec![1, 2, 10_000_001, 4, 5]))),
        ("founded_on", Arc::new(Date32Array::from(founded))),
        ("listed", Arc::new(BooleanArray::from(vec![true; 5]))),
        ("district", Arc::new(StringArray::from(vec!["jinan", "qingdou", "", "jinan", "jinan"]))),
        ("industry", Arc::new(StringArray::from(vec!["C3484", "A3484", "98", "34", "I"]))),
    ])
    .unwrap_err();
    insta::assert_snapshot!(format!("{} in all\n{}", refused.count, said(&refused.problems)));
}

#[test]
fn what_stands_under_a_null_is_nobodys_business() {
    let mut money = Decimal64Array::builder(2).with_precision_and_scale(18, 2).unwrap();
    money.append_value(5);
    money.append_value(-5);
    let money = money.finish();
    let nulls = arrow::buffer::NullBuffer::from(vec![true, false]);
    let money = Decimal64Array::new(money.values().clone(), Some(nulls));
    let money = money.with_precision_and_scale(18, 2).unwrap();
    assert_eq!(numbers("revenue_2025", Arc::new(money)), [Some(5), None]);
}

#[test]
fn of_many_refusals_the_first_are_told_and_all_are_counted() {
    let staff: ArrayRef = Arc::new(Int64Array::from(vec![-1; 1_000]));
    let refused = facts("staff_2025", staff).unwrap_err();
    assert_eq!((refused.count, refused.problems.len()), (1_000, 20));
    assert_eq!(refused.problems[0].place.row, Some(101));
}

#[test]
fn kinds_of_subjects_are_those_that_programmes_judge() {
    let kinds =
        |kinds: &[Option<&str>]| -> ArrayRef { Arc::new(StringArray::from(kinds.to_vec())) };
    let good = kinds(&[Some("cluster"), None, Some(" enterprise "), Some("")]);
    assert!(canonical(vec![("subject", good)]).is_ok());
    let bad = kinds(&[Some("enterprise"), Some("dragon"), Some("enterprize")]);
    let refused = canonical(vec![("subject", bad)]).unwrap_err();
    assert_eq!(refused.count, 2);
    let said = said(&refused.problems);
    assert!(said.contains("no kind of subject `dragon`"), "{said}");
    assert!(said.contains("the nearest is `enterprise`"), "{said}");
    assert_eq!(refused.problems[0].place.row, Some(102));
}
