//! Bad rule files beside what the checker says of them: tests/bad/<name>.toml and <name>.snap. Each
//! is compiled together with the small good rulebook in tests/bad/base; its first line may say
//! where it stands. Every code of the checker is shown by at least one of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::check::copy;
use crate::program::{Run, tidu};

/// Problems of a size or kind that no readable file can show; they have tests of their own.
const SHOWN_ELSEWHERE: [&str; 3] = ["file-too-large", "missing-file", "unreadable-file"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

fn bad_files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.is_file() && path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.retain(|path| !path.to_str().unwrap().ends_with(".more.toml"));
    files.sort();
    files
}

/// The base rulebook with this file in it, and with the one that belongs to it.
fn rulebook_with(bad: &Path) -> tempfile::TempDir {
    let rulebook = tempfile::tempdir().unwrap();
    copy(&folder().join("base"), rulebook.path());
    for path in [bad.to_owned(), bad.with_extension("more.toml")] {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let first = text.lines().next().unwrap_or_default();
        let place = first.strip_prefix("# at: ").unwrap_or("programmes/demo/case/2026.toml");
        let target = rulebook.path().join(place);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, text).unwrap();
    }
    rulebook
}

fn checked(rulebook: &Path, lang: &str, arguments: &[&str]) -> Run {
    let path = rulebook.to_str().unwrap();
    let examples = rulebook.join("programmes/demo/good/examples").exists();
    let command = if examples { "test" } else { "check" };
    tidu(&[&[command, path, "--lang", lang], arguments].concat())
}

/// All but the summary line, which names the hash of the whole rulebook.
fn without_summary(run: &Run) -> String {
    let lines: Vec<&str> = run.stdout.trim_end().lines().collect();
    lines[..lines.len() - 1].join("\n")
}

#[test]
fn the_base_is_good() {
    let run = tidu(&["check", folder().join("base").to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
}

#[test]
fn every_bad_file_is_told_as_recorded() {
    let files = bad_files();
    assert!(files.len() > 40, "{} files", files.len());
    for bad in files {
        let rulebook = rulebook_with(&bad);
        let [zh, en] =
            ["zh", "en"].map(|lang| without_summary(&checked(rulebook.path(), lang, &[])));
        let name = bad.file_stem().unwrap().to_str().unwrap();
        insta::with_settings!({
            snapshot_path => folder(),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(name, format!("{zh}\n\n{en}")) });
    }
}

#[test]
fn every_code_is_shown_by_some_file() {
    let mut seen: BTreeSet<String> =
        SHOWN_ELSEWHERE.iter().map(|code| (*code).to_owned()).collect();
    for bad in bad_files() {
        let rulebook = rulebook_with(&bad);
        let said = without_summary(&checked(rulebook.path(), "en", &[]));
        let codes = rulebook::Code::ALL.iter().map(|code| code.as_str());
        seen.extend(codes.filter(|code| said.contains(code)).map(str::to_owned));
    }
    let missing: Vec<&str> = rulebook::Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !seen.contains(*code))
        .collect();
    assert!(missing.is_empty(), "no bad file shows {missing:?}");
}
