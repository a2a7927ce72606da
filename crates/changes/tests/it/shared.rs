//! What several programmes share is told once, with all that use it.

use changes::{Subject, compare};

use crate::books::{VERSION_FILE, book, edited, line, small};

#[test]
fn shared_criteria_are_told_once_with_their_users() {
    let old = small();
    let new = edited(old.clone(), "definitions/common/2026.toml", "{ small }", "{ large }");
    let changes = compare(&book(&old), &book(&new));
    let [section] = changes.sections.as_slice() else { panic!("{changes:?}") };
    assert_eq!(section.subject, Subject::Definition { id: "common".into() });
    let [block] = section.blocks.as_slice() else { panic!("{section:?}") };
    let users: Vec<&str> = block.used_by.iter().map(|user| user.programme.as_str()).collect();
    assert_eq!(users, ["base-firm", "model-firm"]);
    let found: Vec<String> = block.changes.iter().map(line).collect();
    assert_eq!(found, ["changed verdict condition | 规模 | 小型 → 大型"]);
}

#[test]
fn another_definition_is_compared_where_it_is_used() {
    let mut old = small();
    let other = old["definitions/common/2026.toml"].replace("last 36 months", "last 12 months");
    old.insert("definitions/other/2026.toml".into(), other);
    let old =
        edited(old, "programmes/city/base-firm/2026.toml", "use = \"common\"", "use = \"other\"");
    let new = edited(old.clone(), VERSION_FILE, "use = \"common\"", "use = \"other\"");
    // Each definition has to be in use on both sides.
    let extra = "\n[[criterion]]\nid = \"again\"\nclause = \"二\"\nlabel = { zh = \"再\", en = \"again\" }\nuse = \"common\"\n";
    let with = |mut files: crate::books::Files| {
        let file = files.get_mut("programmes/city/base-firm/2026.toml").unwrap();
        file.push_str(extra);
        files
    };
    let changes = compare(&book(&with(old)), &book(&with(new)));
    let found: Vec<String> = changes.all().map(line).collect();
    assert_eq!(
        found,
        [
            "↓changed verdict condition | 无事故 | 在“共用条件” | 近 36 个月内无“事故” → 近 12 个月内无“事故”"
        ]
    );
}

#[test]
fn a_formula_names_the_versions_that_test_it() {
    let old = small();
    let path = "indicators/all.toml";
    let new = edited(
        old.clone(),
        path,
        "'rd_expense / revenue'",
        "'rd_expense / (revenue - rd_expense)'",
    );
    let changes = compare(&book(&old), &book(&new));
    let change = changes.all().next().unwrap();
    let users: Vec<&str> = change.used_by.iter().map(|user| user.programme.as_str()).collect();
    assert_eq!(users, ["model-firm"]);
}

#[test]
fn what_counts_as_a_title_names_those_that_ask_for_it() {
    let old = small();
    let head = "programmes/city/model-firm/programme.toml";
    let mut old = edited(old, head, "kind = \"tier\"", "kind = \"title\"");
    old.insert(
        "programmes/city/friend/programme.toml".into(),
        old[head].replace("标杆企业", "友好企业"),
    );
    let base = "programmes/city/base-firm/programme.toml";
    let new = edited(
        old.clone(),
        base,
        "kind = \"tier\"",
        "kind = \"tier\"\nheld_through = [\"friend\"]",
    );
    let changes = compare(&book(&old), &book(&new));
    let found: Vec<String> = changes.all().map(line).collect();
    // The criteria that ask for the title did not change themselves.
    assert_eq!(found, ["↓changed verdict held_through | 基础企业 | 无 → 友好企业"]);
    let change = changes.all().next().unwrap();
    let users: Vec<&str> = change.used_by.iter().map(|user| user.programme.as_str()).collect();
    assert_eq!(users, ["model-firm"]);
}
