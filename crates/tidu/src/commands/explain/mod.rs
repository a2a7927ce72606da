//! `tidu explain`: every programme for every firm of a file, one firm at a time.

mod ask;
mod show;

use std::io;
use std::path::Path;

use super::{fail, firms, usable};
use crate::arguments::Explain;
use crate::exit::Exit;
use crate::law;
use crate::output::Screen;
use crate::outputs::Outputs;
use ask::Ask;
use show::Show;

pub(super) fn run(explain: &Explain, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let outputs = Outputs::beside([&explain.facts]).and(explain.output.as_ref(), &["xlsx"]);
    if let Err(text) = outputs.check(explain.replace.force) {
        return Ok(fail(&screen, &text));
    }
    let ask = match Ask::new(explain, &law.compiled.rulebook) {
        Ok(ask) => ask,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let mut show = match Show::new(explain, &ask, screen) {
        Ok(show) => show,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let firm = explain.firm.as_deref();
    let catalogue = &ask.rulebook.catalogue;
    let read =
        firms::each(&explain.facts, firm, catalogue, &screen, &mut |reading| show.take(reading))?;
    let damaged = match read {
        Ok(damaged) => damaged,
        Err(exit) => return Ok(exit),
    };
    let counts = match show.finish()? {
        Ok(counts) => counts,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    Ok(firms::exit(counts, damaged, &screen))
}
