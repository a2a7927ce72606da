//! CSV: encodings, delimiters, quotes, rows of the wrong shape, and what cells may say.

use enterprise::{ProblemKind, Value};

use crate::common::{A, B, C, catalogue, read_bytes, read_text, short};

fn table() -> String {
    format!(
        "统一社会信用代码,企业名称,营业收入2025年（万元）,主导产品占比2025（%）,成立日期\n\
         {A},甲公司,5123.456789,35,2015/3/1\n\
         {B},乙公司,\"1,500 万元\",,2015年3月1日\n"
    )
}

#[test]
fn all_encodings_read_the_same() {
    let text = table();
    let expected = read_text("a.csv", &text);
    assert_eq!(expected.told(), "");
    assert_eq!(
        short(expected.readings[0].facts.as_ref().unwrap())["revenue.2025"],
        Value::Number(5_123_456_789)
    );
    assert_eq!(
        short(expected.readings[1].facts.as_ref().unwrap())["revenue.2025"],
        Value::Number(1_500_000_000)
    );
    let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
    let mut marked = vec![0xEF, 0xBB, 0xBF];
    marked.extend_from_slice(text.as_bytes());
    let little: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for (what, bytes) in [("gbk", gbk.as_ref()), ("bom", &marked), ("le", &little), ("be", &big)] {
        let outcome = read_bytes("a.csv", bytes);
        assert_eq!(outcome.told(), "", "{what}");
        let values = |outcome: &crate::common::Outcome| {
            outcome.readings.iter().map(|r| short(r.facts.as_ref().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(values(&outcome), values(&expected), "{what}");
    }
}

#[test]
fn encodings_are_found_across_block_borders() {
    let mut text = table();
    // Two- and three-byte characters at every offset of the 64 KiB blocks.
    let note = "备".repeat(40_000);
    text = format!("填报说明{note}\na{note}\n{text}");
    assert_eq!(read_text("a.csv", &text).readings.len(), 2);
    let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
    assert_eq!(read_bytes("a.csv", &gbk).readings.len(), 2);
}

#[test]
fn what_does_not_decode_is_refused_with_its_place() {
    let mut bytes = table().into_bytes();
    bytes.extend_from_slice(&[0xFF, 0xFF, 0xFF]);
    let outcome = read_bytes("a.csv", &bytes);
    assert_eq!(outcome.failure(), ProblemKind::Unreadable);
    assert!(outcome.told().contains("字节"), "{}", outcome.told());
    assert_eq!(read_bytes("a.csv", b"a,b\0c\n").failure(), ProblemKind::Unreadable);
    assert_eq!(read_bytes("a.csv", b"").failure(), ProblemKind::Empty);
    assert_eq!(read_bytes("a.csv", b"%PDF-1.7").failure(), ProblemKind::Unreadable);
    assert_eq!(read_bytes("a.xls", b"<html><table>").failure(), ProblemKind::Unreadable);
}

#[test]
fn delimiters_are_found_by_the_header() {
    for delimiter in ["\t", ";"] {
        let text = format!(
            "填报表\n统一社会信用代码{delimiter}企业名称{delimiter}职工总数2025（人）\n{A}{delimiter}甲{delimiter}\"1,200\"\n"
        );
        let outcome = read_text("a.csv", &text);
        assert_eq!(
            short(outcome.facts())["staff.2025"],
            Value::Number(1_200),
            "{}",
            outcome.told()
        );
    }
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
    let text = format!(
        "填报表,,\n\n统一社会信用代码,企业名称,备注\n{A},\"甲\n乙\",\n\n{B},丙\n{C},丁,,\n填表人：张三\n,,\n"
    );
    let outcome = read_text("a.csv", &text);
    let rows: Vec<_> = outcome
        .readings
        .iter()
        .map(|reading| (reading.place.row, reading.facts.is_some()))
        .collect();
    assert_eq!(rows, [(Some(4), true), (Some(6), false), (Some(7), false)]);
    assert!(outcome.told().contains("这一行有 2 个字段，表头有 3 个"), "{}", outcome.told());
}

#[test]
fn cells_that_say_nothing_and_rows_that_are_no_subjects() {
    let text = format!(
        "统一社会信用代码,企业名称,营业收入2025（万元）,职工总数2025,有无\n\
         {A},甲,-,不详,\n\
         ,,,,\n\
         统一社会信用代码,企业名称,营业收入2025（万元）,职工总数2025,\n\
         ,某企业,,,\n\
         ,合计,500,20,\n\
         注：以上均为审计数,,,,\n\
         ,填表人：李四,,,\n\
         abc,,,,\n"
    );
    let outcome = read_text("a.csv", &text);
    outcome.assert_bilingual();
    insta::assert_snapshot!(outcome.told());
    assert!(short(outcome.readings[0].facts.as_ref().unwrap()).is_empty());
    assert_eq!(outcome.readings.len(), 3);
}

#[test]
fn damaged_codes_are_refused_with_the_reason() {
    let text = format!(
        "统一社会信用代码,企业名称\n9.13702E+17,甲\n=\"{A}\",乙\n91370211MA00000012,丙\n{A},丁\n"
    );
    let outcome = read_text("a.csv", &text);
    insta::assert_snapshot!(outcome.told());
    let admitted: Vec<bool> =
        outcome.readings.iter().map(|reading| reading.facts.is_some()).collect();
    assert_eq!(admitted, [false, true, false, false]);
}

#[test]
fn lists_in_cells() {
    let text = format!(
        "统一社会信用代码,国家级科技奖励（日期）,国家级科技奖励（排名）,国家级科技奖励（核查至）,重大安全事故（日期）,全部事件（核查至）,\
         专精特新中小企业（有效期起）,专精特新中小企业（有效期止）,创新型中小企业（有效期起）,产业链关键环节（判断）,little-giant/market-position\n\
         {A},2024-03-01、2025/6/30,1、-,2026-11-22,无,2026-10-01,2024-07-01,2027-06-30,无,符合,否\n\
         {B},2024-03-01,1、2,,无,,,2027-06-30,,也许,\n"
    );
    let outcome = read_text("a.csv", &text);
    let facts = outcome.readings[0].facts.as_ref().unwrap();
    assert_eq!(facts.events.len(), 2);
    assert_eq!(facts.events[0].attributes.get("rank"), Some(&1));
    assert!(facts.events[1].attributes.is_empty());
    assert_eq!(facts.complete.len(), 2);
    assert_eq!(facts.titles.len(), 1);
    assert!(!facts.titles_complete);
    assert_eq!(facts.titles_denied, ["innovative-sme"]);
    let judged: Vec<_> = facts.judgements.iter().map(|j| (j.owner.as_str(), j.met)).collect();
    assert_eq!(judged, [("common", true), ("little-giant", false)]);
    assert!(outcome.readings[1].facts.is_none());
    insta::assert_snapshot!(outcome.told());
}

#[test]
fn a_quote_that_never_closes_is_said() {
    let text = format!("统一社会信用代码,企业名称\n{A},\"甲\n{B},乙\n");
    let outcome = read_text("a.csv", &text);
    assert_eq!(outcome.failure(), ProblemKind::Unreadable);
    assert!(outcome.told().contains("第 2 行"), "{}", outcome.told());
    let text = format!("统一社会信用代码,企业名称\n{A},\"甲\"乙\n");
    assert!(read_text("a.csv", &text).readings[0].facts.is_none());
}

#[test]
fn a_word_that_means_not_known_is_blank_where_it_was_declared_and_only_there() {
    let text = format!(
        "统一社会信用代码,营业收入2025（元）,职工总数2025,专精特新中小企业（有效期起）,重大安全事故（日期）\n\
         {A},无,3,无,无\n{B},1,暂无,,\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, text).unwrap();
    let mut readings = Vec::new();
    let blanks = connectors::Blanks::new([" 无 ".to_owned()]);
    let summary = connectors::read_subjects_with(&path, &catalogue(), &blanks, &mut |reading| {
        readings.push(reading);
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(summary.unwrap().blanked, 1);
    let facts = readings[0].facts.as_ref().unwrap();
    // Unknown, not zero; and what a word says elsewhere it goes on saying.
    assert_eq!(facts.get("revenue", Some(2025)), None);
    assert!(facts.events.is_empty());
    let plain = read_text("b.csv", &std::fs::read_to_string(&path).unwrap());
    assert!(plain.readings[0].facts.is_none());
    assert!(plain.told().contains("--blank 无"), "{}", plain.told());
    assert!(readings[1].facts.is_none(), "nobody declared 暂无");
}
