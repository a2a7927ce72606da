//! Runs every table of docs/meaning, so that the pages and the evaluator cannot drift apart.

mod document;
mod facts;
mod law;
mod row;
mod words;

use std::collections::BTreeSet;
use std::fs;

use crate::common::repository;

/// The pages that are run, each with the fewest rows that it may have.
const PAGES: &[(&str, usize)] = &[("README.md", 20)];

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
