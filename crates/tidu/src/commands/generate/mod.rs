//! `tidu generate`: a made-up city as a population file.

mod edges;
mod progress;
mod say;
#[cfg(test)]
mod tests;
mod write;

use std::io;
use std::path::Path;
use std::sync::Arc;

use city::{City, Profile, Wish};
use engine::metadata;
use enterprise::Text;
use jiff::civil::Date;
use rules::Rulebook;

use super::{fail, usable};
use crate::arguments::Generate;
use crate::exit::Exit;
use crate::output::Screen;
use crate::outputs::Outputs;
use crate::{clock, interrupt, law};

/// Up to so many entities a city shows everything there is.
const SMALL: u64 = 5_000;

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
    let base_year = as_of.year() - 1;
    let stratified = generate.stratified || generate.enterprises <= SMALL;
    let size = Size { entities: generate.enterprises, seed: generate.seed, stratified };
    let city = city(rulebook, as_of, size);
    let city = match city {
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
    let facts = [
        (metadata::SYNTHETIC, "true".to_owned()),
        ("tidu.seed", generate.seed.to_string()),
        ("tidu.as_of", as_of.to_string()),
        ("tidu.base_year", base_year.to_string()),
        ("tidu.stratified", stratified.to_string()),
        ("tidu.rulebook", rulebook.hash.clone()),
    ];
    match write::write(&city, path, &facts, screen) {
        Ok(tally) => {
            say::summary(&tally, generate, as_of, rulebook, screen)?;
            Ok(Exit::Answered)
        }
        Err(write::Ended::Interrupted) => {
            interrupt::tell(&screen);
            Ok(Exit::Interrupted)
        }
        Err(write::Ended::Failed(text)) => Ok(fail(&screen, &text)),
    }
}

/// How large a city is, and which one of that size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub entities: u64,
    pub seed: u64,
    pub stratified: bool,
}

/// A city on whose firms the rules of a rulebook can be tried.
pub(super) fn city(rulebook: &Rulebook, as_of: Date, size: Size) -> Result<City, String> {
    let base_year = as_of.year() - 1;
    let profile = Profile::built_in()?;
    let wish = Wish {
        entities: size.entities,
        seed: size.seed,
        as_of,
        base_year,
        stratified: size.stratified,
        titles: titles(rulebook),
        edges: edges::edges(rulebook, as_of, base_year, &profile.industries()),
    };
    City::new(profile, Arc::new(rulebook.catalogue.clone()), &wish)
}

/// The titles that a firm can hold.
fn titles(rulebook: &Rulebook) -> Vec<String> {
    let of_firms = rulebook.programmes.iter().filter(|known| known.subject == "enterprise");
    of_firms.map(|programme| programme.id.clone()).collect()
}
