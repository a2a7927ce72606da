//! Who stands twice: read again where fingerprints repeat, named and counted.

use std::collections::{BTreeMap, HashSet};

use enterprise::{Place, Problem, ProblemKind, Text};
use population::Special;

use crate::duplicates::names;
use crate::failure::Failure;
use crate::population::Population;
use crate::trouble;

/// So many are named.
const NAMED: usize = 10;
/// Rows that are read at once.
const ROWS: usize = 8 * 1024;

/// Two rows of a subject, counted over all files, and how many it has.
#[derive(Debug, Clone, Copy)]
struct Twice {
    first: u64,
    second: u64,
    times: u64,
}

/// Fails if anybody stands twice among those who leave these fingerprints.
pub(crate) fn refuse(population: &Population, prints: &HashSet<u64>) -> Result<(), Failure> {
    // Two rows of each are enough to tell; further ones are counted.
    let mut rows: BTreeMap<String, Twice> = BTreeMap::new();
    let who = population.only(&[Special::Uscc, Special::Id])?;
    for batch in who.unchecked(ROWS) {
        let (before, canonical) = batch?;
        for (row, name) in (before..).zip(names(who.shape(), &canonical)) {
            if let Some(name) = name.filter(|name| prints.contains(&name.fingerprint())) {
                let known = rows.entry(name.text().to_owned());
                let known = known.or_insert(Twice { first: row, second: row, times: 0 });
                known.times += 1;
                if known.times == 2 {
                    known.second = row;
                }
            }
        }
    }
    let mut twice: Vec<_> = rows.into_iter().filter(|(_, found)| found.times > 1).collect();
    if twice.is_empty() {
        return Ok(());
    }
    let all = twice.len() as u64;
    twice.sort_by_key(|(_, found)| found.first);
    let named = twice.into_iter().take(NAMED);
    Err(population
        .refused(named.map(|(name, found)| said(population, &name, found)).collect(), all))
}

fn said(population: &Population, name: &str, Twice { first, second, times }: Twice) -> Problem {
    let (both, both_en) = rows_of(population, first, second);
    let message = match times {
        2 => Text::new(
            format!("“{name}”出现两次：{both}"),
            format!("`{name}` stands twice: {both_en}"),
        ),
        times => Text::new(
            format!("“{name}”出现 {times} 次，最先的两行：{both}"),
            format!("`{name}` stands {times} times, first {both_en}"),
        ),
    };
    let help = Text::new("每户只保留一行", "keep one row for each");
    let place = Place { row: Some(second + 1), ..Place::default() };
    Problem::refused(ProblemKind::Duplicate, message, help).at(place)
}

/// Two rows in words; with their files where there are several.
fn rows_of(population: &Population, first: u64, second: u64) -> (String, String) {
    let source = &population.source;
    match (source.part_of(first), source.part_of(second)) {
        (Some((one, row)), Some((other, again))) if source.parts.len() > 1 => {
            let (row, again) = (row + 1, again + 1);
            let (one, other) = (trouble::file_name(&one.name), trouble::file_name(&other.name));
            (
                format!("{one} 第 {row} 行和 {other} 第 {again} 行"),
                format!("in row {row} of {one} and row {again} of {other}"),
            )
        }
        _ => {
            let (first, second) = (first + 1, second + 1);
            (format!("第 {first} 行和第 {second} 行"), format!("in rows {first} and {second}"))
        }
    }
}
