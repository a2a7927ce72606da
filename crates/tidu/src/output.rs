//! Where words go: standard output, with what is known about the reader's screen. A reader that
//! went away (`| head`) is no failure.

use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write};

use enterprise::Lang;

const DEFAULT_WIDTH: usize = 100;
const NARROWEST: usize = 60;
const WIDEST: usize = 140;

/// What is known about the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Screen {
    /// The language.
    pub lang: Lang,
    /// Columns.
    pub width: usize,
    /// Whether colours are wanted.
    pub colour: bool,
}

impl Screen {
    /// The screen behind standard output.
    pub fn of_stdout(lang: Lang) -> Self {
        let terminal = io::stdout().is_terminal();
        let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let measured = || {
            let size = terminal.then(terminal_size::terminal_size).flatten();
            size.map(|(terminal_size::Width(width), _)| usize::from(width))
        };
        let width = told.or_else(measured).unwrap_or(DEFAULT_WIDTH).clamp(NARROWEST, WIDEST);
        Self { lang, width, colour: terminal && colour_wanted() }
    }

    /// The same for standard error.
    pub fn of_stderr(self) -> Self {
        Self { colour: io::stderr().is_terminal() && colour_wanted(), ..self }
    }

    /// The wording for this reader.
    pub fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

fn colour_wanted() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !dumb && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Standard output, buffered.
pub(crate) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// A line on standard error. That nobody reads it is no reason to stop.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
