//! Conversations in a pipe: what is asked, what an answer turns, and what stands in the file.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::program::{DAY, Run, command, ended, firm, root};
use crate::several::hide_hash;

const NEW: &str = "91370202MADEM0011A\n甲公司\n2016年6月1日\n";

/// Runs `tidu ask` in `folder` with these lines as answers.
fn ask(folder: &Path, arguments: &[&str], answers: &str) -> Run {
    let mut command = command();
    command.current_dir(folder).arg("ask").args(arguments).arg(DAY);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Whoever refuses to ask does not read the answers.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn document(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

fn page(run: &Run) -> String {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    hide_hash(&run.stdout)
}

/// The questions of a transcript, without their numbers.
fn questions(transcript: &str) -> Vec<&str> {
    let numbered = transcript.lines().filter(|line| {
        line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
    });
    numbered.filter_map(|line| line.split_once(". ").map(|(_, words)| words)).collect()
}

#[test]
fn a_new_firm_is_asked_what_tells_most() {
    let folder = folder();
    let answers = format!("{NEW}否\n否\n是\n2025-04-01\n都没有\n4987.5万元\nl\nq\n");
    let run = ask(folder.path(), &["firm.json"], &answers);
    insta::assert_snapshot!("ask_new_zh", page(&run));
    let explained = ended(command().current_dir(folder.path()).args(["explain", "firm.json", DAY]));
    assert_eq!(explained.code, 0, "what was saved can be read: {}", explained.stderr);
}

#[test]
fn bad_answers_are_refused_with_the_reason_and_asked_again() {
    let folder = folder();
    let answers = "\
123\n-\n91370202MADEM0011A\nQingdao Example Ltd\n2016-13-01\n2016-06-01\n?\nmaybe\nno\n-\n<\nno\nyes\n\
2026-09-01\nyes\nlast year\nnone\n43 people\n49.875m\n4987.5万元\nq\n";
    let run = ask(folder.path(), &["firm.json", "--lang=en"], answers);
    insta::assert_snapshot!("ask_bad_answers_en", page(&run));
}

#[test]
fn going_back_asks_the_same_again() {
    let folder = folder();
    let answers = format!("{NEW}否\n<\n否\n-\n<\n<\n<\n<\n<\n<\n<\n{NEW}q\n");
    let transcript = page(&ask(folder.path(), &["firm.json"], &answers));
    let questions = questions(&transcript);
    let numbers = transcript.lines().filter_map(|line| line.split_once(". ")?.0.parse().ok());
    let numbers: Vec<usize> = numbers.collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 4, 5, 6, 5, 4, 3, 2, 1, 2, 3, 4]);
    for (number, question) in numbers.iter().zip(&questions) {
        let first = numbers.iter().position(|known| known == number).unwrap();
        assert_eq!(*question, questions[first], "question {number} is the same again");
    }
    assert!(transcript.contains("前面没有可以返回的题"), "{transcript}");
    assert_eq!(document(folder.path(), "firm.json")["facts"].as_object().unwrap().len(), 1);
}

#[test]
fn a_conversation_goes_on_where_it_ended() {
    let folder = folder();
    let whole = page(&ask(folder.path(), &["whole.json"], &format!("{NEW}否\n否\n是\n否\n否\n")));
    page(&ask(folder.path(), &["parts.json"], &format!("{NEW}否\n否\n")));
    let rest = page(&ask(folder.path(), &["parts.json"], "是\n否\n否\n"));
    assert_eq!(questions(&whole)[5..], questions(&rest)[..]);
    assert_eq!(document(folder.path(), "whole.json"), document(folder.path(), "parts.json"));
}

#[test]
fn a_table_is_never_written_to() {
    let folder = folder();
    let table = root().join("examples/demo-firms.csv");
    std::fs::copy(&table, folder.path().join("firms.csv")).unwrap();
    let several = ask(folder.path(), &["firms.csv"], "q\n");
    assert_eq!(several.code, 2);
    assert!(several.stderr.contains("--firm"), "{}", several.stderr);
    let arguments = ["firms.csv", "--firm=大沽河"];
    let run = ask(folder.path(), &arguments, "-\n-\n-\n-\n-\n-\n-\n-\n-\n-\n-\n");
    assert!(page(&run).contains("没有改动，没有写文件"));
    // Whatever is asked first, one of these is an answer to it.
    let run = ask(folder.path(), &arguments, "是\n1\n2024-01-01\n");
    assert!(page(&run).contains("已保存在 firms-91370281MADEM00545.json"), "{}", run.stdout);
    let again = ask(folder.path(), &arguments, "q\n");
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("不覆盖"), "{}", again.stderr);
    let (before, after) = (std::fs::read(table), std::fs::read(folder.path().join("firms.csv")));
    assert_eq!(before.unwrap(), after.unwrap());
}

#[test]
fn what_stands_in_a_document_is_kept() {
    let folder = folder();
    let mut before = firm();
    before["facts"].as_object_mut().unwrap().remove("on_abnormal_list");
    std::fs::write(folder.path().join("firm.json"), before.to_string()).unwrap();
    page(&ask(folder.path(), &["firm.json", "--programme=specialised-sme"], "否\nq\n"));
    let after = document(folder.path(), "firm.json");
    assert_eq!(after["facts"]["on_abnormal_list"], false);
    assert_eq!(after["facts"]["revenue"]["2025"], "49875000");
    assert_eq!(after["sources"]["revenue.2025"], "税务 2026-05");
    assert_eq!(after["judgements"][0]["note"], "细分市场前列");
    for list in ["titles", "complete"] {
        assert_eq!(after[list], before[list]);
    }
}

#[test]
fn wrong_use_is_told_before_anything_is_asked() {
    let folder = folder();
    for (arguments, part) in [
        (&["none.xlsx"][..], "找不到"),
        (&["new.json", "-o", "new.xlsx"], ".json 结尾"),
        (&["new.json", "--programme=no-such"], "没有“no-such”这个项目"),
    ] {
        let run = ask(folder.path(), arguments, NEW);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was written");
}

#[test]
fn the_end_of_the_input_is_the_end_of_the_conversation() {
    let folder = folder();
    assert!(page(&ask(folder.path(), &["firm.json"], "")).contains("没有写文件"));
    assert!(!folder.path().join("firm.json").exists());
    page(&ask(folder.path(), &["firm.json"], "91370202MADEM0011A"));
    assert_eq!(document(folder.path(), "firm.json")["uscc"], "91370202MADEM0011A");
}

#[test]
fn no_line_is_wider_than_the_screen() {
    let answers = format!("{NEW}否\n?\n否\n是\n2025-04-01\n无\n都没有\n-\nl\nq\n");
    for lang in ["zh", "en"] {
        for columns in [60, 80, 140] {
            let folder = folder();
            let mut command = command();
            command.current_dir(folder.path()).args(["ask", "firm.json", DAY, "--lang", lang]);
            command.env("COLUMNS", columns.to_string());
            std::fs::write(folder.path().join("answers"), &answers).unwrap();
            command.stdin(std::fs::File::open(folder.path().join("answers")).unwrap());
            for line in ended(&mut command).stdout.lines() {
                assert!(line.width() <= columns, "{columns} {lang}: {line}");
                assert_eq!(line, line.trim_end(), "blanks at the end");
            }
        }
    }
}
