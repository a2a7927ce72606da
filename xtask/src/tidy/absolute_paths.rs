//! No path of somebody's machine in any text file: the tree must work wherever it is unpacked.
//! A folder of that name inside a relative path or a web address is fine.

use super::files::TextFile;
use super::violation::Violation;

const TOP_FOLDERS: [&str; 5] = ["work", "home", "root", "tmp", "Users"];

pub(super) fn check(files: &[TextFile]) -> Vec<Violation> {
    // Built here, so that this file does not contain them.
    let prefixes = TOP_FOLDERS.map(|folder| format!("/{folder}/"));
    let mut violations = Vec::new();
    for file in files {
        for (number, line) in (1..).zip(file.text.lines()) {
            for prefix in prefixes.iter().filter(|prefix| starts_a_path(line, prefix)) {
                violations.push(file.violation(
                    number,
                    format!("absolute path `{prefix}…`"),
                    "name it from the root of the tree, or take it as an argument",
                ));
            }
        }
    }
    violations
}

fn starts_a_path(line: &str, prefix: &str) -> bool {
    let mut before = None;
    let mut rest = line.chars();
    loop {
        if rest.as_str().starts_with(prefix) && !before.is_some_and(continues_a_path) {
            return true;
        }
        before = rest.next();
        if before.is_none() {
            return false;
        }
    }
}

/// What stands before a slash in the middle of a path: `crates/x`, `../x`, `$DIR/x`, `${DIR}/x`, `**/x`.
fn continues_a_path(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "._-~*}])>".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::complaints;
    use super::*;

    #[test]
    fn relative_paths_and_addresses_pass() {
        for text in [
            "docs/work/plan.md",
            "../tmp/x",
            "https://example.org/home/index.html",
            "$HOME/tmp/x",
            "${DIR}/tmp/x",
            "/workspace/x",
        ] {
            assert_eq!(complaints(check, "README.md", text), [], "{text}");
        }
    }

    #[test]
    fn absolute_paths_are_refused_in_any_text_file() {
        for folder in TOP_FOLDERS {
            for text in [
                format!("\n/{folder}/x"),
                format!("\ncd \"/{folder}/x\""),
                format!("\nfile:///{folder}/x"),
                format!("\n见/{folder}/x"),
            ] {
                assert_eq!(
                    complaints(check, "notes.txt", &text),
                    [(2, format!("absolute path `/{folder}/…`"))],
                    "{text}"
                );
            }
        }
    }
}
