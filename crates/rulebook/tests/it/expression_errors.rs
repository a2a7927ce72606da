//! What is wrong with an expression, and what is underlined for it: one row for every way to go
//! wrong. `|` marks the two ends of what is underlined.

use std::collections::BTreeSet;

use rulebook::{Code, compile};

use crate::common::sources;
use crate::meaning::small_files;

/// Limits that the rows may use; unused ones are no matter here.
const LIMITS: &str = r#"edge = "100 元", rate = "3 %", number = "4 项", people = "5 人", n = "3 年", top = "3", full = "100 %""#;

const ROWS: &[(&str, &str)] = &[
    // Words and signs.
    ("expression-syntax", "a |&| b"),
    ("expression-syntax", "a |！|"),
    ("expression-syntax", "holds(|\"basic)|"),
    ("expression-syntax", "a and|"),
    ("expression-syntax", "|and| a"),
    ("expression-syntax", "a and |or| b"),
    ("expression-syntax", "a |b|"),
    ("expression-syntax", "a and (b|"),
    ("expression-syntax", "a |)|"),
    ("expression-syntax", "all { a; b|"),
    ("expression-syntax", "all { |}|"),
    ("expression-syntax", "at least |0| of { a }"),
    ("expression-syntax", "at least |x| of { a }"),
    ("expression-syntax", "at least 1 |{| a }"),
    ("expression-syntax", "revenue[|2025|]"),
    ("expression-syntax", "revenue[base-|31|] >= edge"),
    ("expression-syntax", "revenue[base] >= edge |)|"),
    ("expression-syntax", "each of |2| years { revenue >= edge }"),
    ("expression-syntax", "each of last |31| years { revenue >= edge }"),
    ("expression-syntax", "each of last 2 |months| { revenue >= edge }"),
    ("expression-syntax", "sum of last 2 years |revenue| >= edge"),
    ("expression-syntax", "average growth |of| 2 years (revenue) >= rate"),
    ("expression-syntax", "full years |founded_on| to today >= n"),
    ("expression-syntax", "full years from founded_on to |tomorrow| >= n"),
    ("expression-syntax", "holds(|basic|)"),
    ("expression-syntax", "happened(\"accident\", |36| months)"),
    ("expression-syntax", "happened(\"accident\", last |1201| months)"),
    ("expression-syntax", "happened(\"accident\", last 36 |years|)"),
    ("expression-syntax", "happened(\"award\", last 36 months, rank |)|"),
    ("expression-syntax", "level in |first|"),
    ("expression-syntax", "level in { first, |2| }"),
    ("expression-syntax", "revenue[base] >= |>=| edge"),
    ("expression-syntax", "|万元| >= edge"),
    // Depth and length.
    (
        "too-deep",
        "((((((((((((((((((((((((((((((((((((((((|(|a)))))))))))))))))))))))))))))))))))))))))",
    ),
    (
        "too-deep",
        "sum of last 2 years (sum of last 2 years (sum of last 2 years |(|revenue))) >= edge",
    ),
    // Names.
    ("unknown-name", "|revenu|[base] >= edge"),
    ("unknown-name", "revenue[base] >= |edgy|"),
    ("unknown-name", "|basic|"),
    ("unknown-reference", "holds(|\"basi\"|)"),
    ("unknown-reference", "happened(|\"acident\"|, last 36 months)"),
    ("unknown-reference", "happened(\"award\", last 36 months, |rang| <= top)"),
    ("unknown-reference", "happened(\"accident\", last 36 months, |rank| <= top)"),
    ("unknown-reference", "level in { first, |forth| }"),
    // Units and types.
    ("unit-mismatch", "revenue[base] >= |rate|"),
    ("unit-mismatch", "revenue[base] + |share| >= edge"),
    ("unit-mismatch", "employees[base] >= |number|"),
    ("unit-mismatch", "revenue[base] / employees[base] >= |edge|"),
    ("unit-mismatch", "min(revenue[base], |patents|) >= edge"),
    ("unit-mismatch", "full years from founded_on to today >= |number|"),
    ("unnamed-limit", "revenue[base] >= |0|"),
    ("type-mismatch", "|revenue[base]|"),
    ("type-mismatch", "a and |share|"),
    ("type-mismatch", "not |rate|"),
    ("type-mismatch", "|level|"),
    ("type-mismatch", "|founded_on|"),
    ("type-mismatch", "|industry|"),
    ("type-mismatch", "|a| >= edge"),
    ("type-mismatch", "|level| >= number"),
    ("type-mismatch", "|founded_on| >= n"),
    ("type-mismatch", "revenue[base] + |(a and b)| >= edge"),
    ("type-mismatch", "|share| in { first }"),
    ("never-true", "|at least 3 of { a; b }|"),
    ("type-mismatch", "full years from |share| to today >= n"),
    ("type-mismatch", "happened(\"award\", last 36 months, rank <= |patents|)"),
    ("type-mismatch", "growth(|share|) >= rate"),
    ("type-mismatch", "growth(|sum of last 2 years (revenue)|) >= rate"),
    ("type-mismatch", "compound growth over 2 years (|revenue[base]|) >= rate"),
    ("type-mismatch", "average growth over 2 years (|edge|) >= rate"),
    // Years.
    ("year-unstated", "|revenue| >= edge"),
    ("year-unstated", "revenue[base] >= edge and |certified|"),
    ("year-unstated", "growth(|revenue|) >= rate"),
    ("year-on-state", "|share[base]| >= rate"),
    ("year-on-state", "each of last 2 years { |a[base-1]| }"),
    // Numbers.
    ("unnamed-limit", "revenue[base] >= |100 万元|"),
    ("unnamed-limit", "share >= |3 %|"),
    ("unnamed-limit", "share >= |0.03|"),
    ("unnamed-limit", "share >= |99999999999999999999|"),
    ("compound-not-alone", "|rate >= compound growth over 2 years (revenue)|"),
    ("compound-not-alone", "|compound growth over 2 years (revenue) >= share|"),
    ("compound-not-alone", "|compound growth over 2 years (revenue)| + share >= rate"),
    ("compound-not-alone", "max(share, |compound growth over 2 years (revenue)|) >= rate"),
    ("too-wide", "|compound growth over 20 years (revenue) >= rate|"),
    (
        "too-wide",
        "|revenue[base] / revenue[base-1] + revenue[base-2] / revenue[base-3] + assets[base] / assets[base-1] + liabilities[base] / assets[base-2] >= rate|",
    ),
    // What the ranges decide by themselves.
    ("never-true", "|share > full|"),
    ("never-true", "|revenue[base] < zero|"),
    ("never-false", "|revenue[base] >= zero|"),
    ("never-false", "|level| in { first, second, third }"),
];

