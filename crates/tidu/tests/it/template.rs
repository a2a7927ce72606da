//! `tidu template`: a form that `explain` reads back.

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
