//! The invented firms under `examples/`, in the three formats that officers have. The files are
//! written by `TIDU_WRITE_EXAMPLES=1 cargo test -p tidu demo`; here they are read and judged.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use crate::program::{root, tidu};

/// A cell of the demo workbook.
enum Cell {
    Text(&'static str),
    Number(f64),
    Percent(f64),
    Date(u16, u8, u8),
}

use Cell::{Date, Number, Percent, Text};

/// The one firm of the workbook, as an officer keeps it: headings with units, percent cells, dates.
const FIRM: &[(&str, Cell)] = &[
    ("统一社会信用代码", Text("91370202MADEM0011A")),
    ("企业名称", Text("岛城精密机电有限公司（演示数据）")),
    ("成立日期", Date(2016, 6, 1)),
    ("境内注册的独立法人", Text("是")),
    ("境内居民企业", Text("是")),
    ("国民经济行业代码", Text("C3484")),
    ("从业人员数（人）2025年", Number(186.0)),
    ("研发人员数（人）2025年", Number(36.0)),
    ("职工总数（科技型口径）2025年", Number(186.0)),
    ("科技人员数（科技型口径）2025年", Number(42.0)),
    ("营业收入（万元）2023年", Number(4400.0)),
    ("营业收入（万元）2024年", Number(4650.0)),
    ("营业收入（万元）2025年", Number(4987.5)),
    ("主营业务收入（万元）2024年", Number(4380.0)),
    ("主营业务收入（万元）2025年", Number(4700.0)),
    ("研发费用（万元）2024年", Number(610.0)),
    ("研发费用（万元）2025年", Number(640.0)),
    ("资产总额（万元）2025年", Number(6500.0)),
    ("负债总额（万元）2025年", Number(2800.0)),
    ("新增股权融资（万元）2025年", Number(0.0)),
    ("新增股权融资（万元）2024年", Number(0.0)),
    ("新增股权融资（万元）2023年", Number(0.0)),
    ("从事特定细分市场起始日期", Date(2018, 6, 1)),
    ("主导产品国内细分市场占有率", Percent(0.12)),
    ("主导产品属战略性新兴产业", Text("是")),
    ("Ⅰ类知识产权（2026 口径，自有已应用）", Number(5.0)),
    ("Ⅰ类高价值知识产权（2022 口径）", Number(0.0)),
    ("自主研发Ⅰ类知识产权（2022 口径）", Number(4.0)),
    ("Ⅰ类知识产权（科技型口径）", Number(5.0)),
    ("研发机构级别", Text("市级")),
    ("列入经营异常名录", Text("否")),
    ("列入严重失信主体名单", Text("否")),
    ("产品（服务）属国家禁止、限制或淘汰类", Text("否")),
    ("创新型中小企业（有效期起）", Date(2024, 5, 1)),
    ("创新型中小企业（有效期止）", Date(2027, 4, 30)),
    ("专精特新中小企业（有效期起）", Date(2025, 1, 1)),
    ("专精特新中小企业（有效期止）", Date(2027, 12, 31)),
    ("高新技术企业（有效期起）", Text("无")),
    ("科技型中小企业（有效期起）", Text("无")),
    ("专精特新“小巨人”企业（有效期起）", Text("无")),
    ("全部事件（核查至）", Date(2026, 12, 31)),
    ("专精特新中小企业·市场地位（判断）", Text("符合")),
];

/// Four firms as another system exports them: comma-separated, in GB18030 on disk.
const FIRMS: &str = "\
演示数据（均为虚构）,,,,,,,,,,,,,,,,,,,,,,,,,,,
统一社会信用代码,企业名称,成立日期,独立法人,居民企业,行业代码,从业人员数2025年,营业收入（万元）2023年,营业收入（万元）2024年,营业收入（万元）2025年,主营业务收入（万元）2025年,研发费用（万元）2024年,研发费用（万元）2025年,资产总额（万元）2025年,负债总额（万元）2025年,从事特定细分市场起始日期,主导产品国内细分市场占有率（%）,Ⅰ类知识产权（2026 口径，自有已应用）,经营异常名录,严重失信主体名单,产品属禁止限制淘汰类,创新型中小企业（有效期起）,创新型中小企业（有效期止）,专精特新中小企业（有效期起）,专精特新中小企业（有效期止）,全部事件（核查至）,专精特新发展质量评价得分（分）2026年,专精特新中小企业·市场地位（判断）
91370212MADEM002XH,胶州湾传感科技有限公司（演示数据）,2017-03-15,是,是,C4014,142,3600,4100,5260,5010,420,480,7200,3100,2017-09-01,8.5,6,否,否,否,2024-09-01,2027-08-31,无,,2026-12-31,,符合
91370211MADEM00383,崂山膜材料有限公司（演示数据）,2014-08-08,是,是,C2651,260,7800,8600,9400,9120,700,760,12500,5400,2016-01-01,14,9,否,否,否,2023-06-01,2027-05-31,2024-07-01,2027-06-30,2026-12-31,71.5,符合
91370215MADEM0046P,墨河食品有限公司（演示数据）,2012-11-20,是,是,C1453,1180,42000,45500,47300,47000,300,310,38000,33500,2013-05-01,3.2,1,否,否,否,无,,无,,2026-12-31,,
91370281MADEM00545,大沽河农机有限公司（演示数据）,2021-05-06,是,是,C3572,64,,2150,2380,2200,,86,3000,1900,2021-08-01,,2,否,否,否,2024-09-01,2027-08-31,无,,2025-12-31,,
";

/// A firm with judgements and sources, as another program hands it over.
const DOCUMENT: &str = r#"{
  "uscc": "91370211MADEM00383",
  "name": "崂山膜材料有限公司（演示数据）",
  "titles": [
    { "programme": "innovative-sme", "from": "2024-06-01", "to": "2027-05-31" },
    { "programme": "specialised-sme", "from": "2024-07-01", "to": "2027-06-30" }
  ],
  "complete": [{ "kind": "*", "until": "2026-12-31" }],
  "judgements": [
    { "programme": "specialised-sme", "criterion": "market-position", "met": true, "by": "评审组（演示）", "on": "2026-05-12" },
    { "programme": "little-giant", "criterion": "market-recognition", "met": true, "by": "评审组（演示）", "on": "2026-05-12" },
    { "programme": "little-giant", "criterion": "field-and-chain", "met": true, "by": "评审组（演示）", "on": "2026-05-12", "note": "分离膜，补短板领域" }
  ],
  "facts": {
    "founded_on": "2014-08-08",
    "legal_person": true,
    "resident_enterprise": true,
    "industry": "C2651",
    "employees": { "2025": 260 },
    "staff_115": { "2025": 262 },
    "tech_staff_115": { "2025": 61 },
    "revenue": { "2023": "7800 万元", "2024": "8600 万元", "2025": "9400 万元" },
    "main_revenue": { "2024": "8350 万元", "2025": "9120 万元" },
    "rd_expense": { "2024": "700 万元", "2025": "760 万元" },
    "total_assets": { "2025": "12500 万元" },
    "total_liabilities": { "2025": "5400 万元" },
    "niche_market_since": "2016-01-01",
    "market_share": "14 %",
    "ip1_2026": 9,
    "ip1_115": 9,
    "core_ip_195": true,
    "high_tech_field": true,
    "staff_195": { "2025": 262 },
    "tech_staff_195": { "2025": 58 },
    "rd_expense_195": { "2023": "560 万元", "2024": "690 万元", "2025": "750 万元" },
    "rd_expense_domestic_195": { "2023": "560 万元", "2024": "690 万元", "2025": "745 万元" },
    "high_tech_revenue_195": { "2025": "8100 万元" },
    "total_income_195": { "2025": "9460 万元" },
    "champion_field_since": "2016-01-01",
    "market_rank_global": 6,
    "rd_institution_level": "省部级",
    "on_abnormal_list": false,
    "on_dishonest_list": false,
    "product_restricted": false,
    "quality_score": { "2026": "71.5 分" }
  },
  "sources": {
    "revenue": "税务（演示）",
    "rd_expense": { "name": "企业审计报告（演示）", "known": "2026-04-28" },
    "quality_score": "优质中小企业梯度培育平台（演示）"
  }
}
"#;

fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The file bears a fixed date, so that writing it again changes nothing.
    let made = ExcelDateTime::from_ymd(2026, 11, 22)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    sheet.set_name("企业台账")?;
    let title = Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Center);
    let last = u16::try_from(FIRM.len() - 1).unwrap();
    sheet.merge_range(0, 0, 0, last, "演示数据（虚构企业，不对应任何真实单位）", &title)?;
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center);
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let percent = Format::new().set_num_format("0.0%");
    for (column, (heading, cell)) in FIRM.iter().enumerate() {
        let column = u16::try_from(column).unwrap();
        sheet.set_column_width(column, if column < 2 { 34 } else { 16 })?;
        sheet.write_string_with_format(1, column, *heading, &head)?;
        match cell {
            Text(text) => sheet.write_string(2, column, *text)?,
            Number(number) => sheet.write_number(2, column, *number)?,
            Percent(number) => sheet.write_number_with_format(2, column, *number, &percent)?,
            Date(year, month, day) => {
                let day = ExcelDateTime::from_ymd(*year, *month, *day)?;
                sheet.write_datetime_with_format(2, column, &day, &date)?
            }
        };
    }
    sheet.set_freeze_panes(2, 2)?;
    workbook.save_to_buffer()
}

fn files() -> [(&'static str, Vec<u8>); 3] {
    let (csv, _, unknown) = encoding_rs::GB18030.encode(FIRMS);
    assert!(!unknown);
    [
        ("demo-firm.xlsx", workbook().unwrap()),
        ("demo-firms.csv", csv.into_owned()),
        ("demo-firm.json", DOCUMENT.as_bytes().to_vec()),
    ]
}

#[test]
fn the_demo_files_are_those_written_here() {
    let folder = root().join("examples");
    let wanted = std::env::var_os("TIDU_WRITE_EXAMPLES").is_some();
    let scratch = tempfile::tempdir().unwrap();
    for (name, bytes) in files() {
        let path = folder.join(name);
        if wanted {
            std::fs::write(&path, &bytes).unwrap();
        }
        // What a file says counts, not its bytes.
        let fresh = scratch.path().join(name);
        std::fs::write(&fresh, &bytes).unwrap();
        let answers = |path: &std::path::Path| {
            let run = tidu(&["explain", path.to_str().unwrap(), "--json", "--as-of=2026-05-01"]);
            let mut objects = run.objects();
            assert!(!objects.is_empty(), "{name}: {}", run.stderr);
            for object in &mut objects {
                object["subject"]["place"]["file"].take();
                let text = object.to_string();
                assert!(text.contains("演示数据"), "{name} must say that it is invented");
            }
            // The name of the file stands in the sources.
            let text = serde_json::to_string(&objects).unwrap();
            text.replace(path.to_str().unwrap(), name)
        };
        assert_eq!(answers(&path), answers(&fresh), "{name}: TIDU_WRITE_EXAMPLES=1 renews it");
    }
}

#[test]
fn the_demo_firms_show_every_kind_of_verdict() {
    let mut seen = std::collections::BTreeSet::new();
    for name in ["demo-firm.xlsx", "demo-firms.csv", "demo-firm.json"] {
        let run = tidu(&["explain", &format!("examples/{name}"), "--json", "--as-of=2026-05-15"]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        assert_eq!(run.stderr, "", "{name}");
        for object in run.objects() {
            for programme in object["programmes"].as_array().unwrap() {
                let population = &programme["assessment"]["population"];
                seen.insert(population.as_str().unwrap_or("none").to_owned());
            }
        }
    }
    for population in ["eligible", "judgement-pending", "one-short", "lack-of-data", "no"] {
        assert!(seen.contains(population), "no demo firm is `{population}`: {seen:?}");
    }
}
