//! What codes of the population are called.

use enterprise::{Catalogue, Choice, Kind};
use rules::{Population, Rulebook, Standing};
use simulation::section_name;

use crate::lang::Say;
use crate::parts::Tone;

/// The five populations in the order in which people read them.
pub(crate) const POPULATIONS: [Population; 5] = [
    Population::Eligible,
    Population::JudgementPending,
    Population::OneShort,
    Population::LackOfData,
    Population::No,
];

/// What a population is called.
pub(crate) fn population(say: Say, population: Population) -> String {
    say.both(&words::verdict::population(population))
}

/// What it says by colour.
pub(crate) fn tone(population: Population) -> Tone {
    match population {
        Population::Eligible => Tone::Good,
        Population::JudgementPending => Tone::Pending,
        Population::OneShort => Tone::Near,
        Population::LackOfData => Tone::Open,
        Population::No => Tone::Bad,
    }
}

/// The same under a text of the law that is worth so much: where nothing is public, nothing is said.
pub(crate) fn tone_by(population: Population, standing: Standing) -> Tone {
    if standing == Standing::Open { Tone::Dim } else { tone(population) }
}

/// What an option of a choice is called; a dash where it is not told.
pub(crate) fn option(
    say: Say,
    catalogue: &Catalogue,
    id: &str,
    option: Option<impl Into<usize>>,
) -> String {
    let found = option.and_then(|option| catalogue.option(id, option.into()));
    found.map_or_else(|| "—".to_owned(), |choice| say.both(&choice.label))
}

/// All options of a choice, in order.
pub(crate) fn options<'a>(catalogue: &'a Catalogue, id: &str) -> &'a [Choice] {
    match catalogue.indicator(id).map(|indicator| &indicator.kind) {
        Some(Kind::Choice(choices)) => choices,
        _ => &[],
    }
}

/// A section of industry with its letter; a dash where it is not told.
pub(crate) fn section(say: Say, rulebook: &Rulebook, letter: Option<char>) -> String {
    let Some(letter) = letter else { return "—".to_owned() };
    match section_name(rulebook, letter) {
        Some(name) => format!("{letter} {}", say.both(name)),
        None => letter.to_string(),
    }
}

/// What a programme is called by a rulebook; its id if it has none of that name.
pub(crate) fn title(say: Say, rulebook: &Rulebook, id: &str) -> String {
    rulebook.programme(id).map_or_else(|| id.to_owned(), |programme| say.both(&programme.title))
}
