//! How fast batches of a file become canonical ones: 60 columns of facts with codes and names, in
//! batches as they are read. `cargo bench -p population` prints rows and cells a second; nothing is
//! asserted.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal64Array, DictionaryArray, Int64Array, RecordBatch,
    StringArray,
};
use arrow::datatypes::Int32Type;
use enterprise::{Catalogue, Choice, Cost, Indicator, Kind, Lack, Moves, Period, Text, Uscc};
use population::Shape;

const ROWS: usize = 8 * 1024;
const BATCHES: usize = 257;

fn indicator(id: String, kind: Kind, period: Period, range: Option<(i64, i64)>) -> Indicator {
    Indicator {
        label: Text::new(&id, &id),
        id,
        kind,
        period,
        tax: false,
        one_off: false,
        lack: Lack::Data,
        range,
        step: 1,
        aliases: Vec::new(),
        note: Text::default(),
        source: Text::default(),
        cost: Cost::Ask,
        effort: None,
        moves: Moves::Either,
        within: None,
        derived: false,
        given: true,
    }
}

fn codes() -> ArrayRef {
    let code = |number: usize| {
        let stem = format!("91370200{number:09}");
        Uscc::check_character(&stem).map(|check| format!("{stem}{check}")).ok()
    };
    Arc::new((0..ROWS).map(code).collect::<StringArray>())
}

fn main() {
    let mut catalogue = Catalogue::default();
    let mut columns: Vec<(String, ArrayRef)> = vec![
        ("uscc".to_owned(), codes()),
        (
            "name".to_owned(),
            Arc::new(StringArray::from_iter_values((0..ROWS).map(|n| format!("企业{n}")))),
        ),
    ];
    let some = |row: usize| !row.is_multiple_of(17);
    let number = |row: usize| some(row).then(|| i64::try_from(row * 1_000_003).unwrap_or_default());
    for id in 0..10 {
        let id = format!("money{id}");
        catalogue.add(indicator(id.clone(), Kind::Money, Period::Yearly, Some((0, i64::MAX))));
        for year in 2023..2026 {
            let array: Decimal64Array = (0..ROWS).map(number).collect();
            let Ok(array) = array.with_precision_and_scale(18, 2) else { return };
            columns.push((format!("{id}_{year}"), Arc::new(array)));
        }
    }
    for id in 0..14 {
        let (count, flag) = (format!("count{id}"), format!("flag{id}"));
        let unit = Kind::Number { decimals: 0, unit: Text::new("人", "people") };
        catalogue.add(indicator(count.clone(), unit, Period::State, Some((1, i64::MAX))));
        catalogue.add(indicator(flag.clone(), Kind::Flag, Period::State, None));
        let array: Int64Array = (0..ROWS).map(|row| number(row).map(|value| value + 1)).collect();
        columns.push((count, Arc::new(array)));
        let flags: BooleanArray = (0..ROWS).map(|row| some(row).then_some(row % 2 == 0)).collect();
        columns.push((flag, Arc::new(flags)));
    }
    let options = ["a", "b", "c"].map(|id| Choice {
        id: id.to_owned(),
        label: Text::new(id, id),
        aliases: Vec::new(),
    });
    catalogue.add(indicator(
        "district".to_owned(),
        Kind::Choice(options.to_vec()),
        Period::State,
        None,
    ));
    catalogue.add(indicator("industry".to_owned(), Kind::Industry, Period::State, None));
    catalogue.add(indicator("founded_on".to_owned(), Kind::Date, Period::State, None));
    let word = |words: [&'static str; 3]| move |row: usize| words.get(row % 3).copied();
    let districts: DictionaryArray<Int32Type> = (0..ROWS).map(word(["a", "b", "c"])).collect();
    let industries: DictionaryArray<Int32Type> =
        (0..ROWS).map(word(["C3484", "I65", "C13"])).collect();
    let founded = |row: usize| i32::try_from(row).map(|row| 11_000 + row % 8_000).ok();
    columns.push(("district".to_owned(), Arc::new(districts)));
    columns.push(("industry".to_owned(), Arc::new(industries)));
    columns
        .push(("founded_on".to_owned(), Arc::new((0..ROWS).map(founded).collect::<Date32Array>())));
    let facts = columns.len() - 2;
    let batch = match RecordBatch::try_from_iter(columns) {
        Ok(batch) => batch,
        Err(error) => return println!("{error}"),
    };
    let shape = match Shape::of(&batch.schema(), &catalogue) {
        Ok((shape, _)) => shape,
        Err(problems) => return println!("{problems:?}"),
    };
    let begun = Instant::now();
    for number in 0..BATCHES {
        match shape.canonical(&batch, (number * ROWS) as u64) {
            Ok(canonical) => drop(black_box(canonical)),
            Err(refused) => return println!("{refused}"),
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let rows = ROWS * BATCHES;
    println!(
        "{rows} rows × {facts} facts: {seconds:.3} s, {:.0} million cells/s",
        (rows * facts) as f64 / seconds / 1e6
    );
}
