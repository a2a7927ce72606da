//! Runs the built binary and takes down what it said.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run came to.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The last line of standard output.
    pub fn last_line(&self) -> &str {
        self.stdout.lines().last().unwrap_or_default()
    }

    /// The objects printed with `--json`, one a line.
    pub fn objects(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A command with a known environment.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidu"));
    command.env_remove("TIDU_LANG").env_remove("NO_COLOR").env("COLUMNS", "100");
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// Runs the program with these arguments at the root of the repository.
pub fn tidu(arguments: &[&str]) -> Run {
    ended(command().args(arguments))
}

/// Runs a command to its end.
pub fn ended(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A file with this text in a folder of its own.
pub struct TextFile {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl TextFile {
    pub fn new(name: &str, text: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Self { _folder: folder, path }
    }

    pub fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }

    pub fn sibling(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }
}

/// A firm that is one measurable criterion short of the highest rung.
pub fn firm() -> Value {
    serde_json::json!({
        "uscc": "91370202MADEM0011A",
        "name": "岛城精密机电有限公司（演示数据）",
        "titles": [
            { "programme": "innovative-sme", "from": "2024-05-01", "to": "2027-04-30" },
            { "programme": "specialised-sme", "from": "2025-01-01", "to": "2027-12-31" }
        ],
        "complete": [{ "kind": "*", "until": "2026-11-22" }],
        "judgements": [
            { "programme": "specialised-sme", "criterion": "market-position", "met": true,
              "by": "评审组", "on": "2026-04-20", "note": "细分市场前列" }
        ],
        "facts": {
            "founded_on": "2016-06-01", "legal_person": true, "industry": "C3484",
            "employees": { "2025": "186 人" }, "on_abnormal_list": false,
            "on_dishonest_list": false, "product_restricted": false,
            "niche_market_since": "2018-06-01",
            "revenue": { "2023": "4400 万元", "2024": "4650 万元", "2025": "4987.5 万元" },
            "main_revenue": { "2024": "4380 万元", "2025": "4700 万元" },
            "total_assets": { "2025": "6500 万元" }, "total_liabilities": { "2025": "2800 万元" },
            "rd_expense": { "2024": "610 万元", "2025": "640 万元" },
            "ip1_2026": "5 项", "market_share": "12 %", "rd_institution_level": "city"
        },
        "sources": { "revenue.2025": "税务 2026-05", "rd_expense": "企业审计报告" }
    })
}

/// `base` with some of its facts replaced, or taken away where the new value is null.
pub fn with(mut base: Value, facts: Value) -> Value {
    let Value::Object(facts) = facts else { panic!("facts by indicator") };
    for (indicator, value) in facts {
        let known = base["facts"].as_object_mut().unwrap();
        if value.is_null() {
            known.remove(&indicator);
        } else {
            known.insert(indicator, value);
        }
    }
    base
}

/// A facts file with this document.
pub fn file(document: &Value) -> TextFile {
    TextFile::new("firm.json", document.to_string())
}

/// A day on which the window of the highest rung is open.
pub const DAY: &str = "--as-of=2026-05-01";
