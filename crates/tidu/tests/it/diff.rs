//! `tidu diff`: a realistic change of the law against the one before, as officers see it.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::book::Book;
use crate::program::{Run, command, ended, file, firm, root, tidu, with};

/// A copy with an ordinary year of law-making in it.
fn of_next_year() -> Book {
    let book = Book::new();
    let giant = "programmes/miit/little-giant/2026.toml";
    let text = book.read(giant);
    book.write("programmes/miit/little-giant/2028.toml", &successor(&text));
    book.edit(giant, "from    = 2026-04-01", "from    = 2026-04-01\nto      = 2027-12-31");
    book.edit(giant, "min_revenue = \"5000 万元\"", "min_revenue = \"6000 万元\"");
    book.edit(giant, "total = \"1200 万元\"", "total = \"0.12 亿元\"");
    let specialised = "programmes/miit/specialised-sme/2026.toml";
    let without = without(&book.read(specialised), "id      = \"main-share\"");
    book.write(specialised, &without);
    let scored = "programmes/miit/specialised-sme/2022.toml";
    book.edit(
        scored,
        "{ is = \">= 10 %\", points = 10 },\n  { is = \">= 8 %, < 10 %\"",
        "{ is = \">= 12 %\", points = 10 },\n  { is = \">= 8 %, < 12 %\"",
    );
    book.edit("rounds/2026.toml", "to = 2026-05-25", "to = 2026-06-15");
    book.edit("definitions/sme-common-2026/2026.toml", "last 36 months", "last 24 months");
    book.edit("definitions/size-class/2011.toml", "\">= 300 人\"", "\">= 400 人\"");
    book
}

