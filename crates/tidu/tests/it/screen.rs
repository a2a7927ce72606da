//! `tidu screen`: the same answers as `tidu explain`, a file or nothing, a page that people read.

use std::path::PathBuf;

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::Value;

use crate::program::{DAY, Run, TextFile, command, ended, root, tidu};

/// The invented firms as a population.
pub struct City {
    facts: TextFile,
}

impl City {
    pub fn new() -> Self {
        let text = std::fs::read(root().join("examples/demo-firms.csv")).unwrap();
        let facts = TextFile::new("firms.csv", text);
        let city = Self { facts };
        let run = tidu(&["convert", city.facts.path(), "-o", &city.path("city.parquet")]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        city
    }

    /// A made-up city in place of the invented firms.
    pub fn made_up(&self) -> String {
        let city = self.path("made-up.parquet");
        let run = tidu(&["generate", "--enterprises=60", "--seed=3", DAY, "-o", &city]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        city
    }

    pub fn path(&self, name: &str) -> String {
        self.facts.sibling(name).to_str().unwrap().to_owned()
    }

    pub fn screen(&self, more: &[&str]) -> Run {
        let (city, result) = (self.path("city.parquet"), self.path("result.parquet"));
        ended(command().args(["screen", &city, "-o", &result, DAY, "--force"]).args(more))
    }

    pub fn query(&self, sql: &str, more: &[&str]) -> Run {
        let result = self.path("result.parquet");
        ended(command().args(["query", &result, sql]).args(more))
    }

    pub fn files(&self) -> Vec<String> {
        let folder: PathBuf = self.facts.sibling("");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// The page without what differs from run to run.
fn page(run: &Run, city: &City) -> String {
    let folder = city.path("");
    let plain = run.stdout.replace(&folder, "");
    let lines =
        plain.lines().map(|line| match line.contains("每秒") || line.contains("a second") {
            true => "(time)",
            false if line.contains("规则库 ") || line.contains("rulebook ") => "(rulebook)",
            false => line,
        });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_summary_tells_the_populations_and_the_work() {
    let city = City::new();
    let run = city.screen(&[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("screen_zh", page(&run, &city));
    let run = city.screen(&["--lang=en", "--programme=innovative-sme"]);
    insta::assert_snapshot!("screen_en", page(&run, &city));
}

#[test]
fn verdicts_that_are_no_conclusions_are_marked_wherever_they_are_shown() {
    let city = City::new();
    let lists = city.path("lists.xlsx");
    let more = ["--standing=indicative", "--lists", &lists];
    let run = city.screen(&more);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("（参考）"), "{}", run.stdout);
    assert!(run.stdout.contains("只供对照，不作结论"), "{}", run.stdout);
    let mut book: Xlsx<_> = open_workbook(lists).unwrap();
    let mut marked = 0;
    for (name, range) in book.worksheets() {
        for row in range.rows().skip(1).filter(|_| name.contains("（参考）")) {
            assert!(row[0].to_string().starts_with("参考："), "{name} {row:?}");
            marked += 1;
        }
        if name == "说明" {
            let said =
                |words: &str| range.rows().flatten().any(|cell| cell.to_string().contains(words));
            assert!(said("（参考）") && said("不作结论"));
        }
    }
    assert!(marked > 0);
    assert!(!city.screen(&[]).stdout.contains("（参考）"));
}

#[test]
fn lists_tell_new_applicants_from_those_who_hold_the_title() {
    let city = City::new();
    let (made_up, result, lists) =
        (city.made_up(), city.path("result.parquet"), city.path("l.xlsx"));
    let only = "--programme=innovative-sme";
    let run = tidu(&["screen", &made_up, "-o", &result, "--lists", &lists, only, DAY]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut book: Xlsx<_> = open_workbook(lists).unwrap();
    let (_, range) = book.worksheets().remove(0);
    let rows: Vec<Vec<String>> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let [code, purpose, holds] = ["统一社会信用代码", "用途", "现持有"]
        .map(|head| rows[0].iter().position(|cell| cell == head).unwrap());
    let sql = "SELECT uscc, innovative_sme_case AS case FROM result";
    let judged = city.query(sql, &["--json"]).objects();
    let mut seen = std::collections::BTreeSet::new();
    for row in &rows[1..] {
        let firm = judged.iter().find(|one| one["uscc"] == row[code].as_str()).unwrap();
        let (by, version) = firm["case"].as_str().unwrap().split_once('/').unwrap();
        // Who holds the title is judged for re-review.
        let (by, held) = if by == "new" { ("新申报", "") } else { ("复核", "是") };
        assert_eq!(
            (row[purpose].as_str(), row[holds].as_str()),
            (&*format!("{by}（{version}）"), held)
        );
        seen.insert(by);
    }
    assert_eq!(seen.len(), 2);
}

#[test]
fn every_verdict_is_that_of_explain() {
    let city = City::new();
    assert_eq!(city.screen(&["--standing=indicative"]).code, 0);
    let rows = city.query("SELECT * FROM verdicts", &["--json"]).objects();
    let explained = tidu(&["explain", city.facts.path(), "--json", DAY]).objects();
    let mut compared = 0;
    for firm in &explained {
        for programme in firm["programmes"].as_array().unwrap() {
            let is_it = |row: &&Value| {
                row["uscc"] == firm["subject"]["uscc"] && row["programme"] == programme["programme"]
            };
            let Some(row) = rows.iter().find(is_it) else { continue };
            assert_eq!(row["verdict"], programme["verdict"], "{row} {programme}");
            compared += 1;
        }
    }
    assert!(compared >= 3 * explained.len(), "{compared}");
}

#[test]
fn the_summary_as_json_is_valid_by_its_schema() {
    let city = City::new();
    let run = city.screen(&["--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let path = root().join("docs/schema/screen.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let [summary] = run.objects().try_into().unwrap();
    let errors: Vec<String> = validator.iter_errors(&summary).map(|e| e.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let first = &summary["programmes"][0];
    let counts = ["eligible", "judgement_pending", "one_short", "lack_of_data", "no"];
    let sum: i64 = counts.iter().map(|key| first[key].as_i64().unwrap()).sum();
    assert_eq!(Some(sum), first["judged"].as_i64());
}

#[test]
fn the_same_population_gives_the_same_file_on_one_thread_and_on_several() {
    let city = City::new();
    let bytes = |threads: &str| {
        assert_eq!(city.screen(&[threads]).code, 0);
        std::fs::read(city.path("result.parquet")).unwrap()
    };
    assert_eq!(bytes("--threads=1"), bytes("--threads=3"));
}

#[test]
fn whoever_stands_twice_is_named_and_nothing_is_written() {
    let city = City::new();
    let twice = city.path("twice");
    std::fs::create_dir(&twice).unwrap();
    for name in ["a.parquet", "b.parquet"] {
        std::fs::copy(city.path("city.parquet"), format!("{twice}/{name}")).unwrap();
    }
    let before = city.files();
    let run = ended(command().args(["screen", &twice, "-o", &city.path("r.parquet"), DAY]));
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    let both = "出现两次：a.parquet 第 1 行和 b.parquet 第 1 行";
    assert!(run.stderr.contains(both), "{}", run.stderr);
    // Whoever counts or compares subjects counts nobody twice.
    let simulate = ["simulate", &twice, DAY, "--set=specialised-sme.rd.amount=200 万元"];
    for arguments in [&["verify", &twice, DAY][..], &simulate] {
        let run = tidu(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(both), "{}", run.stderr);
    }
    assert_eq!(city.files(), before);
}

#[test]
fn files_that_are_no_population_are_told() {
    let city = City::new();
    let whole = std::fs::read(city.path("city.parquet")).unwrap();
    std::fs::write(city.path("half.parquet"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(city.path("empty.parquet"), b"").unwrap();
    let cases = [
        ("nowhere.parquet", "没有这个文件"),
        ("firms.csv", "不是 Parquet 文件"),
        ("half.parquet", "不完整"),
        ("empty.parquet", "文件是空的"),
    ];
    for (name, words) in cases {
        let run = tidu(&["screen", &city.path(name), "-o", &city.path("r.parquet"), DAY]);
        assert_eq!(run.code, 2, "{name}");
        assert!(run.stderr.contains(words), "{name}: {}", run.stderr);
    }
    let run = city.screen(&["--programme=innovativ-sme"]);
    assert!(run.stderr.contains("是不是“innovative-sme”"), "{}", run.stderr);
    assert!(!city.files().contains(&"r.parquet".to_owned()));
}

#[test]
fn a_result_never_takes_the_place_of_its_population() {
    let city = City::new();
    let path = city.path("city.parquet");
    let run = tidu(&["screen", &path, "-o", &path, DAY]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("不能覆盖"), "{}", run.stderr);
    let run = tidu(&["screen", &path, "-o", &city.path("r.csv"), DAY]);
    assert!(run.stderr.contains(".parquet 结尾"), "{}", run.stderr);
}

#[test]
fn kinds_of_subjects_that_nobody_knows_are_refused() {
    let city = City::new();
    let made = |kind: &str| {
        let sql = format!("SELECT * EXCEPT (subject), {kind} AS subject FROM population");
        let path = city.path("kinds.parquet");
        let _ = std::fs::remove_file(&path);
        let run = tidu(&["query", &city.path("city.parquet"), &sql, "-o", &path]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        path
    };
    let one = made("CASE WHEN uscc = (SELECT min(uscc) FROM population) THEN 'clustr' END");
    let result = city.path("r.parquet");
    let run = tidu(&["screen", &one, "-o", &result, DAY]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("没有“clustr”这种对象（1 行）"), "{}", run.stderr);
    assert!(run.stderr.contains("最接近的是“cluster”"), "{}", run.stderr);
    let run = tidu(&["simulate", &one, DAY, "--set=specialised-sme.rd.amount=200 万元"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("没有“clustr”这种对象"), "{}", run.stderr);
    let run = tidu(&["screen", &made("'dragon'"), "-o", &result, DAY]);
    assert!(run.stderr.contains("没有“dragon”这种对象"), "{}", run.stderr);
    let run = tidu(&["screen", &made("' enterprise '"), "-o", &result, DAY]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn the_size_class_is_computed_whatever_the_programmes_look_at() {
    let city = City::new();
    assert_eq!(city.screen(&["--programme=specialised-sme"]).code, 0);
    let rows = city.query("SELECT uscc, size_class FROM result", &["--json"]).objects();
    let told: Vec<&str> = rows.iter().filter_map(|row| row["size_class"].as_str()).collect();
    assert!(!told.is_empty() && told.iter().all(|class| CLASSES.contains(class)), "{rows:?}");
    let named = "SELECT DISTINCT label('size_class', size_class) AS name FROM result";
    let named = city.query(named, &["--json"]).objects();
    let names = ["大型", "中型", "小型", "微型"];
    let known = |row: &Value| row["name"].as_str().is_none_or(|name| names.contains(&name));
    assert!(named.iter().all(known), "{named:?}");
    let wrong = city.query("SELECT label('size_clas', size_class) FROM result", &[]);
    assert!(wrong.stderr.contains("最接近的是“size_class”"), "{}", wrong.stderr);
}

/// The size classes of the law.
const CLASSES: [&str; 4] = ["large", "medium", "small", "micro"];

#[test]
fn lists_of_events_that_end_before_the_day_are_told() {
    let city = City::new();
    let (path, result) = (city.path("city.parquet"), city.path("result.parquet"));
    let run = tidu(&["screen", &path, "-o", &result, "--as-of=2026-06-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    insta::assert_snapshot!("screen_outdated_zh", page(&run, &city));
    let screen = ["screen", &path, "-o", &result, "--as-of=2026-06-01", "--force"];
    let run = ended(command().args(screen).arg("--lang=en").env("COLUMNS", "60"));
    insta::assert_snapshot!("screen_outdated_en", page(&run, &city));
    let [summary] = tidu(&[&screen[..], &["--json"]].concat()).objects().try_into().unwrap();
    let outdated = serde_json::json!({"subjects": 1, "until": "2025-12-31"});
    assert_eq!(summary["events_outdated"], outdated, "{summary}");
    // Who asks for no events is not told of them.
    let [summary] = tidu(&[&screen[..], &["--json", "--programme=unicorn-award"]].concat())
        .objects()
        .try_into()
        .unwrap();
    assert!(summary["events_outdated"].is_null(), "{summary}");
}

#[test]
fn a_purpose_that_a_programme_does_not_know_is_the_reason_given() {
    let city = City::new();
    let run = city.screen(&["--programme=tech-sme", "--purpose=re-review"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("“tech-sme”没有“复核”"), "{}", run.stderr);
    let run = city.screen(&["--purpose=re-review"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("没有“复核”、因此未筛查的项目："), "{}", run.stderr);
}

#[test]
fn lists_of_events_are_one_item_of_the_work_list_that_counts_what_it_decides() {
    let city = City::new();
    let made_up = city.made_up();
    let result = city.path("result.parquet");
    let screen = |day: &str| {
        let run = tidu(&["screen", &made_up, "-o", &result, "--force", "--json", day]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.objects().remove(0)
    };
    let lacking = |summary: &Value| -> u64 {
        let programmes = summary["programmes"].as_array().unwrap();
        programmes.iter().map(|own| own["lack_of_data"].as_u64().unwrap()).sum()
    };
    // The city is made for this day: the next one, nobody has looked for events.
    let (before, after) = (screen("--as-of=2026-05-01"), screen("--as-of=2026-05-02"));
    let item = |summary: &Value| {
        let work = summary["work"].as_array().unwrap();
        work.iter().find(|own| own["field"] == "complete").cloned()
    };
    let found = item(&after).unwrap();
    assert_eq!(found["part_of"], Value::Null);
    let known = item(&before).map_or(0, |own| own["alone"].as_u64().unwrap());
    let decided = lacking(&after) - lacking(&before);
    assert!(decided > 0);
    assert_eq!(found["alone"].as_u64().unwrap() - known, decided);
    let by_programme = found["programmes"].as_array().unwrap().iter();
    let sum: u64 = by_programme.map(|own| own["alone"].as_u64().unwrap()).sum();
    assert_eq!(found["alone"], sum);
    let kinds = after["work"].as_array().unwrap().iter();
    let kinds: Vec<_> = kinds.filter(|own| own["part_of"] == "complete").collect();
    assert!(kinds.len() > 1);
    let page = tidu(&["screen", &made_up, "-o", &result, "--force", "--as-of=2026-05-02"]).stdout;
    assert!(page.contains("各类事件核查到 2026-05-02"), "{page}");
}

#[test]
fn lists_say_what_is_short_what_is_pending_and_who_lacks_what() {
    let city = City::new();
    let lists = city.path("lists.xlsx");
    let run = city.screen(&["--lists", &lists]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut book: Xlsx<_> = open_workbook(&lists).unwrap();
    let sheets = book.worksheets();
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[names.len() - 3..], ["补数清单", "缺数据的户", "说明"]);
    let mut said = Vec::new();
    for (name, range) in &sheets[..sheets.len() - 3] {
        let rows: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let place = |head: &str| rows[0].iter().position(|cell| cell == head).unwrap();
        let (code, detail) = (place("统一社会信用代码"), place("具体情况"));
        for row in &rows[1..] {
            assert_eq!(row[detail].is_empty(), row[0] == "符合", "{name}: {row:?}");
            said.push(format!("{name} {} {} {}", row[0], row[code], row[detail]));
        }
    }
    insta::assert_snapshot!("lists_in_detail", said.join("\n"));
    let (_, lacking) = &sheets[sheets.len() - 2];
    let rows: Vec<String> = lacking
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "))
        .collect();
    insta::assert_snapshot!("lists_lacking", rows.join("\n"));
}

#[test]
fn columns_that_are_asked_for_and_not_there_are_named() {
    let city = City::new();
    let (codes, result) = (city.path("codes.parquet"), city.path("result.parquet"));
    let (table, uscc) = (city.path("city.parquet"), "SELECT uscc, founded_on FROM population");
    let run = tidu(&["query", &table, uscc, "-o", &codes]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = tidu(&["screen", &codes, "-o", &result, "--json", DAY]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let summary = run.objects().remove(0);
    let absent = summary["columns_absent"].as_array().unwrap();
    assert!(absent.len() > 20, "{absent:?}");
    let named = |name: &str| absent.iter().any(|own| own["column"] == name);
    assert!(named("titles") && named("complete") && named("revenue_2025"));
    assert!(!named("founded_on"));
    let run = tidu(&["screen", &codes, "-o", &result, "--force", DAY]);
    assert!(run.stdout.contains("总体没有这 "), "{}", run.stdout);
}

#[test]
fn what_killed_runs_have_left_is_taken_away_when_nobody_writes_it_any_more() {
    let city = City::new();
    let [old, new] =
        ["99999999", "99999998"].map(|run| city.path(&format!(".result.parquet.{run}.tmp")));
    for name in [&old, &new] {
        std::fs::write(name, b"half").unwrap();
    }
    let yesterday = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400);
    std::fs::File::options().write(true).open(&old).unwrap().set_modified(yesterday).unwrap();
    assert_eq!(city.screen(&[]).code, 0);
    let there = |name: &str| std::path::Path::new(name).exists();
    assert!(!there(&old) && there(&new));
}
