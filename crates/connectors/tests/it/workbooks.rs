//! Excel workbooks: what Excel knows about a cell, and what it does to codes, dates and percents.

use enterprise::{ProblemKind, Value};
use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::common::{A, B, C, Outcome, read_bytes, read_text, short, without_sources};

fn book(fill: impl FnOnce(&mut Worksheet)) -> Outcome {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    read_bytes("b.xlsx", &workbook.save_to_buffer().unwrap())
}

/// A header and one row, every cell written by `fill` in row 1 (the second).
fn one(headings: &[&str], fill: impl FnOnce(&mut Worksheet)) -> Outcome {
    book(|sheet| {
        sheet.write(0, 0, "统一社会信用代码").unwrap();
        for (index, heading) in (1u16..).zip(headings) {
            sheet.write(0, index, *heading).unwrap();
        }
        sheet.write(1, 0, A).unwrap();
        fill(sheet);
    })
}

#[test]
fn percents_as_excel_shows_them() {
    let percent = Format::new().set_num_format("0.00%");
    for (heading, expected) in [("主导产品占比2025（%）", 350_000), ("主导产品占比2025", 350_000)]
    {
        let outcome = one(&[heading], |sheet| {
            sheet.write_with_format(1, 1, 0.35, &percent).unwrap();
        });
        assert_eq!(
            short(outcome.facts())["main_product_share.2025"],
            Value::Number(expected),
            "{heading}"
        );
    }
    for (number, expected) in [(35.0, 350_000), (0.35, 3_500), (0.07, 700)] {
        let outcome = one(&["主导产品占比2025（%）"], |sheet| {
            sheet.write(1, 1, number).unwrap();
        });
        assert_eq!(short(outcome.facts())["main_product_share.2025"], Value::Number(expected));
    }
    let outcome = one(&["职工总数2025"], |sheet| {
        sheet.write_with_format(1, 1, 0.35, &percent).unwrap();
    });
    assert!(outcome.told().contains("wrong-unit"), "{}", outcome.told());
}

#[test]
fn numbers_by_their_shortest_text() {
    let outcome = one(
        &["营业收入2025（万元）", "研发费用2025（元）", "质量得分"],
        |sheet| {
            sheet.write(1, 1, 5_123.456_789).unwrap();
            sheet.write(1, 2, 0.1 + 0.2).unwrap();
            sheet.write(1, 3, 81.25).unwrap();
        },
    );
    assert!(outcome.readings[0].facts.is_none());
    assert!(outcome.told().contains("0.30000000000000004"), "{}", outcome.told());
    let outcome = one(&["营业收入2025（万元）", "注册资本（万元）"], |sheet| {
        sheet.write(1, 1, 5_123.456_789).unwrap();
        sheet.write(1, 2, " １,５００ 万元 ").unwrap();
    });
    assert_eq!(short(outcome.facts())["revenue.2025"], Value::Number(5_123_456_789));
    assert_eq!(short(outcome.facts())["registered_capital"], Value::Number(1_500_000_000));
}

