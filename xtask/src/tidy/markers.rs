//! No reminders and no leftovers of debugging in Rust: unfinished work belongs in the issue list.
//! Words are looked for everywhere, comments and strings included; macros and attributes in code only.

use super::files::TextFile;
use super::rust_text::{self, Token};
use super::violation::Violation;

/// In two halves, so that this file does not contain them.
const WORDS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("HA", "CK")];
const WORD_HELP: &str = "do it now, or write it down where work is planned";

pub(super) fn check(files: &[TextFile]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        for (number, line) in (1..).zip(file.text.lines()) {
            for word in words_of(line).filter(|word| WORDS.contains(word)) {
                violations.push(file.violation(number, format!("marker `{word}`"), WORD_HELP));
            }
        }
        let tokens = rust_text::tokens(&file.text);
        for line in debugging_macros(&tokens) {
            violations.push(file.violation(
                line,
                "a debugging macro was left in",
                "remove it; a test or a log sentence says more",
            ));
        }
        for line in ignored_tests(&tokens) {
            violations.push(file.violation(
                line,
                "an ignored test",
                "mend it or delete it; a wrong behaviour we accept is asserted with a note",
            ));
        }
    }
    violations
}

fn words_of(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
}

/// With its bracket: `dbg != x` is a comparison.
fn debugging_macros(tokens: &[Token]) -> Vec<usize> {
    ["(", "[", "{"]
        .into_iter()
        .flat_map(|bracket| rust_text::find(tokens, &["dbg", "!", bracket]))
        .collect()
}

fn ignored_tests(tokens: &[Token]) -> Vec<usize> {
    let mut lines = rust_text::find(tokens, &["#", "[", "ignore", "]"]);
    lines.extend(rust_text::find(tokens, &["#", "[", "ignore", "="]));
    lines
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::complaints;
    use super::*;

    #[test]
    fn ordinary_text_passes() {
        for text in [
            "//! What to do with a method of doing.\n",
            "let shackles = HACKNEY;\n",
            "// 待办\nlet dbg = true;\nif !dbg != false {}\n",
            "#[test]\nfn ignore() {}\n",
        ] {
            assert_eq!(complaints(check, "a.rs", text), [], "{text}");
        }
        let note = format!("{}: later", concat!("TO", "DO"));
        assert_eq!(complaints(check, "notes.md", &note), []);
    }

    #[test]
    fn reminders_are_refused_in_code_comments_and_strings() {
        for word in WORDS {
            for text in [
                format!("\n// {word}: later\n"),
                format!("\n//{word}修复\n"),
                format!("\nlet note = \"{word}\";\n"),
            ] {
                assert_eq!(
                    complaints(check, "a.rs", &text),
                    [(2, format!("marker `{word}`"))],
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn leftovers_are_refused_in_code_only() {
        let found = complaints(check, "a.rs", "fn f() {\n    dbg!(1);\n    std::dbg! [2];\n}\n");
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(complaints(check, "a.rs", "// dbg!(1)\nlet s = \"dbg!\";\n"), []);
    }

    #[test]
    fn ignored_tests_are_refused() {
        for text in ["#[ignore]\nfn a() {}\n", "#[ignore = \"slow\"]\nfn a() {}\n"] {
            assert_eq!(complaints(check, "a.rs", text), [(1, "an ignored test".into())]);
        }
    }
}
