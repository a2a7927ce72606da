//! `tidu simulate`: a small town under other numbers, as leaders and programs read it.

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::book::Book;
use crate::program::{DAY, Run, TextFile, command, ended, firm, root, tidu, with};

/// A benefit whose amount follows from the firm's figures, within a cap.
const AWARD: &str = "
[[benefit]]
id     = \"award\"
label  = { zh = \"研发奖励\", en = \"R&D award\" }
clause = \"演示\"
limits = { share = \"10 %\" }
amount = 'rd_expense[base] * share'
cap    = \"50 万元\"
";

/// Twelve firms in three districts, from CNY 9.9 m to 99 m; every other one has been judged.
fn town() -> TextFile {
    let districts = ["370202", "370212", "370215"];
    let industries = ["C3484", "C3913", "I6513", "C3484"];
    let firms: Vec<Value> = (0..12)
        .map(|number: usize| {
            let revenue = 990 + 745 * number;
            let before = revenue * 9 / 10;
            let money = |amount: usize| format!("{amount} 万元");
            let mut document = with(
                firm(),
                json!({
                    "district": districts[number % 3], "industry": industries[number % 4],
                    "revenue": { "2023": money(before * 9 / 10), "2024": money(before), "2025": money(revenue) },
                    "main_revenue": { "2024": money(before * 19 / 20), "2025": money(revenue * 19 / 20) },
                    "rd_expense": { "2024": money(70 + 40 * number), "2025": money(80 + 45 * number) },
                    "quality_score": { "2026": "62 分" },
                    "employees": { "2025": format!("{} 人", 30 + 40 * number) },
                }),
            );
            document["titles"] = json!([{ "programme": "innovative-sme", "from": "2024-05-01", "to": "2027-04-30" }]);
            document["titles_complete"] = json!(true);
            document["name"] = format!("示例{}号企业", number + 1).into();
            document["uscc"] = uscc(number).into();
            if number % 2 == 1 {
                document["judgements"] = json!([]);
            }
            document
        })
        .collect();
    TextFile::new("town.json", Value::from(firms).to_string())
}

/// A social credit code with both of its check digits.
fn uscc(number: usize) -> String {
    code(number, 0)
}

/// A social credit code of which the check digit within is that far from what it should be.
fn code(number: usize, off: usize) -> String {
    const DIGITS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let organisation = format!("MADEM0{number:02}");
    let values = organisation.chars().map(|c| c.to_digit(36).unwrap());
    let sum: u32 =
        values.zip([3, 7, 9, 10, 5, 8, 4, 2]).map(|(value, weight)| value * weight).sum();
    let last = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "0"]
        [(11 - sum as usize % 11 + off) % 11];
    let body = format!("91370202{organisation}{last}");
    let values = body.chars().map(|c| DIGITS.find(c).unwrap());
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let sum: usize = values.zip(weights).map(|(value, weight)| value * weight).sum();
    let check = DIGITS.chars().nth((31 - sum % 31) % 31).unwrap();
    format!("{body}{check}")
}

fn book() -> Book {
    let book = Book::new();
    let path = "programmes/miit/specialised-sme/2026.toml";
    let text = book.read(path);
    book.write(path, &format!("{text}{AWARD}"));
    book
}

const VARIANTS: &str = "\
[variant.stricter]
label = { zh = \"研发从严\", en = \"Stricter R&D\" }
set   = { \"specialised-sme.rd.amount\" = \"200 万元\", \"specialised-sme.rd.intensity\" = \"+10 %\" }

[variant.milder]
set = { \"specialised-sme.revenue-or-equity.min_revenue\" = \"-1000 万元\", \"specialised-sme.rd.amount\" = \"50 万元\" }

[variant.generous]
set = { \"specialised-sme.benefit.award.cap\" = \"+100 %\" }

[variant.small-is-larger]
set = { \"size-class.industry.*.medium\" = \"+60 %\" }
";

fn simulated(town: &TextFile, book: &Book, arguments: &[&str]) -> Run {
    let common = ["simulate", town.path(), "--rulebook", book.path(), DAY];
    let run = tidu(&[&common, arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

/// Hashes and temporary folders change, whatever the law says.
fn steady(text: &str, town: &TextFile) -> String {
    let is_hash = |word: &str| word.len() == 12 && word.chars().all(|c| c.is_ascii_hexdigit());
    let text = text.replace(town.path(), "town.json");
    let hidden = |word: &str| {
        if is_hash(word.trim()) { word.replace(word.trim(), "[hash]") } else { word.to_owned() }
    };
    text.split_inclusive([' ', '\n']).map(hidden).collect()
}

#[test]
fn a_town_under_other_numbers_reads_well_in_both_languages_on_wide_and_narrow_screens() {
    let (town, book) = (town(), book());
    let file = TextFile::new("variants.toml", VARIANTS);
    for lang in ["zh", "en"] {
        for columns in ["100", "60"] {
            let folder = std::path::Path::new(town.path()).parent().unwrap();
            let run = ended(
                command()
                    .current_dir(folder)
                    .args(["simulate", "town.json", "--rulebook", book.path(), DAY, "--lang", lang])
                    .args(["--overlay", file.path(), "--names", "3"])
                    .env("COLUMNS", columns),
            );
            assert_eq!((run.code, run.stderr.as_str()), (0, ""));
            for line in run.stdout.lines() {
                assert!(line.width() <= columns.parse().unwrap(), "{lang} {columns}: {line}");
            }
            insta::assert_snapshot!(format!("town_{lang}_{columns}"), steady(&run.stdout, &town));
        }
    }
}

#[test]
fn json_says_the_same_and_follows_its_schema() {
    let (town, book) = (town(), book());
    let file = TextFile::new("variants.toml", VARIANTS);
    let run = simulated(&town, &book, &["--overlay", file.path(), "--names", "2", "--json"]);
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    let path = root().join("docs/schema/simulate.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&said).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for variant in said["variants"].as_array().unwrap() {
        for programme in variant["programmes"].as_array().unwrap() {
            let sum = |key: &str| -> u64 {
                let stands = programme["stands"].as_array().unwrap();
                stands.iter().map(|stand| stand[key].as_u64().unwrap()).sum()
            };
            assert_eq!((sum("before"), sum("after")), (12, 12));
            assert_eq!(sum("entered"), programme["moved"].as_u64().unwrap());
            assert_eq!(sum("entered"), sum("left"));
        }
    }
    let award = &said["variants"][2]["programmes"][0]["benefits"][0];
    assert_eq!(award["eligible"]["entering"]["known"], 0);
    // Ten per cent of the R&D of those who are eligible: the largest was cut at the cap.
    assert_eq!(award["eligible"]["net"], "30000");
}

#[test]
fn a_number_set_to_its_own_value_moves_nobody() {
    let (town, book) = (town(), book());
    let own = "specialised-sme.rd.amount=100 万元";
    let run = simulated(&town, &book, &["--set", own, "--json"]);
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    let variant = &said["variants"][0];
    assert_eq!(variant["rulebook"], said["rulebook"]);
}

#[test]
fn the_workbook_has_everybody_who_moves() {
    let (town, book) = (town(), book());
    let (whole, names) = (town.sibling("测算.xlsx"), town.sibling("名单.xlsx"));
    let set = ["--set", "specialised-sme.rd.amount=200 万元"];
    let files = ["-o", whole.to_str().unwrap(), "--names", names.to_str().unwrap()];
    let run = simulated(&town, &book, &[&set[..], &files[..], &["--json"]].concat());
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    let moved = said["variants"][0]["programmes"][0]["moved"].as_u64().unwrap();
    assert!(moved > 0);
    let mut workbook: Xlsx<_> = open_workbook(&whole).unwrap();
    assert_eq!(workbook.sheet_names(), ["汇总", "分组", "奖补", "名单", "改动", "说明"]);
    let firms = workbook.worksheet_range("名单").unwrap();
    assert_eq!(firms.rows().count() as u64, moved + 1);
    let mut workbook: Xlsx<_> = open_workbook(&names).unwrap();
    assert_eq!(workbook.sheet_names(), ["名单", "改动", "说明"]);
    assert_eq!(workbook.worksheet_range("名单").unwrap(), firms);
}

#[test]
fn a_workbook_names_the_population_both_rulebooks_and_what_was_changed() {
    let (town, book) = (town(), book());
    let file = TextFile::new("variants.toml", VARIANTS);
    let (whole, names) = (town.sibling("测算.xlsx"), town.sibling("名单.xlsx"));
    let files = ["-o", whole.to_str().unwrap(), "--names", names.to_str().unwrap(), "--json"];
    let run = simulated(&town, &book, &[&["--overlay", file.path()][..], &files].concat());
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    let mut wanted = vec!["specialised-sme".to_owned(), "研发从严（stricter）".to_owned()];
    wanted.push(town.path().to_owned());
    wanted.push(said["rulebook"]["hash"].as_str().unwrap().to_owned());
    let variants = said["variants"].as_array().unwrap().iter();
    let hashes = variants.map(|variant| variant["rulebook"]["hash"].as_str().unwrap().to_owned());
    wanted.extend(hashes);
    for path in [whole, names] {
        let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
        let sheets = workbook.worksheets();
        let cells = sheets.iter().flat_map(|(_, range)| range.rows()).flatten();
        let cells: Vec<String> = cells.map(ToString::to_string).collect();
        for words in &wanted {
            assert!(cells.iter().any(|cell| cell.contains(words)), "{words}");
        }
    }
}

#[test]
fn notes_on_a_large_table_are_counted_after_the_first() {
    let town = town();
    let rows = (0..12).map(|number| format!("{},示例{number}号企业,2016-06-01\n", code(number, 1)));
    let rows: String = rows.collect();
    let table = town.sibling("台账.csv");
    std::fs::write(&table, format!("统一社会信用代码,企业名称,成立日期\n{rows}")).unwrap();
    let run =
        tidu(&["simulate", table.to_str().unwrap(), "--set=specialised-sme.rd.amount=200 万元"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("另有 7 条提示没有列出"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_could_be_meant() {
    let town = town();
    let cases: [(&[&str], &str); 8] = [
        (&["--set", "specialised-sme.rd.amont=3"], "是不是“specialised-sme.rd.amount”？"),
        (&["--set", "specialised-sme.rd=3"], "specialised-sme@2026.rd.intensity"),
        (&["--set", "specialised-sme.rd.amount=3 项"], "现为“100 万元”"),
        (&["--set", "innovative-sme.score.pass=101 分"], "最多 100 分，达不到此线"),
        (&["--set", "specialised-sme.rd.amount"], "写成 项目.条件.阈值=值"),
        (&["--set", "sme-cluster.service-years.min_years=9 年"], ""),
        (&[], "没有写明改变什么"),
        (&["--overlay", "no-such-file.toml"], "不能读取"),
    ];
    for (arguments, words) in cases {
        let run = tidu(&[&["simulate", town.path(), DAY], arguments].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(tidu(&["simulate"]).code, 2);
    let file = TextFile::new(
        "v.toml",
        "[variant.one]\nset = { \"specialised-sme.rd.amont\" = \"3 项\" }\n",
    );
    let run = tidu(&["simulate", town.path(), DAY, "--overlay", file.path()]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("v.toml:2:9"), "{}", run.stderr);
    let run = tidu(&["simulate", town.path(), DAY, "--overlay", file.path(), "--variant", "on"]);
    assert!(run.stderr.contains("是不是“one”？"), "{}", run.stderr);
}

#[test]
fn every_number_of_a_programme_can_be_looked_up() {
    for (lang, columns) in [("zh", "100"), ("en", "60")] {
        let arguments = ["simulate", "--list", "innovative-sme", "--lang", lang, DAY];
        let run = ended(command().args(arguments).env("COLUMNS", columns));
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        for line in run.stdout.lines() {
            assert!(line.width() <= columns.parse().unwrap(), "{line}");
        }
        insta::assert_snapshot!(format!("numbers_{lang}_{columns}"), run.stdout);
    }
    let run = tidu(&["simulate", "--list", "inovative-sme"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("是不是“innovative-sme”？"), "{}", run.stderr);
}

/// Without what names the file.
fn same_but_for_the_file(mut said: Value) -> Value {
    said["population"]["file"] = Value::Null;
    said
}

#[test]
fn by_columns_and_one_by_one_the_answer_is_the_same() {
    let (town, book) = (town(), book());
    let file = TextFile::new("variants.toml", VARIANTS);
    let parquet = town.sibling("town.parquet");
    let parquet = parquet.to_str().unwrap();
    let converted = tidu(&["convert", town.path(), "-o", parquet, "--rulebook", book.path()]);
    assert_eq!(converted.code, 0, "{}", converted.stderr);
    let asked = ["--overlay", file.path(), "--set", "sme-common-2026.*.months=60", "--names", "20"];
    let one_by_one = simulated(&town, &book, &[&asked[..], &["--json"]].concat());
    let one_by_one: Value = serde_json::from_str(&one_by_one.stdout).unwrap();
    let one_by_one = same_but_for_the_file(one_by_one);
    assert!(one_by_one["variants"].as_array().unwrap().len() == 5);
    for threads in ["1", "3"] {
        let common = ["simulate", parquet, "--rulebook", book.path(), DAY, "--json"];
        let run = tidu(&[&common, &asked[..], &["--threads", threads]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let by_columns: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(same_but_for_the_file(by_columns), one_by_one);
    }
}

/// The same over a synthetic city, where values are missing and stand on thresholds.
#[test]
fn a_small_city_comes_out_the_same_by_columns_and_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let city = folder.path().join("city.parquet");
    let city = city.to_str().unwrap();
    let made = tidu(&["generate", "--enterprises", "300", "--seed", "5", DAY, "-o", city]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let asked = [
        "--set=specialised-sme.rd.amount=200 万元",
        "--set=specialised-sme.revenue-or-equity.min_revenue=-50 %",
        "--set=innovative-sme.score.pass=-15 分",
        "--set=sme-common-2026.*.months=60",
        "--set=little-giant@2022.rd-middle.below_revenue=2 亿元",
        "--set=unicorn-award.benefit.award.amount=+100 万元",
        "--set=size-class.*.medium=+60 %",
    ];
    let answers: Vec<Value> = [&["--threads=2"][..], &["--one-by-one"]]
        .iter()
        .map(|how| {
            let common = ["simulate", city, DAY, "--names=500", "--json"];
            let run = tidu(&[&common[..], &asked, how].concat());
            assert_eq!(run.code, 0, "{}", run.stderr);
            serde_json::from_str(&run.stdout).unwrap()
        })
        .collect();
    assert_eq!(answers[0], answers[1]);
    let programmes = answers[0]["variants"][0]["programmes"].as_array().unwrap();
    let moved: u64 = programmes.iter().map(|one| one["moved"].as_u64().unwrap()).sum();
    assert!(moved > 0);
}

#[test]
fn whoever_stands_twice_in_a_table_is_counted_once() {
    let town = town();
    let mut firms: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(town.path()).unwrap()).unwrap();
    firms.push(firms[3].clone());
    let twice = TextFile::new("town.json", Value::from(firms).to_string());
    let set = "--set=specialised-sme.rd.amount=200 万元";
    let run = tidu(&["simulate", twice.path(), DAY, set, "--json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("在第 4 个文档已经出现过"), "{}", run.stderr);
    let of = |run: &Run| -> Value {
        let mut said: Value = serde_json::from_str(&run.stdout).unwrap();
        said["population"].take();
        said
    };
    // All else is as if the row were not there.
    assert_eq!(of(&run), of(&tidu(&["simulate", town.path(), DAY, set, "--json"])));
}

#[test]
fn lists_of_events_that_end_before_the_day_are_told() {
    let (town, book) = (town(), book());
    let path = town.sibling("city.parquet");
    let city = path.to_str().unwrap();
    let run = tidu(&["generate", "--enterprises=60", "--seed=3", DAY, "-o", city]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let ask =
        ["simulate", city, "--rulebook", book.path(), "--set=specialised-sme.rd.amount=200 万元"];
    let said = |more: &[&str]| {
        let run = tidu(&[&ask[..], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    assert!(!said(&[DAY]).contains("没有核查到"));
    let page = said(&["--as-of=2026-05-02"]);
    assert!(page.contains("户的事件清单没有核查到评估日 2026-05-02"), "{page}");
    let outdated = |more: &[&str]| {
        let said: Value = serde_json::from_str(&said(&[&["--json"], more].concat())).unwrap();
        said["events_outdated"].clone()
    };
    assert!(outdated(&[DAY]).is_null());
    let found = outdated(&["--as-of=2026-05-02"]);
    assert_eq!(found["until"], "2026-05-01");
    assert_eq!(found, outdated(&["--as-of=2026-05-02", "--one-by-one"]));
}

#[test]
fn what_is_not_in_force_is_told_and_not_taken_for_no_effect() {
    let (town, book) = (town(), book());
    let ask = |more: &[&str]| {
        tidu(&[&["simulate", town.path(), "--rulebook", book.path()][..], more].concat())
    };
    let other = "--set=specialised-sme@2026.rd.amount=200 万元";
    let run = ask(&["--as-of=2025-11-22", other]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("“specialised-sme@2026”在 2025-11-22 不适用"), "{}", run.stderr);
    let run = ask(&[DAY, "--purpose=re-review", "--set=tech-sme.score.pass=50 分"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("没有“复核”"), "{}", run.stderr);
    // Beside something that is in force it is a remark.
    let run = ask(&["--as-of=2025-11-22", other, "--set=innovative-sme.score.pass=70 分"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("改它没有影响"), "{}", run.stdout);
}

#[test]
fn a_condition_can_be_dropped_by_a_number_that_everybody_meets() {
    let (town, book) = (town(), book());
    let run = simulated(&town, &book, &["--set=specialised-sme.rd.amount=0 元", "--json"]);
    assert!(run.stderr.contains("等于去掉这一条件"), "{}", run.stderr);
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(said["variants"][0]["remarks"].as_array().unwrap().len(), 1);
    // It is tested all the same: what everybody meets but who lacks the figure moves as many.
    let least = simulated(&town, &book, &["--set=specialised-sme.rd.amount=0.01 元", "--json"]);
    let least: Value = serde_json::from_str(&least.stdout).unwrap();
    let stands = |said: &Value| said["variants"][0]["programmes"][0]["stands"].clone();
    assert_eq!(stands(&said), stands(&least));
}

#[test]
fn a_variant_of_a_file_may_not_be_called_as_those_of_the_command_line() {
    let (town, book) = (town(), book());
    let file = TextFile::new(
        "v.toml",
        "[variant.set]\nset = { \"specialised-sme.rd.amount\" = \"2 万元\" }\n",
    );
    let common =
        ["simulate", town.path(), "--rulebook", book.path(), DAY, "--overlay", file.path()];
    let run = tidu(&[&common[..], &["--set=specialised-sme.rd.amount=3 万元"]].concat());
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("请改名"), "{}", run.stderr);
}
