//! Files that commands write: none takes the place of one that is read or, unasked, of one that is there,
//! and what cannot be written is told before anything is done.

use std::fs;

use calamine::{Reader as _, Xlsx, open_workbook};

use crate::program::{DAY, Run, command, ended};
use crate::screen::City;

const SET: &str = "--set=specialised-sme.rd.amount=200 万元";

/// A folder with a population, a result, a table of the same firms, and a file of variants.
fn office() -> City {
    let city = City::new();
    assert_eq!(city.screen(&["--lists", &city.path("lists.xlsx")]).code, 0);
    let variants = "[variant.one]\nset = { \"specialised-sme.rd.amount\" = \"200 万元\" }\n";
    fs::write(city.path("v.toml"), variants).unwrap();
    fs::write(city.path("v.xlsx"), variants).unwrap();
    city
}

fn run(city: &City, arguments: &[&str]) -> Run {
    ended(command().current_dir(city.path("")).args(arguments))
}

/// What stands in the folder.
fn contents(city: &City) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| {
        let path = city.path(&name);
        let bytes =
            if fs::metadata(&path).unwrap().is_file() { fs::read(path).unwrap() } else { vec![] };
        (name, bytes)
    };
    city.files().into_iter().map(read).collect()
}

/// Nothing is done, and why is said in both languages.
fn refused(city: &City, arguments: &[&str], zh: &str, en: &str) {
    let before = contents(city);
    for (lang, words) in [("zh", zh), ("en", en)] {
        let run = run(city, &[arguments, &["--lang", lang]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
        assert!(contents(city) == before, "{arguments:?}");
    }
}

#[test]
fn no_output_takes_the_place_of_what_is_read_even_by_force() {
    let city = office();
    #[cfg(unix)]
    std::os::unix::fs::symlink(city.path("city.parquet"), city.path("link.parquet")).unwrap();
    #[cfg(not(unix))]
    fs::copy(city.path("city.parquet"), city.path("link.parquet")).unwrap();
    fs::create_dir(city.path("folder")).unwrap();
    fs::copy(city.path("city.parquet"), city.path("folder/a.parquet")).unwrap();
    let link = if cfg!(unix) { "link.parquet" } else { "city.parquet" };
    for arguments in [
        &["screen", "city.parquet", "-o", "./city.parquet"][..],
        &["screen", "city.parquet", "-o", link],
        &["screen", "folder", "-o", "folder/a.parquet"],
        &["query", "city.parquet", "SELECT 1", "-o", "city.parquet"],
        &["query", "city.parquet", "result.parquet", "SELECT 1", "-o", "folder/../result.parquet"],
        &["query", "city.parquet", "SELECT 1", "-o", link],
        &["simulate", "lists.xlsx", SET, "-o", "lists.xlsx"],
        &["simulate", "lists.xlsx", SET, "--names", "./lists.xlsx"],
        &["simulate", "city.parquet", "--overlay", "v.xlsx", "-o", "v.xlsx"],
        &["explain", "lists.xlsx", "-o", "lists.xlsx"],
        &["convert", "city.parquet", "-o", link],
    ] {
        let arguments = [arguments, &["--force"]].concat();
        refused(&city, &arguments, "就是要读的", "is to be read");
    }
    let arguments = ["screen", "folder", "-o", "folder/b.parquet", "--force"];
    refused(&city, &arguments, "下次会被当作其中的数据", "the next time");
}

#[test]
fn a_name_is_of_a_kind_and_given_once() {
    let city = office();
    let simulate = ["simulate", "city.parquet", SET];
    let twice = [&simulate[..], &["-o", "s.xlsx", "--names", "./s.xlsx"]].concat();
    refused(&city, &twice, "是同一个文件", "the same file");
    let book = [&simulate[..], &["-o", "s.txt"]].concat();
    refused(&city, &book, "须以 .xlsx 结尾", "must end in .xlsx");
    let lists = ["screen", "city.parquet", "-o", "r.parquet", "--lists", "l.csv"];
    refused(&city, &lists, "须以 .xlsx 结尾", "must end in .xlsx");
    let query = ["query", "city.parquet", "SELECT 1", "-o", "q.txt"];
    refused(&city, &query, ".parquet、.xlsx 或 .csv 结尾", ".parquet, .xlsx or .csv");
}

#[test]
fn what_is_there_is_replaced_only_by_force() {
    let city = office();
    fs::write(city.path("mine.xlsx"), "precious").unwrap();
    fs::write(city.path("mine.parquet"), "precious").unwrap();
    for arguments in [
        &["screen", "city.parquet", DAY, "-o", "mine.parquet"][..],
        &["screen", "city.parquet", DAY, "-o", "r.parquet", "--lists", "mine.xlsx"],
        &["query", "city.parquet", "SELECT uscc FROM population", "-o", "mine.xlsx"],
        &["simulate", "city.parquet", DAY, SET, "-o", "mine.xlsx"],
        &["simulate", "city.parquet", DAY, SET, "--names", "mine.xlsx"],
        &["explain", "city.parquet", DAY, "-o", "mine.xlsx"],
    ] {
        refused(&city, arguments, "已存在，不覆盖", "is not overwritten");
        let run = run(&city, &[arguments, &["--force"]].concat());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        for name in ["mine.xlsx", "mine.parquet"] {
            fs::write(city.path(name), "precious").unwrap();
        }
        let _ = fs::remove_file(city.path("r.parquet"));
    }
}

#[test]
fn a_place_where_nothing_can_be_written_is_told_before_anything_is_done() {
    let city = office();
    for arguments in [
        &["screen", "city.parquet", "-o", "r.parquet", "--lists", "nodir/out.xlsx"][..],
        &["screen", "city.parquet", "-o", "nodir/out.parquet"],
        &["query", "city.parquet", "SELECT 1", "-o", "nodir/out.csv"],
        &["simulate", "city.parquet", SET, "--names", "nodir/out.xlsx"],
        &["convert", "firms.csv", "-o", "c.parquet", "--refused", "nodir/out.csv"],
        &["generate", "--enterprises=10", "-o", "nodir/out.parquet"],
    ] {
        refused(&city, arguments, "无法写入“nodir/out.", "cannot write `nodir/out.");
        refused(&city, arguments, "没有这个文件夹", "no such folder");
    }
    fs::create_dir(city.path("d.xlsx")).unwrap();
    let arguments = ["simulate", "city.parquet", SET, "-o", "d.xlsx", "--force"];
    refused(&city, &arguments, "不是普通文件", "not a regular file");
}

#[test]
fn refused_rows_are_listed_where_there_are_any() {
    let city = office();
    let convert = ["convert", "firms.csv", "-o", "c.parquet", "--refused", "no.xlsx"];
    let found = run(&city, &convert);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(found.stderr.contains("没有未读入的行，没有生成 no.xlsx"), "{}", found.stderr);
    assert!(!city.files().contains(&"no.xlsx".to_owned()));
    // One that is to be replaced would tell of rows that are read by now.
    fs::write(city.path("no.xlsx"), "old").unwrap();
    let found = run(&city, &[&convert[..], &["--force"]].concat());
    assert!(found.stderr.contains("no.xlsx 只有表头"), "{}", found.stderr);
    let mut book: Xlsx<_> = open_workbook(city.path("no.xlsx")).unwrap();
    assert_eq!(book.worksheet_range("未读入").unwrap().rows().count(), 1);
}
