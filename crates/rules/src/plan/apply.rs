//! A plan carried out: the values of its variables put back into the facts.

use enterprise::{Fact, Facts, Kind, Source, Title, Value};
use jiff::civil::Date;

use super::reduced::{Values, Variables, What, word_in};

/// The facts as they would stand on `day`. Tests taken on trust leave no fact behind.
pub(super) fn apply(facts: &Facts, variables: &Variables<'_>, values: &Values, day: Date) -> Facts {
    let mut facts = facts.clone();
    for (variable, now) in variables.list().iter().zip(values) {
        if *now == variable.start {
            continue;
        }
        match &variable.what {
            What::Fact { key, indicator, .. } => {
                let value = value_of(&indicator.kind, *now);
                facts.set(&key.indicator, key.year, Fact { value, source: Source::default() });
            }
            What::Title(holds) => facts.titles.push(Title {
                programme: holds.programme.clone(),
                from: day,
                to: Some(day),
            }),
            // A word that would have to be said anew is not known yet.
            What::Test(condition) => {
                if let Some(word) = word_in(condition) {
                    facts.unset(&word.indicator.id, None);
                }
            }
            What::Points(_) => {}
        }
    }
    facts
}

/// A variable's whole number as a value of its indicator.
pub(super) fn value_of(kind: &Kind, number: i64) -> Value {
    match kind {
        Kind::Flag => Value::Flag(number != 0),
        Kind::Choice(_) => Value::Choice(usize::try_from(number).unwrap_or(0)),
        _ => Value::Number(number),
    }
}
