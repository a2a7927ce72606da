//! How far the city is, on a terminal only: one line, now and then.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use enterprise::Lang;

use crate::output::Screen;

const EVERY: Duration = Duration::from_millis(500);

/// Counts rows and says how far it is.
pub(super) struct Progress {
    wanted: bool,
    lang: Lang,
    all: u64,
    done: u64,
    began: Instant,
    said: Instant,
    shown: bool,
}

impl Progress {
    pub(super) fn new(all: u64, screen: Screen) -> Self {
        let now = Instant::now();
        let wanted = io::stderr().is_terminal();
        Self { wanted, lang: screen.lang, all, done: 0, began: now, said: now, shown: false }
    }

    /// So many rows are written.
    pub(super) fn reach(&mut self, rows: u64) {
        self.done = rows;
        if !self.wanted || self.said.elapsed() < EVERY {
            return;
        }
        self.said = Instant::now();
        self.shown = true;
        let millis = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let (done, all) = (self.done, self.all);
        let rate = done.saturating_mul(1_000) / millis;
        let left = all.saturating_sub(done) / rate.max(1);
        let words = match self.lang {
            Lang::Zh => format!("\r已生成 {done} / {all} 户，每秒 {rate} 户，约剩 {left} 秒 "),
            Lang::En => format!("\r{done} of {all} made, {rate} a second, about {left} s left "),
        };
        // Nobody waits for this line.
        let mut stderr = io::stderr().lock();
        let _ = stderr.write_all(words.as_bytes()).and_then(|()| stderr.flush());
    }
}

impl Drop for Progress {
    /// Clears the line, however the work ended.
    fn drop(&mut self) {
        if self.shown {
            let _ = io::stderr().lock().write_all(b"\r\x1b[2K");
        }
    }
}
