//! Why a verdict is as it is, in a few words: the first thing that stands in the way, and how many
//! more there are.

use enterprise::Text;
use rules::{
    Answer, Assessment, Body, ConditionResult, CriterionResult, Finding, Missing, Outcome,
    Rulebook, Test, Truth, Verdict,
};

use crate::{amounts, gap, join};

/// The reason in a few words; empty if there is nothing to add.
pub fn reason(answer: &Answer<'_>, rulebook: &Rulebook) -> Text {
    let assessment = match &answer.outcome {
        Outcome::Assessed(assessment) => assessment,
        Outcome::NoVersion { next: Some((day, _)), .. } => {
            return Text::new(format!("{day} 起有新版本"), format!("next version from {day}"));
        }
        Outcome::NoVersion { previous: Some((day, _)), .. } => {
            return Text::new(format!("上一版本 {day} 止"), format!("last version ended {day}"));
        }
        Outcome::NoVersion { .. } => {
            return Text::new("没有此用途的版本", "no version for this purpose");
        }
    };
    match assessment.verdict {
        Verdict::Eligible => direct(&assessment.criteria).unwrap_or_default(),
        Verdict::Ineligible => failing(assessment),
        Verdict::Undetermined(why) if why.data => lacking(assessment, rulebook, true),
        Verdict::Undetermined(why) if why.judgement => lacking(assessment, rulebook, false),
        Verdict::Undetermined(_) => Text::default(),
    }
}

fn direct(criteria: &[CriterionResult<'_>]) -> Option<Text> {
    criteria.iter().find_map(|result| {
        let here = result.criterion.direct && result.truth == Truth::Met;
        match &result.finding {
            _ if here => {
                let label = &result.criterion.label;
                Some(Text::new(format!("直通：{}", label.zh), format!("direct: {}", label.en)))
            }
            Finding::Children(children) => direct(children),
            _ => None,
        }
    })
}

/// The criteria that are not met, as tables, ladders and the five populations count them: those at the top, a group as
/// one.
pub fn not_met<'a, 'r>(assessment: &'a Assessment<'r>) -> Vec<&'a CriterionResult<'r>> {
    assessment.criteria.iter().filter(|result| result.truth == Truth::NotMet).collect()
}

/// A criterion says what has to be so: its name alone would be read as what was found.
pub fn unmet(label: &Text) -> Text {
    Text::new(format!("未满足：{}", label.zh), format!("not met: {}", label.en))
}

fn failing(assessment: &Assessment<'_>) -> Text {
    let failing = not_met(assessment);
    let Some(first) = failing.first() else { return Text::default() };
    let label = brief(&first.criterion.label);
    let how_far = how_far(first, assessment).map_or(label.clone(), |far| {
        let far = brief(&far);
        Text::new(format!("{}，{}", label.zh, far.zh), format!("{}, {}", label.en, far.en))
    });
    and_more(unmet(&how_far), failing.len() - 1)
}

/// How far a criterion with one comparison, or a score, is from being met.
fn how_far(result: &CriterionResult<'_>, assessment: &Assessment<'_>) -> Option<Text> {
    match &result.finding {
        Finding::Condition(condition) => far_in(condition),
        Finding::Score => {
            let score = assessment.score.as_ref()?;
            let (high, pass) = (score.high, score.table.pass.points);
            let (high, pass) = (amounts::points(high), amounts::points(pass));
            Some(Text::new(
                format!("最多 {high} 分，须 {pass} 分"),
                format!("at most {high} of {pass}"),
            ))
        }
        Finding::Children(children)
            if !matches!(result.criterion.body, Body::Group(rules::Group::Any, _)) =>
        {
            let failing: Vec<_> =
                children.iter().filter(|child| child.truth == Truth::NotMet).collect();
            match failing.as_slice() {
                [only] => how_far(only, assessment).or_else(|| Some(only.criterion.label.clone())),
                _ => None,
            }
        }
        _ => None,
    }
}

fn far_in(condition: &ConditionResult<'_>) -> Option<Text> {
    match &condition.test {
        Test::Compare(compared) => {
            let distance = compared.distance?;
            let comparison = compared.comparison;
            Some(amounts::distance(&distance, comparison.operator, &comparison.measure))
        }
        Test::All(parts) => {
            let failing: Vec<_> = parts.iter().filter(|part| part.truth == Truth::NotMet).collect();
            match failing.as_slice() {
                [only] => far_in(only),
                _ => None,
            }
        }
        _ => None,
    }
}

fn lacking(assessment: &Assessment<'_>, rulebook: &Rulebook, data: bool) -> Text {
    let wanted = |missing: &&Missing| if data { missing.why().data } else { !missing.why().data };
    let missing: Vec<Text> = assessment
        .missing
        .iter()
        .filter(wanted)
        .map(|missing| gap::missing(missing, rulebook))
        .map(|words| brief(&words))
        .collect();
    let (zh, en) = if data { ("缺资料", "missing") } else { ("待判断", "pending") };
    match missing.split_first() {
        Some((first, rest)) => and_more(
            Text::new(format!("{zh}：{}", first.zh), format!("{en}: {}", first.en)),
            rest.len(),
        ),
        // A value that the law gives no meaning is a person's to decide.
        None => {
            let open = assessment.criteria.iter().filter(|result| result.truth.unknown().is_some());
            let labels: Vec<&Text> = open.map(|result| &result.criterion.label).collect();
            let list = join(labels.iter().copied(), "、", ", ");
            Text::new(format!("待判断：{}", list.zh), format!("pending: {}", list.en))
        }
    }
}

/// Without a remark in parentheses at the end.
fn brief(words: &Text) -> Text {
    let cut = |text: &str, open: char, close: char| match text.strip_suffix(close) {
        Some(rest) => match rest.rsplit_once(open) {
            Some((before, _)) if !before.trim().is_empty() => before.trim_end().to_owned(),
            _ => text.to_owned(),
        },
        None => text.to_owned(),
    };
    Text::new(cut(&words.zh, '（', '）'), cut(&words.en, '(', ')'))
}

fn and_more(first: Text, more: usize) -> Text {
    match more {
        0 => first,
        more => Text::new(
            format!("{} 等 {} 项", first.zh, more + 1),
            format!("{}; {more} more", first.en),
        ),
    }
}
