//! Ctrl-C and a request to end. Runs that have something to tidy up themselves are asked to end
//! ([`listen`]); of others nothing but drafts is left, and the program takes those away and ends at once
//! ([`leave`]). A second Ctrl-C ends it where it stands.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::exit::Exit;
use crate::output::{Screen, complain};

static ASKED: AtomicBool = AtomicBool::new(false);
static FILES: Mutex<Files> = Mutex::new(Files { unfinished: Vec::new(), named: false });

/// What the run has written so far.
struct Files {
    unfinished: Vec<PathBuf>,
    /// Whether files have got their names: what is left to do then is to say so.
    named: bool,
}

/// From now on, Ctrl-C only asks. Where that cannot be set up, it ends the program as ever.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            end(files());
        }
    });
}

/// From now on, Ctrl-C takes away what is unfinished, says so and ends the program.
pub(crate) fn leave(screen: Screen) {
    let again = AtomicBool::new(false);
    let _ = ctrlc::set_handler(move || {
        let files = files();
        if !files.named {
            tell(&screen);
            end(files);
        }
        if again.swap(true, Ordering::Relaxed) {
            end(files);
        }
    });
}

/// Says that nothing is left.
pub(crate) fn tell(screen: &Screen) {
    if io::stderr().is_terminal() {
        // There may be a line on how far it was.
        let _ = io::stderr().lock().write_all(b"\r\x1b[2K");
    }
    complain(screen.say("已中断，没有写入任何文件", "interrupted; nothing was written"));
}

/// Whether somebody wants the run to end.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Has complete files named, unless somebody wants the run to end; nobody ends it meanwhile.
pub(crate) fn unless_asked<T>(name: impl FnOnce() -> T) -> Option<T> {
    let mut files = files();
    if asked() {
        return None;
    }
    let named = name();
    files.named = true;
    Some(named)
}

/// A file was begun that is taken away if the program ends before it is complete.
pub(crate) fn begun(path: &Path) {
    files().unfinished.push(path.to_owned());
}

/// It is complete, or no longer there.
pub(crate) fn ended(path: &Path) {
    files().unfinished.retain(|known| known != path);
}

/// Ends the program. Nobody names or begins a file any more.
fn end(files: MutexGuard<'_, Files>) -> ! {
    for path in &files.unfinished {
        let _ = std::fs::remove_file(path);
    }
    std::process::exit(i32::from(Exit::Interrupted.code()));
}

fn files() -> MutexGuard<'static, Files> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}
