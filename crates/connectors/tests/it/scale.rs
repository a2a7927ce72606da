//! Files of thousands of rows, in every format: each row is read, none twice.

use std::io::Write as _;
use std::ops::ControlFlow;

use connectors::read_subjects;
use enterprise::Uscc;
use rust_xlsxwriter::Workbook;

use crate::common::catalogue;

const ROWS: u32 = 3_000;

fn code(number: u32) -> String {
    let first = format!("91370202MA{number:07}");
    format!("{first}{}", Uscc::check_character(&first).unwrap())
}

fn check(path: &std::path::Path) {
    let mut admitted = 0;
    let summary = read_subjects(path, &catalogue(), &mut |reading| {
        admitted += u32::from(reading.facts.is_some());
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((admitted, summary.refused), (ROWS, 0));
}

#[test]
fn thousands_of_rows_are_all_read() {
    let folder = tempfile::tempdir().unwrap();
    let years = 2006..=2025;
    let csv = folder.path().join("a.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&csv).unwrap());
    let heads: Vec<String> = years.clone().map(|year| format!("营业收入{year}（万元）")).collect();
    writeln!(file, "统一社会信用代码,企业名称,{}", heads.join(",")).unwrap();
    for number in 0..ROWS {
        let values: Vec<String> =
            years.clone().map(|year| format!("{year}.{:04}", number % 9973)).collect();
        writeln!(file, "{},企业{number},{}", code(number), values.join(",")).unwrap();
    }
    drop(file);
    check(&csv);

    let json = folder.path().join("a.ndjson");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&json).unwrap());
    for number in 0..ROWS {
        let values: Vec<String> =
            years.clone().map(|year| format!("\"{year}\":\"{year}.{}\"", number % 97)).collect();
        writeln!(
            file,
            "{{\"uscc\":\"{}\",\"facts\":{{\"revenue\":{{{}}}}}}}",
            code(number),
            values.join(",")
        )
        .unwrap();
    }
    drop(file);
    check(&json);

    let xlsx = folder.path().join("a.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "统一社会信用代码").unwrap();
    sheet.write(0, 1, "企业名称").unwrap();
    for (column, head) in (2u16..).zip(&heads) {
        sheet.write(0, column, head).unwrap();
    }
    for number in 0..ROWS {
        sheet.write(number + 1, 0, code(number)).unwrap();
        sheet.write(number + 1, 1, format!("企业{number}")).unwrap();
        for column in 2..22u16 {
            sheet
                .write(
                    number + 1,
                    column,
                    f64::from(number % 9973 * 100 + u32::from(column)) / 100.0,
                )
                .unwrap();
        }
    }
    workbook.save(&xlsx).unwrap();
    drop(workbook);
    check(&xlsx);
}
