//! Parquet to Parquet: reading alone, the loops written by hand between a reader and a writer, and
//! `tidu screen`.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::array::{ArrayRef, Int32Array, Int64Array, RecordBatch, UInt8Array, UInt16Array};
use benchmark::{Hand, Output, World, measure};
use engine::{Asked, Limits, Population, Watch};
use enterprise::Text;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use population::{Reader, Writer};
use rules::Question;
use screening::Builder;

use super::case::{broken, figure};
use super::measured::{Case, Way};
use super::memory;
use crate::arguments::Bench;

/// A run takes so long that it does not need as many as one from memory.
const TIMES: usize = 3;

/// Nobody looks and nobody stops it.
struct Unwatched;

impl Watch for Unwatched {
    fn stopped(&self) -> bool {
        crate::interrupt::asked()
    }

    fn rows(&self, _: u64) {}
}

/// A folder that goes away with all that is in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("tidu-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(super) fn measure(bench: &Bench, world: &World, case: &mut Case) -> Result<(), Text> {
    let folder = Folder::new().map_err(|error| broken(&error))?;
    let population = folder.0.join("population.parquet");
    write_population(world, &population, case.rows)?;
    let result = folder.0.join("result.parquet");
    let times = usize::from(bench.times).min(TIMES);
    let mut reading = Vec::new();
    let mut by_hand: Vec<([Duration; 3], Duration)> = Vec::new();
    let mut engine: Vec<Vec<Duration>> = vec![Vec::new(); bench.threads.len()];
    let (mut peak_hand, mut peaks) = (None, vec![None; bench.threads.len()]);
    for _ in 0..times {
        reading.push(read_only(world, &population)?);
        let (done, peak) = memory::peak(|| loops_on_files(world, &population, &result));
        by_hand.push(done?);
        peak_hand = peak.max(peak_hand);
        for ((threads, taken), held) in bench.threads.iter().zip(&mut engine).zip(&mut peaks) {
            let (done, peak) = memory::peak(|| {
                engine_on_files(world, &population, &result, usize::from(*threads))
            });
            taken.push(done?);
            *held = peak.max(*held);
        }
    }
    let rows = case.rows;
    case.figures.push(figure(Way::Reading, 1, measure::median(&mut reading), rows, None));
    by_hand.sort_by_key(|(_, all)| *all);
    if let Some((parts, all)) = by_hand.get(by_hand.len().saturating_sub(1) / 2) {
        case.figures.push(figure(Way::LoopsOnFiles, 1, *all, rows, peak_hand));
        let share = |part: &Duration| part.as_secs_f64() / all.as_secs_f64().max(1e-9);
        case.shares = Some(parts.each_ref().map(share));
    }
    for ((threads, taken), peak) in bench.threads.iter().zip(&mut engine).zip(peaks) {
        let (threads, time) = (usize::from(*threads), measure::median(taken));
        case.figures.push(figure(Way::EngineOnFiles, threads, time, rows, peak));
    }
    if bench.threads.iter().any(|threads| *threads > 1) {
        case.left_out.push(Text::new(
            "手写循环的文件到文件只测单线程",
            "the loops by hand were run on files on one thread only",
        ));
    }
    Ok(())
}

pub(super) fn write_population(world: &World, path: &Path, rows: u64) -> Result<(), Text> {
    let failed = |error: &dyn std::fmt::Debug| broken(&format!("{error:?}"));
    let mark = [(engine::metadata::SYNTHETIC.to_owned(), "true".to_owned())];
    let mut writer = Writer::create(path, world.shape(), mark).map_err(|error| failed(&error))?;
    for (number, start) in (0u64..).zip((0..rows).step_by(65_536)) {
        let part = usize::try_from((rows - start).min(65_536)).unwrap_or_default();
        for batch in world.part(number, part).map_err(|error| broken(&error))? {
            writer.write(&batch).map_err(|error| failed(&error))?;
        }
    }
    writer.finish().map_err(|error| failed(&error))?;
    Ok(())
}

fn read_only(world: &World, population: &Path) -> Result<Duration, Text> {
    let begun = Instant::now();
    each_batch(world, population, |_, batch| {
        std::hint::black_box(batch);
        Ok(())
    })?;
    Ok(begun.elapsed())
}

