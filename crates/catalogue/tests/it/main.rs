//! The pages of a small rulebook that has everything once.

#![allow(
    clippy::unwrap_used,
    reason = "a test that finds something else than it expects may stop right there"
)]

use std::fs;
use std::path::Path;

use rules::Rulebook;

fn small() -> Rulebook {
    compiled("tests/small")
}

fn shipped() -> Rulebook {
    compiled("../../rulebook")
}

fn compiled(folder: &str) -> Rulebook {
    let mut sources = rulebook::Sources::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    walk(&folder, "", &mut files);
    files.sort();
    for (path, text) in files {
        sources.add(&path, text);
    }
    let compiled = rulebook::compile(&sources);
    assert!(compiled.is_usable(), "{:?}", compiled.diagnostics);
    compiled.rulebook
}

fn walk(folder: &Path, below: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &format!("{path}/"), files);
        } else if path.ends_with(".toml") {
            files.push((path, fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

fn page(path: &str) -> String {
    catalogue::pages(&small()).into_iter().find(|page| page.path == path).unwrap().text
}

#[test]
fn a_programme() {
    insta::assert_snapshot!("programme_zh", page("zh/programmes/giant.md"));
    insta::assert_snapshot!("programme_en", page("en/programmes/giant.md"));
}

#[test]
fn a_programme_known_by_name() {
    insta::assert_snapshot!("by_name_zh", page("zh/programmes/base.md"));
}

#[test]
fn the_contents() {
    insta::assert_snapshot!("contents_zh", page("zh/README.md"));
    insta::assert_snapshot!("contents_en", page("en/README.md"));
}

#[test]
fn what_programmes_share() {
    insta::assert_snapshot!("ratios_zh", page("zh/indicators/ratio.md"));
    insta::assert_snapshot!("numbers_en", page("en/indicators/number.md"));
    insta::assert_snapshot!("choices_zh", page("zh/indicators/choice.md"));
    insta::assert_snapshot!("events_zh", page("zh/events.md"));
    insta::assert_snapshot!("codes_zh", page("zh/codes/districts.md"));
    insta::assert_snapshot!("classification_zh", page("zh/classifications/size_class.md"));
}

#[test]
fn a_ladder() {
    insta::assert_snapshot!("ladder_zh", page("zh/ladders/main.svg"));
}

#[test]
fn the_same_rulebook_gives_the_same_files() {
    let pages = catalogue::pages(&small());
    assert_eq!(pages, catalogue::pages(&small()));
    assert!(pages.is_sorted_by_key(|page| page.path.as_str()));
    assert!(pages.iter().all(|page| catalogue::is_generated(&page.text)));
}

/// The committed pages are compared byte for byte by the gate; this says so where the crate is worked on.
#[test]
fn the_rulebook_of_the_repository_gives_the_committed_pages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    walk(&root.join("rulebook"), "", &mut files);
    let mut sources = rulebook::Sources::default();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
        sources.add(path, text.as_str());
    }
    for page in catalogue::pages(&rulebook::compile(&sources).rulebook) {
        let committed = fs::read_to_string(root.join("docs/catalogue").join(&page.path)).unwrap();
        assert!(page.text == committed, "{} is not what is committed", page.path);
    }
}

#[test]
fn what_the_tax_authority_gives_is_marked_as_its_figure_with_all_that_is_computed_from_it() {
    let rulebook = shipped();
    let figures = rulebook.tax_figures();
    let given = rulebook.catalogue.indicators().iter();
    let named: Vec<&str> = given
        .filter(|indicator| indicator.source.zh.contains("税务"))
        .map(|indicator| indicator.id.as_str())
        .collect();
    assert!(named.len() > 5, "{named:?}");
    for id in named.into_iter().chain(["debt_ratio", "main_share"]) {
        assert!(figures.contains(id), "{id}");
    }
    for id in ["employees", "main_revenue", "founded_on", "district"] {
        assert!(rulebook.catalogue.indicator(id).is_some(), "{id}");
        assert!(!figures.contains(id), "{id}");
    }
}
