//! The API of a running demonstration, held against its own description by Schemathesis: no server error, no answer
//! that is not described, nothing refused that fits its schema and nothing taken that does not. What it is told stands
//! in `contract/`. With more time: `TIDU_CONTRACT_SECONDS=1800 cargo test -p tidu --test it contract`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::demo::Demo;
use super::program::token;

/// Who asks for what: an account of the demonstration, and the parts of the API that are its business.
const WALKS: &[(&str, &[&str], u64)] = &[
    ("city", &[], 60),
    (
        "admin",
        &["person", "membership", "organisation", "session", "token", "job", "operation"],
        30,
    ),
    ("firm", &["own", "delegation", "decision"], 20),
    ("auditor", &["audit", "own"], 10),
    // Who sees a part of the city, or of its firms.
    ("district", &[], 15),
    ("leader", &[], 15),
    ("adviser", &["enterprise", "own", "delegation", "decision"], 8),
    ("bank", &["enterprise", "own"], 8),
    // Who may do next to nothing is told so everywhere.
    ("expert", &[], 8),
    ("provider", &[], 15),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/platform/contract")
}

/// Schemathesis, if it is installed; in the gate it has to be.
fn schemathesis() -> Option<String> {
    let named = std::env::var("SCHEMATHESIS").ok();
    let works = |name: &String| {
        let asked = Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        asked.is_ok_and(|status| status.success())
    };
    let found = named.into_iter().chain(["schemathesis".to_owned()]).find(works);
    if found.is_none() {
        let lacks = "no Schemathesis: pip install -r tests/it/platform/contract/requirements.txt, and say in \
                     SCHEMATHESIS where it is if that is not on the path";
        assert!(std::env::var_os("TIDU_TEST_ALL").is_none(), "{lacks}");
        eprintln!("SKIPPED: {lacks}");
    }
    found
}

/// Seconds in place of those in the table, for whoever has more of them.
fn seconds(usual: u64) -> u64 {
    let asked = std::env::var("TIDU_CONTRACT_SECONDS").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(usual)
}

#[test]
fn the_api_answers_what_it_says_it_answers() {
    let Some(schemathesis) = schemathesis() else { return };
    let place = tempfile::tempdir().unwrap();
    let running = Demo::start(&place.path().join("demo"));
    let mut failed = Vec::new();
    for (login, tags, usual) in WALKS {
        let began = Instant::now();
        let mut run = Command::new(&schemathesis);
        run.args(["--config-file", folder().join("schemathesis.toml").to_str().unwrap()])
            .args(["run", &format!("{}/api/v1/openapi.json?lang=en", running.url)])
            .args(["--url", &running.url, "--no-color"])
            .args(["--max-time", &seconds(*usual).to_string()])
            .args(tags.iter().flat_map(|tag| ["--include-tag", tag]))
            .env("SCHEMATHESIS_HOOKS", folder().join("hooks.py"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("TIDU_CONTRACT_TOKEN", token(&running, login))
            .current_dir(place.path());
        let done = run.output().unwrap();
        let said = String::from_utf8_lossy(&done.stdout);
        eprintln!("{login}: {} s", began.elapsed().as_secs());
        if !done.status.success() {
            let more = String::from_utf8_lossy(&done.stderr);
            failed.push(format!("as {login}:\n{said}\n{more}"));
        }
    }
    let log = std::fs::read_to_string(place.path().join("demo.log")).unwrap_or_default();
    assert!(!log.contains("panicked"), "{log}");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
