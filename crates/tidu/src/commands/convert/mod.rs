//! `tidu convert`: files of any kind into one population. Sound rows are taken, the others reported; the
//! file is complete under its name or not there.

mod paths;
mod refusals;

use std::io;
use std::path::Path;

use connectors::Blanks;
use enterprise::{Lang, Place, Problem, Text};
use intake::{Failure, Inputs, Told, Who, survey};

use super::firms::Progress;
use super::{fail, told, usable};
use crate::arguments::Convert;
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::text::screening::grouped;
use crate::{file, interrupt, law};
use refusals::{List, Refusals};

pub(super) fn run(convert: &Convert, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    if let Err(text) = paths::check(convert) {
        return Ok(fail(&screen, &text));
    }
    interrupt::listen();
    let catalogue = &law.compiled.rulebook.catalogue;
    let mut refusals = match Refusals::new(convert.refused.as_deref(), screen) {
        Ok(refusals) => refusals,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let blanks = Blanks::new(convert.blank.iter().cloned());
    let inputs = Inputs { files: &convert.inputs, catalogue, blanks: &blanks };
    // What columns there are, and how much room they need, is known only when all has been read once.
    let progress = Progress::new(screen, true);
    let surveyed = survey(&inputs, &mut Listening { refusals: Some(&mut refusals), progress });
    let survey = match surveyed {
        Ok(survey) => survey,
        Err(failure) => return Ok(failed(failure, convert, &screen)),
    };
    let mut list = match refusals.finish() {
        Ok(list) => list,
        Err(failure) => return Ok(told(&failure, &screen)),
    };
    if survey.subjects == 0 {
        if let Some(Err(text)) = list.take().map(List::keep) {
            fail(&screen, &text);
        }
        let text = Text::new(
            "没有可写入的企业，未生成总体文件",
            "there is no firm to write; no population was made",
        );
        return Ok(fail(&screen, &text));
    }
    let shape = survey.shape(catalogue);
    let progress = Progress::new(screen, true);
    // What there was to say has been said.
    let listening = &mut Listening { refusals: None, progress };
    let written = match intake::write(&inputs, &survey, &shape, &convert.output, listening) {
        Ok(written) => written,
        Err(failure) => return Ok(failed(failure, convert, &screen)),
    };
    let kept = list.map_or(Ok(()), List::keep);
    if let Err(text) = &kept {
        fail(&screen, text);
    }
    let (path, columns) = (convert.output.display(), shape.facts().count());
    let (rows, size) = (grouped(written.rows), size(written.bytes));
    complain(&match screen.lang {
        Lang::Zh => format!("已写入 {path}：{rows} 户，{columns} 列数据，{size}"),
        Lang::En => format!("wrote {path}: {rows} subjects, {columns} columns of facts, {size}"),
    });
    Ok(if refusals.any() || kept.is_err() { Exit::Problems } else { Exit::Answered })
}

/// Says what is refused, and how far it is.
struct Listening<'r> {
    refusals: Option<&'r mut Refusals>,
    progress: Progress,
}

impl Told for Listening<'_> {
    fn file(&mut self, problems: &[Problem]) {
        if let Some(refusals) = &mut self.refusals {
            refusals.file(problems);
        }
    }

    fn row(&mut self, place: &Place, who: Who<'_>, problems: &[Problem]) {
        if let Some(refusals) = &mut self.refusals {
            refusals.row(place, who, problems);
        }
    }

    fn blanked(&mut self, cells: u64) {
        if let Some(refusals) = &mut self.refusals {
            refusals.blanked(cells);
        }
    }

    fn step(&mut self) {
        self.progress.step();
    }

    fn stops(&mut self) -> bool {
        interrupt::asked()
    }
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        self.progress.end();
    }
}

fn failed(failure: Failure, convert: &Convert, screen: &Screen) -> Exit {
    match failure {
        // The reason has been told already.
        Failure::Told => fail(screen, &Text::new("未生成文件", "no file was made")),
        Failure::Unwritten(error) => fail(screen, &file::no_population(&convert.output, &error)),
        Failure::Broken(text) => fail(screen, &text),
        Failure::Changed => fail(
            screen,
            &Text::new(
                "读取期间输入文件被改动，请重新转换",
                "an input was changed while it was read: convert again",
            ),
        ),
        Failure::Stopped => {
            interrupt::tell(screen);
            Exit::Interrupted
        }
    }
}

/// A size as people say it.
fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    match UNITS.iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) => {
            let tenths = bytes / (unit / 10);
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
        None => format!("{bytes} B"),
    }
}
