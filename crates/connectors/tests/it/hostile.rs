//! Files that are meant to hurt, or that a careless program has written: limits hold, nothing
//! panics, and the message says what is wrong.

use std::io::Write as _;

use enterprise::{ProblemKind, Value};
use zip::write::SimpleFileOptions;

use crate::common::{A, B, Outcome, read_bytes, read_text, short};

const RELS: &str = r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/xl/s.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="strings.xml"/><Relationship Id="r3" Type="x/styles" Target="../xl/styles.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<workbook><sheets><sheet name="数据 &amp; 表" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const HEADER: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>统一社会信用代码</t></is></c><c r="B1" t="inlineStr"><is><t>职工总数2025</t></is></c><c r="C1" t="inlineStr"><is><t>成立日期</t></is></c></row>"#;

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn workbook(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    package(&[
        ("_rels/.rels", RELS),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/workbook.xml", BOOK),
        (
            "xl/styles.xml",
            r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
        ),
        (
            "xl/strings.xml",
            r#"<sst uniqueCount="99999999999999"><si><t>2018-</t></si><si><r><t>2018</t></r><rPh><t>x</t></rPh><r><t>-06-01</t></r></si></sst>"#,
        ),
        ("xl/s.xml", &sheet),
    ])
}

fn rows(rows: &str) -> Outcome {
    read_bytes("h.xlsx", &workbook(&format!("{HEADER}{rows}")))
}

