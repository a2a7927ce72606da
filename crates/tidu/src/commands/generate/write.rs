//! Makes a city block by block on every core and writes the blocks in their order.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use city::{City, Tally};
use enterprise::Text;
use population::{Shape, WriteError, Writer};

use super::progress::Progress;
use crate::output::Screen;
use crate::{file, interrupt};

const BLOCK: usize = 8_192;
/// Blocks of each core that may wait to be written.
const WAITING: usize = 2;

type Block = Result<(RecordBatch, Tally), ArrowError>;

/// Why there is no file.
pub(super) enum Ended {
    Interrupted,
    Failed(Text),
}

/// Writes the city and counts what is in it.
pub(super) fn write(
    city: &City,
    path: &Path,
    facts: &[(&str, String)],
    screen: Screen,
) -> Result<Tally, Ended> {
    let shape = city.shape();
    let says = facts.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
    let failed = |error: WriteError| Ended::Failed(file::no_population(path, &error));
    let mut writer = Writer::create(path, &shape, says).map_err(failed)?;
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
        let written =
            collect(city, &blocks, screen, &mut |batch| writer.write(batch).map_err(failed));
        // Who still makes blocks finds nobody to take them.
        stop.store(true, Ordering::Relaxed);
        drop(blocks);
        written
    });
    let tally = written?;
    writer.finish().map_err(failed)?;
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
    city: &City,
    blocks: &[Receiver<Block>],
    screen: Screen,
    take: &mut dyn FnMut(&RecordBatch) -> Result<(), Ended>,
) -> Result<Tally, Ended> {
    let mut tally = Tally::default();
    let mut progress = Progress::new(city.entities(), screen);
    for source in blocks.iter().cycle() {
        // Who has no block left has hung up, and so will all that come after.
        let Ok(block) = source.recv() else { break };
        if interrupt::asked() {
            return Err(Ended::Interrupted);
        }
        let (batch, counted) = block.map_err(|error| unmade(&error))?;
        take(&batch)?;
        tally.add(counted);
        progress.step(batch.num_rows());
    }
    Ok(tally)
}

/// Blocks are made in memory: what fails is the machine.
fn unmade(error: &ArrowError) -> Ended {
    Ended::Failed(Text::new(
        format!("生成时出错：{error}"),
        format!("making the city failed: {error}"),
    ))
}
