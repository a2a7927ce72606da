//! `tidu generate`: a made-up city as a population file.

mod progress;
mod say;

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use enterprise::Text;
use tryout::{Ended, SMALL, Size, city};

use super::{fail, usable};
use crate::arguments::Generate;
use crate::exit::Exit;
use crate::output::Screen;
use crate::outputs::Outputs;
use crate::{clock, file, interrupt, law};
use progress::Progress;

pub(super) fn run(
    generate: &Generate,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let path = &generate.output;
    let outputs = Outputs::default().and(Some(path), &["parquet"]);
    if let Err(text) = outputs.check(generate.replace.force) {
        return Ok(fail(&screen, &text));
    }
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let rulebook = &law.compiled.rulebook;
    let as_of = generate.as_of.unwrap_or_else(clock::today);
    let stratified = generate.stratified || generate.enterprises <= SMALL;
    let size = Size { entities: generate.enterprises, seed: generate.seed, stratified };
    let city = match city(rulebook, as_of, size) {
        Ok(city) => city,
        Err(error) => {
            let text = Text::new(
                format!("城市资料与规则库不符：{error}"),
                format!("the profile of the city does not fit the rulebook: {error}"),
            );
            return Ok(fail(&screen, &text));
        }
    };
    interrupt::listen();
    let mut progress = Progress::new(city.entities(), screen);
    let written = tryout::write(&city, path, tryout::says(rulebook, as_of, size), &mut |rows| {
        progress.reach(rows);
        if interrupt::asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    drop(progress);
    match written {
        Ok(tally) => {
            say::summary(&tally, generate, as_of, rulebook, screen)?;
            Ok(Exit::Answered)
        }
        Err(Ended::Stopped) => {
            interrupt::tell(&screen);
            Ok(Exit::Interrupted)
        }
        Err(Ended::Unwritten(error)) => Ok(fail(&screen, &file::no_population(path, &error))),
        Err(Ended::Unmade(error)) => {
            let text = Text::new(
                format!("生成时出错：{error}"),
                format!("making the city failed: {error}"),
            );
            Ok(fail(&screen, &text))
        }
    }
}
