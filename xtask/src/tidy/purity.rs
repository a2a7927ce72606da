//! The pure crates know no clock, environment, file system or network: today is a parameter.
//! Names are looked for in code, tests included; a test that reads files stands under `tests/`.

use super::files::TextFile;
use super::rust_text::{self, Token};
use super::violation::Violation;

const PURE_CRATES: [&str; 6] = ["enterprise", "rules", "rulebook", "words", "catalogue", "changes"];

/// Modules of the standard library, each also found inside `use std::{…}`.
const MODULES: [&str; 4] = ["fs", "env", "net", "process"];

/// What asks the clock.
const CLOCKS: [&[&str]; 4] = [
    &["SystemTime"],
    &["Instant", ":", ":", "now"],
    &["Zoned", ":", ":", "now"],
    &["Timestamp", ":", ":", "now"],
];

pub(super) fn check(files: &[TextFile]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.is_source_of(&PURE_CRATES)) {
        let tokens = rust_text::tokens(&file.text);
        for module in MODULES {
            let mut lines = rust_text::find(&tokens, &["std", ":", ":", module]);
            lines.extend(grouped(&tokens, module));
            violations.extend(lines.into_iter().map(|line| {
                file.violation(
                    line,
                    format!("`std::{module}` in a pure crate"),
                    "let the caller do it and pass the result in; a test that needs files stands \
                     under `tests/`",
                )
            }));
        }
        for clock in CLOCKS {
            violations.extend(rust_text::find(&tokens, clock).into_iter().map(|line| {
                file.violation(
                    line,
                    format!("`{}` in a pure crate", clock.concat()),
                    "take the date as a parameter",
                )
            }));
        }
    }
    violations
}

/// The lines on which `use std::{…}` names the module, not counting deeper groups.
fn grouped(tokens: &[Token], module: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for opening in rust_text::positions(tokens, &["std", ":", ":", "{"]) {
        let mut depth = 1_u32;
        let mut first_of_item = true;
        for token in tokens.iter().skip(opening).skip(4) {
            match token.text.as_str() {
                "{" => depth = depth.saturating_add(1),
                "}" => depth = depth.saturating_sub(1),
                word if depth == 1 && first_of_item && word == module => found.push(token.line),
                _ => {}
            }
            if depth == 0 {
                break;
            }
            first_of_item = depth == 1 && token.text == ",";
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::complaints;
    use super::*;

    const PATH: &str = "crates/rules/src/evaluate.rs";

    #[test]
    fn pure_code_passes() {
        for text in [
            "use std::fmt;\nuse std::{cmp::Ordering, collections::BTreeMap};\n",
            "//! Never `std::fs`, never `SystemTime`.\nlet s = \"std::env\";\n",
            "let fs = 1; let env = fs; now();\n",
            "use std::{fmt::{self, env}, mem};\n",
            "use my_std::fs;\n",
        ] {
            assert_eq!(complaints(check, PATH, text), [], "{text}");
        }
    }

    #[test]
    fn the_rule_binds_the_sources_of_pure_crates_only() {
        for path in [
            "crates/connectors/src/lib.rs",
            "crates/rulebook/tests/whole_rulebook.rs",
            "xtask/src/main.rs",
        ] {
            assert_eq!(complaints(check, path, "use std::fs;\n"), [], "{path}");
        }
    }

    #[test]
    fn each_forbidden_name_is_found() {
        for (text, what) in [
            ("use std::fs;", "std::fs"),
            ("let home = std :: env::var(name);", "std::env"),
            ("use ::std::net::TcpStream;", "std::net"),
            ("std::process::exit(1)", "std::process"),
            ("use std::{collections::BTreeMap, fs};", "std::fs"),
            ("use std::{env::{self}, fmt};", "std::env"),
            ("use std::time::SystemTime;", "SystemTime"),
            ("Instant::now()", "Instant::now"),
            ("jiff::Zoned::now()", "Zoned::now"),
            ("Timestamp::now()", "Timestamp::now"),
        ] {
            assert_eq!(
                complaints(check, PATH, &format!("\n{text}\n")),
                [(2, format!("`{what}` in a pure crate"))],
                "{text}"
            );
        }
    }
}
