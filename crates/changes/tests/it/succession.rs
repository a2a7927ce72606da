//! New versions against those that they succeed, amendments of versions in force, periods.

use changes::{Block, Changes, Occasion, Period, compare};
use jiff::civil::{Date, date};
use rules::Purpose;

use crate::books::{Files, VERSION, VERSION_FILE, book, edited, line, small};

const LATER: &str = "programmes/city/model-firm/2027.toml";

/// The small rulebook with a second version, which the edits tell apart from the first.
fn succeeded(edits: &[(&str, &str)]) -> Files {
    let mut text = VERSION.to_owned();
    let dates =
        [("version = \"2026\"", "version = \"2027\""), ("number = \"2号\"", "number = \"9号\"")];
    for (from, to) in dates.iter().chain(edits) {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text = text.replace("from = 2026-04-01", "from = 2027-01-01");
    let mut files = small();
    let first = files.get_mut(VERSION_FILE).unwrap();
    *first = first.replace("from = 2026-04-01", "from = 2026-04-01\nto = 2026-12-31");
    files.insert(LATER.to_owned(), text);
    files
}

fn changes(old: &Files, new: &Files) -> Changes {
    compare(&book(old), &book(new))
}

fn blocks(changes: &Changes) -> Vec<&Block> {
    changes.sections.iter().flat_map(|section| &section.blocks).collect()
}

fn lines(block: &Block) -> Vec<String> {
    block.changes.iter().map(line).collect()
}

fn from(purpose: Purpose, from: Date, to: Option<Date>) -> Period {
    Period { purpose: Some(purpose), from: Some(from), to }
}

#[test]
fn a_new_version_is_told_by_what_is_different_for_applicants() {
    let edits = [
        ("\"5000 万元\"", "\"6000 万元\""),
        ("id = \"clean\"\n", "id = \"not-listed\"\n"),
        ("zh = \"研发投入\"", "zh = \"研发\""),
        ("clause = \"二\"", "clause = \"第二条\""),
    ];
    let changes = changes(&small(), &succeeded(&edits));
    let blocks = blocks(&changes);
    assert_eq!(blocks.len(), 1, "the end of the former version is no amendment of it");
    let block = blocks[0];
    assert_eq!(block.occasion, Occasion::NewVersion);
    assert_eq!((block.version.as_deref(), block.succeeds.as_deref()), (Some("2027"), Some("2026")));
    let first = date(2027, 1, 1);
    assert_eq!(
        block.effect,
        [from(Purpose::New, first, None), from(Purpose::ReReview, first, None)]
    );
    let expected = [
        "added verdict version | 版本 | @new | @re-review",
        "↑changed verdict limit | 营业收入 | [上年度营业收入] | ≥ 5000 万元 → ≥ 6000 万元 | @new | @re-review",
        "changed verdict period | 2026 版适用期（新申报） | 2026-04-01 起 → 2026-04-01 至 2026-12-31 | @new",
        "changed verdict period | 2026 版适用期（复核） | 2026-04-01 起 → 2026-04-01 至 2026-12-31 | @re-review",
        "changed wording label | 研发 | 研发投入 → 研发 | @new | @re-review",
    ];
    assert_eq!(lines(block), expected);
    // What ended is a matter of the days from the new version on, not of those before.
    let ended = &block.changes[2];
    assert_eq!(ended.effect, Some(vec![from(Purpose::New, first, None)]));
}

#[test]
fn a_version_that_repeats_the_former_one_is_new_all_the_same() {
    let changes = changes(&small(), &succeeded(&[]));
    let lines = lines(blocks(&changes)[0]);
    assert_eq!(lines.len(), 3, "{lines:?}");
}

#[test]
fn a_withdrawn_version_is_a_new_one_the_other_way_round() {
    let edits = [("\"5000 万元\"", "\"6000 万元\"")];
    let changes = changes(&succeeded(&edits), &small());
    let blocks = blocks(&changes);
    assert_eq!(blocks.len(), 1);
    assert_eq!(blocks[0].occasion, Occasion::Withdrawn);
    assert_eq!(
        lines(blocks[0])[1],
        "↓changed verdict limit | 营业收入 | [上年度营业收入] | ≥ 6000 万元 → ≥ 5000 万元 | @new | @re-review"
    );
}

#[test]
fn an_amendment_is_told_apart_and_names_the_days_that_it_holds_for() {
    let old = succeeded(&[]);
    let new = edited(old.clone(), VERSION_FILE, "\"5000 万元\"", "\"6000 万元\"");
    let changes = changes(&old, &new);
    let blocks = blocks(&changes);
    assert_eq!(blocks.len(), 1);
    let block = blocks[0];
    assert_eq!((block.occasion, block.version.as_deref()), (Occasion::Amended, Some("2026")));
    let (first, last) = (date(2026, 4, 1), Some(date(2026, 12, 31)));
    assert_eq!(
        block.effect,
        [from(Purpose::New, first, last), from(Purpose::ReReview, first, last)]
    );
    assert!(!block.begun(date(2026, 3, 31)) && block.begun(first));
}

#[test]
fn a_period_that_nothing_else_explains_is_an_amendment() {
    let new = edited(small(), VERSION_FILE, "from = 2026-04-01", "from = 2026-05-01");
    let changes = changes(&small(), &new);
    let block = blocks(&changes)[0];
    assert_eq!(block.occasion, Occasion::Amended);
    assert_eq!(
        block.changes[0].effect,
        Some(vec![from(Purpose::New, date(2026, 4, 1), Some(date(2026, 4, 30)))])
    );
}

#[test]
fn a_version_for_one_purpose_succeeds_the_one_for_that_purpose() {
    let mut new = succeeded(&[]);
    // The new one is for new applications only; the former goes on for re-reviews.
    let second = "[[applies]]\npurpose = \"re-review\"\nfrom = 2027-01-01\nclause = \"施行\"\n";
    new = edited(new, LATER, second, "");
    let both = "purpose = \"re-review\"\nfrom = 2026-04-01\nto = 2026-12-31";
    new = edited(new, VERSION_FILE, both, "purpose = \"re-review\"\nfrom = 2026-04-01");
    let changes = changes(&small(), &new);
    let blocks = blocks(&changes);
    assert_eq!(blocks.len(), 1);
    assert_eq!(
        lines(blocks[0]),
        [
            "added verdict version | 版本 | @new",
            "changed verdict period | 2026 版适用期（新申报） | 2026-04-01 起 → 2026-04-01 至 2026-12-31 | @new",
        ]
    );
}

#[test]
fn a_new_programme_lists_what_it_asks_for() {
    let mut old = small();
    old.retain(|path, _| !path.starts_with("programmes/city/base-firm"));
    for text in old.values_mut() {
        *text = text.replace("holds(\"base-firm\")", "not listed");
        *text = text.replace("\"base-firm\", ", "");
    }
    let mut new = old.clone();
    let complete = small();
    new.extend(complete.into_iter().filter(|(path, _)| path.contains("base-firm")));
    let changes = changes(&old, &new);
    let found: Vec<String> = changes.all().map(line).collect();
    assert_eq!(
        found,
        [
            "added verdict programme | 基础企业 | - → 市局",
            "added verdict version | 版本 | @new",
            "added verdict criterion | 共用条件 | - → 须同时满足：无事故；规模 | @new",
        ]
    );
}
