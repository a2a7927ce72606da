//! Reading what may be damaged: some damage makes the Parquet reader stop the program instead of
//! telling. Here it is made to tell.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static CAREFUL: Cell<bool> = const { Cell::new(false) };
}

/// From now on nothing is printed when this thread breaks down: whoever waits for it tells why. For
/// threads that only work for others.
pub fn quietly() {
    hush();
    CAREFUL.set(true);
}

/// What `read` comes to; nothing if it broke down over damaged data, of which nothing is printed.
pub fn carefully<T>(read: impl FnOnce() -> T) -> Option<T> {
    hush();
    let before = CAREFUL.replace(true);
    // What broke down is not used again.
    let done = panic::catch_unwind(AssertUnwindSafe(read));
    CAREFUL.set(before);
    done.ok()
}

fn hush() {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !CAREFUL.get() {
                loud(info);
            }
        }));
    });
}
