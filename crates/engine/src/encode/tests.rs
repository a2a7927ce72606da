//! What is written here reads as what the general writer writes.

#![allow(clippy::unwrap_used, reason = "a test may stop where it finds something unexpected")]

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Decimal64Array, DictionaryArray, Int64Array, RecordBatch, StringArray, UInt8Array,
    UInt16Array, UInt64Array,
};
use arrow::compute::{cast, concat_batches};
use arrow::datatypes::{DataType, Field, Schema};
use bytes::Bytes;
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use proptest::prelude::*;

use super::column;

/// Written and read again.
fn through(array: &ArrayRef) -> ArrayRef {
    let field = Field::new("column", array.data_type().clone(), true);
    let schema = Schema::new(vec![field]);
    let parquet = ArrowSchemaConverter::new().convert(&schema).unwrap();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer =
        SerializedFileWriter::new(Vec::new(), parquet.root_schema_ptr(), properties).unwrap();
    let chunk = column(&writer.schema_descr().column(0), array).unwrap().unwrap();
    let mut group = writer.next_row_group().unwrap();
    chunk.append_to(&mut group).unwrap();
    group.close().unwrap();
    let bytes = Bytes::from(writer.into_inner().unwrap());
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap();
    let batches: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    let all = concat_batches(&batches[0].schema(), &batches).unwrap();
    Arc::clone(all.column(0))
}

fn same(array: ArrayRef, kind: &DataType) {
    let read = through(&array);
    assert_eq!(&cast(&read, kind).unwrap(), &cast(&array, kind).unwrap());
}

/// Runs of values and values that keep changing, with and without nulls.
fn values(most: u64) -> impl Strategy<Value = Vec<Option<u64>>> {
    let value = prop_oneof![4 => (0..most).prop_map(Some), 1 => Just(None)];
    let run = (value, prop_oneof![1usize..4, 1usize..100]);
    prop::collection::vec(run, 1..60).prop_map(|runs| {
        runs.into_iter().flat_map(|(value, times)| std::iter::repeat_n(value, times)).collect()
    })
}

proptest! {
    #[test]
    fn words_come_back(keys in values(7), many in values(900)) {
        let words = |most: usize| -> ArrayRef {
            Arc::new(StringArray::from_iter_values((0..most).map(|n| format!("词{n}"))))
        };
        let narrow: UInt8Array = keys.iter().map(|key| key.map(|key| key as u8)).collect();
        same(Arc::new(DictionaryArray::new(narrow, words(7))), &DataType::Utf8);
        let wide: UInt16Array = many.iter().map(|key| key.map(|key| key as u16)).collect();
        same(Arc::new(DictionaryArray::new(wide, words(900))), &DataType::Utf8);
    }

    #[test]
    fn numbers_come_back(numbers in values(40), seed in any::<u64>()) {
        let spread = |number: u64| number.wrapping_mul(seed | 1);
        let masks: UInt64Array = numbers.iter().map(|number| number.map(spread)).collect();
        same(Arc::new(masks), &DataType::UInt64);
        let signed: Int64Array =
            numbers.iter().map(|number| number.map(|n| spread(n).cast_signed())).collect();
        same(Arc::new(signed), &DataType::Int64);
        let points: Decimal64Array =
            numbers.iter().map(|number| number.map(|number| number.cast_signed() * 25)).collect();
        let points = points.with_precision_and_scale(18, 2).unwrap();
        same(Arc::new(points), &DataType::Decimal128(18, 2));
    }
}

#[test]
fn too_many_different_numbers_are_left_to_others() {
    let numbers: ArrayRef = Arc::new((0..9000).map(Some).collect::<UInt64Array>());
    let schema = Schema::new(vec![Field::new("column", DataType::UInt64, true)]);
    let parquet = ArrowSchemaConverter::new().convert(&schema).unwrap();
    assert!(column(&parquet.column(0), &numbers).unwrap().is_none());
}

#[test]
fn slices_keep_their_own_nulls() {
    let numbers: UInt64Array = (0..200).map(|n| (n % 3 > 0).then_some(n % 5)).collect();
    same(Arc::new(numbers.slice(13, 150)), &DataType::UInt64);
    same(Arc::new(numbers.slice(0, 1)), &DataType::UInt64);
}
