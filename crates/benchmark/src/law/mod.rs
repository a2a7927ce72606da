//! A generated law: as rule files, which the rulebook compiles like any other, and as a plain table.
//! Its programmes are demonstration data and mean nothing.

mod draw;
mod pool;
#[cfg(test)]
mod tests;
pub(crate) mod vocabulary;
mod write;

use jiff::civil::{Date, date};
use rulebook::Sources;

use crate::law::draw::{Draft, EVENTS, TITLES};
use crate::law::pool::Pool;
use crate::plain::{Body, Criterion, Plain, Test};
use crate::seed::Seed;

/// How many criteria a programme has on the average.
const CRITERIA_EACH: usize = 10;
/// The day of the verdicts.
const AS_OF: Date = date(2026, 6, 30);

/// A generated law.
#[derive(Debug, Clone)]
pub struct Law {
    /// As rule files.
    pub sources: Sources,
    /// As a plain table.
    pub plain: Plain,
}

impl Law {
    /// A law with so many leaf criteria.
    pub fn generated(criteria: usize, seed: u64) -> Self {
        let criteria = criteria.max(1);
        let base_year = AS_OF.year().saturating_sub(1);
        let mut pool = Pool::new(criteria, base_year, &mut Seed::new(seed, 0));
        let many = criteria.div_ceil(CRITERIA_EACH);
        let programmes = (0..many)
            .map(|number| {
                let leaves = criteria * (number + 1) / many - criteria * number / many;
                let stream = 1 + u64::try_from(number).unwrap_or_default();
                Draft::new(&mut pool, Seed::new(seed, stream), number, leaves).draw()
            })
            .collect();
        let Pool { columns, amounts, comparisons, bands } = pool;
        let mut plain = Plain {
            as_of: AS_OF,
            base_year,
            columns,
            amounts,
            comparisons,
            bands,
            titles: (0..TITLES.min(many)).map(programme_id).collect(),
            events: EVENTS.map(|(id, months)| (id.to_owned(), months)).to_vec(),
            programmes,
        };
        drop_unused(&mut plain);
        Self { sources: sources(&plain), plain }
    }
}

fn programme_id(number: usize) -> String {
    format!("demo-{number:03}")
}

fn sources(plain: &Plain) -> Sources {
    let mut sources = Sources::default();
    let name = "name = { zh = \"演示规则库\", en = \"Demonstration rulebook\" }\nformat = 1\n";
    sources.add("rulebook.toml", name);
    sources.add("indicators/all.toml", write::vocabulary(&plain.events));
    for (number, programme) in plain.programmes.iter().enumerate() {
        let folder = format!("programmes/demo/{}", programme.id);
        sources.add(&format!("{folder}/programme.toml"), write::head(number));
        sources.add(&format!("{folder}/2026.toml"), write::version(plain, programme));
    }
    sources
}

/// Leaves out what no programme uses, and numbers the rest anew.
fn drop_unused(plain: &mut Plain) {
    let mut comparisons = vec![false; plain.comparisons.len()];
    let mut bands = vec![false; plain.bands.len()];
    for programme in &plain.programmes {
        for criterion in &programme.criteria {
            each_test(criterion, &mut |place| mark(&mut comparisons, place));
        }
        for group in programme.score.iter().flat_map(|score| &score.groups) {
            group.items.iter().for_each(|place| mark(&mut bands, *place));
        }
    }
    let (new_comparison, new_band) = (places(&comparisons), places(&bands));
    retain(&mut plain.comparisons, &comparisons);
    retain(&mut plain.bands, &bands);
    for programme in &mut plain.programmes {
        for criterion in &mut programme.criteria {
            renumber(criterion, &new_comparison);
        }
        for group in programme.score.iter_mut().flat_map(|score| &mut score.groups) {
            group.items.iter_mut().for_each(|place| replace(place, &new_band));
        }
    }
    let mut amounts = vec![false; plain.amounts.len()];
    plain.comparisons.iter().for_each(|of| mark(&mut amounts, of.amount));
    plain.bands.iter().for_each(|of| mark(&mut amounts, of.amount));
    let new_amount = places(&amounts);
    retain(&mut plain.amounts, &amounts);
    plain.comparisons.iter_mut().for_each(|of| replace(&mut of.amount, &new_amount));
    plain.bands.iter_mut().for_each(|of| replace(&mut of.amount, &new_amount));
}

fn each_test(criterion: &Criterion, each: &mut dyn FnMut(usize)) {
    fn within(test: &Test, each: &mut dyn FnMut(usize)) {
        match test {
            Test::Compare(place) => each(*place),
            Test::All(parts) | Test::AtLeast(_, parts) => {
                parts.iter().for_each(|part| within(part, each));
            }
            _ => {}
        }
    }
    criterion.when.iter().for_each(|when| within(when, each));
    match &criterion.body {
        Body::Require(test) => within(test, each),
        Body::AtLeast(_, children) | Body::Cases(children) => {
            children.iter().for_each(|child| each_test(child, each));
        }
        Body::Judged | Body::Score => {}
    }
}

fn renumber(criterion: &mut Criterion, new: &[usize]) {
    fn within(test: &mut Test, new: &[usize]) {
        match test {
            Test::Compare(place) => replace(place, new),
            Test::All(parts) | Test::AtLeast(_, parts) => {
                parts.iter_mut().for_each(|part| within(part, new));
            }
            _ => {}
        }
    }
    criterion.when.iter_mut().for_each(|when| within(when, new));
    match &mut criterion.body {
        Body::Require(test) => within(test, new),
        Body::AtLeast(_, children) | Body::Cases(children) => {
            children.iter_mut().for_each(|child| renumber(child, new));
        }
        Body::Judged | Body::Score => {}
    }
}

fn mark(used: &mut [bool], place: usize) {
    if let Some(used) = used.get_mut(place) {
        *used = true;
    }
}

fn replace(place: &mut usize, new: &[usize]) {
    *place = new.get(*place).copied().unwrap_or_default();
}

fn places(used: &[bool]) -> Vec<usize> {
    let mut next = 0;
    let number = |used: &bool| {
        let place = next;
        next += usize::from(*used);
        place
    };
    used.iter().map(number).collect()
}

fn retain<T>(of: &mut Vec<T>, used: &[bool]) {
    let mut used = used.iter();
    of.retain(|_| used.next().copied().unwrap_or_default());
}
