//! Files with several firms: a line for each, and one firm picked out of them.

use crate::program::{DAY, tidu};

const FIRMS: &str = "examples/demo-firms.csv";

#[test]
fn every_firm_has_its_line_and_every_column_its_place() {
    for lang in ["--lang=zh", "--lang=en"] {
        let run = tidu(&["explain", FIRMS, DAY, lang]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        insta::assert_snapshot!(format!("several_{}", &lang[7..]), hide_hash(&run.stdout));
    }
}

#[test]
fn one_firm_is_found_by_code_name_or_part_of_it() {
    for firm in ["91370211MADEM00383", "崂山膜材料有限公司（演示数据）", "崂山"] {
        let run = tidu(&["explain", FIRMS, "--firm", firm, DAY]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.starts_with("崂山膜材料有限公司（演示数据）  91370211MADEM00383\n"));
    }
}

#[test]
fn a_firm_that_is_not_there_or_not_alone_is_refused() {
    let run = tidu(&["explain", FIRMS, "--firm=劳山膜材料有限公司（演示数据）"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("是不是“崂山膜材料有限公司（演示数据）”？"), "{}", run.stderr);
    let run = tidu(&["explain", FIRMS, "--firm=有限公司", "--lang=en"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("more than one firm"), "{}", run.stderr);
    let run = tidu(&["explain", FIRMS, "--firm=海信"]);
    assert!(run.stderr.contains("没有企业“海信”"), "{}", run.stderr);
}

/// The rulebook's hash changes with every comma in it.
pub fn hide_hash(text: &str) -> String {
    let mut hidden = text.to_owned();
    for word in ["规则库 ", "rulebook "] {
        if let Some(at) = hidden.find(word) {
            let start = at + word.len();
            hidden.replace_range(start..start + 12, "############");
        }
    }
    hidden
}
