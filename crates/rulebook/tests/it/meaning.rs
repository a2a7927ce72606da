//! Runs every table of docs/meaning, so that the pages and the evaluator cannot drift apart.

mod document;
mod facts;
mod forecast;
mod law;
mod plan;
mod row;
mod words;

use std::collections::BTreeSet;
use std::fs;

use crate::common::repository;

/// The rule files of a small rulebook: the vocabulary of the pages, and one condition.
pub(crate) fn small_files() -> Vec<(String, String)> {
    law::files(&document::Section::default(), Some(("a", "", &[])))
}

/// The pages that are run, each with the fewest rows that it may have.
const PAGES: &[(&str, usize)] = &[
    ("logic.md", 75),
    ("edges.md", 100),
    ("years.md", 55),
    ("dates.md", 35),
    ("events.md", 35),
    ("titles.md", 30),
    ("versions.md", 40),
    ("judgements.md", 25),
    ("scores.md", 75),
    ("growth.md", 40),
    ("sizes.md", 40),
    ("populations.md", 24),
    ("shortfalls.md", 60),
    ("beside.md", 18),
    ("forecast.md", 35),
    ("questions.md", 40),
    ("plans.md", 45),
];

fn text(page: &str) -> String {
    fs::read_to_string(repository().join("docs/meaning").join(page)).unwrap()
}

#[track_caller]
fn check(page: &str) {
    let least = PAGES.iter().find(|(known, _)| *known == page).expect("the page is listed").1;
    let (mut rows, mut differences) = (0, Vec::new());
    for section in &document::read(&text(page)) {
        for table in &section.tables {
            assert!(!table.rows.is_empty(), "{page}, {}: a table without rows", section.title);
            for row in &table.rows {
                rows += 1;
                differences.extend(row::run(section, table, row));
            }
        }
    }
    assert!(rows >= least, "{page}: {rows} rows, but at least {least} were here");
    assert!(differences.is_empty(), "{page}:\n{}", differences.join("\n"));
}

/// The small catalogue stands on the front page as readers need it, no more and no less.
#[test]
fn front_page() {
    let rulebook = law::rulebook(&document::Section::default(), None);
    let catalogue: BTreeSet<Vec<String>> = rulebook
        .catalogue
        .indicators()
        .iter()
        .map(|known| {
            let period = match known.period {
                enterprise::Period::Yearly if known.one_off => "年度，一次性",
                enterprise::Period::Yearly => "年度",
                enterprise::Period::State => "现状",
            };
            vec![known.id.clone(), known.label.zh.clone(), period.to_owned()]
        })
        .collect();
    let sections = document::read(&text("README.md"));
    let vocabulary = sections.iter().find(|section| section.title == "词汇").unwrap();
    let [table] = vocabulary.tables.as_slice() else { panic!("one table of words") };
    let listed: BTreeSet<Vec<String>> = table.rows.iter().map(|row| row.cells.clone()).collect();
    assert_eq!(listed, catalogue);
}

#[test]
fn every_page_is_run_and_linked() {
    let folder = fs::read_dir(repository().join("docs/meaning")).unwrap();
    let files: BTreeSet<String> =
        folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let known = PAGES.iter().map(|(page, _)| (*page).to_owned());
    assert_eq!(files, known.chain(["README.md".to_owned()]).collect());
    for (page, _) in PAGES {
        assert!(text("README.md").contains(&format!("[{page}]({page})")), "{page} is not linked");
    }
}

#[test]
fn logic() {
    check("logic.md");
}

#[test]
fn edges() {
    check("edges.md");
}

#[test]
fn years() {
    check("years.md");
}

#[test]
fn dates() {
    check("dates.md");
}

#[test]
fn events() {
    check("events.md");
}

#[test]
fn titles() {
    check("titles.md");
}

#[test]
fn versions() {
    check("versions.md");
}

#[test]
fn judgements() {
    check("judgements.md");
}

#[test]
fn scores() {
    check("scores.md");
}

#[test]
fn growth() {
    check("growth.md");
}

#[test]
fn sizes() {
    check("sizes.md");
}

#[test]
fn beside_the_verdict() {
    check("beside.md");
}

#[test]
fn populations() {
    check("populations.md");
}

#[test]
fn shortfalls() {
    check("shortfalls.md");
}

#[test]
fn forecasts() {
    check("forecast.md");
}

#[test]
fn questions() {
    check("questions.md");
}

#[test]
fn plans() {
    check("plans.md");
}
