//! House rules about files and their text, one file per rule under `tidy/`.
//! Rules read text, not types: what needs the compiler's understanding is a lint's work.

mod absolute_paths;
mod files;
mod floats;
mod header;
mod length;
mod markers;
mod production;
mod programme_ids;
mod purity;
mod rust_in_rulebook;
mod rust_text;
mod violation;

use std::path::Path;

use crate::step::Outcome;
use files::TextFile;
use violation::Violation;

/// A rule sees the whole tree, because some compare one file with another.
type Rule = fn(&[TextFile]) -> Vec<Violation>;

const RULES: [Rule; 8] = [
    header::check,
    length::check,
    markers::check,
    floats::check,
    programme_ids::check,
    rust_in_rulebook::check,
    purity::check,
    absolute_paths::check,
];

pub(crate) fn run(root: &Path) -> Outcome {
    let files = match files::read(root) {
        Ok(files) => files,
        Err(problem) => return Outcome::Failed(problem),
    };
    let mut violations: Vec<Violation> = RULES.iter().flat_map(|rule| rule(&files)).collect();
    violations.sort();
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => Outcome::Passed,
        1 => Outcome::Failed("1 house rule broken".to_owned()),
        count => Outcome::Failed(format!("{count} house rules broken")),
    }
}