fn each_batch(
    world: &World,
    population: &Path,
    mut each: impl FnMut(&population::Shape, &RecordBatch) -> Result<(), Text>,
) -> Result<(), Text> {
    let failed = |error: &dyn std::fmt::Debug| broken(&format!("{error:?}"));
    let reader = Reader::open(population, &world.rulebook.catalogue).map_err(|e| failed(&e))?;
    let batches = reader.batches().map_err(|error| failed(&error))?;
    let shape = batches.shape().clone();
    let mut rows = 0;
    for batch in batches {
        let batch = batch.map_err(|error| failed(&error))?;
        let canonical = shape.canonical(&batch, rows).map_err(|error| failed(&error))?;
        rows += canonical.num_rows() as u64;
        each(&shape, &canonical)?;
    }
    Ok(())
}

/// Time for reading, evaluating and writing, and altogether.
fn loops_on_files(
    world: &World,
    population: &Path,
    result: &Path,
) -> Result<([Duration; 3], Duration), Text> {
    let begun = Instant::now();
    let (mut evaluating, mut writing) = (Duration::ZERO, Duration::ZERO);
    let (mut hand, mut output) = (Hand::new(&world.law.plain), Output::default());
    let mut writer: Option<ArrowWriter<File>> = None;
    each_batch(world, population, |shape, batch| {
        let start = Instant::now();
        hand.screen(shape, batch, &mut output);
        evaluating += start.elapsed();
        let start = Instant::now();
        let table = table(&output).map_err(|error| broken(&error))?;
        let writer = match &mut writer {
            Some(writer) => writer,
            None => {
                let file = File::create(result).map_err(|error| broken(&error))?;
                let level = ZstdLevel::try_new(1).map_err(|error| broken(&error))?;
                let properties =
                    WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
                let made = ArrowWriter::try_new(file, table.schema(), Some(properties));
                writer.insert(made.map_err(|error| broken(&error))?)
            }
        };
        writer.write(&table).map_err(|error| broken(&error))?;
        writing += start.elapsed();
        Ok(())
    })?;
    let start = Instant::now();
    if let Some(writer) = writer {
        writer.close().map_err(|error| broken(&error))?;
    }
    writing += start.elapsed();
    let all = begun.elapsed();
    Ok(([all.saturating_sub(evaluating + writing), evaluating, writing], all))
}

/// The buffers of the loops as columns.
fn table(output: &Output) -> Result<RecordBatch, arrow::error::ArrowError> {
    let mut columns: Vec<(String, ArrayRef, bool)> = Vec::new();
    for (number, own) in output.programmes.iter().enumerate() {
        let mut add = |name: &str, array: ArrayRef| {
            columns.push((format!("p{number}_{name}"), array, false));
        };
        add("verdict", Arc::new(UInt8Array::from(own.verdict.clone())));
        add("population", Arc::new(UInt8Array::from(own.population.clone())));
        if !own.low.is_empty() {
            add("low", Arc::new(Int32Array::from(own.low.clone())));
            add("high", Arc::new(Int32Array::from(own.high.clone())));
        }
        add("not_met", Arc::new(UInt16Array::from(own.not_met.clone())));
        add("unknown", Arc::new(UInt16Array::from(own.unknown.clone())));
        let mut short: Vec<i64> = own.shortfall.iter().map(|ppm| i64::from(*ppm)).collect();
        for (row, ppm) in &own.far {
            if let Some(slot) = short.get_mut(*row) {
                *slot = *ppm;
            }
        }
        add("shortfall", Arc::new(Int64Array::from(short)));
        add("nearest", Arc::new(UInt8Array::from(own.nearest.clone())));
    }
    RecordBatch::try_from_iter_with_nullable(columns)
}

fn engine_on_files(
    world: &World,
    population: &Path,
    result: &Path,
    threads: usize,
) -> Result<Duration, Text> {
    let _ = std::fs::remove_file(result);
    let begun = Instant::now();
    let failed = |error: &dyn std::fmt::Debug| broken(&format!("{error:?}"));
    let opened =
        Population::open(population, &world.rulebook.catalogue).map_err(|error| failed(&error))?;
    let question: Question = world.question();
    let mut builder = Builder::new(opened.shape(), question.clone());
    for programme in &world.rulebook.programmes {
        builder.add(&world.rulebook, programme);
    }
    let asked = Asked {
        as_of: question.as_of,
        base_year: world.law.plain.base_year,
        rulebook: world.rulebook.hash.clone(),
        population: "population".to_owned(),
        size_class: None,
    };
    let limits = Limits { threads, ..Limits::default() };
    engine::screen(&opened, builder.build(), &asked, result, limits, &Unwatched)
        .map_err(|error| failed(&error))?;
    Ok(begun.elapsed())
}
