//! A Rust file past 800 lines holds more than one idea, unless its top says why it does not.
//! Only length is measured: a short file can be just as confused.

use super::files::TextFile;
use super::violation::Violation;

const LIMIT: usize = 800;
const EXCUSE: &str = "//! tidy: long because ";

pub(super) fn check(files: &[TextFile]) -> Vec<Violation> {
    files
        .iter()
        .filter(|file| file.is_rust() && !is_excused(&file.text))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > LIMIT).then(|| {
                file.violation(
                    LIMIT,
                    format!("{lines} lines; the limit is {LIMIT}"),
                    "split it by idea, or move its tests to a sibling file; if one idea is really \
                     that long, add a line `//! tidy: long because …` to the top",
                )
            })
        })
        .collect()
}

/// The reason stands in the opening `//!` lines, and is not empty.
fn is_excused(text: &str) -> bool {
    text.lines()
        .take_while(|line| line.starts_with("//!"))
        .filter_map(|line| line.strip_prefix(EXCUSE))
        .any(|reason| !matches!(reason.trim(), "" | "…" | "..."))
}

#[cfg(test)]
mod tests {
    use super::super::files::fixtures::complaints;
    use super::*;

    fn text(top: &str, lines: usize) -> String {
        format!("{top}\n{}", "\n".repeat(lines.saturating_sub(1)))
    }

    #[test]
    fn up_to_the_limit_passes() {
        assert_eq!(complaints(check, "a.rs", &text("//! A table.", 800)), []);
        assert_eq!(complaints(check, "a.md", &text("# A table", 801)), []);
    }

    #[test]
    fn past_the_limit_is_refused() {
        assert_eq!(
            complaints(check, "a.rs", &text("//! A table.", 801)),
            [(800, "801 lines; the limit is 800".into())]
        );
    }

    #[test]
    fn a_reason_at_the_top_excuses() {
        let top = "//! A table.\n//! tidy: long because the law has that many rows.";
        assert_eq!(complaints(check, "a.rs", &text(top, 900)), []);
    }

    #[test]
    fn an_empty_or_late_reason_does_not() {
        for top in [
            "//! A table.\n//! tidy: long because ",
            "//! A table.\n//! tidy: long because …",
            "//! A table.\n\n//! tidy: long because of the law.",
        ] {
            assert_eq!(complaints(check, "a.rs", &text(top, 900)).len(), 1, "{top}");
        }
    }
}
