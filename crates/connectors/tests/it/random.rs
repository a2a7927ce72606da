//! Any bytes and mutated files: never a panic, always an answer in both languages.

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use crate::common::{A, B, read_bytes};

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, text) in
        (0u16..).zip(["统一社会信用代码", "企业名称", "营业收入2025（万元）", "成立日期"])
    {
        sheet.write(0, column, text).unwrap();
    }
    sheet.write(1, 0, A).unwrap();
    sheet.write(1, 2, 12.5).unwrap();
    sheet.write(1, 3, "2018-01-01").unwrap();
    workbook.save_to_buffer().unwrap()
}

fn csv() -> Vec<u8> {
    format!("统一社会信用代码,\"企业\n名称\",营业收入2025（万元）,成立日期,专精特新中小企业（有效期起）\n{A},甲,12.5,2018-01-01,无\n{B},乙,,,2024-01-01\n")
        .into_bytes()
}

fn json() -> Vec<u8> {
    format!(r#"[{{"uscc":"{A}","facts":{{"revenue":{{"2025":"1.5"}},"has_brand":true}},"titles":[]}},{{"uscc":"{B}","events":[{{"kind":"serious-accident","date":"2024-01-01"}}]}}]"#)
        .into_bytes()
}

/// Overwrites, cuts and repeats a few places.
fn mutated(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    for (place, kind, byte) in changes {
        let place = place % bytes.len().max(1);
        match kind % 4 {
            0 | 1 => {
                if let Some(at) = bytes.get_mut(place) {
                    *at = *byte;
                }
            }
            2 => bytes.truncate(place.max(1)),
            _ => bytes.insert(place.min(bytes.len()), *byte),
        }
    }
    bytes
}

/// Text that looks like what people write, in a table around it.
fn table_of(cells: &[String]) -> Vec<u8> {
    let heads = [
        "统一社会信用代码",
        "企业名称",
        "营业收入2025（万元）",
        "主导产品占比2025",
        "成立日期",
        "企业规模",
        "国家级科技奖励（日期）",
        "国家级科技奖励（排名）",
    ];
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let row: Vec<String> = heads
        .iter()
        .enumerate()
        .map(|(index, _)| quoted(cells.get(index).map_or("", String::as_str)))
        .collect();
    format!("{}\n{}\n", heads.join(","), row.join(",")).into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0usize..6) {
        let starts: [&[u8]; 6] = [b"", b"PK\x03\x04", b"{", b"[", b"\xFF\xFE", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];
        read_bytes("any.bin", &[starts[start], &bytes].concat()).assert_bilingual();
    }

    #[test]
    fn any_text_as_csv(text in "[统一社会信用代码企业名称,\";\t\n\r0-9A-Z（）]{0,200}") {
        read_bytes("any.csv", text.as_bytes()).assert_bilingual();
    }

    #[test]
    fn any_heading(text in "([0-9]{4}|年度?|[（()）】/:：·*-]|营业收入|万元|上年|专精特新中小企业|有效期起|\\PC){0,12}") {
        let text = text.replace(['"', '\n', '\r'], "");
        read_bytes("h.csv", format!("统一社会信用代码,企业名称,\"{text}\"\n{A},甲,1\n").as_bytes()).assert_bilingual();
    }

    #[test]
    fn any_cells(cells in prop::collection::vec("([0-9.,%年月日/-]|万元|无|、|\\PC){0,12}", 8)) {
        read_bytes("c.csv", &table_of(&cells)).assert_bilingual();
    }

    #[test]
    fn mutated_files(which in 0usize..3, changes in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..6)) {
        let (name, bytes) = match which {
            0 => ("m.xlsx", workbook()),
            1 => ("m.csv", csv()),
            _ => ("m.json", json()),
        };
        read_bytes(name, &mutated(bytes, &changes)).assert_bilingual();
    }

    /// Mutations inside the parts, under a package that is whole again.
    #[test]
    fn mutated_parts(part in 0usize..12, changes in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..4)) {
        use std::io::{Cursor, Read as _, Write as _};
        let mut from = zip::ZipArchive::new(Cursor::new(workbook())).unwrap();
        let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..from.len() {
            let mut entry = from.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            if index == part % 12 {
                bytes = mutated(bytes, &changes);
            }
            to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            to.write_all(&bytes).unwrap();
        }
        read_bytes("p.xlsx", &to.finish().unwrap().into_inner()).assert_bilingual();
    }
}
