//! `-o FILE.xlsx`: what stands in the sheets, and that nothing half-written is ever under the name.

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::program::{DAY, file, firm, tidu};

fn sheet(book: &mut Xlsx<std::io::BufReader<std::fs::File>>, name: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn verdicts_and_criteria_are_there_as_text_and_numbers() {
    let mut document = firm();
    document["name"] = "=HYPERLINK(\"http://x\")".into();
    let facts = file(&document);
    let result = facts.sibling("结果.xlsx");
    let run = tidu(&["explain", facts.path(), DAY, "-o", result.to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(run.stderr.contains("已写入"), "{}", run.stderr);
    let mut book: Xlsx<_> = open_workbook(&result).unwrap();
    assert_eq!(book.sheet_names(), ["结论", "条件", "说明"]);
    let verdicts = sheet(&mut book, "结论");
    assert_eq!(verdicts[0][5], Data::String("结论".into()));
    let text = |cell: &Data| cell.to_string();
    let little_giant = verdicts.iter().find(|row| text(&row[2]).contains("小巨人")).unwrap();
    // A name that looks like a formula is a text.
    assert_eq!(little_giant[0], Data::String("=HYPERLINK(\"http://x\")".into()));
    assert_eq!(text(&little_giant[5]), "不符合");
    assert_eq!(text(&little_giant[7]), "未满足：营业收入，差 12.5 万元");
    assert_eq!(text(&little_giant[12]), "营业收入");
    let scored = verdicts.iter().find(|row| text(&row[2]).contains("创新型")).unwrap();
    assert_eq!(scored[10], Data::Float(60.0));
    let criteria = sheet(&mut book, "条件");
    let revenue: Vec<_> = criteria
        .iter()
        .filter(|row| text(&row[2]).contains("小巨人") && text(&row[4]) == "营业收入")
        .collect();
    assert_eq!(revenue.len(), 1);
    let revenue: Vec<String> = revenue[0][5..].iter().map(text).collect();
    assert_eq!(
        revenue,
        [
            "不符合",
            "营业收入 2025",
            "4987.5 万元",
            "≥ 5000 万元",
            "差 12.5 万元（0.25 %） · 税务 2026-05",
            "0.25",
            "附件2 二",
            "4 个来源"
        ]
    );
    assert!(book.worksheet_formula("结论").unwrap().is_empty());
}

#[test]
fn a_failed_write_leaves_nothing() {
    let facts = file(&firm());
    let nowhere = facts.sibling("no-such-folder").join("r.xlsx");
    let run = tidu(&["explain", facts.path(), DAY, "-o", nowhere.to_str().unwrap()]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let left: Vec<_> = std::fs::read_dir(facts.sibling("")).unwrap().collect();
    assert_eq!(left.len(), 1);
}
