//! Figures before and after, against what they have to reach, and whether they are carried over.

use enterprise::Text;
use rules::{Amount, Carry, Compared, Measure, Operand, Origin};

use super::Place;
use crate::{amounts, law};

pub(super) fn compare(
    before: Option<&Compared<'_>>,
    after: &Compared<'_>,
    place: Place<'_, '_>,
) -> Option<Text> {
    let measure = &after.comparison.measure;
    let value = |amount: &Amount| known(amount, measure);
    let new = value(&after.left)?;
    let what = law::quantity(&after.comparison.left);
    let old = before.and_then(|before| value(&before.left)).filter(|old| *old != new);
    let edge = value(&after.right);
    let turned = turned(&what, old, new);
    let sign = after.comparison.operator.sign();
    let rests = rests_on(&after.operands, place.assumed);
    let said = match edge {
        Some(edge) => Text::new(
            format!("{}，须 {sign} {}", turned.zh, edge.zh),
            format!("{}, needs {sign} {}", turned.en, edge.en),
        ),
        None => turned,
    };
    Some(resting(said, rests))
}

/// The words, with the year whose figures they rest on though they are carried over.
pub(super) fn resting(said: Text, year: Option<i16>) -> Text {
    match year {
        Some(year) => Text::new(
            format!("{}，{year} 年度数据为沿用", said.zh),
            format!("{}, figures of {year} carried over", said.en),
        ),
        None => said,
    }
}

/// The last year of which a figure was carried over, if one was.
pub(super) fn rests_on(operands: &[Operand<'_>], assumed: &[Carry]) -> Option<i16> {
    let carried = |operand: &Operand<'_>| {
        let is_it = |step: &Carry| match step {
            Carry::Same { key, .. } | Carry::Grown { key, .. } | Carry::Nothing { key } => {
                key.indicator == operand.fact.indicator.id && key.year == operand.year
            }
            Carry::NoEvents { .. } => false,
        };
        match &operand.origin {
            Origin::Computed(parts) => rests_on(parts, assumed),
            _ => operand.year.filter(|_| assumed.iter().any(is_it)),
        }
    };
    operands.iter().filter_map(carried).max()
}

pub(super) fn turned(what: &Text, old: Option<Text>, new: Text) -> Text {
    match old.filter(|old| *old != new) {
        Some(old) => Text::new(
            format!("{}由 {} 变为 {}", what.zh, old.zh, new.zh),
            format!("{} goes from {} to {}", what.en, old.en, new.en),
        ),
        None => {
            Text::new(format!("{}为 {}", what.zh, new.zh), format!("{} is {}", what.en, new.en))
        }
    }
}

fn known(amount: &Amount, measure: &Measure) -> Option<Text> {
    match amount {
        Amount::Known(number) => Some(amounts::readable(number.shown()?, measure)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_before_and_after_only_where_they_differ() {
        let word = |word: &str| Text::new(word, word);
        let told = |old: &str| turned(&word("年限"), Some(word(old)), word("3"));
        assert_eq!(told("2").zh, "年限由 2 变为 3");
        assert_eq!(told("2").en, "年限 goes from 2 to 3");
        assert_eq!(told("3").zh, "年限为 3");
    }
}
