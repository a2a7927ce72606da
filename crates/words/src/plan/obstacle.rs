//! What keeps every plan from passing by the day, in words: what is closed is said by its years.

use std::collections::BTreeSet;

use enterprise::Text;
use rules::plan::Obstacle;
use rules::{ConditionResult, FactRef, Test};

use crate::amounts::points;
use crate::condition::tested;
use crate::quantity::{Years, with_year};

use crate::{amounts, join};

/// What stands in the way: the criterion with its failing tests, and how far each is off.
pub fn obstacle(obstacle: &Obstacle<'_>, base_year: i16) -> Text {
    match obstacle {
        Obstacle::Criterion { criterion, tests } if tests.is_empty() => criterion.label.clone(),
        Obstacle::Criterion { criterion, tests } => {
            let tests: Vec<Text> = tests.iter().map(|test| short(test, base_year)).collect();
            let (label, tests) = (&criterion.label, join(&tests, "；", "; "));
            Text::new(format!("{}：{}", label.zh, tests.zh), format!("{}: {}", label.en, tests.en))
        }
        Obstacle::Score { most, needed } => {
            let (most, needed) = (points(*most), points(*needed));
            Text::new(
                format!("评分：最多能到 {most} 分，须 {needed} 分"),
                format!("the score can reach {most} at most and needs {needed}"),
            )
        }
        Obstacle::Together => Text::new(
            "各项条件单独都能达到，但不能同时达到",
            "each criterion can be brought to pass, but not all of them together",
        ),
    }
}

/// A test with what its value is and how far off it is.
fn short(result: &ConditionResult<'_>, base_year: i16) -> Text {
    let words = tested(&result.test, Years::From(base_year), true);
    let Test::Compare(compared) = &result.test else { return words };
    let Some(distance) = compared.distance else { return words };
    let far =
        amounts::distance(&distance, compared.comparison.operator, &compared.comparison.measure);
    Text::new(format!("{}，{}", words.zh, far.zh), format!("{}, {}", words.en, far.en))
}

/// The closed figures that a test rests on: `2025 年度已结账，研发费用 2025 不能再改`. `open_from` is
/// the first fiscal year that is not closed.
pub fn closed(obstacle: &Obstacle<'_>, base_year: i16, open_from: i16) -> Option<Text> {
    let Obstacle::Criterion { tests, .. } = obstacle else { return None };
    let mut facts: Vec<&FactRef> = Vec::new();
    for test in tests {
        facts_of(&test.test, &mut facts);
    }
    let year = |fact: &FactRef| fact.offset.map(|offset| base_year.saturating_add(offset));
    let mut years = BTreeSet::new();
    let mut labels: Vec<Text> = Vec::new();
    for fact in facts {
        let Some(closed) = year(fact).filter(|year| *year < open_from) else { continue };
        years.insert(closed);
        let label = with_year(&fact.indicator.label, Some(closed));
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    if labels.is_empty() {
        return None;
    }
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    let labels = join(&labels, "、", ", ");
    Some(Text::new(
        format!("{} 年度已结账，{}不能再改", years.join("、"), spaced(&labels.zh)),
        format!("fiscal year {} is closed: {} cannot change any more", years.join(", "), labels.en),
    ))
}

/// With a blank behind it where a number ends it.
fn spaced(words: &str) -> String {
    let blank = if words.ends_with(|last: char| last.is_ascii_digit()) { " " } else { "" };
    format!("{words}{blank}")
}

fn facts_of<'r>(test: &Test<'r>, facts: &mut Vec<&'r FactRef>) {
    match test {
        Test::All(parts) | Test::AtLeast(_, parts) => {
            for part in parts {
                facts_of(&part.test, facts);
            }
        }
        Test::Not(inner) => facts_of(&inner.test, facts),
        Test::Compare(compared) => {
            compared.comparison.left.each_fact(&mut |fact| facts.push(fact));
            compared.comparison.right.each_fact(&mut |fact| facts.push(fact));
        }
        Test::Flag { fact, .. } => facts.push(fact),
        Test::Member { member, .. } => facts.push(&member.fact),
        Test::Holds { .. } | Test::Happened { .. } => {}
    }
}
