//! The steps of the gate in the order they run, and what a step can answer.
//! What each one does is in its own file.

use std::path::Path;

use crate::{generated, layers, licences, rulebook, tidy, toolchain};

/// One check of the gate, also a subcommand of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Fmt,
    Lint,
    Docs,
    Test,
    Layers,
    Tidy,
    Generated,
    Rulebook,
    Licences,
}

/// How a step ended. The text is one sentence for the reader; details were printed while it ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Skipped(String),
    Failed(String),
}

impl Step {
    pub(crate) const ALL: [Step; 9] = [
        Step::Fmt,
        Step::Lint,
        Step::Docs,
        Step::Test,
        Step::Layers,
        Step::Tidy,
        Step::Generated,
        Step::Rulebook,
        Step::Licences,
    ];

    pub(crate) fn named(name: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Step::Fmt => "fmt",
            Step::Lint => "lint",
            Step::Docs => "docs",
            Step::Test => "test",
            Step::Layers => "layers",
            Step::Tidy => "tidy",
            Step::Generated => "generated",
            Step::Rulebook => "rulebook",
            Step::Licences => "licences",
        }
    }

    pub(crate) fn purpose(self) -> &'static str {
        match self {
            Step::Fmt => "the code is formatted",
            Step::Lint => "no compiler or clippy warning",
            Step::Docs => "the documentation builds, private items included",
            Step::Test => "the tests pass",
            Step::Layers => "crates depend only downwards",
            Step::Tidy => "house rules about files and their text",
            Step::Generated => "generated files are current",
            Step::Rulebook => "the rulebook compiles, its examples pass, its files are formatted",
            Step::Licences => "licences, bans and sources of all dependencies",
        }
    }

    pub(crate) fn run(self, root: &Path) -> Outcome {
        match self {
            Step::Fmt => toolchain::fmt(root),
            Step::Lint => toolchain::lint(root),
            Step::Docs => toolchain::docs(root),
            Step::Test => toolchain::test(root),
            Step::Layers => layers::run(root),
            Step::Tidy => tidy::run(root),
            Step::Generated => generated::check(root),
            Step::Rulebook => rulebook::run(root),
            Step::Licences => licences::run(root),
        }
    }
}
