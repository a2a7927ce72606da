//! `tidu plan` as people read it and as programs do.

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::program::{DAY, TextFile, command, ended, root, tidu};

/// Pages worth looking at: not by the day and when then, a score, a ladder with the rung after, a
/// standard that is not public.
const PAGES: [(&str, &[&str]); 4] = [
    ("later", &["examples/demo-firm.xlsx", "--programme=little-giant", DAY]),
    (
        "score",
        &[
            "examples/demo-firm.xlsx",
            "--programme=specialised-sme",
            "--as-of=2025-06-01",
            "--for=2026-03-01",
        ],
    ),
    ("ladder", &["examples/demo-firms.csv", "--firm=大沽河农机", "--ladder=quality-sme", DAY]),
    (
        "not_public",
        &[
            "examples/demo-firm.json",
            "--programme=little-giant",
            "--programme=specialised-sme",
            "--purpose=re-review",
            "--for=2027-08-01",
            DAY,
        ],
    ),
];

fn page(arguments: &[&str], lang: &str, columns: &str) -> String {
    let lang = format!("--lang={lang}");
    let arguments = [&["plan", &lang], arguments].concat();
    let run = ended(command().args(&arguments).env("COLUMNS", columns));
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

fn schema() -> Value {
    let path = root().join("docs/schema/plan.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn planned(arguments: &[&str]) -> Vec<Value> {
    let run = tidu(&[&["plan", "--json", DAY], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.objects()
}

/// The rulebook's hash changes with every rule, wherever the line breaks.
fn without_hash(text: &str) -> String {
    let is_hash = |word: &str| word.len() == 12 && word.chars().all(|c| c.is_ascii_hexdigit());
    let hidden = |word: &str| {
        if is_hash(word.trim()) { word.replace(word.trim(), "[hash]") } else { word.to_owned() }
    };
    text.split_inclusive([' ', '\n']).map(hidden).collect()
}

#[test]
fn pages_of_plans_read_well_in_both_languages_on_wide_and_narrow_screens() {
    for (name, arguments) in PAGES {
        for lang in ["zh", "en"] {
            for columns in ["100", "60"] {
                let page = without_hash(&page(arguments, lang, columns));
                insta::assert_snapshot!(format!("{name}_{lang}_{columns}"), page);
            }
        }
    }
}

#[test]
fn nothing_in_a_plan_is_wider_than_the_screen() {
    let all: &[&str] = &["examples/demo-firms.csv", DAY];
    for arguments in PAGES.iter().map(|(_, arguments)| *arguments).chain([all]) {
        for lang in ["zh", "en"] {
            for columns in ["60", "72", "100", "140"] {
                for line in page(arguments, lang, columns).lines() {
                    let most: usize = columns.parse().unwrap();
                    assert!(line.width() <= most, "{columns} {lang}: {line}");
                    assert_eq!(line, line.trim_end(), "blanks at the end");
                }
            }
        }
    }
}

#[test]
fn plans_are_valid_by_the_committed_schema() {
    let committed = schema();
    let current: Value = serde_json::from_str(&tidu(&["schema", "plan"]).stdout).unwrap();
    assert_eq!(committed, current, "cargo xtask generated --write");
    let validator = jsonschema::validator_for(&committed).unwrap();
    let mut count = 0;
    for name in ["demo-firm.xlsx", "demo-firms.csv", "demo-firm.json"] {
        let path = format!("examples/{name}");
        for more in [&[][..], &["--programme=little-giant", "--programme=high-tech-enterprise"]] {
            for object in planned(&[&[path.as_str()], more].concat()) {
                let errors: Vec<String> =
                    validator.iter_errors(&object).map(|error| error.to_string()).collect();
                assert_eq!(errors, Vec::<String>::new());
                count += 1;
            }
        }
    }
    assert_eq!(count, 12);
}

#[test]
fn a_step_says_exactly_from_where_to_where_by_when_and_what_for() {
    let objects = planned(&["examples/demo-firm.xlsx", "--programme=little-giant"]);
    let planning = &objects[0]["programmes"][0];
    assert_eq!(planning["reach"], "not_by_then");
    assert_eq!(planning["target"]["day"], "2026-05-25");
    assert_eq!(planning["target"]["because"], "round");
    assert_eq!(planning["obstacles"][0]["closed"]["zh"], "2025 年度已结账，营业收入 2025 不能再改");
    let later = &planning["earliest"];
    assert_eq!(later["day"], "2027-01-01");
    let step = &later["plans"][0]["steps"][0];
    assert_eq!((&step["indicator"], &step["year"]), (&"revenue".into(), &2026.into()));
    assert_eq!(step["from"]["value"], "49875000");
    assert_eq!(step["to"]["value"], "51266250");
    assert_eq!(step["difference"], "1391250");
    assert_eq!(step["bound"], ">=");
    assert_eq!(step["by"], "2026-12-31");
    assert_eq!(step["carried_from"], 2025);
    assert_eq!(step["serves"][0]["criterion"]["id"], "revenue");
    assert_eq!(step["serves"][0]["criterion"]["citation"]["clause"], "附件2 二");
}

#[test]
fn a_ladder_plans_the_next_rung_and_the_one_after_with_its_title_held() {
    let objects =
        planned(&["examples/demo-firms.csv", "--firm=大沽河农机", "--ladder=quality-sme"]);
    let ladder = &objects[0]["ladders"][0];
    let held: Vec<&Value> =
        ladder["rungs"].as_array().unwrap().iter().map(|rung| &rung["held"]).collect();
    assert_eq!(held[1], &Value::Bool(true));
    let (next, after) = (&ladder["next"], &ladder["after"]);
    assert_eq!((&next["rung"], &next["below_from"]), (&"specialised-sme".into(), &Value::Null));
    assert_eq!(next["plannings"][0]["earliest"]["day"], "2028-01-01");
    assert_eq!(after["rung"], "little-giant");
    assert_eq!(after["below_from"], "2028-01-01");
    assert_eq!(after["plannings"][0]["target"]["day"], "2029-12-31");
    let plan = &after["plannings"][0]["plans"][0];
    assert_eq!(plan["titles"], Value::Array(Vec::new()), "the rung below is taken to be held");
    assert!(!plan["steps"].as_array().unwrap().is_empty());
}

#[test]
fn without_alternatives_the_best_plan_stands_alone() {
    let count = |more: &[&str]| {
        let run = tidu(&[&["plan", "--json"], PAGES[1].1, more].concat());
        let objects = run.objects();
        objects[0]["programmes"][0]["plans"].as_array().unwrap().len()
    };
    assert_eq!(count(&["--alternatives=0"]), 1);
    assert_eq!(count(&["--alternatives=1"]), 2);
    assert_eq!(count(&[]), 5);
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_hint() {
    let firm = "examples/demo-firm.json";
    for (arguments, part) in [
        (&["plan", firm, "--for=2026-04-30", DAY][..], "早于制定方案之日 2026-05-01"),
        (&["plan", firm, "--programme=littlegiant"], "是不是“little-giant”"),
        (&["plan", firm, "--ladder=quality"], "quality-sme"),
        (&["plan", firm, "--ladder=clusters"], "没有“clusters”这个梯度"),
        (&["plan", "examples/demo-firms.csv", "--firm=没有"], "没有企业“没有”"),
    ] {
        let run = tidu(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
}

/// A firm of which hardly anything is known, with a title that ends soon.
fn hardly_known() -> TextFile {
    let text = r#"{
        "uscc": "91370202MADEM0011A",
        "facts": { "founded_on": "2018-03-01" },
        "titles": [
            { "programme": "specialised-sme", "from": "2023-07-01", "to": "2026-06-30" },
            { "programme": "tech-sme", "from": "2025-09-01", "to": "2027-06-30" }
        ],
        "complete": [{ "kind": "*", "until": "2026-04-01" }]
    }"#;
    TextFile::new("hardly-known.json", text)
}

#[test]
fn what_is_only_to_be_confirmed_is_grouped_and_calls_itself_no_plan() {
    let file = hardly_known();
    let page = page(&[file.path(), "--programme=high-tech-enterprise", DAY], "zh", "100");
    assert!(!page.contains("最佳方案"), "{page}");
    assert!(page.contains("先核实以下事项，属实则不需要改变"), "{page}");
    assert!(page.contains("可用 tidu ask 逐题补齐"), "{page}");
    let page = self::page(&[file.path(), "--programme=little-giant", DAY], "zh", "100");
    assert_eq!(page.matches("2026-04-01 之后名单未核查").count(), 1, "{page}");
    assert!(page.contains("（6 类）"), "{page}");
}

#[test]
fn titles_that_end_within_a_year_stand_at_the_top() {
    let file = hardly_known();
    let page = page(&[file.path(), "--programme=little-giant", DAY], "zh", "100");
    assert!(page.contains("· “专精特新中小企业” 2026-06-30 到期，还有 60 天"), "{page}");
    assert!(!page.contains("2027-06-30 到期"), "{page}");
}

#[test]
fn a_window_that_is_over_is_named_and_more_time_is_pointed_to() {
    let ask = |more: &[&str]| {
        let known = ["examples/demo-firm.xlsx", "--programme=little-giant", "--as-of=2026-11-23"];
        page(&[&known, more].concat(), "zh", "140")
    };
    let page = ask(&[]);
    assert!(page.contains("2026 年度申报窗口 2026-04-25—2026-05-25 已截止，下批未公布"), "{page}");
    assert!(page.contains("距最后期限只有 38 天"), "{page}");
    assert!(page.contains("tidu plan … --for 2028-12-31"), "{page}");
    let page = ask(&["--for=2027-02-01"]);
    assert!(page.contains("距最后期限只有"), "{page}");
    assert!(!page.contains("--for"), "the day was asked for: {page}");
}

#[test]
fn a_refused_firm_has_a_line_and_no_plan() {
    let file = TextFile::new("firms.json", r#"{ "uscc": "9137", "name": "短码" }"#);
    let run = tidu(&["plan", file.path(), "--json", DAY]);
    let objects = run.objects();
    assert_eq!((run.code, objects.len()), (2, 1));
    assert_eq!(objects[0]["refused"], true);
    assert_eq!(objects[0]["ladders"], Value::Array(Vec::new()));
}
