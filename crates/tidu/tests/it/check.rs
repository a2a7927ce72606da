//! `check`, `test` and `fmt` on the rulebook of this repository and on damaged copies of it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{root, tidu};

/// A copy of the rulebook with one text in it replaced.
fn damaged(file: &str, from: &str, to: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("rulebook"), folder.path());
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replace(from, to)).unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

const VERSION: &str = "programmes/miit/little-giant/2026.toml";

#[test]
fn the_embedded_rulebook_is_that_of_the_folder() {
    let (embedded, folder) = (tidu(&["check"]), tidu(&["check", "rulebook"]));
    assert_eq!((embedded.code, folder.code), (0, 0), "{}", folder.stdout);
    assert_eq!(embedded.last_line(), folder.last_line());
    assert_eq!(tidu(&["check", "--rulebook", "rulebook"]).stdout, folder.stdout);
}

#[test]
fn a_mistyped_name_is_underlined_and_the_near_one_named() {
    let (_folder, path) =
        damaged(VERSION, "revenue[base] >= min_revenue", "revenu[base] >= min_revenue");
    let path = path.to_str().unwrap();
    let run = tidu(&["check", path]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!("mistyped_zh", without_summary(&run.stdout));
    let run = tidu(&["check", path, "--lang=en"]);
    insta::assert_snapshot!("mistyped_en", without_summary(&run.stdout));
}

/// The last line counts files and names a hash: it changes with the rulebook.
fn without_summary(text: &str) -> &str {
    text.trim_end().rsplit_once('\n').map_or(text, |(before, _)| before.trim_end())
}

#[test]
fn editors_get_the_same_as_json() {
    let (_folder, path) =
        damaged(VERSION, "revenue[base] >= min_revenue", "revenu[base] >= min_revenue");
    let run = tidu(&["check", path.to_str().unwrap(), "--json"]);
    assert_eq!(run.code, 1);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let first = found.as_array().unwrap().iter().find(|one| one["file"] == VERSION).unwrap();
    assert_eq!(first["code"], "unknown-name");
    assert_eq!(first["severity"], "error");
    let line = fs::read_to_string(path.join(VERSION)).unwrap();
    let line = line.lines().position(|line| line.contains("revenu[")).unwrap() + 1;
    assert_eq!(first["line"], line);
    assert_eq!(first["column"], 12);
    assert_eq!(first["end_column"], 18);
    assert!(first["message"]["zh"].is_string() && first["message"]["en"].is_string());
}

#[test]
fn every_code_is_listed() {
    let run = tidu(&["check", "--list"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.stdout.lines().count(), rulebook::Code::ALL.len());
}

#[test]
fn a_moved_number_is_noticed_by_an_example() {
    assert_eq!(tidu(&["test", "rulebook"]).code, 0);
    let (_folder, path) =
        damaged(VERSION, "min_revenue = \"5000 万元\"", "min_revenue = \"5001 万元\"");
    let run = tidu(&["test", path.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stdout.contains("little-giant · "), "{}", run.stdout);
    let run = tidu(&["test", path.to_str().unwrap(), "--json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(!report["failures"].as_array().unwrap().is_empty());
}

#[test]
fn files_are_laid_out_or_only_checked() {
    assert_eq!(tidu(&["fmt", "--check", "rulebook"]).code, 0);
    let (_folder, path) = damaged(VERSION, "version   = \"2026\"", "version=\"2026\"");
    let file = path.join(VERSION);
    let before = fs::read_to_string(&file).unwrap();
    let run = tidu(&["fmt", "--check", path.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("2026.toml"), "{}", run.stdout);
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    assert_eq!(tidu(&["fmt", path.to_str().unwrap()]).code, 0);
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        fs::read_to_string(root().join("rulebook").join(VERSION)).unwrap()
    );
}

#[test]
fn hostile_folders_are_answered() {
    let (_folder, path) = damaged(VERSION, "version   = \"2026\"", "version   = \"2026\"");
    fs::write(path.join("programmes/large.toml"), "#".repeat(rulebook::LARGEST_FILE + 10)).unwrap();
    let run = tidu(&["check", path.to_str().unwrap()]);
    assert!(run.stdout.contains("file-too-large"), "{}", run.stdout);
    fs::write(path.join("programmes/large.toml"), [0xff, 0xfe, 0x00]).unwrap();
    let run = tidu(&["check", path.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("UTF-8"), "{}", run.stdout);
    fs::remove_file(path.join("programmes/large.toml")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&path, path.join("programmes/loop")).unwrap();
        assert_eq!(tidu(&["check", path.to_str().unwrap()]).code, 0);
    }
}

#[test]
fn a_part_of_a_rulebook_is_sent_to_its_root() {
    for part in ["rulebook/programmes", "rulebook/rounds/2026.toml"] {
        let run = tidu(&["check", part]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{part}");
        assert!(run.stderr.contains("只是规则库的一部分"), "{}", run.stderr);
        assert!(run.stderr.trim_end().ends_with("rulebook"), "{}", run.stderr);
    }
}

#[test]
fn a_folder_without_its_root_file_says_so() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("rulebook"), folder.path());
    fs::remove_file(folder.path().join("rulebook.toml")).unwrap();
    let run = tidu(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("missing-file"), "{}", run.stdout);
}

#[test]
fn nothing_that_looks_like_a_rule_file_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("rulebook"), folder.path());
    let capital = folder.path().join("rounds/2027.TOML");
    fs::write(&capital, "").unwrap();
    let run = tidu(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("2027.TOML"), "{}", run.stdout);
}

#[test]
fn an_unnoticed_move_names_file_and_line() {
    let (_folder, path) = damaged(
        "programmes/most/high-tech-enterprise/examples/2016.toml",
        "founded_on = \"2025-06-16\"",
        "founded_on = \"2025-07-16\"",
    );
    let run = tidu(&["test", path.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    let place = "programmes/most/high-tech-enterprise/2016.toml:";
    assert!(run.stdout.contains(place), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_read_are_told_with_everything_else() {
    use std::os::unix::fs::symlink;
    let (_folder, path) =
        damaged(VERSION, "revenue[base] >= min_revenue", "revenu[base] >= min_revenue");
    let rounds = path.join("rounds");
    fs::write(rounds.join("gbk.toml"), b"# one\nnote = { zh = \"\xc6\xf3\xd2\xb5\" }\n").unwrap();
    fs::write(rounds.join("utf16.toml"), b"\xff\xfen\0a\0").unwrap();
    symlink("nowhere", rounds.join("dangling.toml")).unwrap();
    symlink("itself.toml", rounds.join("itself.toml")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(rounds.join("pipe.toml")).unwrap();
    let folder = path.to_str().unwrap();

    let run = tidu(&["check", folder, "--json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let of = |name: &str| {
        let file = format!("rounds/{name}.toml");
        let all: Vec<&Value> =
            found.as_array().unwrap().iter().filter(|one| one["file"] == *file).collect();
        assert_eq!(all.len(), 1, "{name}");
        assert_eq!(all[0]["code"], "unreadable-file", "{name}");
        (all[0]["line"].as_u64().unwrap(), all[0]["message"]["zh"].as_str().unwrap().to_owned())
    };
    let (line, message) = of("gbk");
    assert_eq!(line, 2);
    assert!(message.contains("第 2 行起不是 UTF-8 文本，请另存为 UTF-8"), "{message}");
    assert_eq!(of("utf16").0, 1);
    assert!(of("dangling").1.contains("无法读取"));
    assert!(of("itself").1.contains("无法读取"));
    assert!(of("pipe").1.contains("不是普通文件"));
    assert!(found.as_array().unwrap().iter().any(|one| one["code"] == "unknown-name"));

    for lang in ["zh", "en"] {
        let run = tidu(&["check", folder, "--lang", lang]);
        assert_eq!((run.code, run.stderr.as_str()), (1, ""));
        assert_eq!(run.stdout.matches("unreadable-file").count(), 5, "{}", run.stdout);
    }
    let facts = root().join("examples/demo-firm.json");
    let run = tidu(&["explain", facts.to_str().unwrap(), "--rulebook", folder]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("unreadable-file"), "{}", run.stderr);
    assert_eq!(tidu(&["fmt", "--check", folder]).code, 1);
}

#[test]
fn a_criterion_that_no_example_leaves_open_is_named() {
    let (_folder, path) = damaged(
        "programmes/miit/manufacturing-champion/examples/2023.toml",
        "no_titles = true",
        "titles    = []",
    );
    let run = tidu(&["test", path.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    let told = "manufacturing-champion@2023 · little-giant：没有示例使它待定";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    let run = tidu(&["test", path.to_str().unwrap(), "--json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["unshown"][0]["outcome"], "unknown");
}
