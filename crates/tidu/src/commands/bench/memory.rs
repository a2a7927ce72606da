//! The most memory that this process held during a run, where the system tells (Linux).

use std::fs;

/// Runs something and answers the peak beside what it answers.
pub(super) fn peak<T>(run: impl FnOnce() -> T) -> (T, Option<u64>) {
    // Without this the peak would be that of everything before.
    let reset = fs::write("/proc/self/clear_refs", "5").is_ok();
    let done = run();
    (done, reset.then(highest).flatten())
}

fn highest() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}
