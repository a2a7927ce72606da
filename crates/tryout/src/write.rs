//! Makes a city block by block on every core and writes the blocks in their order.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use city::{City, Tally};
use population::{Shape, WriteError, Writer};

const BLOCK: usize = 8_192;
/// Blocks of each core that may wait to be written.
const WAITING: usize = 2;

type Block = Result<(RecordBatch, Tally), ArrowError>;

/// Why there is no file.
#[derive(Debug)]
pub enum Ended {
    /// Whoever listened wanted it to stop.
    Stopped,
    /// Blocks are made in memory: what fails is the machine.
    Unmade(ArrowError),
    /// The file cannot be written.
    Unwritten(WriteError),
}

/// Writes the city and counts what is in it. `says` stands in the file; `step` hears how many rows are written, each
/// time some are, and may stop it.
///
/// # Errors
/// Why there is no file.
pub fn write(
    city: &City,
    path: &Path,
    says: impl IntoIterator<Item = (String, String)>,
    step: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Tally, Ended> {
    let shape = city.shape();
    let mut writer = Writer::create(path, &shape, says).map_err(Ended::Unwritten)?;
    let stop = Arc::new(AtomicBool::new(false));
    let written = thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let blocks: Vec<Receiver<Block>> = (0..cores)
            .map(|core| {
                let (sender, receiver) = sync_channel(WAITING);
                let (shape, stop) = (&shape, Arc::clone(&stop));
                scope.spawn(move || make(city, shape, core, cores, &sender, &stop));
                receiver
            })
            .collect();
        let written = collect(&blocks, &mut writer, step);
        // Who still makes blocks finds nobody to take them.
        stop.store(true, Ordering::Relaxed);
        drop(blocks);
        written
    });
    let tally = written?;
    writer.finish().map_err(Ended::Unwritten)?;
    Ok(tally)
}

/// Makes every block whose turn it is.
fn make(
    city: &City,
    shape: &Shape,
    core: usize,
    cores: usize,
    blocks: &SyncSender<Block>,
    stop: &AtomicBool,
) {
    for block in (core..).step_by(cores) {
        let first = u64::try_from(block * BLOCK).unwrap_or(u64::MAX);
        if first >= city.entities() || stop.load(Ordering::Relaxed) {
            return;
        }
        if blocks.send(city.batch(shape, first, BLOCK)).is_err() {
            return;
        }
    }
}

fn collect(
    blocks: &[Receiver<Block>],
    writer: &mut Writer,
    step: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Tally, Ended> {
    let mut tally = Tally::default();
    let mut written = 0;
    for source in blocks.iter().cycle() {
        // Who has no block left has hung up, and so will all that come after.
        let Ok(block) = source.recv() else { break };
        let (batch, counted) = block.map_err(Ended::Unmade)?;
        writer.write(&batch).map_err(Ended::Unwritten)?;
        tally.add(counted);
        written += u64::try_from(batch.num_rows()).unwrap_or(0);
        if step(written).is_break() {
            return Err(Ended::Stopped);
        }
    }
    Ok(tally)
}
