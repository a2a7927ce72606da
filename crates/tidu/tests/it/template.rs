//! `tidu template`: a form that `explain` reads back.

use calamine::{Reader as _, Xlsx, open_workbook};

use crate::program::{TextFile, tidu};

#[test]
fn a_form_can_be_written_for_one_programme() {
    let folder = tempfile::tempdir().unwrap();
    let sizes: Vec<u64> =
        [&[][..], &["--programme=little-giant"], &["--programme=专精特新中小企业", "--years=2025"]]
            .iter()
            .enumerate()
            .map(|(index, more)| {
                let path = folder.path().join(format!("{index}.xlsx"));
                let run = tidu(&[&["template", "-o", path.to_str().unwrap()], *more].concat());
                assert_eq!(run.code, 0, "{}", run.stderr);
                let read = tidu(&["explain", path.to_str().unwrap(), "--as-of=2026-05-01"]);
                // The form has headings that are understood, and no firm yet.
                assert_eq!(read.code, 2, "{}", read.stdout);
                assert!(!read.stderr.contains("unknown"), "{}", read.stderr);
                std::fs::metadata(path).unwrap().len()
            })
            .collect();
    assert!(sizes[0] > sizes[1] && sizes[1] > sizes[2], "{sizes:?}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "nothing unfinished is left behind");
}

#[test]
fn what_exists_is_not_overwritten() {
    let filled = TextFile::new("form.xlsx", "somebody's work");
    let run = tidu(&["template", "-o", filled.path()]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(std::fs::read_to_string(filled.path()).unwrap(), "somebody's work");
    let run = tidu(&["template", "-o", filled.sibling("form.csv").to_str().unwrap()]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

#[test]
fn a_form_asks_for_the_year_that_the_programme_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.xlsx");
    let run = tidu(&["template", "-o", path.to_str().unwrap(), "--programme=specialised-sme"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let names = book.sheet_names();
    let sheet = book.worksheet_range(&names[0]).unwrap();
    let heads = sheet.rows().map(|row| row.iter().map(|cell| cell.to_string()).collect::<Vec<_>>());
    let heads = heads.filter(|row| row.iter().any(|head| head.contains("营业收入")));
    let heads: Vec<String> = heads.flatten().collect();
    // The points of the year in which one applies decide.
    let this_year = jiff::Zoned::now().year();
    let asks = |name: &str, year: i16| {
        heads.iter().any(|head| head.contains(name) && head.contains(&year.to_string()))
    };
    assert!(asks("评价得分", this_year) && asks("评价得分", this_year - 1), "{heads:?}");
    assert!(!asks("营业收入", this_year) && asks("营业收入", this_year - 1), "{heads:?}");
}
