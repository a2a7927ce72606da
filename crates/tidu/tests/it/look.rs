//! How pages look: no colours in a pipe, no line wider than the screen, the same numbers whatever
//! the width.

use unicode_width::UnicodeWidthStr as _;

use crate::program::{DAY, command, ended, root};

const PAGES: [&[&str]; 5] = [
    &["forecast", "examples/demo-firm.json"],
    &["explain", "examples/demo-firm.xlsx"],
    &["explain", "examples/demo-firm.xlsx", "--programme=specialised-sme", "--as-of=2026-03-01"],
    &["explain", "examples/demo-firm.json", "--programme=innovative-sme"],
    &["explain", "examples/demo-firms.csv"],
];

fn page(arguments: &[&str], columns: usize, lang: &str) -> String {
    let lang = format!("--lang={lang}");
    let run = ended(
        command()
            .args(arguments)
            .args([DAY, &lang][..].iter().filter(|more| {
                !(more.starts_with("--as-of")
                    && arguments.iter().any(|known| known.starts_with("--as-of")))
            }))
            .env("COLUMNS", columns.to_string()),
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

#[test]
fn nothing_is_wider_than_the_screen() {
    for arguments in PAGES {
        for lang in ["zh", "en"] {
            for columns in [60, 72, 80, 100, 120, 140] {
                for line in page(arguments, columns, lang).lines() {
                    assert!(line.width() <= columns, "{columns} {lang} {arguments:?}: {line}");
                    assert_eq!(line, line.trim_end(), "blanks at the end");
                }
            }
        }
    }
}

#[test]
fn a_pipe_gets_no_colours() {
    for arguments in PAGES {
        assert!(!page(arguments, 100, "zh").contains('\u{1b}'), "{arguments:?}");
    }
    let run = ended(command().args(["check"]));
    assert!(!run.stdout.contains('\u{1b}'));
}

#[test]
fn every_row_of_a_table_starts_where_its_head_does() {
    let text = page(
        &[
            "explain",
            "examples/demo-firms.csv",
            "--programme=innovative-sme",
            "--programme=specialised-sme",
            "--programme=little-giant",
            "--programme=tech-sme",
        ],
        120,
        "zh",
    );
    let lines: Vec<&str> = text.lines().collect();
    let rule = lines.iter().position(|line| line.starts_with('─')).unwrap();
    let head = lines[rule - 1];
    let rows = &lines[rule + 1..rule + 6];
    assert_eq!(rows.len(), 5);
    // Two blanks separate columns: every column that begins in the head begins in the rows.
    let starts: Vec<usize> = head
        .match_indices("  ")
        .map(|(at, _)| at + 2)
        .filter(|at| head[*at..].starts_with(|c: char| c != ' '))
        .map(|at| head[..at].width())
        .collect();
    assert!(starts.len() >= 4, "{head}");
    for row in rows {
        for start in &starts {
            let before: String = row
                .chars()
                .scan(0, |columns, c| {
                    *columns += c.to_string().width();
                    (*columns <= *start).then_some(c)
                })
                .collect();
            assert!(before.ends_with("  ") && before.width() == *start, "{start}: {row}");
        }
    }
}

#[test]
fn the_program_needs_no_file_of_this_repository() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(root().join("examples/demo-firm.json"), folder.path().join("firm.json")).unwrap();
    let run = ended(command().args(["explain", "firm.json", DAY]).current_dir(folder.path()));
    assert_eq!(run.code, 0, "{}", run.stderr);
}
