//! `tidu convert`: files of any kind into one population. Sound rows are taken, the others reported; the
//! file is complete under its name or not there.

mod intake;
mod paths;
mod refusals;
mod survey;
mod write;

use std::io;
use std::path::Path;

use enterprise::{Lang, Text};

use super::{fail, told, usable};
use crate::arguments::Convert;
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::text::screening::grouped;
use crate::{interrupt, law};
use intake::{Failure, Intake};
use refusals::{List, Refusals};
use survey::Survey;

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
    // What columns there are, and how much room they need, is known only when all has been read once.
    let mut survey = Survey::default();
    let surveyed = Intake::new(catalogue, &convert.blank, screen).all(
        &convert.inputs,
        &mut survey,
        &mut refusals,
    );
    if let Err(failure) = surveyed {
        return Ok(failed(failure, &screen));
    }
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
    let written = match write::write(convert, &survey, &shape, catalogue, screen) {
        Ok(written) => written,
        Err(failure) => return Ok(failed(failure, &screen)),
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

fn failed(failure: Failure, screen: &Screen) -> Exit {
    match failure {
        // The reason has been told already.
        Failure::Told => fail(screen, &Text::new("未生成文件", "no file was made")),
        Failure::Text(text) => fail(screen, &text),
        Failure::Interrupted => {
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
