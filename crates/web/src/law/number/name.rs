//! What a number is called.

use enterprise::{Kind, Text};
use rulebook::{Number, NumberKind};
use rules::Rulebook;
use words::{programme as say, verdict};

/// What is around it, from the outside in, and which number of it this is.
pub(super) fn name(rulebook: &Rulebook, number: &Number) -> Text {
    let last = number.path.last().map(String::as_str).unwrap_or_default();
    let mut parts: Vec<Text> = Vec::new();
    for label in &number.labels {
        if parts.last() != Some(label) {
            parts.push(label.clone());
        }
    }
    // A shared definition is named where the number is listed.
    if rulebook.programme(&number.owner).is_none() && parts.len() > 1 {
        parts.remove(0);
    }
    let purpose = number.path.first().and_then(|code| rules::Purpose::from_code(code));
    if number.kind == NumberKind::Day {
        parts.extend(purpose.map(verdict::purpose));
    }
    let tail = match (number.kind, last) {
        (NumberKind::Day, "from") => Some(Text::new("施行起日", "first day")),
        (NumberKind::Day, _) => Some(Text::new("止日", "last day")),
        (NumberKind::Points, "max") => Some(Text::new("满分", "most points")),
        (NumberKind::Points, "cap") => Some(Text::new("累计上限", "points at most")),
        (NumberKind::Points, "otherwise") => Some(Text::new("其他情形得分", "points otherwise")),
        (NumberKind::Points, _) => Some(Text::new("得分", "points")),
        (NumberKind::Months, _) => Some(Text::new("回溯期", "months looked back")),
        (NumberKind::Count, _) => Some(Text::new("至少满足项数", "how many must hold")),
        (_, "floor") => Some(Text::new("得分下限", "points at least")),
        (_, "each") => Some(Text::new("每一档", "each step")),
        (_, "cap") => Some(Text::new("最高", "at most")),
        (_, "amount") if is_benefit(number) => Some(Text::new("金额", "amount")),
        (_, per) if is_benefit(number) => Some(say::ceiling(per)),
        _ => tier(rulebook, number),
    };
    parts.extend(tail.filter(|tail| parts.last() != Some(tail)));
    words::join(&parts, " › ", " › ")
}

fn is_benefit(number: &Number) -> bool {
    number.path.first().is_some_and(|first| first == "benefit")
}

/// The class of a classification whose edge it is.
fn tier(rulebook: &Rulebook, number: &Number) -> Option<Text> {
    let mut classes = rulebook.classifications.values().flatten();
    let class = classes.find(|class| class.id == number.owner)?;
    let Kind::Choice(choices) = &class.indicator.kind else { return None };
    let id = number.path.last()?;
    choices.iter().find(|choice| choice.id == *id).map(|choice| choice.label.clone())
}
