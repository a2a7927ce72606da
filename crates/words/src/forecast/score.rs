//! A score that turns: by the floor of a part, else by its total; and whether carried figures did it.

use enterprise::Text;
use rules::{
    Answer, Carry, ConditionResult, GroupResult, ItemResult, Outcome, Points, ScaleFinding,
    ScoreResult, Test,
};

use super::Place;
use super::figures::{resting, rests_on};
use crate::amounts::points;
use crate::score::mark;

/// Why the score as a whole turned.
pub(super) fn score(place: Place<'_, '_>) -> Option<Text> {
    let after = of(&place.period.answer)?;
    let before = place.period.before.as_deref().and_then(of);
    let floor = after.groups.iter().find(|group| {
        let known = before.and_then(|before| same_group(before, group));
        group.floor == Some(after.truth) && known.is_some_and(|known| known.floor != group.floor)
    });
    let (name, range, needed, groups) = match floor {
        Some(group) => {
            let label = &group.group.label;
            let name = Text::new(format!("{}小计", label.zh), format!("subtotal of {}", label.en));
            let groups = std::slice::from_ref(group);
            (name, (group.low, group.high), group.group.floor.as_ref()?, groups)
        }
        None => {
            let name = Text::new("总分", "total");
            (name, (after.low, after.high), &after.table.pass, after.groups.as_slice())
        }
    };
    let (range, needed) = (span(range), mark(needed));
    let said = Text::new(
        format!("{} {}，须 {}", name.zh, range.zh, needed.zh),
        format!("{} {}, needs {}", name.en, range.en, needed.en),
    );
    let turned = groups.iter().filter_map(|group| {
        let before = before.and_then(|before| same_group(before, group))?;
        let moved = group.items.iter().filter(|item| {
            let known = before.items.iter().find(|known| known.item.id == item.item.id);
            known.is_some_and(|known| (known.low, known.high) != (item.low, item.high))
        });
        moved.filter_map(|item| carried(item, place.assumed)).max()
    });
    Some(resting(said, turned.max()))
}

fn of<'a, 'r>(answer: &'a Answer<'r>) -> Option<&'a ScoreResult<'r>> {
    match &answer.outcome {
        Outcome::Assessed(assessment) => assessment.score.as_ref(),
        Outcome::NoVersion { .. } => None,
    }
}

fn same_group<'a, 'r>(
    score: &'a ScoreResult<'r>,
    group: &GroupResult<'_>,
) -> Option<&'a GroupResult<'r>> {
    score.groups.iter().find(|known| known.group.id == group.group.id)
}

fn span((low, high): (Points, Points)) -> Text {
    let (from, to) = (points(low), points(high));
    if low == high {
        return Text::new(from.clone(), from);
    }
    Text::new(format!("{from}—{to}"), format!("{from} to {to}"))
}

/// The last year whose figures the item rests on though they are carried over.
fn carried(item: &ItemResult<'_>, assumed: &[Carry]) -> Option<i16> {
    let years = item.findings.iter().filter_map(|finding| match finding {
        ScaleFinding::Value(_, operands) => rests_on(operands, assumed),
        ScaleFinding::Entries(entries) => {
            entries.iter().filter_map(|entry| in_condition(entry, assumed)).max()
        }
    });
    years.max()
}

fn in_condition(condition: &ConditionResult<'_>, assumed: &[Carry]) -> Option<i16> {
    match &condition.test {
        Test::All(parts) | Test::AtLeast(_, parts) => {
            parts.iter().filter_map(|part| in_condition(part, assumed)).max()
        }
        Test::Not(inner) => in_condition(inner, assumed),
        Test::Compare(compared) => rests_on(&compared.operands, assumed),
        Test::Member { .. } | Test::Flag { .. } | Test::Holds { .. } | Test::Happened { .. } => {
            None
        }
    }
}
