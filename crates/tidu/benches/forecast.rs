//! What a forecast over ten years costs, side by side in one run with evaluating each day of the same
//! ten years over the same carried facts. The ratio is the result; milliseconds depend on the machine.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement stops where it fails")]

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use enterprise::Facts;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rules::forecast::{Outlook, forecast};
use rules::{Programme, Question, Rulebook, Standing, carry_over, evaluate};

const TODAY: Date = date(2026, 5, 1);
const ROUNDS: usize = 31;
/// Each of its rounds takes as long as hundreds of the others.
const ROUNDS_BY_DAY: usize = 5;

fn main() {
    let law = tidu::law::embedded();
    let rulebook = &law.compiled.rulebook;
    let facts = facts(rulebook);
    let programmes: Vec<&Programme> = binding(rulebook).collect();
    let outlook = Outlook { today: TODAY, until: None, purpose: None };
    let until = TODAY.checked_add(10.years()).unwrap();

    let told = median(ROUNDS, || {
        for programme in &programmes {
            black_box(forecast(rulebook, programme, &facts, &outlook));
        }
    });
    let once = median(ROUNDS, || {
        for programme in &programmes {
            black_box(evaluate(rulebook, programme, &facts, &Question::on(TODAY)));
        }
    });
    let mut days = 0;
    let by_day = median(ROUNDS_BY_DAY, || {
        days = 0;
        let carried = carry_over(rulebook, &facts, TODAY, until);
        for day in TODAY.series(1.day()).take_while(|day| *day <= until) {
            days += 1;
            for programme in &programmes {
                black_box(evaluate(rulebook, programme, &carried.facts, &Question::on(day)));
            }
        }
    });
    let count = programmes.len();
    println!("one firm, {count} binding programmes, ten years, medians");
    println!("  (a) forecast              {:>10}", micros(told));
    println!("  (b) evaluated on one day  {:>10}   a : b = {}", micros(once), ratio(told, once));
    println!(
        "  (c) evaluated on {days} days {:>8}   c : a = {}",
        micros(by_day),
        ratio(by_day, told)
    );
}

/// A firm that the rules say much about.
fn facts(rulebook: &Rulebook) -> Facts {
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
fn binding(rulebook: &Rulebook) -> impl Iterator<Item = &Programme> {
    rulebook.programmes.iter().filter(|programme| {
        programme.subject == "enterprise"
            && programme.versions.iter().any(|version| version.standing == Standing::Binding)
    })
}

/// The median time of one call.
fn median(rounds: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times.swap_remove(rounds / 2)
}

fn micros(time: Duration) -> String {
    if time.as_millis() >= 10 {
        return format!("{} ms", time.as_millis());
    }
    format!("{} µs", time.as_micros())
}

fn ratio(left: Duration, right: Duration) -> String {
    let tenths = left.as_nanos() * 10 / right.as_nanos().max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}
