//! `tidu convert`: everything sound into one file, everything else into the report.

use std::path::Path;
use std::process::Command;

use crate::program::{DAY, Run, command, ended, root, tidu};

const FIRMS: &str = "examples/demo-firms.csv";

/// Two firms, one of which the second file names again; a bad code, a bad amount, a firm twice.
const BAD: &str = "\
统一社会信用代码,企业名称,营业收入（万元）2025年,成立日期
91370202MA0000000Y,梯度科技,1200.5,2018-03-01
91370202MA0000000X,错码科技,5,2018-03-01
91370211MA00000013,重复科技,300,2019-01-01
91370211MA00000013,重复科技,300,2019-01-01
91370281MACDEFGH2K,半分科技,0.0000001,2019-01-01
";
const MORE: &str = r#"{"uscc":"91370202MA0000000Y","name":"梯度科技","facts":{"employees":{"2025":"7"}}}
{"uscc":"92370285MA3ABCDE79","name":"大额科技","facts":{"revenue":{"2025":"90000000000000000"}}}"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("台账.csv"), BAD).unwrap();
    std::fs::write(folder.path().join("补充.json"), MORE).unwrap();
    folder
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    ended(command().current_dir(folder).args(arguments))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_population_answers_like_the_table_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let [city, again] = ["city.parquet", "again.parquet"].map(|name| folder.path().join(name));
    let run = tidu(&["convert", FIRMS, "-o", city.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = tidu(&["convert", city.to_str().unwrap(), "-o", again.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(std::fs::read(&city).unwrap(), std::fs::read(&again).unwrap());
    let of_table = tidu(&["explain", FIRMS, DAY]);
    let of_city = tidu(&["explain", city.to_str().unwrap(), DAY]);
    assert_eq!(of_table.stdout, of_city.stdout);
    for firm in ["91370211MADEM00383", "崂山"] {
        let run = tidu(&["explain", city.to_str().unwrap(), "--firm", firm, DAY]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.starts_with("崂山膜材料有限公司（演示数据）  91370211MADEM00383\n"));
    }
    let run = tidu(&["explain", city.to_str().unwrap(), "--firm=海信"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("没有企业“海信”"), "{}", run.stderr);
}

#[test]
fn what_is_not_taken_is_reported_and_everything_else_is_taken() {
    let folder = folder();
    for (lang, refused) in [("zh", "未读入.csv"), ("en", "refused.csv")] {
        let lang = format!("--lang={lang}");
        let run = run_in(
            folder.path(),
            &[
                "convert",
                "台账.csv",
                "补充.json",
                "-o",
                "city.parquet",
                "--refused",
                refused,
                "--force",
                &lang,
            ],
        );
        assert_eq!((run.code, run.stdout.as_str()), (1, ""));
        let table = std::fs::read_to_string(folder.path().join(refused)).unwrap();
        let size = std::fs::metadata(folder.path().join("city.parquet")).unwrap().len();
        assert!(size < 20_000, "{size}");
        assert!(table.starts_with('\u{feff}'));
        let table = table.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let (said, written) = run.stderr.trim_end().rsplit_once('\n').unwrap();
        assert!(written.contains("city.parquet"), "{written}");
        insta::assert_snapshot!(format!("convert_{}", &lang[7..]), format!("{said}\n\n{table}"));
    }
    let run =
        run_in(folder.path(), &["explain", "city.parquet", "--firm=92370285MA3ABCDE79", "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        names(folder.path()),
        ["city.parquet", "refused.csv", "台账.csv", "未读入.csv", "补充.json"]
    );
}

#[test]
fn no_file_takes_the_place_of_another() {
    let folder = folder();
    std::fs::copy(folder.path().join("补充.json"), folder.path().join("in.parquet")).unwrap();
    for arguments in [
        &["convert", "in.parquet", "-o", "./in.parquet"][..],
        &["convert", "补充.json", "-o", "city.csv"],
        &["convert", "补充.json", "./补充.json", "-o", "city.parquet"],
        &["convert", "台账.csv", "-o", "city.parquet", "--refused", "./台账.csv"],
        &["convert", "台账.csv", "-o", "city.parquet", "--refused", "bad.txt"],
        &["convert", "none.csv", "-o", "city.parquet"],
    ] {
        let run = run_in(folder.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(names(folder.path()), ["in.parquet", "台账.csv", "补充.json"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("台账.csv")).unwrap(), BAD);
}

#[test]
fn where_nobody_is_left_no_file_is_made() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad.csv"), "统一社会信用代码,企业名称\n9137,某\n").unwrap();
    let run = run_in(folder.path(), &["convert", "bad.csv", "-o", "city.parquet", "--lang=en"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no firm to write"), "{}", run.stderr);
    assert_eq!(names(folder.path()), ["bad.csv"]);
}

#[test]
fn a_population_that_is_cut_off_is_refused_and_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    let run = tidu(&["convert", FIRMS, "-o", path.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(folder.path().join("cut.parquet"), &whole[..whole.len() / 2]).unwrap();
    let run = run_in(folder.path(), &["convert", "cut.parquet", "-o", "city.parquet"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    let run = run_in(folder.path(), &["convert", "cut.parquet", "-o", "city.parquet", "--force"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("结尾缺失"), "{}", run.stderr);
    let run = run_in(folder.path(), &["explain", "cut.parquet"]);
    assert_eq!(run.code, 2);
    assert_eq!(std::fs::read(&path).unwrap(), whole);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // A limit on the size of files stands for a disk that is full.
    let program = env!("CARGO_BIN_EXE_tidu");
    let script = format!("trap '' XFSZ; ulimit -f 4; exec '{program}' convert '{FIRMS}' -o \"$1\"");
    let city = folder.path().join("city.parquet");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, "sh", city.to_str().unwrap()]).current_dir(root());
    let run = ended(&mut shell);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("无法写入"), "{}", run.stderr);
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_word_for_not_known_is_blank_where_it_was_declared() {
    let folder = tempfile::tempdir().unwrap();
    let text = "统一社会信用代码,企业名称,营业收入2025年（万元）\n91370202MA0000000Y,梯度科技,无\n";
    std::fs::write(folder.path().join("a.csv"), text).unwrap();
    let run = run_in(folder.path(), &["convert", "a.csv", "-o", "a.parquet"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--blank 无"), "{}", run.stderr);
    let run = run_in(folder.path(), &["convert", "a.csv", "-o", "a.parquet", "--blank", "无"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("按 --blank 当作空白（不知道）的有 1 格"), "{}", run.stderr);
}