#[test]
fn dates_in_every_dress() {
    let chinese = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let day = ExcelDateTime::parse_from_str("2018-06-01").unwrap();
    let expected = Value::Date(date(2018, 6, 1));
    let outcome = one(&["从事细分市场起始日期"], |sheet| {
        sheet.write_with_format(1, 1, &day, &chinese).unwrap();
    });
    assert_eq!(short(outcome.facts())["niche_market_since"], expected);
    for text in ["2018-06-01", "2018/6/1", "2018年6月1日", "２０１８.６.１", "2018-06-01 00:00:00"]
    {
        let outcome = one(&["从事细分市场起始日期"], |sheet| {
            sheet.write(1, 1, text).unwrap();
        });
        assert_eq!(short(outcome.facts())["niche_market_since"], expected, "{text}");
    }
    let outcome = one(
        &["从事细分市场起始日期", "职工总数2025", "营业收入2025（万元）"],
        |sheet| {
            sheet.write(1, 1, 43_252).unwrap();
            sheet.write_with_format(1, 2, &day, &chinese).unwrap();
            sheet.write_with_format(1, 3, 0.5, &Format::new().set_num_format("h:mm")).unwrap();
        },
    );
    insta::assert_snapshot!(outcome.told(), @r"
    refused wrong-type b.xlsx › Sheet1 › 2 › B 从事细分市场起始日期: 这里应是日期，单元格里却是普通数字 43252 ‖ 请把单元格格式改为日期，或写成 2024-03-01
    refused wrong-type b.xlsx › Sheet1 › 2 › C 职工总数2025: “职工总数”不能是日期（2018-06-01） ‖ 请把单元格格式改为“常规”后重新填写
    refused wrong-type b.xlsx › Sheet1 › 2 › D 营业收入2025（万元）: 单元格设成了日期或时间格式，但 0.5 不是一个日期 ‖ 请改正单元格格式或重新填写
    ");
}

#[test]
fn codes_and_industries_stored_as_numbers() {
    let outcome = book(|sheet| {
        sheet.write(0, 0, "统一社会信用代码").unwrap();
        sheet.write(0, 1, "企业名称").unwrap();
        sheet.write(0, 2, "行业代码").unwrap();
        sheet.write(1, 0, 913_702_020_000_000_000.0).unwrap();
        sheet.write(1, 1, "甲").unwrap();
        sheet.write(2, 0, A).unwrap();
        sheet.write(2, 2, 111).unwrap();
        sheet.write(3, 0, B).unwrap();
        sheet.write(3, 2, 3484).unwrap();
    });
    assert_eq!(outcome.readings[2].facts.as_ref().map(|facts| short(facts).len()), Some(1));
    insta::assert_snapshot!(outcome.told(), @r"
    refused uscc b.xlsx › Sheet1 › 2 › A 统一社会信用代码: 统一社会信用代码存成了数字（913702020000000000），Excel 只保留 15 位，末尾几位已经丢失 ‖ 请先把这一列的格式设为“文本”，再重新填写代码
    refused wrong-type b.xlsx › Sheet1 › 3 › C 行业代码: 行业代码“111”存成了数字，前面的 0 可能已经丢失 ‖ 请写成带门类字母的文本，例如 A0111
    ");
}

#[test]
fn booleans_and_formulas() {
    let outcome = one(
        &["拥有自主品牌", "职工总数2025", "产业链关键环节（判断）"],
        |sheet| {
            sheet.write(1, 1, true).unwrap();
            sheet.write_formula(1, 2, Formula::new("=1+2").set_result("3")).unwrap();
            sheet.write(1, 3, false).unwrap();
        },
    );
    assert_eq!(short(outcome.facts())["has_brand"], Value::Flag(true));
    assert_eq!(short(outcome.facts())["staff.2025"], Value::Number(3));
    assert!(!outcome.facts().judgements[0].met);
    let outcome =
        one(&["职工总数2025", "营业收入2025（元）", "注册资本（元）"], |sheet| {
            sheet.write(1, 1, true).unwrap();
            sheet
                .write_formula(1, 2, Formula::new("=1/3").set_result("0.333333333333333"))
                .unwrap();
            sheet.write_formula(1, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        });
    insta::assert_snapshot!(outcome.told(), @r"
    refused wrong-type b.xlsx › Sheet1 › 2 › B 职工总数2025: “职工总数”不能是“TRUE” ‖ 请填数字；没有数据请留空，不要填 0
    refused too-many-digits b.xlsx › Sheet1 › 2 › C 营业收入2025（元）: “营业收入”的“0.333333333333333”位数过多 ‖ 金额最小到分（0.01 元）；这是公式的结果，请在公式外加 ROUND
    refused wrong-type b.xlsx › Sheet1 › 2 › D 注册资本（元）: 单元格里是错误值 #DIV/0! ‖ 请改正公式，或留空表示不知道
    ");
}

#[test]
fn the_first_visible_sheet_with_a_header() {
    let mut workbook = Workbook::new();
    let fill = |sheet: &mut Worksheet, code: &str| {
        sheet.write(0, 0, "USCC").unwrap();
        sheet.write(0, 1, "Name").unwrap();
        sheet.write(1, 0, code).unwrap();
    };
    workbook.add_worksheet().set_name("封面").unwrap().write(0, 0, "说明文字").unwrap();
    let hidden = workbook.add_worksheet().set_name("旧数据").unwrap();
    fill(hidden, C);
    hidden.set_hidden(true);
    fill(workbook.add_worksheet().set_name("一季度").unwrap(), A);
    let outcome = read_bytes("b.xlsx", &workbook.save_to_buffer().unwrap());
    assert_eq!(outcome.facts().uscc.as_ref().unwrap().as_str(), A);
    assert_eq!(outcome.told(), "");
}

#[test]
fn sheets_with_the_same_columns_are_read_together_and_others_are_counted() {
    let mut workbook = Workbook::new();
    let mut fill = |name: &str, heads: &[&str], codes: &[&str]| {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "统一社会信用代码").unwrap();
        for (column, head) in (1u16..).zip(heads) {
            sheet.write(0, column, *head).unwrap();
        }
        for (row, code) in (1u32..).zip(codes) {
            sheet.write(row, 0, *code).unwrap();
            sheet.write(row, 1, 50).unwrap();
        }
    };
    fill("市南区", &["职工总数2025", "营业收入2025（万元）"], &[A]);
    fill("市北区", &["营业收入2025（元）", "职工总数2025"], &[B, A]);
    fill("财务", &["资产负债率"], &[A, B, C]);
    let outcome = read_bytes("b.xlsx", &workbook.save_to_buffer().unwrap());
    let codes: Vec<_> = outcome.readings.iter().map(|one| one.facts.is_some()).collect();
    assert_eq!(codes, [true, true, false]);
    assert_eq!(short(outcome.readings[0].facts.as_ref().unwrap())["staff.2025"], Value::Number(50));
    let second = short(outcome.readings[1].facts.as_ref().unwrap());
    assert_eq!(second["revenue.2025"], Value::Number(5_000));
    insta::assert_snapshot!(outcome.told());
    outcome.assert_bilingual();
}

#[test]
fn titles_above_merged_headers_and_notes_below() {
    let outcome = book(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 4, "中小企业情况表", &plain).unwrap();
        sheet.write(1, 0, "单位：万元").unwrap();
        sheet.merge_range(3, 0, 4, 0, "统一社会信用代码", &plain).unwrap();
        sheet.merge_range(3, 1, 4, 1, "企业名称", &plain).unwrap();
        sheet.merge_range(3, 2, 3, 4, "营业收入", &plain).unwrap();
        for (column, year) in [(2, 2023), (3, 2024), (4, 2025)] {
            sheet.write(4, column, year).unwrap();
        }
        sheet.write(5, 0, A).unwrap();
        for column in 2..5 {
            sheet.write(5, column, f64::from(column)).unwrap();
        }
        sheet.write(9, 0, "填表人：张三").unwrap();
    });
    let values = short(outcome.facts());
    assert_eq!(values["revenue.2023"], Value::Number(2_000_000));
    assert_eq!(values["revenue.2025"], Value::Number(4_000_000));
    assert_eq!(outcome.readings[0].place.row, Some(6));
    assert_eq!(outcome.told(), "");
}

#[test]
fn the_same_table_as_csv_and_as_a_workbook() {
    let rows = [
        [
            "统一社会信用代码",
            "企业名称",
            "营业收入2025（万元）",
            "成立日期",
            "企业规模",
            "专精特新中小企业（有效期起）",
            "重大安全事故（日期）",
        ],
        [A, "甲", "51.5", "2015-03-01", "中型", "2024-07-01", "2024-01-01、2024-02-01"],
        [B, "乙", "-", "", "小型(含微型)", "无", ""],
    ];
    let csv: String = rows.map(|row| row.join(",")).join("\n");
    let csv = read_text("a.csv", &csv);
    let xlsx = book(|sheet| {
        for (row, texts) in (0u32..).zip(rows) {
            for (column, text) in (0u16..).zip(texts) {
                sheet.write(row, column, text).unwrap();
            }
        }
    });
    assert_eq!(xlsx.told(), csv.told());
    for (one, other) in xlsx.readings.iter().zip(&csv.readings) {
        let facts =
            |reading: &connectors::Reading| without_sources(reading.facts.as_ref().unwrap());
        assert_eq!(facts(one), facts(other));
    }
    let source =
        xlsx.readings[0].facts.as_ref().unwrap().get("revenue", Some(2025)).unwrap().source.clone();
    assert!(source.name.unwrap().ends_with("b.xlsx › Sheet1 › 2"));
}

#[test]
fn an_empty_form_is_no_error() {
    let outcome = one(&["企业名称"], |sheet| {
        sheet.write_blank(1, 0, &Format::new().set_bold()).unwrap();
    });
    assert_eq!(outcome.summary.unwrap().problems[0].kind, ProblemKind::Empty);
}
