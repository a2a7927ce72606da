//! `tidu generate`: a made-up city as a file.

use std::fs;
use std::path::Path;

use population::Reader;

use crate::program::{Run, tidu};

fn generate(path: &Path, more: &[&str]) -> Run {
    let path = path.to_str().unwrap();
    tidu(&[&["generate", "-o", path, "--as-of=2026-05-01"], more].concat())
}

#[test]
fn says_what_is_in_the_city() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        let path = folder.path().join(format!("{lang}.parquet"));
        let run = generate(&path, &["--enterprises=200", "--lang", lang]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let shown = run.stdout.replace(folder.path().to_str().unwrap(), "…");
        insta::assert_snapshot!(format!("generate_{lang}"), shown);
    }
}

#[test]
fn the_same_seed_gives_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let made = |name: &str, more: &[&str]| {
        let path = folder.path().join(name);
        let run = generate(&path, &[&["--enterprises=9000"], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        fs::read(path).unwrap()
    };
    let first = made("a.parquet", &[]);
    assert!(first == made("b.parquet", &["--seed=1"]));
    assert!(first != made("c.parquet", &["--seed=2"]));
}

#[test]
fn the_catalogue_admits_every_value() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = tidu::law::embedded().compiled.rulebook.catalogue;
    for (name, more) in
        [("small.parquet", "--enterprises=3000"), ("large.parquet", "--enterprises=9000")]
    {
        let path = folder.path().join(name);
        assert_eq!(generate(&path, &[more]).code, 0);
        let file = Reader::open(&path, &catalogue).unwrap();
        assert!(file.warnings().is_empty(), "{:?}", file.warnings());
        assert!(file.metadata().contains(&("tidu.synthetic".to_owned(), "true".to_owned())));
        let mut rows = 0;
        let batches = file.batches().unwrap();
        let shape = batches.shape().clone();
        for batch in batches {
            let canonical = shape.canonical(&batch.unwrap(), rows).unwrap();
            rows += u64::try_from(canonical.num_rows()).unwrap();
        }
        assert_eq!(rows, file.rows());
    }
}

#[test]
fn what_exists_is_not_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    fs::write(&path, "somebody's work").unwrap();
    let run = generate(&path, &["--enterprises=10"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's work");
    assert_eq!(generate(&path, &["--enterprises=10", "--force"]).code, 0);
    assert_eq!(generate(&folder.path().join("city.csv"), &["--enterprises=10"]).code, 2);
    assert_eq!(generate(&folder.path().join("none.parquet"), &["--enterprises=0"]).code, 2);
    assert_eq!(generate(&folder.path().join("no/where.parquet"), &["--enterprises=5"]).code, 2);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing unfinished is left behind");
}
