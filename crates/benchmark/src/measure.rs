//! Timing side by side: every way once, then all again, so that what disturbs the machine disturbs all.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use arrow::record_batch::RecordBatch;
use population::Shape;
use screening::{Screening, Work};

use crate::hand::{Hand, Output};
use crate::plain::Plain;

/// Runs each way in turn, `times` over; answers each way's median.
pub fn in_turn(times: usize, ways: &mut [&mut dyn FnMut() -> Duration]) -> Vec<Duration> {
    let mut taken: Vec<Vec<Duration>> = vec![Vec::with_capacity(times); ways.len()];
    for _ in 0..times {
        for (way, taken) in ways.iter_mut().zip(&mut taken) {
            taken.push(way());
        }
    }
    taken.iter_mut().map(|taken| median(taken)).collect()
}

/// The middle one; of an even number the lower of the two.
pub fn median(taken: &mut [Duration]) -> Duration {
    taken.sort_unstable();
    taken.get(taken.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// How long the kernels take for all batches.
pub fn kernels(screening: &Screening, batches: &[RecordBatch], threads: usize) -> Duration {
    shared(batches, threads, || {
        let mut work: Work = screening.work();
        move |batch: &RecordBatch| {
            std::hint::black_box(&screening.screen(batch, &mut work));
        }
    })
}

/// How long the loops take for all batches; each thread brings its own.
pub fn loops(plain: &Plain, shape: &Shape, batches: &[RecordBatch], threads: usize) -> Duration {
    shared(batches, threads, || {
        let (mut hand, mut output) = (Hand::new(plain), Output::default());
        move |batch: &RecordBatch| {
            hand.screen(shape, batch, &mut output);
            std::hint::black_box(&output);
        }
    })
}

/// Threads take the next batch as they get free. What a thread needs is made before the clock starts.
fn shared<W: FnMut(&RecordBatch)>(
    batches: &[RecordBatch],
    threads: usize,
    worker: impl Fn() -> W + Sync,
) -> Duration {
    let next = AtomicUsize::new(0);
    let ready = std::sync::Barrier::new(threads);
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut work = worker();
                    ready.wait();
                    // Whoever waits for threads may wake when they are done: they look at the clock themselves.
                    let start = Instant::now();
                    while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                        work(batch);
                    }
                    (start, Instant::now())
                })
            })
            .collect();
        // A thread that stopped early has no time worth telling.
        let times: Vec<_> = running.into_iter().filter_map(|thread| thread.join().ok()).collect();
        let first = times.iter().map(|(start, _)| *start).min();
        let last = times.iter().map(|(_, end)| *end).max();
        first.zip(last).map_or(Duration::ZERO, |(first, last)| last.duration_since(first))
    })
}
