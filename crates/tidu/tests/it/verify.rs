//! `tidu verify`: the user's own population, judged twice.

use crate::program::{DAY, Run, command, ended, tidu};
use crate::screen::City;

fn verify(city: &City, more: &[&str]) -> Run {
    ended(command().args(["verify", &city.path("city.parquet"), DAY]).args(more))
}

fn page(run: &Run, city: &City) -> String {
    let plain = run.stdout.replace(&city.path(""), "");
    let lines = plain.lines().map(|line| match line {
        line if line.contains("规则库 ") || line.contains("rulebook ") => "(rulebook)",
        line => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_invented_firms_are_judged_alike_by_columns_and_one_by_one() {
    let city = City::new();
    let run = verify(&city, &[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    insta::assert_snapshot!("verify_zh", page(&run, &city));
    let run = verify(&city, &["--lang=en", "--sample=2", "--programme=innovative-sme"]);
    assert_eq!(run.code, 0);
    insta::assert_snapshot!("verify_en", page(&run, &city));
}

#[test]
fn a_made_up_city_is_judged_alike_for_both_purposes_and_other_years() {
    let city = City::new();
    let made = city.path("city.parquet");
    let run = tidu(&["generate", "--enterprises=300", "-o", &city.path("made.parquet")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    std::fs::rename(city.path("made.parquet"), made).unwrap();
    for more in [&[][..], &["--purpose=new"], &["--purpose=re-review"], &["--base-year=2024"]] {
        let run = verify(&city, more);
        assert_eq!(run.code, 0, "{more:?}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn the_result_as_json_is_valid_by_its_schema() {
    let city = City::new();
    let run = verify(&city, &["--json"]);
    let schema = serde_json::from_str(&tidu(&["schema", "verify"]).stdout).unwrap();
    let page = serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap();
    jsonschema::validate(&schema, &page).unwrap();
    assert_eq!(page["agrees"], true);
    assert_eq!(page["differences"].as_array().unwrap().len(), 0);
    assert_eq!(page["rows"], page["subjects"]);
    assert_eq!(page["base_year"], 2025);
}

#[test]
fn what_cannot_be_read_or_is_not_known_is_said() {
    let city = City::new();
    let run = tidu(&["verify", &city.path("none.parquet")]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("没有这个文件"), "{}", run.stderr);
    let run = verify(&city, &["--programme=inovative-sme"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("innovative-sme"), "{}", run.stderr);
    let run = verify(&city, &["--sample=0"]);
    assert_eq!(run.code, 2);
}
