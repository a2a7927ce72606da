//! The page for one firm, for each kind of verdict, in both languages. Snapshots to be read by
//! somebody who knows the rules.

use serde_json::{Value, json};

use crate::program::{DAY, file, firm, tidu, with};
use crate::several::hide_hash;

fn page(document: &Value, more: &[&str]) -> String {
    let file = file(document);
    let run = tidu(&[&["explain", file.path(), DAY], more].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    hide_hash(&run.stdout)
}

/// Little more than the highest rung asks for.
fn complete() -> Value {
    let mut document = with(
        firm(),
        json!({
            "revenue": { "2023": "4400 万元", "2024": "4650 万元", "2025": "5000 万元" },
            "quality_score": { "2026": "72 分" }
        }),
    );
    for criterion in ["market-recognition", "field-and-chain"] {
        document["judgements"].as_array_mut().unwrap().push(json!({
            "programme": "little-giant", "criterion": criterion, "met": true, "by": "评审组"
        }));
    }
    document
}

#[test]
fn eligible() {
    insta::assert_snapshot!("eligible_zh", page(&complete(), &["--programme=little-giant"]));
}

#[test]
fn not_eligible() {
    insta::assert_snapshot!("not_eligible_zh", page(&firm(), &[]));
    insta::assert_snapshot!("not_eligible_en", page(&firm(), &["--lang=en"]));
}

#[test]
fn judgement_pending() {
    let page = page(&firm(), &["--programme=specialised-sme"]);
    insta::assert_snapshot!("judgement_pending_zh", page);
}

#[test]
fn data_missing() {
    let bare = with(firm(), json!({ "rd_expense": { "2024": "610 万元" }, "industry": null }));
    let scored = ["--programme=innovative-sme"];
    insta::assert_snapshot!("data_missing_zh", page(&bare, &scored));
    insta::assert_snapshot!(
        "data_missing_en",
        page(&bare, &[&scored[..], &["--lang=en"]].concat())
    );
}

#[test]
fn standard_not_public_and_no_version() {
    let file = file(&firm());
    let run = tidu(&[
        "explain",
        file.path(),
        "--as-of=2027-02-01",
        "--purpose=re-review",
        "--base-year=2025",
        "--programme=little-giant",
        "--programme=tech-sme",
    ]);
    assert_eq!(run.code, 0);
    insta::assert_snapshot!("open_zh", hide_hash(&run.stdout));
}

/// The standard is met, and the notice of the round keeps the firm out all the same.
#[test]
fn a_round_that_keeps_the_firm_out_is_told_beside_the_window() {
    let mut document = complete();
    document["titles"].as_array_mut().unwrap().push(json!({
        "programme": "manufacturing-champion", "from": "2025-01-01", "to": "2027-12-31"
    }));
    let file = file(&document);
    let run = tidu(&["explain", file.path(), "--as-of=2026-05-01", "--programme=little-giant"]);
    let out: String = run.stdout.split_whitespace().collect();
    assert!(out.contains("不合本批次要求"), "{}", run.stdout);
    assert!(out.contains("结论：符合"), "{}", run.stdout);
    assert!(
        out.contains("没有有效的“制造业单项冠军企业”") || out.contains("不是单项冠军"),
        "{out}"
    );
}
