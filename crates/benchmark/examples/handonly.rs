//! temp
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use benchmark::*;
use enterprise::FactKey;
use population::shape_for;
use std::time::Instant;
fn main() {
    let rows: usize = std::env::args().nth(1).map_or(200_000, |a| a.parse().unwrap());
    let criteria: usize = std::env::args().nth(2).map_or(300, |a| a.parse().unwrap());
    let times: usize = std::env::args().nth(3).map_or(5, |a| a.parse().unwrap());
    let law = Law::generated(criteria, 1);
    let rulebook = rulebook::compile(&law.sources).rulebook;
    let keys = law.plain.columns.iter().map(|c| FactKey { indicator: c.indicator.to_owned(), year: c.year });
    let crowd = Crowd::new(shape_for(keys, &rulebook.catalogue), &law.plain, 1);
    let start = Instant::now();
    let mut batches = Vec::new();
    for (n, s) in (0u64..).zip((0..rows).step_by(65536)) {
        let b = crowd.batch(n, 65536.min(rows - s)).unwrap();
        for o in (0..b.num_rows()).step_by(8192) { batches.push(b.slice(o, 8192.min(b.num_rows() - o))); }
    }
    println!("made in {:?}", start.elapsed());
    let mut hand = Hand::new(&law.plain);
    let mut out = Output::default();
    let mut taken: Vec<f64> = Vec::new();
    let mut far = 0usize;
    for _ in 0..times {
        let start = Instant::now();
        far = 0;
        for b in &batches {
            hand.screen(crowd.shape(), b, &mut out);
            std::hint::black_box(&out);
            far += out.programmes.iter().map(|c| c.far.len()).sum::<usize>();
        }
        taken.push(start.elapsed().as_secs_f64() / rows as f64 * 1e9);
    }
    taken.sort_by(f64::total_cmp);
    println!("{taken:.1?} ns/row; far {} of {}", far, rows * law.plain.programmes.len());
}
