//! One file for each command, and what they share: arguments in, exit code out.

mod ask;
pub(crate) mod bench;
mod catalogue;
mod check;
mod convert;
pub(crate) mod diff;
mod explain;
mod firms;
mod fmt;
mod forecast;
mod generate;
mod misuse;
mod plan;
mod platform;
mod query;
mod said;
mod schema;
mod screen;
pub(crate) mod simulate;
mod template;
mod test;
pub(crate) mod verify;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::Parser as _;
use engine::{Failure, Limits};
use enterprise::{Lang, Text};
use rules::Question;

use crate::arguments::{Arguments, Command, Threads, When};
use crate::exit::Exit;
use crate::law::Law;
use crate::output::{Screen, complain};
use crate::text::{diagnostics, problems};
use crate::{clock, file, interrupt};

/// Runs the program on its arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return misuse::report(&error).into(),
    };
    let screen = Screen::of_stdout(arguments.common.lang.into());
    let rulebook = arguments.common.rulebook.as_deref();
    let done = match &arguments.command {
        Command::Verify(verify) => verify::run(verify, rulebook, screen),
        Command::Bench(bench) => bench::run(bench, rulebook, screen),
        Command::Check(check) => check::run(check, rulebook, screen),
        Command::Explain(explain) => explain::run(explain, rulebook, screen),
        Command::Forecast(forecast) => forecast::run(forecast, rulebook, screen),
        Command::Plan(plan) => plan::run(plan, rulebook, screen),
        Command::Ask(ask) => ask::run(ask, rulebook, screen),
        Command::Diff(diff) => diff::run(diff, rulebook, screen),
        Command::Screen(asked) => screen::run(asked, rulebook, screen),
        Command::Query(query) => query::run(query, screen),
        Command::Simulate(simulate) => simulate::run(simulate, rulebook, screen),
        Command::Schema(schema) => schema::run(schema.of),
        Command::Catalogue(catalogue) => catalogue::run(catalogue, rulebook, screen),
        Command::Test(test) => test::run(test, rulebook, screen),
        Command::Fmt(fmt) => fmt::run(fmt, screen),
        Command::Convert(convert) => convert::run(convert, rulebook, screen),
        Command::Generate(generate) => generate::run(generate, rulebook, screen),
        Command::Template(template) => template::run(template, rulebook, screen),
        Command::Demo(demo) => platform::demo(demo, rulebook, screen),
        Command::Serve(serve) => platform::serve(serve, rulebook, screen),
        Command::Backup(backup) => platform::backup(backup, screen),
        Command::Restore(restore) => platform::restore(restore, screen),
        Command::Migrate(migrate) => platform::migrate(migrate, screen),
        Command::Doctor(doctor) => platform::doctor(doctor, screen),
        Command::Rescue(rescue) => platform::rescue(rescue, screen),
        Command::Audit(audit) => platform::audit(audit, screen),
    };
    match done {
        Ok(exit) => exit.into(),
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Answered.into(),
        Err(error) => {
            let text =
                Text::new(format!("输出时出错：{error}"), format!("writing failed: {error}"));
            fail(&screen, &text).into()
        }
    }
}

/// Says why nothing was done.
fn fail(screen: &Screen, text: &Text) -> Exit {
    let word = screen.say("错误：", "error: ");
    complain(&format!("{}{word}{}{}", bold_red(screen), plain(screen), text.get(screen.lang)));
    Exit::Nothing
}

/// Says why there is no answer.
fn told(failure: &Failure, screen: &Screen) -> Exit {
    match failure {
        Failure::Stopped => {
            interrupt::tell(screen);
            Exit::Interrupted
        }
        Failure::Refused(found, all) => {
            for problem in found {
                complain(&problems::problem(problem, &screen.of_stderr()));
            }
            let more = all.saturating_sub(found.len() as u64);
            if more > 0 {
                complain(&match screen.lang {
                    Lang::Zh => format!("    另有 {more} 处"),
                    Lang::En => format!("    and {more} more"),
                });
            }
            Exit::Nothing
        }
        Failure::Output(error) => {
            let why = file::why(error);
            let text =
                Text::new(format!("无法写入：{}", why.zh), format!("writing failed: {}", why.en));
            fail(screen, &text)
        }
        Failure::Broken(text) => fail(screen, text),
    }
}

/// What is asked of every subject.
fn question(when: &When) -> Question {
    Question {
        as_of: when.as_of.unwrap_or_else(clock::today),
        base_year: when.base_year,
        purpose: when.purpose.map(Into::into),
        known_on: None,
    }
}

/// How much of the machine is used.
fn limits(threads: &Threads) -> Limits {
    let default = Limits::default();
    Limits { threads: threads.threads.map_or(default.threads, usize::from), ..default }
}

fn bold_red(screen: &Screen) -> &'static str {
    if screen.of_stderr().colour { "\u{1b}[1;31m" } else { "" }
}

fn plain(screen: &Screen) -> &'static str {
    if screen.of_stderr().colour { "\u{1b}[0m" } else { "" }
}

/// The law, if it can be used; otherwise says why not.
fn usable(law: Result<Law, Text>, screen: &Screen) -> Result<Law, Exit> {
    let law = law.map_err(|text| fail(screen, &text))?;
    if law.compiled.is_usable() {
        return Ok(law);
    }
    let stderr = screen.of_stderr();
    for diagnostic in &law.compiled.diagnostics {
        complain(&diagnostics::render(diagnostic, &law.sources, &stderr));
    }
    let text = Text::new(
        "规则库有错误，不能使用；请先改正（tidu check）",
        "the rulebook has errors and cannot be used; correct them first (tidu check)",
    );
    Err(fail(screen, &text))
}
