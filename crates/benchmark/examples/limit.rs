//! Kernels beside the loops written by hand, from memory: `limit [ROWS [CRITERIA [TIMES]]]`.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a measurement stops where it fails, and its figures are for people"
)]

use benchmark::{World, measure};

fn main() {
    let mut arguments =
        std::env::args().skip(1).map(|argument| argument.replace('_', "").parse().unwrap());
    let rows: usize = arguments.next().unwrap_or(200_000);
    let criteria: usize = arguments.next().unwrap_or(300);
    let times: usize = arguments.next().unwrap_or(5);
    let world = World::new(criteria, 1).unwrap();
    let plain = &world.law.plain;
    println!(
        "{rows} rows, {} programmes, {} criteria, {} comparisons, {} bands",
        plain.programmes.len(),
        plain.leaves(),
        plain.comparisons.len(),
        plain.bands.len()
    );
    let batches = world.rows(rows).unwrap();
    let screening = world.screening();
    for (name, found) in [
        ("loops and simple", world.differences_from_simple(&batches[0], 500)),
        ("kernels and loops", world.differences(&screening, &batches[0])),
    ] {
        println!("{name} differ on {}: {:?}", found.len(), found.first());
    }
    for threads in [1, 2] {
        let taken = measure::in_turn(
            times,
            &mut [&mut || measure::loops(plain, world.shape(), &batches, threads), &mut || {
                measure::kernels(&screening, &batches, threads)
            }],
        );
        let each = |place: usize| taken[place].as_secs_f64() / rows as f64 * 1e9;
        println!(
            "{threads} threads: loops {:.1} ns/row, kernels {:.1} ns/row, {:.2} times",
            each(0),
            each(1),
            each(1) / each(0)
        );
    }
}
