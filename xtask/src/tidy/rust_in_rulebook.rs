//! The rulebook is data: whoever edits it needs no Rust.
//! What its files say is checked by `tidu check`, not here.

use super::files::TextFile;
use super::violation::Violation;

pub(super) fn check(files: &[TextFile]) -> Vec<Violation> {
    files
        .iter()
        .filter(|file| file.is_rust() && file.path.starts_with("rulebook/"))
        .map(|file| {
            file.violation(
                1,
                "Rust in the rulebook",
                "say it as data; behaviour that data cannot express belongs in `crates/rules`",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::complaints;
    use super::*;

    #[test]
    fn data_in_the_rulebook_and_rust_elsewhere_pass() {
        for path in ["rulebook/ladders/main.toml", "crates/rulebook/src/lib.rs"] {
            assert_eq!(complaints(check, path, "//! A file.\n"), []);
        }
    }

    #[test]
    fn rust_in_the_rulebook_is_refused() {
        let path = "rulebook/programmes/city/unicorn/rule.rs";
        assert_eq!(complaints(check, path, "//! A file.\n").len(), 1);
    }
}
