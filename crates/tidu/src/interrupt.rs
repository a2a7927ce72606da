//! Ctrl-C: a first one asks the run to end and to take away what is unfinished, a second one ends the
//! program where it stands.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::exit::Exit;

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on, Ctrl-C only asks. Where that cannot be set up, it ends the program as ever.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
    });
}

/// Whether somebody wants the run to end.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
