//! No programme is known to the code by name: adding or dropping one changes data only.
//! Ids are the folders `rulebook/programmes/<authority>/<id>/`; tests may name them.

use std::collections::BTreeSet;

use super::files::TextFile;
use super::production;
use super::rust_text;
use super::violation::Violation;

pub(super) fn check(files: &[TextFile]) -> Vec<Violation> {
    let ids = programme_ids(files);
    let tests = production::test_files(files);
    let mut violations = Vec::new();
    for file in files {
        if file.crate_of_source().is_none() || tests.contains(file.path.as_str()) {
            continue;
        }
        let end = production::first_test_line(&rust_text::tokens(&file.text));
        let literals = rust_text::literals(&file.text)
            .into_iter()
            .take_while(|literal| end.is_none_or(|end| literal.line < end));
        for literal in literals {
            if let Some(id) = id_in(&literal.text, &ids) {
                violations.push(file.violation(
                    literal.line,
                    format!("programme id `{id}` in code"),
                    "say in the rulebook what is special about this programme, and read that",
                ));
            }
        }
    }
    violations
}

fn programme_ids(files: &[TextFile]) -> BTreeSet<&str> {
    files
        .iter()
        .filter_map(|file| {
            let below = file.path.strip_prefix("rulebook/programmes/")?;
            let mut parts = below.split('/');
            let (_authority, id, _file) = (parts.next()?, parts.next()?, parts.next()?);
            Some(id)
        })
        .collect()
}

/// The id that a literal is, or that is a part of a path or a key (`city/unicorn`, `unicorn@2026`).
/// A literal with spaces is a sentence, where such a word may mean itself.
fn id_in<'a>(literal: &'a str, ids: &BTreeSet<&str>) -> Option<&'a str> {
    if literal.contains(char::is_whitespace) {
        return None;
    }
    literal
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != '_')
        .find(|part| ids.contains(part))
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::file;
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let files = [
            file("rulebook/programmes/city/unicorn/2026.toml", ""),
            file("rulebook/programmes/city/readme.md", ""),
            file("rulebook/programmes/ministry/little-giant/sources/a.md", ""),
            file(path, text),
        ];
        check(&files).into_iter().map(|violation| violation.line).collect()
    }

    const PATH: &str = "crates/rules/src/verdict/text.rs";

    #[test]
    fn other_words_and_places_pass() {
        for text in [
            "// the \"unicorn\" programme\n",
            "let unicorn = \"unicorns\";\n",
            "let help = \"name it, as in `unicorn`\";\n",
            "let authority = \"city\"; let other = \"readme.md\";\n",
            "let giant = \"little-giants\";\n",
        ] {
            assert!(lines(PATH, text).is_empty(), "{text}");
        }
        for path in ["crates/rules/tests/table.rs", "xtask/src/main.rs", "docs/a.md"] {
            assert!(lines(path, "\"unicorn\"").is_empty(), "{path}");
        }
    }

    #[test]
    fn an_id_in_a_literal_is_refused() {
        for text in [
            "\n\"unicorn\"\n",
            "\nr#\"little-giant\"#\n",
            "\nb\"unicorn\"\n",
            "\n\"city/unicorn\"\n",
            "\n\"unicorn@2026\"\n",
        ] {
            assert_eq!(lines(PATH, text), [2], "{text}");
        }
    }

    #[test]
    fn tests_may_name_programmes() {
        let text =
            "let a = \"unicorn\";\n#[cfg(test)]\nmod tests { const B: &str = \"unicorn\"; }\n";
        assert_eq!(lines(PATH, text), [1]);

        let files = [
            file("rulebook/programmes/city/unicorn/2026.toml", ""),
            file(
                "crates/rules/src/lib.rs",
                "#[cfg(test)]\nmod tests;\nconst A: &str = \"unicorn\";\n",
            ),
            file("crates/rules/src/tests.rs", "const A: &str = \"unicorn\";\n"),
        ];
        let found = check(&files);
        let places: Vec<(&str, usize)> =
            found.iter().map(|violation| (violation.file.as_str(), violation.line)).collect();
        assert_eq!(places, [("crates/rules/src/lib.rs", 3)]);
    }
}
