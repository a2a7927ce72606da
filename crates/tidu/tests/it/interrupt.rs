//! Ctrl-C and a request to end: told, with an exit code of its own, and nothing is left.

#![cfg(unix)]

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::program::{Run, command};
use crate::screen::City;

/// More rows than anybody waits for.
fn endless() -> String {
    let tables: Vec<String> = (0..14).map(|number| format!("population t{number}")).collect();
    format!("SELECT t0.uscc FROM {} WHERE t1.uscc < t2.uscc", tables.join(", "))
}

/// Begins a run, and ends it from outside.
fn ended(arguments: &[&str], city: &City, signal: &str) -> Run {
    let mut command = command();
    command.current_dir(city.path("")).args(arguments);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    sleep(Duration::from_secs(2));
    let told = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_query_ends_when_it_is_asked_to_and_leaves_nothing() {
    let city = City::new();
    let before = city.files();
    for (signal, output) in [("-INT", "q.xlsx"), ("-TERM", "q.parquet"), ("-INT", "q.csv")] {
        let run = ended(&["query", "city.parquet", &endless(), "-o", output], &city, signal);
        assert_eq!((run.code, run.stdout.as_str()), (130, ""), "{}", run.stderr);
        assert_eq!(run.stderr, "已中断，没有写入任何文件\n");
        assert_eq!(city.files(), before, "{output}");
    }
    let count = endless().replace("t0.uscc", "count(*)");
    let run = ended(&["query", "city.parquet", &count, "--lang=en"], &city, "-TERM");
    assert_eq!((run.code, run.stderr.as_str()), (130, "interrupted; nothing was written\n"));
}