fn version(expression: &str) -> (String, usize) {
    let mut text = small_files().pop().unwrap().1;
    text = text.replace("limits = {  }", &format!("limits = {{ {LIMITS}, zero = \"0 元\" }}"));
    let at = text.find("'''a'''").unwrap() + 3;
    text.replace_range(at..at + 1, expression);
    (text, at)
}

#[test]
fn every_way_to_go_wrong() {
    let mut wrong = Vec::new();
    for (code, marked) in ROWS {
        // The text between the marks; a mark at the end alone underlines the last character.
        let ends: Vec<usize> = marked.match_indices('|').map(|(at, _)| at).collect();
        let bare = marked.replace('|', "");
        let under = match ends.as_slice() {
            [start, end] => bare[*start..*end - 1].to_owned(),
            _ => bare.chars().last().unwrap().to_string(),
        };
        let (text, _) = version(&bare);
        let mut files = small_files();
        files.last_mut().unwrap().1 = text.clone();
        let path = files.last().unwrap().0.clone();
        let found: Vec<(&str, String)> = compile(&sources(files))
            .diagnostics
            .iter()
            .filter(|known| *known.span.file == *path && known.code != Code::UnusedLimit)
            .map(|known| (known.code.as_str(), text[known.span.start..known.span.end].to_owned()))
            .collect();
        if found != [(*code, under.clone())] {
            wrong.push(format!("{marked}: wanted {code} `{under}`, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every code that an expression can cause stands in the table.
#[test]
fn no_code_is_left_out() {
    let listed: BTreeSet<&str> = ROWS.iter().map(|(code, _)| *code).collect();
    let reachable = [
        Code::ExpressionSyntax,
        Code::TooDeep,
        Code::UnknownName,
        Code::UnknownReference,
        Code::UnitMismatch,
        Code::TypeMismatch,
        Code::YearUnstated,
        Code::YearOnState,
        Code::UnnamedLimit,
        Code::CompoundNotAlone,
        Code::TooWide,
        Code::NeverTrue,
        Code::NeverFalse,
    ];
    assert_eq!(listed, reachable.map(Code::as_str).into_iter().collect());
}
