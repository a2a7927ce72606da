//! What goes into a file comes out of it.

use std::fs::File;
use std::path::Path;

use arrow::array::RecordBatch;
use enterprise::Facts;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use population::{Rows, Shape, Writer, reading_schema, shape_for};
use proptest::prelude::*;

use crate::world::{catalogue, keys, subject};

/// A shape in which every amount has room.
fn shape() -> Shape {
    let catalogue = catalogue();
    let shape = shape_for(keys(&catalogue), &catalogue);
    let places: Vec<usize> = shape.facts().map(|(_, index)| index).collect();
    places.into_iter().fold(shape, Shape::widened)
}

fn write(path: &Path, shape: &Shape, subjects: &[Facts]) {
    let mut writer =
        Writer::create(path, shape, [("tidu.test".to_owned(), "是".to_owned())]).unwrap();
    let mut rows = Rows::new(shape);
    for part in subjects.chunks(3) {
        part.iter().for_each(|facts| rows.push(facts));
        assert_eq!(rows.unplaced(), None);
        writer.write(&rows.finish()).unwrap();
    }
    assert_eq!(writer.finish().unwrap().rows, subjects.len() as u64);
}

fn batches(path: &Path, hinted: bool) -> Vec<RecordBatch> {
    let file = File::open(path).unwrap();
    let mut options = ArrowReaderOptions::new();
    if hinted {
        let metadata = ArrowReaderMetadata::load(&file, options.clone()).unwrap();
        options = options.with_schema(reading_schema(&metadata, &catalogue()));
    }
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).unwrap();
    builder.with_batch_size(4).build().unwrap().map(Result::unwrap).collect()
}

fn subjects(path: &Path, hinted: bool) -> Vec<Facts> {
    let mut found = Vec::new();
    for batch in batches(path, hinted) {
        let (shape, warnings) = Shape::of(&batch.schema(), &catalogue()).unwrap();
        assert_eq!(warnings, []);
        let canonical = shape.canonical(&batch, found.len() as u64).unwrap();
        found.extend((0..canonical.num_rows()).map(|row| shape.subject(&canonical, row)));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(all in prop::collection::vec(subject(), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("city.parquet");
        write(&path, &shape(), &all);
        prop_assert_eq!(&subjects(&path, false), &all);
        prop_assert_eq!(&subjects(&path, true), &all);
        prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
