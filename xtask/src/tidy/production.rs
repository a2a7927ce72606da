//! Which Rust is compiled into the product and which only into tests, told from `#[cfg(test)]`.
//! It follows the way modules are laid out here: no `#[path]`, no macro that makes modules.

use std::collections::BTreeSet;

use super::files::TextFile;
use super::rust_text::{self, Token};

const TEST_ONLY: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

/// The files that exist only as a test module of another one (`#[cfg(test)] mod tests;`).
pub(super) fn test_files(files: &[TextFile]) -> BTreeSet<&str> {
    let rust: Vec<&TextFile> = files.iter().filter(|file| file.is_rust()).collect();
    let mut found = BTreeSet::new();
    for parent in &rust {
        for name in test_modules(&rust_text::tokens(&parent.text)) {
            let module = format!("{}/{name}", folder_of_modules(&parent.path));
            let (file, folder) = (format!("{module}.rs"), format!("{module}/"));
            found.extend(
                rust.iter()
                    .map(|file| file.path.as_str())
                    .filter(|path| *path == file || path.starts_with(&folder)),
            );
        }
    }
    found
}

/// The line from which on a file holds only tests, by our custom of writing them last.
pub(super) fn first_test_line(tokens: &[Token]) -> Option<usize> {
    rust_text::positions(tokens, &TEST_ONLY)
        .into_iter()
        .filter(|start| module_in_own_file(tokens, *start).is_none())
        .find_map(|start| tokens.get(start).map(|token| token.line))
}

fn test_modules(tokens: &[Token]) -> Vec<&str> {
    rust_text::positions(tokens, &TEST_ONLY)
        .into_iter()
        .filter_map(|start| module_in_own_file(tokens, start))
        .collect()
}

/// The name in `mod name;`, standing right after the attribute that starts at `start`.
fn module_in_own_file(tokens: &[Token], start: usize) -> Option<&str> {
    let mut words = tokens
        .iter()
        .skip(start)
        .skip(TEST_ONLY.len())
        .map(|token| token.text.as_str())
        .skip_while(|word| matches!(*word, "pub" | "(" | "crate" | "super" | ")"));
    match (words.next(), words.next(), words.next()) {
        (Some("mod"), Some(name), Some(";")) => Some(name),
        _ => None,
    }
}

/// `src/lib.rs` has its modules in `src/`, `src/verdict.rs` in `src/verdict/`.
fn folder_of_modules(path: &str) -> &str {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    match stem.rsplit_once('/') {
        Some((folder, "lib" | "main" | "mod")) => folder,
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::file;
    use super::*;

    #[test]
    fn a_module_in_its_own_file_is_followed() {
        let files = [
            file("c/src/lib.rs", "mod verdict;\n#[cfg(test)]\nmod fixtures;\nmod gap;\n"),
            file("c/src/fixtures.rs", ""),
            file("c/src/fixtures/city.rs", ""),
            file("c/src/gap.rs", ""),
            file("c/src/verdict.rs", "#[cfg(test)]\npub(crate) mod tests;\n"),
            file("c/src/verdict/tests.rs", ""),
            file("c/src/verdict/text.rs", ""),
            file("c/src/tests.rs", ""),
        ];
        let expected = BTreeSet::from([
            "c/src/fixtures.rs",
            "c/src/fixtures/city.rs",
            "c/src/verdict/tests.rs",
        ]);
        assert_eq!(test_files(&files), expected);
    }

    #[test]
    fn tests_start_at_the_first_item_for_tests() {
        let line = |text| first_test_line(&rust_text::tokens(text));
        assert_eq!(line("fn a() {}\n#[cfg(test)]\nmod tests { }\n"), Some(2));
        assert_eq!(line("#[cfg(test)]\nmod tests;\nfn a() {}\n"), None);
        assert_eq!(line("#[cfg(test)]\nmod tests;\nfn a() {}\n#[cfg(test)]\nuse x;\n"), Some(4));
        assert_eq!(line("// #[cfg(test)]\nfn a() {}\n"), None);
    }
}