/// The version that succeeds: a threshold raised, one lowered, a criterion dropped and one added.
fn successor(text: &str) -> String {
    let mut text = without(text, "id      = \"market-share\"");
    for (from, to) in [
        ("version   = \"2026\"", "version   = \"2028\""),
        ("from    = 2026-04-01", "from    = 2028-01-01"),
        ("工信部企业〔2026〕2号", "工信部企业〔2027〕9号"),
        ("min_items = \"4 项\"", "min_items = \"6 项\""),
        ("min_years = \"3 年\"", "min_years = \"2 年\""),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let staff = "[[criterion]]\nid      = \"staff\"\nclause  = \"附件2 三\"\n\
        label   = { zh = \"研发人员占比\", en = \"Share of R&D staff\" }\n\
        limits  = { min_share = \"10 %\" }\n\
        require = 'rd_staff[base] / employees[base] >= min_share'\n\n";
    let ip = text.find("[[criterion]]\nid      = \"ip\"").unwrap();
    text.insert_str(ip, staff);
    text
}

/// The text without the criterion that begins like this.
fn without(text: &str, id: &str) -> String {
    let from = text.find(&format!("[[criterion]]\n{id}")).unwrap();
    let next = from + "[[criterion]]".len();
    let to = next + text[next..].find("[[criterion]]").unwrap();
    format!("{}{}", &text[..from], &text[to..])
}

const DAY: &str = "--as-of=2026-11-22";

fn page(arguments: &[&str], columns: usize) -> Run {
    ended(command().arg("diff").args(arguments).arg(DAY).env("COLUMNS", columns.to_string()))
}

/// The page without the hashes in its first line.
fn without_hashes(text: &str) -> String {
    let rest = text.split_once('\n').unwrap().1;
    rest.to_owned()
}

#[test]
fn a_year_of_law_making_as_an_officer_reads_it() {
    let (old, new) = (Book::new(), of_next_year());
    for (lang, columns) in [("zh", 100), ("en", 80)] {
        let run = page(&[old.path(), new.path(), "--lang", lang], columns);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        insta::assert_snapshot!(format!("year_{lang}"), without_hashes(&run.stdout));
    }
}

#[test]
fn no_line_is_wider_than_the_screen() {
    let (old, new) = (Book::new(), of_next_year());
    for lang in ["--lang=zh", "--lang=en"] {
        for columns in [60, 80, 120, 140] {
            for (one, other) in [(&old, &new), (&new, &old)] {
                for line in page(&[one.path(), other.path(), lang], columns).stdout.lines() {
                    assert!(line.width() <= columns, "{columns} {lang}: {line}");
                    assert_eq!(line, line.trim_end());
                }
            }
        }
    }
}

#[test]
fn the_rulebook_in_use_is_the_one_to_compare_with() {
    let old = Book::new();
    old.edit("programmes/miit/little-giant/2026.toml", "\"5000 万元\"", "\"4000 万元\"");
    let built_in = tidu(&["diff", old.path()]);
    let named = tidu(&["diff", old.path(), "--rulebook", "rulebook"]);
    assert_eq!(built_in.code, 0);
    assert!(built_in.stdout.contains("≥ 4000 万元 → ≥ 5000 万元"), "{}", built_in.stdout);
    assert_eq!(built_in.stdout, named.stdout);
}

#[test]
fn nothing_changed_says_so() {
    let (one, other) = (Book::new(), Book::new());
    let run = tidu(&["diff", one.path(), other.path()]);
    assert_eq!(run.code, 0);
    assert_eq!(run.last_line(), "两个规则库完全相同。");
    let name = "programmes/miit/little-giant/2026.toml";
    other.write(name, &format!("# 一条注释\n{}", other.read(name)));
    let run = tidu(&["diff", one.path(), other.path()]);
    assert_eq!(run.code, 0);
    assert_eq!(run.last_line(), "规则没有变化：文件的差别不影响任何规则（版式、注释、示例等）。");
}

#[test]
fn a_rulebook_with_errors_is_shown_with_its_errors() {
    let (good, bad) = (Book::new(), Book::new());
    bad.edit("programmes/miit/little-giant/2026.toml", "min_revenue\'", "min_revenu\'");
    for (arguments, which) in
        [([good.path(), bad.path()], "新规则库"), ([bad.path(), good.path()], "原规则库")]
    {
        let run = tidu(&["diff", arguments[0], arguments[1]]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains("2026.toml") && run.stderr.contains(which), "{}", run.stderr);
    }
    assert_eq!(tidu(&["diff", "no-such-folder"]).code, 2);
    assert_eq!(tidu(&["diff"]).code, 2);
}

#[test]
fn firms_whose_verdict_turns_are_named_with_the_criterion() {
    let (old, new) = (Book::new(), Book::new());
    new.edit("programmes/miit/little-giant/2026.toml", "\"5000 万元\"", "\"4900 万元\"");
    let facts = file(&firm());
    let run = ended(command().args([
        "diff",
        old.path(),
        new.path(),
        "--facts",
        facts.path(),
        "--as-of=2026-05-01",
    ]));
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let (_, below) = run.stdout.split_once("── 对企业的影响").unwrap();
    for part in [
        "判定 1 户，其中 1 户",
        "专精特新“小巨人”企业：不符合 → 待定",
        "营业收入：不符合 → 符合",
        "91370202MADEM0011A",
    ] {
        assert!(below.contains(part), "{part}: {below}");
    }
}

#[test]
fn a_firm_that_one_rulebook_refuses_is_counted() {
    let (old, new) = (Book::new(), Book::new());
    let unknown = with(firm(), json!({ "no_such_indicator": "1" }));
    let firms = file(&json!([firm(), unknown]));
    let run = tidu(&["diff", old.path(), new.path(), "--facts", firms.path()]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("1 户的数据未读入"), "{}", run.stdout);
    assert!(run.stderr.contains("no_such_indicator"));
    let missing = tidu(&["diff", old.path(), new.path(), "--facts", "no-such-file.csv"]);
    assert_eq!((missing.code, missing.stdout.as_str()), (2, ""));
}

#[test]
fn the_json_is_valid_by_the_committed_schema() {
    let committed = std::fs::read_to_string(root().join("docs/schema/diff.schema.json")).unwrap();
    assert_eq!(committed, tidu(&["schema", "diff"]).stdout, "tidu schema diff > docs/schema/…");
    let schema: Value = serde_json::from_str(&committed).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (old, new) = (Book::new(), of_next_year());
    let facts = file(&firm());
    for (one, other) in [(&old, &new), (&new, &old), (&old, &old)] {
        let run = tidu(&[
            "diff",
            one.path(),
            other.path(),
            "--json",
            "--facts",
            facts.path(),
            "--as-of=2028-02-01",
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let object: Value = serde_json::from_str(&run.stdout).unwrap();
        let errors: Vec<String> = validator.iter_errors(&object).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}
