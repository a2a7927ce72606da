//! One size: everything is checked to say the same, then timed in turn.

use std::time::Duration;

use arrow::array::RecordBatch;
use benchmark::{World, measure};
use enterprise::Text;
use screening::Screening;

use super::measured::{Case, Figure, Way};
use super::{SEED, files, memory, sql};
use crate::arguments::Bench;

/// More rows are not held in memory at once.
const HELD: u64 = 2_100_000;
/// Rows that are made, screened and forgotten at a time beyond that.
const PART: u64 = 1 << 18;
/// Rows on which all answers are held against each other.
const CHECKED: usize = 100_000;
/// Rows that the simple evaluator judges.
const SIMPLY: usize = 500;

pub(super) fn measure(bench: &Bench, criteria: u64, rows: u64) -> Result<Case, Text> {
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let world = World::new(size(criteria), SEED).ok_or_else(|| {
        Text::new("生成的规则库不能使用", "the generated rulebook cannot be used")
    })?;
    let plain = &world.law.plain;
    let mut case = Case {
        generated: true,
        rows,
        programmes: plain.programmes.len(),
        criteria: plain.leaves(),
        comparisons: plain.comparisons.len(),
        bands: plain.bands.len(),
        checked: (0, 0),
        differences: Vec::new(),
        figures: Vec::new(),
        shares: None,
        left_out: Vec::new(),
    };
    let screening = world.screening();
    let held = size(rows.min(if rows > HELD { PART } else { rows }));
    let batches = world.rows(held).map_err(|error| broken(&error))?;
    check(&world, &screening, &batches, &mut case);
    if !case.differences.is_empty() {
        case.left_out
            .push(Text::new("结果不一致，不计时", "nothing was timed: the answers differ"));
        return Ok(case);
    }
    if rows > HELD {
        streamed(bench, &world, &screening, &mut case)?;
    } else {
        in_memory(bench, &world, &screening, &batches, &mut case);
    }
    drop(batches);
    if bench.without.iter().any(|left| left == "files") {
        case.left_out
            .push(Text::new("未测文件到文件（--without）", "files were not timed (--without)"));
    } else {
        files::measure(bench, &world, &mut case)?;
    }
    case.compare();
    Ok(case)
}

pub(super) fn broken(error: &dyn std::fmt::Display) -> Text {
    Text::new(format!("测试中断：{error}"), format!("the benchmark broke off: {error}"))
}

fn check(world: &World, screening: &Screening, batches: &[RecordBatch], case: &mut Case) {
    let programmes = world.rulebook.programmes.len() as u64;
    let mut rows = 0;
    for batch in batches {
        if rows >= CHECKED {
            break;
        }
        rows += batch.num_rows();
        let found = world.differences(screening, batch);
        case.differences.extend(found.into_iter().map(said));
    }
    let simply = batches.first().map_or(0, |batch| batch.num_rows().min(SIMPLY));
    if let Some(batch) = batches.first() {
        let found = world.differences_from_simple(batch, simply);
        case.differences.extend(found.into_iter().map(said));
    }
    case.checked = (rows as u64 * programmes, simply as u64 * programmes);
}

fn said(difference: benchmark::Difference) -> String {
    let benchmark::Difference { row, programme, said } = difference;
    format!("{row} {programme}: {said}")
}

/// A way on so many threads, and how to run it once.
type Timed<'a> = (Way, usize, Box<dyn FnMut() -> Duration + 'a>);

fn in_memory(
    bench: &Bench,
    world: &World,
    screening: &Screening,
    batches: &[RecordBatch],
    case: &mut Case,
) {
    let plain = &world.law.plain;
    let verdicts = &world.screening().only_verdicts();
    let mut ways: Vec<Timed<'_>> = Vec::new();
    for threads in bench.threads.iter().map(|threads| usize::from(*threads)) {
        let loops = move || measure::loops(plain, world.shape(), batches, threads);
        ways.push((Way::Loops, threads, Box::new(loops)));
        let kernels = move || measure::kernels(screening, batches, threads);
        ways.push((Way::Kernels, threads, Box::new(kernels)));
        let briefly = move || measure::kernels(verdicts, batches, threads);
        ways.push((Way::Verdicts, threads, Box::new(briefly)));
        if bench.without.iter().any(|left| left == "sql") {
            continue;
        }
        match sql::Query::new(world, batches, threads) {
            Ok(mut query) => ways.push((Way::Sql, threads, Box::new(move || query.run()))),
            Err(error) => case.left_out.push(Text::new(
                format!("DataFusion 普通 SQL 未能运行：{error}"),
                format!("plain DataFusion SQL could not run: {error}"),
            )),
        }
    }
    let mut taken: Vec<Vec<Duration>> = vec![Vec::new(); ways.len()];
    let mut peaks = vec![None; ways.len()];
    for _ in 0..bench.times {
        for ((way, taken), peak) in ways.iter_mut().zip(&mut taken).zip(&mut peaks) {
            // SQL takes so long that it does not need as many runs.
            if way.0 == Way::Sql && taken.len() == 2 {
                continue;
            }
            let (time, held) = memory::peak(|| way.2());
            taken.push(time);
            *peak = held.max(*peak);
        }
    }
    for (((way, threads, _), taken), peak) in ways.iter().zip(&mut taken).zip(peaks) {
        let time = measure::median(taken);
        case.figures.push(figure(*way, *threads, time, case.rows, peak));
    }
}

/// Parts are made one after the other; only screening them is timed.
fn streamed(
    bench: &Bench,
    world: &World,
    screening: &Screening,
    case: &mut Case,
) -> Result<(), Text> {
    let plain = &world.law.plain;
    let sizes: Vec<usize> = bench.threads.iter().map(|threads| usize::from(*threads)).collect();
    let mut taken = vec![[Duration::ZERO; 2]; sizes.len()];
    let (done, peak) = memory::peak(|| -> Result<(), Text> {
        for (number, start) in (0u64..).zip((0..case.rows).step_by(65_536)) {
            let rows = usize::try_from((case.rows - start).min(65_536)).unwrap_or_default();
            let part = world.part(number, rows).map_err(|error| broken(&error))?;
            for (threads, [loops, kernels]) in sizes.iter().zip(&mut taken) {
                *loops += measure::loops(plain, world.shape(), &part, *threads);
                *kernels += measure::kernels(screening, &part, *threads);
            }
        }
        Ok(())
    });
    done?;
    for (threads, [loops, kernels]) in sizes.iter().zip(taken) {
        case.figures.push(figure(Way::Loops, *threads, loops, case.rows, peak));
        case.figures.push(figure(Way::Kernels, *threads, kernels, case.rows, peak));
    }
    case.left_out.push(Text::new(
        "户数多，逐批生成、逐批计时各一次；普通 SQL 未测",
        "too many subjects to hold: made and timed part by part, once; plain SQL was not run",
    ));
    Ok(())
}

pub(super) fn figure(
    way: Way,
    threads: usize,
    time: Duration,
    rows: u64,
    peak: Option<u64>,
) -> Figure {
    let nanoseconds = time.as_secs_f64() * 1e9 / rows.max(1) as f64;
    Figure { way, threads, nanoseconds, ratio: None, peak }
}
