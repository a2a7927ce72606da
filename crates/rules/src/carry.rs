//! What the facts come to on a later day if nothing happens but time: years that are not closed yet
//! repeat the year before, what happens once does not happen again, lists of events stay as complete as they are. Every such step is named,
//! so that whoever reads a forecast or a plan sees what it rests on.

use enterprise::{Completeness, Fact, FactKey, Facts, Indicator, Lack, Period, Source, Value};
use jiff::civil::Date;

use crate::condition::{ElapsedUnit, Quantity, Until};
use crate::context::Context;
use crate::rulebook::Rulebook;

/// Formulas that may lie one within another.
const DEEPEST: usize = 16;

/// Facts carried over to a later day, and what was taken for granted.
#[derive(Debug, Clone)]
pub struct Carried {
    /// The facts as they would stand.
    pub facts: Facts,
    /// What was taken for granted, by catalogue and year.
    pub assumed: Vec<Carry>,
}

/// Something that was taken for granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carry {
    /// A yearly fact of a year that is not closed is taken to be as in the year before.
    Same {
        /// The fact that was filled in.
        key: FactKey,
        /// The fiscal year whose value it repeats.
        from: i16,
    },
    /// A count of years is taken to have grown by one a year.
    Grown {
        /// The fact that was filled in.
        key: FactKey,
        /// The fiscal year from which it was counted on.
        from: i16,
    },
    /// What does not repeat is taken not to happen again.
    Nothing {
        /// The fact that was filled in with zero.
        key: FactKey,
    },
    /// No event of the kind is taken to happen after the day up to which the list is complete.
    NoEvents {
        /// The event kind's id; `*` for every kind.
        kind: String,
        /// The last day that the list covers.
        after: Date,
    },
}

/// Carries the facts known on `today` over to every day up to `until`.
///
/// A fiscal year is closed once it has ended: what is missing in a closed year stays missing, and a
/// hole stops the carrying. Words of persons and outside systems are never carried over.
pub fn carry_over(rulebook: &Rulebook, facts: &Facts, today: Date, until: Date) -> Carried {
    let mut carried = Carried { facts: facts.clone(), assumed: Vec::new() };
    let yearly = |indicator: &&std::sync::Arc<Indicator>| {
        indicator.period == Period::Yearly && indicator.lack == Lack::Data
    };
    let mut indicators: Vec<_> = rulebook.catalogue.indicators().iter().filter(yearly).collect();
    // What is computed comes after its parts; stable otherwise.
    indicators.sort_by_key(|indicator| depth(rulebook, &indicator.id, DEEPEST));
    for indicator in indicators {
        let mut origin = None;
        // A verdict may ask for the year of its own day.
        for year in today.year()..=until.year() {
            let last = year.saturating_sub(1);
            if facts.get(&indicator.id, Some(year)).is_some() {
                origin = None;
                continue;
            }
            let Some(fact) = carried.facts.get(&indicator.id, Some(last)).cloned() else {
                continue;
            };
            let from = *origin.get_or_insert(last);
            carry(rulebook, facts, indicator, fact, (from, year), until, &mut carried);
        }
    }
    let open = |known: &&Completeness| known.until >= today && known.until < until;
    for known in facts.complete.iter().filter(open) {
        carried.facts.complete.push(Completeness {
            kind: known.kind.clone(),
            from: known.until.tomorrow().ok(),
            until,
        });
        let assumed = Carry::NoEvents { kind: known.kind.clone(), after: known.until };
        if !carried.assumed.contains(&assumed) {
            carried.assumed.push(assumed);
        }
    }
    carried
}

fn carry(
    rulebook: &Rulebook,
    known: &Facts,
    indicator: &Indicator,
    fact: Fact,
    (from, year): (i16, i16),
    until: Date,
    carried: &mut Carried,
) {
    let key = FactKey { indicator: indicator.id.clone(), year: Some(year) };
    let value = match rulebook.formulas.get(&indicator.id) {
        // Who states the years has a reason not to count them from the date.
        Some(Quantity::Elapsed {
            unit: ElapsedUnit::Years | ElapsedUnit::YearsBegun,
            to: Until::EndOfYear(_) | Until::StartOfYear(_),
            ..
        }) => match fact.value {
            Value::Number(years) => {
                carried.assumed.push(Carry::Grown { key, from });
                Value::Number(years.saturating_add(indicator.kind.scale()))
            }
            other => other,
        },
        Some(formula)
            if is_new(rulebook, known, formula, year, DEEPEST)
                && computable(rulebook, &carried.facts, formula, until, year) =>
        {
            return;
        }
        _ if indicator.one_off => {
            carried.assumed.push(Carry::Nothing { key });
            Value::Number(0)
        }
        _ => {
            carried.assumed.push(Carry::Same { key, from });
            fact.value
        }
    };
    carried.facts.set(&indicator.id, Some(year), Fact { value, source: Source::default() });
}

/// How many formulas lie between an indicator and what is given; the checker refuses circles.
fn depth(rulebook: &Rulebook, indicator: &str, deepest: usize) -> usize {
    let Some(formula) = rulebook.formulas.get(indicator).filter(|_| deepest > 0) else { return 0 };
    let mut below = 0;
    formula.each_fact(&mut |fact| {
        below = below.max(depth(rulebook, &fact.indicator.id, deepest - 1));
    });
    below + 1
}

/// Whether a part of the formula is known for the year itself, and not carried over: then the year
/// has figures of its own, and what was stated for the year before is no guide.
fn is_new(
    rulebook: &Rulebook,
    known: &Facts,
    formula: &Quantity,
    year: i16,
    deepest: usize,
) -> bool {
    let mut new = false;
    formula.each_fact(&mut |fact| {
        let id = &fact.indicator.id;
        let Some(offset) = fact.offset else { return };
        let year = year.saturating_add(offset);
        new |= offset == 0 && known.get(id, Some(year)).is_some();
        if let Some(formula) = rulebook.formulas.get(id).filter(|_| offset == 0 && deepest > 0) {
            new |= is_new(rulebook, known, formula, year, deepest - 1);
        }
    });
    new
}

/// Whether the parts give the value for the year.
fn computable(
    rulebook: &Rulebook,
    facts: &Facts,
    formula: &Quantity,
    as_of: Date,
    base_year: i16,
) -> bool {
    let context = Context { rulebook, facts, as_of, base_year, assumptions: &[] };
    context.amount(formula).as_exact().is_some()
}
