//! What the benchmarks share: the demo firm, the programmes that decide, medians and ratios.

#![allow(dead_code, reason = "every benchmark is a program of its own and uses some of it")]

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use enterprise::Facts;
use rules::{Programme, Rulebook, Standing};

/// A firm that the rules say much about.
pub fn demo_firm(rulebook: &Rulebook) -> Facts {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/demo-firm.json");
    let mut found = None;
    connectors::read_subjects(&path, &rulebook.catalogue, &mut |reading| {
        found = reading.facts;
        ControlFlow::Break(())
    })
    .unwrap();
    found.unwrap()
}

/// The programmes of a firm that decide.
pub fn binding(rulebook: &Rulebook) -> impl Iterator<Item = &Programme> {
    rulebook.programmes.iter().filter(|programme| {
        programme.subject == "enterprise"
            && programme.versions.iter().any(|version| version.standing == Standing::Binding)
    })
}

/// The median time of one call, over so many rounds of so many calls.
pub fn median(rounds: usize, calls: u32, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..calls {
                work();
            }
            start.elapsed() / calls
        })
        .collect();
    times.sort();
    times.swap_remove(rounds / 2)
}

pub fn micros(time: Duration) -> String {
    let tenths = time.as_nanos() / 100;
    if tenths >= 100_000 {
        return format!("{}.{} ms", tenths / 10_000, tenths / 1_000 % 10);
    }
    format!("{}.{} µs", tenths / 10, tenths % 10)
}

pub fn ratio(left: Duration, right: Duration) -> String {
    let tenths = left.as_nanos() * 10 / right.as_nanos().max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}
