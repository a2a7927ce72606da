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
use enterprise::Text;

use super::{fail, usable};
use crate::arguments::Generate;
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::{clock, interrupt, law};

/// Up to so many entities a city shows everything there is.
const SMALL: u64 = 5_000;

pub(super) fn run(
    generate: &Generate,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let path = &generate.output;
    if let Err(text) = place(generate) {
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
    let city = Profile::built_in().and_then(|profile| {
        let wish = Wish {
            entities: generate.enterprises,
            seed: generate.seed,
            as_of,
            base_year,
            stratified,
            titles: titles(rulebook),
            edges: edges::edges(rulebook, as_of, base_year, &profile.industries()),
        };
        City::new(profile, Arc::new(rulebook.catalogue.clone()), &wish)
    });
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
        ("tidu.synthetic", "true".to_owned()),
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
            complain(screen.say("已中断，没有写入任何文件", "interrupted; nothing was written"));
            Ok(Exit::Interrupted)
        }
        Err(write::Ended::Failed(error)) => {
            let text = Text::new(
                format!("无法写入“{}”：{error}", path.display()),
                format!("cannot write `{}`: {error}", path.display()),
            );
            Ok(fail(&screen, &text))
        }
    }
}

/// The titles that a firm can hold.
fn titles(rulebook: &rules::Rulebook) -> Vec<String> {
    let of_firms = rulebook.programmes.iter().filter(|known| known.subject == "enterprise");
    of_firms.map(|programme| programme.id.clone()).collect()
}

/// Whether the file may be written there.
fn place(generate: &Generate) -> Result<(), Text> {
    let path = &generate.output;
    if path.extension().is_none_or(|kind| !kind.eq_ignore_ascii_case("parquet")) {
        return Err(Text::new(
            format!("输出文件“{}”须以 .parquet 结尾", path.display()),
            format!("the file to write, `{}`, must end in .parquet", path.display()),
        ));
    }
    // It may be the population that somebody works with.
    if path.exists() && !generate.force {
        return Err(Text::new(
            format!("“{}”已存在，不覆盖；请另取一个名字，或加 --force 替换它", path.display()),
            format!(
                "`{}` exists and is not overwritten: choose another name, or replace it with --force",
                path.display()
            ),
        ));
    }
    Ok(())
}