fn row(cells: &str) -> Outcome {
    rows(&format!(r#"<row r="2"><c r="A2" t="str"><v>{A}</v></c>{cells}</row>"#))
}

#[test]
fn cells_as_other_programs_write_them() {
    let outcome = row(r#"<c r="B2"><v>1.2E1</v></c><c t="s"><v>1</v></c>"#);
    assert_eq!(short(outcome.facts())["staff.2025"], Value::Number(12));
    assert_eq!(short(outcome.facts())["founded_on"], Value::Date(jiff::civil::date(2018, 6, 1)));
    assert_eq!(outcome.readings[0].place.sheet.as_deref(), Some("数据 & 表"));
    let outcome = row(
        r#"<c r="B2" t="str"><v>&#49;_x0032_</v></c><c r="C2" t="d"><v>2018-06-01T00:00:00</v></c>"#,
    );
    assert_eq!(short(outcome.facts())["staff.2025"], Value::Number(12));
    assert_eq!(short(outcome.facts()).len(), 2);
    let outcome = row(r#"<c r="B2"><f>1+1</f></c>"#);
    assert!(outcome.told().contains("公式还没有计算结果"), "{}", outcome.told());
    let outcome = row(r#"<c r="B2" t="str"><f>""</f><v></v></c><c r="C2" s="1"/>"#);
    assert!(short(outcome.facts()).is_empty());
}

#[test]
fn days_from_1904() {
    let book = BOOK.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
    let sheet = format!(
        r#"<worksheet><sheetData>{HEADER}<row r="2"><c r="A2" t="str"><v>{A}</v></c><c r="C2" s="1"><v>43890</v></c></row></sheetData></worksheet>"#
    );
    let styles =
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let bytes = package(&[
        ("_rels/.rels", RELS),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/workbook.xml", &book),
        ("xl/styles.xml", styles),
        ("xl/s.xml", &sheet),
    ]);
    let outcome = read_bytes("h.xlsx", &bytes);
    assert_eq!(short(outcome.facts())["founded_on"], Value::Date(jiff::civil::date(2024, 3, 1)));
}

#[test]
fn damaged_sheets_are_unreadable() {
    for cells in [
        r#"<c r="B2"><v>12x</v></c>"#,
        r#"<c r="B2"><v>NaN</v></c>"#,
        r#"<c r="B2"><v>1e999</v></c>"#,
        r#"<c r="B2" t="s"><v>7</v></c>"#,
        r#"<c r="B2" t="zz"><v>7</v></c>"#,
        r#"<c r="ZZZZZZZZZZZZ2"><v>7</v></c>"#,
        r#"<c r="B99999999999999"><v>7</v></c>"#,
        r#"<c r="A2"><v>7</v></c>"#,
        r#"<c r="B2"><v>&lol;</v></c>"#,
        r#"<c r="B2"><v>7</v>"#,
        r#"</row></row>"#,
    ] {
        assert_eq!(row(cells).failure(), ProblemKind::Unreadable, "{cells}");
    }
    let out_of_order = rows(r#"<row r="3"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>"#);
    assert_eq!(out_of_order.failure(), ProblemKind::Unreadable);
    let far = rows(r#"<row r="1048577"><c><v>1</v></c></row>"#);
    assert_eq!(far.failure(), ProblemKind::TooLarge);
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let outcome = rows(&format!(
        r#"<row r="2"><c r="A2" t="str"><v>{A}</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#
    ));
    assert!(outcome.facts().uscc.is_some());
    assert!(outcome.told().contains("第 2000 列以后还有内容"), "{}", outcome.told());
}

#[test]
fn a_text_too_long_for_any_fact() {
    let outcome = row(&format!(r#"<c r="B2" t="str"><v>{}</v></c>"#, "长".repeat(30_000)));
    assert!(outcome.told().contains("太长"), "{}", outcome.told());
    let outcome = row(&format!(r#"<c r="B2" t="str"><v>{}</v></c>"#, "x".repeat(3 << 20)));
    assert!(outcome.summary.is_err());
}

#[test]
fn bombs_are_found_before_they_go_off() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/s.xml", SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..64 {
        zip.write_all(&zeros).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert_eq!(read_bytes("h.xlsx", &bytes).failure(), ProblemKind::TooLarge);
    let names: Vec<String> = (0..2_100).map(|number| format!("n{number}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(read_bytes("h.xlsx", &package(&parts)).failure(), ProblemKind::TooLarge);
}

#[test]
fn files_cut_off_or_of_another_kind() {
    let whole = workbook(HEADER);
    for end in [4, 30, whole.len() / 2, whole.len() - 1] {
        let outcome = read_bytes("h.xlsx", &whole[..end]);
        assert_eq!(outcome.failure(), ProblemKind::Unreadable, "{end}");
        outcome.assert_bilingual();
    }
    let mut told = String::new();
    let compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let mark: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        [&compound[..], b"xxx"].concat(),
        [&compound[..], b"xxx", &mark].concat(),
        package(&[("xl/workbook.bin", "")]),
        package(&[("content.xml", "")]),
        package(&[("word/document.xml", "")]),
        package(&[("readme.txt", "")]),
        b"%PDF-1.4".to_vec(),
        b"<html>".to_vec(),
    ] {
        told.push_str(&read_bytes("h.xlsx", &bytes).told());
    }
    insta::assert_snapshot!(told);
}

#[test]
fn no_file_and_no_regular_file() {
    let catalogue = crate::common::catalogue();
    let folder = tempfile::tempdir().unwrap();
    let read = |path: &std::path::Path| {
        connectors::read_subjects(path, &catalogue, &mut |_| std::ops::ControlFlow::Continue(()))
    };
    assert_eq!(read(folder.path()).unwrap_err().kind, ProblemKind::Unreadable);
    let problem = read(&folder.path().join("none.xlsx")).unwrap_err();
    assert!(problem.message.zh.contains("找不到"), "{problem:?}");
}

#[test]
fn documents_too_large_or_too_deep() {
    let long = format!(r#"{{"uscc":"{}"}}"#, "x".repeat(9 << 20));
    assert_eq!(read_text("a.json", &long).failure(), ProblemKind::TooLarge);
    let many = format!(r#"{{"uscc":[{}1]}}"#, "1,".repeat(300_000));
    assert_eq!(read_text("a.json", &many).failure(), ProblemKind::TooLarge);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(read_text("a.json", &deep).failure(), ProblemKind::Unreadable);
    // Many documents together may be longer than one may be.
    let padding = " ".repeat(3 << 20);
    let three =
        [A, B, crate::common::C].map(|code| format!("{padding}{{\"uscc\":\"{code}\"}}{padding}"));
    for text in [format!("[{}]", three.join(",")), three.concat()] {
        assert_eq!(read_text("a.json", &text).readings.len(), 3);
    }
}

#[test]
fn a_reader_that_breaks_off_is_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let csv = format!("统一社会信用代码,企业名称\n{A},甲\n{B},乙\n");
    let json = format!(r#"[{{"uscc":"{A}"}},{{"uscc":"{B}"}}]"#);
    let lines = format!(r#"{{"uscc":"{A}"}}{{"uscc":"{B}"}}"#);
    for (name, text) in [("a.csv", csv), ("a.json", json), ("b.json", lines)] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let mut count = 0;
        let summary = connectors::read_subjects(&path, &crate::common::catalogue(), &mut |_| {
            count += 1;
            std::ops::ControlFlow::Break(())
        });
        assert_eq!((count, summary.unwrap().subjects), (1, 1), "{name}");
    }
}

#[test]
fn headings_made_to_be_peeled_for_ever() {
    let heading = "2025上年(2024)上年度/去年:本年".repeat(12);
    let row = format!("统一社会信用代码,企业名称{}\n", format!(",{heading}").repeat(1_000));
    let text = row.repeat(20);
    let start = std::time::Instant::now();
    let outcome = read_text("h.csv", &text);
    assert_eq!(outcome.summary.unwrap().problems.len(), 1_001);
    assert!(start.elapsed().as_secs() < 60);
}
