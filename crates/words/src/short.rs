//! What a subject that is one criterion short lacks: the part that fails, which figure is held against
//! which limit, and by how much it misses it. For lists, so that a chapter's name does not stand for it.

use enterprise::Text;
use rules::{
    Amount, Assessment, Body, Compared, ConditionResult, CriterionResult, Finding, Group, Test,
    Truth,
};

use crate::condition::{choices, options, right, tested};
use crate::quantity::{Years, quantity};
use crate::{amounts, join};

/// The first criterion that cannot be met as things stand, down to the parts that fail; nothing if all
/// can.
pub fn short(assessment: &Assessment<'_>, base_year: i16) -> Option<Text> {
    let failing = assessment.criteria.iter().find(|result| result.truth == Truth::NotMet)?;
    Some(criterion(failing, assessment, Years::From(base_year)))
}

/// Whether nothing that a subject does leads there: a criterion fails for what the catalogue calls fixed, such as the
/// size class or the industry.
pub fn is_barred(assessment: &Assessment<'_>) -> bool {
    assessment.criteria.iter().any(bars)
}

fn bars(result: &CriterionResult<'_>) -> bool {
    result.truth == Truth::NotMet
        && match &result.finding {
            Finding::Condition(found) => is_fixed(found),
            // Of several ways every one has to be barred.
            Finding::Children(children) => match result.criterion.body {
                Body::Group(Group::Any | Group::AtLeast(_), _) => children.iter().all(bars),
                _ => children.iter().any(bars),
            },
            Finding::Score | Finding::Judged(_) | Finding::OtherPurpose => false,
        }
}

/// A day that is fixed comes nearer by itself; an option and a yes or no do not.
fn is_fixed(result: &ConditionResult<'_>) -> bool {
    result.truth == Truth::NotMet
        && match &result.test {
            Test::Member { member, .. } => member.fact.indicator.effort.is_none(),
            Test::Flag { fact, .. } => fact.indicator.effort.is_none(),
            Test::All(parts) => parts.iter().any(is_fixed),
            Test::AtLeast(_, parts) => parts.iter().all(is_fixed),
            _ => false,
        }
}

fn criterion(result: &CriterionResult<'_>, assessment: &Assessment<'_>, years: Years) -> Text {
    let label = &result.criterion.label;
    let inside = match &result.finding {
        Finding::Condition(found) => condition(found, years),
        Finding::Score => score(assessment),
        Finding::Children(children) => {
            let failing = children.iter().filter(|child| child.truth == Truth::NotMet);
            let parts: Vec<Text> =
                failing.map(|child| criterion(child, assessment, years)).collect();
            let any =
                matches!(result.criterion.body, Body::Group(Group::Any | Group::AtLeast(_), _));
            let (zh, en) = if any { ("；或 ", "; or ") } else { ("；", "; ") };
            let parts = some(&parts, zh, en);
            return Text::new(
                format!("{} › {}", label.zh, parts.zh),
                format!("{} › {}", label.en, parts.en),
            );
        }
        Finding::Judged(_) | Finding::OtherPurpose => return label.clone(),
    };
    Text::new(format!("{}：{}", label.zh, inside.zh), format!("{}: {}", label.en, inside.en))
}

/// A row of a list has no room for a chapter: of many parts the first, and how many there are.
fn some(parts: &[Text], zh: &str, en: &str) -> Text {
    if parts.len() <= 3 {
        return join(parts, zh, en);
    }
    let first = join(parts.get(..2).unwrap_or(parts), zh, en);
    let (all, rest) = (parts.len(), parts.len() - 2);
    Text::new(format!("{} 等 {all} 项", first.zh), format!("{}{en}{rest} more", first.en))
}

fn score(assessment: &Assessment<'_>) -> Text {
    let Some(score) = &assessment.score else { return Text::default() };
    let (high, pass) = (amounts::points(score.high), amounts::points(score.table.pass.points));
    if score.high < score.table.pass.points {
        return Text::new(
            format!("最多 {high} 分，须 {pass} 分"),
            format!("at most {high} points of {pass}"),
        );
    }
    Text::new(
        format!("最多 {high} 分，但有分项未达线"),
        format!("at most {high} points, but a part misses its floor"),
    )
}

fn condition(result: &ConditionResult<'_>, years: Years) -> Text {
    let failing = |parts: &[ConditionResult<'_>]| {
        let failing = parts.iter().filter(|part| part.truth == Truth::NotMet);
        failing.map(|part| condition(part, years)).collect::<Vec<_>>()
    };
    match &result.test {
        Test::Compare(found) => compared(found, years),
        Test::All(parts) => some(&failing(parts), "；", "; "),
        Test::AtLeast(_, parts) => some(&failing(parts), "；或 ", "; or "),
        Test::Member { member, possible, .. } => {
            let found = choices(&member.fact.indicator, possible);
            let wanted = options(&member.fact, &member.options);
            let label = &member.fact.indicator.label;
            Text::new(
                format!("{}为{}，须为{}", label.zh, found.zh, wanted.zh),
                format!("{} is {}, must be {}", label.en, found.en, wanted.en),
            )
        }
        test => {
            let words = tested(test, years, true);
            Text::new(format!("须{}", words.zh), format!("must be: {}", words.en))
        }
    }
}

/// `研发费用 2025 182 万元，须 ≥ 200 万元，差 18 万元（9.0 %）`
fn compared(compared: &Compared<'_>, years: Years) -> Text {
    let comparison = compared.comparison;
    let label = quantity(&comparison.left, years);
    let edge = match &compared.right {
        Amount::Known(number) => number.shown(),
        _ => None,
    };
    let value = match &compared.left {
        Amount::Known(number) => {
            number.shown().map(|shown| amounts::readable_beside(shown, edge, &comparison.measure))
        }
        _ => None,
    };
    let value = value.unwrap_or_default();
    let (limit, sign) = (right(comparison, years), comparison.operator.sign());
    let far = compared.distance.map_or_else(Text::default, |distance| {
        let words = amounts::distance(&distance, comparison.operator, &comparison.measure);
        Text::new(format!("，{}", words.zh), format!(", {}", words.en))
    });
    Text::new(
        format!("{} {}，须 {sign} {}{}", label.zh, value.zh, limit.zh, far.zh).replace(" ，", "，"),
        format!("{} {}, must be {sign} {}{}", label.en, value.en, limit.en, far.en)
            .replace(" ,", ","),
    )
}
