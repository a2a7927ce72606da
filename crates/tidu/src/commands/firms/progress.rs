//! How far a long run is, on a terminal only: one line, once a second.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use enterprise::Lang;

use crate::output::Screen;

const EVERY: Duration = Duration::from_secs(1);

/// Counts firms and says so now and then.
pub(in crate::commands) struct Progress {
    wanted: bool,
    lang: Lang,
    count: u64,
    said: Instant,
    shown: bool,
}

impl Progress {
    /// Silent where lines for each firm appear on the terminal anyway.
    pub fn new(screen: Screen, to_file: bool) -> Self {
        let lines_elsewhere = to_file || !io::stdout().is_terminal();
        let wanted = io::stderr().is_terminal() && lines_elsewhere;
        Self { wanted, lang: screen.lang, count: 0, said: Instant::now(), shown: false }
    }

    /// One more firm.
    pub fn step(&mut self) {
        self.steps(1);
    }

    /// So many more firms.
    pub fn steps(&mut self, firms: u64) {
        self.count += firms;
        if self.wanted && self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            self.shown = true;
            let count = self.count;
            let words = match self.lang {
                Lang::Zh => format!("\r已处理 {count} 户"),
                Lang::En => format!("\r{count} firms done"),
            };
            // Nobody waits for this line.
            let mut stderr = io::stderr().lock();
            let _ = stderr.write_all(words.as_bytes()).and_then(|()| stderr.flush());
        }
    }

    /// Clears the line.
    pub fn end(&self) {
        if self.shown {
            let _ = io::stderr().lock().write_all(b"\r\x1b[2K");
        }
    }
}
