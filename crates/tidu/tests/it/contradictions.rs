//! Figures of one firm that cannot all be right: said, and not settled in silence.

use serde_json::json;

use crate::program::{TextFile, tidu};

fn problems(facts: serde_json::Value) -> Vec<(String, String)> {
    let document = json!({ "uscc": "91370202MADEM0011A", "name": "演示", "facts": facts });
    let file = TextFile::new("firm.json", document.to_string());
    let run = tidu(&["explain", file.path(), "--json", "--as-of=2026-05-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let object = run.objects().remove(0);
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let problems = object["problems"].as_array().unwrap().iter();
    problems.map(|p| (text(&p["kind"]), text(&p["message"]["zh"]))).collect()
}

#[test]
fn a_given_share_differs_from_its_parts() {
    let parts = |ratio: &str| {
        json!({
            "debt_ratio": { "2025": ratio },
            "total_assets": { "2025": "6500" },
            "total_liabilities": { "2025": "2800" },
        })
    };
    // 2800 / 6500 = 43.0769… %: rounded to a tenth of a percent is no contradiction.
    assert_eq!(problems(parts("43.1 %")), []);
    let found = problems(parts("50 %"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "conflict");
    assert!(found[0].1.contains("50 %") && found[0].1.contains("43.08 %"), "{found:?}");
}

#[test]
fn a_computed_share_is_impossible() {
    let found =
        problems(json!({ "revenue": { "2025": "100" }, "main_revenue": { "2025": "250" } }));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "out-of-range");
}

#[test]
fn a_date_lies_before_the_founding() {
    let found = problems(json!({ "founded_on": "2019-01-01", "niche_market_since": "2018-06-01" }));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("早于成立日期"), "{found:?}");
}

#[test]
fn a_percentage_without_its_sign_is_not_guessed() {
    let table = |heading: &str, cell: &str| {
        let text = format!("统一社会信用代码,企业名称,{heading}\n91370202MADEM0011A,演示,{cell}\n");
        tidu(&["explain", TextFile::new("firms.csv", text).path(), "--as-of=2026-05-01"]).code
    };
    assert_eq!(table("资产负债率2025", "43"), 2);
    assert_eq!(table("资产负债率2025", "43%"), 0);
    assert_eq!(table("资产负债率（%）2025", "43"), 0);
    assert_eq!(table("资产负债率2025", "0.43"), 0);
}
