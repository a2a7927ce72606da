//! No floating-point type where verdicts are made: arithmetic there is exact.
//! Only the type names are looked for; comments and strings may speak of them.

use super::files::TextFile;
use super::rust_text;
use super::violation::Violation;

const EXACT_CRATES: [&str; 5] = ["enterprise", "rules", "words", "catalogue", "changes"];
const TYPES: [&str; 2] = ["f32", "f64"];

pub(super) fn check(files: &[TextFile]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.is_source_of(&EXACT_CRATES)) {
        for token in rust_text::tokens(&file.text) {
            if let Some(name) = float_in(&token.text) {
                violations.push(file.violation(
                    token.line,
                    format!("floating-point type `{name}`"),
                    "use integers: money in fen, ratios compared by cross-multiplication",
                ));
            }
        }
    }
    violations
}

/// The type itself, or a number with it as suffix (`5_f64`).
fn float_in(token: &str) -> Option<&'static str> {
    let is_number = token.starts_with(|first: char| first.is_ascii_digit());
    let is_decimal = is_number && !token.starts_with("0x");
    TYPES.into_iter().find(|name| token == *name || (is_decimal && token.ends_with(name)))
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::complaints;
    use super::*;

    const PATH: &str = "crates/rules/src/verdict.rs";

    #[test]
    fn exact_code_passes() {
        for text in [
            "// never an f64\nlet mask = 0xf32;\nlet shelf32 = to_f64;\n",
            "let s = \"f64\"; let r = r#\"f32\"#;\n",
        ] {
            assert_eq!(complaints(check, PATH, text), [], "{text}");
        }
        assert_eq!(complaints(check, "crates/connectors/src/a.rs", "f64"), []);
        assert_eq!(complaints(check, "crates/rules/tests/a.rs", "f64"), []);
    }

    #[test]
    fn types_and_suffixes_are_refused() {
        for text in ["\nx as f64\n", "\nlet x = 1.5_f64;\n", "\nVec<f64>\n", "\n1f64\n"] {
            assert_eq!(
                complaints(check, PATH, text),
                [(2, "floating-point type `f64`".into())],
                "{text}"
            );
        }
        assert_eq!(complaints(check, "crates/enterprise/src/lib.rs", "f32").len(), 1);
    }
}
