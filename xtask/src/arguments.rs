//! The command line of `cargo xtask`, read by hand: it is too small for a parser crate.
//! It decides what is asked, and runs nothing.

use std::fmt;

use crate::step::Step;

/// What the caller wants done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Help,
    Ci { skipped: Vec<Step> },
    One(Step),
    WriteGenerated,
}

/// Why a command line makes no sense.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Misuse {
    UnknownCommand(String),
    UnknownStep(String),
    SkipWithoutStep,
    Unexpected(String),
}

pub(crate) fn read(arguments: impl IntoIterator<Item = String>) -> Result<Request, Misuse> {
    let mut arguments = arguments.into_iter();
    let command = match arguments.next().as_deref() {
        None | Some("help" | "--help" | "-h") => return Ok(Request::Help),
        Some("ci") => return read_ci(arguments),
        Some(name) => Step::named(name).ok_or_else(|| Misuse::UnknownCommand(name.to_owned()))?,
    };
    match (command, arguments.next()) {
        (step, None) => Ok(Request::One(step)),
        (Step::Generated, Some(option)) if option == "--write" => match arguments.next() {
            None => Ok(Request::WriteGenerated),
            Some(extra) => Err(Misuse::Unexpected(extra)),
        },
        (_, Some(extra)) => Err(Misuse::Unexpected(extra)),
    }
}

fn read_ci(mut arguments: impl Iterator<Item = String>) -> Result<Request, Misuse> {
    let mut skipped = Vec::new();
    while let Some(argument) = arguments.next() {
        if argument != "--skip" {
            return Err(Misuse::Unexpected(argument));
        }
        let name = arguments.next().ok_or(Misuse::SkipWithoutStep)?;
        skipped.push(Step::named(&name).ok_or(Misuse::UnknownStep(name))?);
    }
    Ok(Request::Ci { skipped })
}

pub(crate) fn usage() -> String {
    let mut usage = String::from(
        "usage: cargo xtask ci [--skip STEP]…   every step, then a summary\n       \
         cargo xtask generated --write    rewrite the generated files\n       \
         cargo xtask STEP                 one step:\n",
    );
    for step in Step::ALL {
        usage.push_str(&format!("\n  {:<10} {}", step.name(), step.purpose()));
    }
    usage
}

impl fmt::Display for Misuse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misuse::UnknownCommand(name) => write!(out, "no command `{name}`"),
            Misuse::UnknownStep(name) => write!(out, "no step `{name}` to skip"),
            Misuse::SkipWithoutStep => write!(out, "`--skip` needs the name of a step"),
            Misuse::Unexpected(argument) => write!(out, "unexpected argument `{argument}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<Request, Misuse>) {
        assert_eq!(read(line.split_whitespace().map(str::to_owned)), expected, "{line}");
    }

    #[test]
    fn command_lines() {
        check("", Ok(Request::Help));
        check("--help", Ok(Request::Help));
        check("tidy", Ok(Request::One(Step::Tidy)));
        check("generated", Ok(Request::One(Step::Generated)));
        check("generated --write", Ok(Request::WriteGenerated));
        check("ci", Ok(Request::Ci { skipped: vec![] }));
        check(
            "ci --skip test --skip licences",
            Ok(Request::Ci { skipped: vec![Step::Test, Step::Licences] }),
        );
    }

    #[test]
    fn misuses() {
        check("tydi", Err(Misuse::UnknownCommand("tydi".into())));
        check("tidy --write", Err(Misuse::Unexpected("--write".into())));
        check("generated --write x", Err(Misuse::Unexpected("x".into())));
        check("ci --skip", Err(Misuse::SkipWithoutStep));
        check("ci --skip all", Err(Misuse::UnknownStep("all".into())));
        check("ci tidy", Err(Misuse::Unexpected("tidy".into())));
    }

    #[test]
    fn usage_names_every_step() {
        let usage = usage();
        for step in Step::ALL {
            assert!(usage.contains(step.name()), "{}", step.name());
        }
    }
}
