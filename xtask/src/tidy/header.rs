//! Every Rust file opens by saying what it is and what it deliberately does not do.
//! Whether the sentence is true stays a reviewer's question.

use super::files::TextFile;
use super::violation::Violation;

pub(super) fn check(files: &[TextFile]) -> Vec<Violation> {
    files
        .iter()
        .filter(|file| file.is_rust() && !opens_with_a_sentence(&file.text))
        .map(|file| {
            file.violation(
                1,
                "the file does not open with a `//!` sentence",
                "say in one to three `//!` lines what the file is and what it does not do",
            )
        })
        .collect()
}

fn opens_with_a_sentence(text: &str) -> bool {
    text.lines()
        .next()
        .and_then(|line| line.strip_prefix("//!"))
        .is_some_and(|sentence| !sentence.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::complaints;
    use super::*;

    #[test]
    fn a_sentence_at_the_top_passes() {
        assert_eq!(complaints(check, "a/src/lib.rs", "//! Facts.\n"), []);
        assert_eq!(complaints(check, "notes.md", "fn main() {}\n"), []);
    }

    #[test]
    fn anything_else_at_the_top_is_refused() {
        for text in ["", "//!\n//! Facts.\n", "// Facts.\n", "\n//! Facts.\n"] {
            assert_eq!(complaints(check, "a/src/lib.rs", text).len(), 1, "{text:?}");
        }
    }
}
