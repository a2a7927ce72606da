//! What a forecast over ten years costs, side by side in one run with evaluating each day of the same
//! ten years over the same carried facts. The ratio is the result; milliseconds depend on the machine.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement stops where it fails")]

mod measure;

use std::hint::black_box;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use measure::{binding, demo_firm, median, micros, ratio};
use rules::forecast::{Outlook, forecast};
use rules::{Programme, Question, carry_over, evaluate};

const TODAY: Date = date(2026, 5, 1);
const ROUNDS: usize = 31;
/// Each of its rounds takes as long as hundreds of the others.
const ROUNDS_BY_DAY: usize = 5;

fn main() {
    let law = tidu::law::embedded();
    let rulebook = &law.compiled.rulebook;
    let facts = demo_firm(rulebook);
    let programmes: Vec<&Programme> = binding(rulebook).collect();
    let outlook = Outlook { today: TODAY, until: None, purpose: None };
    let until = TODAY.checked_add(10.years()).unwrap();

    let told = median(ROUNDS, 1, || {
        for programme in &programmes {
            black_box(forecast(rulebook, programme, &facts, &outlook));
        }
    });
    let once = median(ROUNDS, 1, || {
        for programme in &programmes {
            black_box(evaluate(rulebook, programme, &facts, &Question::on(TODAY)));
        }
    });
    let mut days = 0;
    let by_day = median(ROUNDS_BY_DAY, 1, || {
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
