//! `tidu bench` on a few rows: that the ways agree and the page says what was and was not run.

use crate::program::tidu;

const SMALL: [&str; 6] =
    ["bench", "--rows=2000", "--criteria=30", "--threads=1", "--times=1", "--without=files"];

#[test]
fn kernels_and_loops_agree_and_are_timed() {
    let run = tidu(&SMALL);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    for said in ["完全一致", "手写循环", "筛查内核", "DataFusion", "未测文件到文件"]
    {
        assert!(run.stdout.contains(said), "{said}: {}", run.stdout);
    }
}

#[test]
fn the_json_names_each_way() {
    let arguments: Vec<&str> = SMALL.into_iter().chain(["--without=sql", "--json"]).collect();
    let run = tidu(&arguments);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let page: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(page["cases"][0]["differences"].as_array().map(Vec::len), Some(0));
    assert_eq!(page["cases"][0]["figures"][1]["way"], "kernels");
}

#[test]
fn a_size_of_nothing_is_refused() {
    let run = tidu(&["bench", "--rows=0"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}
