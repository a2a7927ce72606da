//! Wrong use, unreadable input, readers that go away: what is said, and the exit code.

use std::io::Read as _;
use std::process::Stdio;

use serde_json::json;

use crate::program::{DAY, TextFile, command, ended, file, firm, tidu};

#[test]
fn a_mistyped_programme_is_named() {
    let file = file(&firm());
    let run = tidu(&["explain", file.path(), "--programme=litle-giant"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr, "错误：没有“litle-giant”这个项目；是不是“little-giant”？\n");
    let run = tidu(&["explain", file.path(), "--programme=专精特新中小企亚", "--lang=en"]);
    assert!(run.stderr.contains("did you mean `specialised-sme`?"), "{}", run.stderr);
    let run = tidu(&["explain", file.path(), "--programme=tech-innovative-sme"]);
    assert!(run.stderr.contains("没有它的条件"), "{}", run.stderr);
}

#[test]
fn a_programme_for_others_than_firms_is_not_called_a_bare_title() {
    let file = file(&firm());
    for name in ["sme-cluster", "国家级中小企业特色产业集群"] {
        let run = tidu(&["explain", file.path(), "--programme", name]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{name}");
        assert!(run.stderr.contains("评的是产业集群，不是企业"), "{}", run.stderr);
    }
    let run = tidu(&["explain", file.path(), "--programme=sme-cluster", "--lang=en"]);
    assert!(run.stderr.contains("(cluster) and not an enterprise"), "{}", run.stderr);
}

#[test]
fn a_day_at_the_ends_of_the_calendar_is_refused() {
    for day in ["0000-01-01", "1899-12-31", "9999-01-01"] {
        let run = tidu(&["explain", "examples/demo-firm.json", "--as-of", day]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{day}");
        assert!(run.stderr.contains("1900 至 9998"), "{}", run.stderr);
    }
}

#[test]
fn wrong_use_ends_with_two() {
    for arguments in [
        &[][..],
        &["explain"],
        &["explian", "x"],
        &["explain", "no-such-file.json"],
        &["explain", "examples"],
        &["explain", "examples/demo-firm.json", "--as-of=昨天"],
        &["explain", "examples/demo-firm.json", "--purpose=old"],
        &["explain", "examples/demo-firm.json", "-o", "result.csv"],
        &["explain", "examples/demo-firm.xlsx", "-o", "examples/demo-firm.xlsx"],
        &["explain", "examples/demo-firm.json", "--rulebook=no-such-folder"],
        &["check", "no-such-folder"],
        &["fmt", "no-such-file.toml"],
        &["template", "--years=2025-2023"],
    ] {
        let run = tidu(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn wrong_use_is_said_in_chinese_too() {
    assert!(tidu(&["explian"]).stderr.contains("用法有误：没有“explian”这个命令"));
    assert!(tidu(&["check", "--jsn"]).stderr.contains("用法有误：没有“--jsn”这个选项"));
    assert!(tidu(&["explain"]).stderr.contains("用法有误：缺少 <FACTS>"));
}

#[test]
fn help_is_an_answer() {
    for arguments in [&["--help"][..], &["explain", "-h"], &["--version"]] {
        let run = tidu(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    }
    assert!(tidu(&["--help"]).stdout.contains("企业符合哪些项目"));
}

#[test]
fn nothing_is_done_when_every_firm_is_refused() {
    let file = file(&json!({ "uscc": "91370202MADEM0011B", "name": "错码" }));
    let run = tidu(&["explain", file.path()]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("未读入"), "{}", run.stderr);
}

#[test]
fn a_damaged_rulebook_is_shown_and_not_used() {
    let rules = TextFile::new("rulebook.toml", "name = \n");
    let folder = rules.sibling("");
    let run = tidu(&["explain", "examples/demo-firm.json", "--rulebook", folder.to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("toml-syntax"), "{}", run.stderr);
    assert!(run.stderr.contains("规则库有错误"), "{}", run.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let lines: String = (0..400).map(|_| format!("{}\n", firm())).collect();
    let file = TextFile::new("firms.json", lines.replace("91370202MADEM0011A", ""));
    for more in [
        &["check", "--list"][..],
        &["explain", "examples/demo-firm.json"],
        &["explain", file.path(), "--json"],
    ] {
        let mut child = command()
            .args(more)
            .arg("--lang=zh")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 16];
        let mut stdout = child.stdout.take().unwrap();
        let _ = stdout.read(&mut first).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(!stderr.contains("panicked"), "{stderr}");
        assert!(output.status.code().is_some_and(|code| code <= 2), "{more:?}: {stderr}");
    }
}

#[test]
fn the_language_can_come_from_the_environment() {
    let run = ended(command().args(["explain", "no-such-file.json"]).env("TIDU_LANG", "en"));
    assert!(run.stderr.contains("there is no such file"), "{}", run.stderr);
    let run = ended(command().args(["explain", "no-such-file.json", DAY]));
    assert!(run.stderr.contains("找不到这个文件"), "{}", run.stderr);
}
