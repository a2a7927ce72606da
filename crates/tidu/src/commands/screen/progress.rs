//! How far a screening is, on a terminal only: one line, with rate and remaining time.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use engine::Watch;
use enterprise::Lang;

use crate::interrupt;
use crate::output::Screen;
use crate::text::screening::grouped;

const EVERY: Duration = Duration::from_millis(200);

/// Counts subjects and says so now and then.
pub(in crate::commands) struct Progress {
    wanted: bool,
    lang: Lang,
    all: u64,
    begun: Instant,
    state: Mutex<State>,
}

struct State {
    done: u64,
    said: Instant,
    shown: bool,
}

impl Progress {
    pub fn new(all: u64, screen: &Screen) -> Self {
        let begun = Instant::now();
        let state = Mutex::new(State { done: 0, said: begun, shown: false });
        Self { wanted: io::stderr().is_terminal(), lang: screen.lang, all, begun, state }
    }

    /// Clears the line.
    pub fn end(&self) {
        if self.state.lock().unwrap_or_else(PoisonError::into_inner).shown {
            let _ = io::stderr().lock().write_all(b"\r\x1b[2K");
        }
    }

    fn words(&self, done: u64) -> String {
        let millis = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = done.saturating_mul(1000) / millis;
        let left = self.all.saturating_sub(done).checked_div(rate).unwrap_or(0);
        let percent = (done * 100).checked_div(self.all).unwrap_or(100);
        let (done, all, rate) = (grouped(done), grouped(self.all), grouped(rate));
        match self.lang {
            Lang::Zh => {
                format!("已判断 {done} / {all} 户（{percent} %），每秒 {rate} 户，剩余约 {left} 秒")
            }
            Lang::En => {
                format!(
                    "{done} of {all} subjects ({percent} %), {rate} a second, about {left} s left"
                )
            }
        }
    }
}

impl Watch for Progress {
    fn stopped(&self) -> bool {
        interrupt::asked()
    }

    fn rows(&self, rows: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done += rows;
        if self.wanted && state.said.elapsed() >= EVERY {
            (state.said, state.shown) = (Instant::now(), true);
            // Nobody waits for this line.
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r\x1b[2K{}", self.words(state.done));
            let _ = stderr.flush();
        }
    }
}
