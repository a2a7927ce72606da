//! What keeps every plan from passing by the day, in words: what is closed is said by its years.

use std::collections::BTreeSet;

use enterprise::Text;
use rules::plan::Obstacle;
use rules::{ConditionResult, FactRef, Test, Truth};

use crate::amounts::points;
use crate::condition::{options, spaced as spaced_before, tested};
use crate::quantity::{self, Years, with_year};
use crate::{amounts, join};

/// What stands in the way: the criterion with its failing tests, and how far each is off.
pub fn obstacle(obstacle: &Obstacle<'_>, base_year: i16) -> Text {
    match obstacle {
        Obstacle::Criterion { criterion, tests } if tests.is_empty() => criterion.label.clone(),
        Obstacle::Criterion { criterion, tests } => {
            let label = &criterion.label;
            let said = |test| unnamed(test, short(test, base_year), &label.zh);
            let tests: Vec<Text> = tests.iter().map(said).collect();
            let tests = join(&tests, "；", "; ");
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

/// A test with what stands there and what must.
fn short(result: &ConditionResult<'_>, base_year: i16) -> Text {
    let years = Years::From(base_year);
    // What came out met stands under a *not*.
    let wanted = result.truth != Truth::Met;
    match &result.test {
        Test::Compare(compared) => {
            let words = tested(&result.test, years, wanted);
            let Some(distance) = compared.distance else { return words };
            let (operator, measure) = (compared.comparison.operator, &compared.comparison.measure);
            let far = amounts::distance(&distance, operator, measure);
            Text::new(format!("{}，{}", words.zh, far.zh), format!("{}, {}", words.en, far.en))
        }
        Test::Member { member, possible, .. } => {
            let label = quantity::fact(&member.fact, years);
            let (now, must) =
                (options(&member.fact, possible), options(&member.fact, &member.options));
            stands(&label, &now, &must, wanted)
        }
        Test::Flag { fact, value: Some(value), .. } => {
            let yes = Text::new("是", "yes");
            let no = Text::new("否", "no");
            let (now, must) = if *value { (&yes, &no) } else { (&no, &yes) };
            stands(&quantity::fact(fact, years), now, must, true)
        }
        Test::Holds { .. } => {
            let now = tested(&result.test, years, !wanted);
            let (zh, en) =
                if wanted { ("须持有", "must") } else { ("须不持有", "must not") };
            Text::new(format!("现{}，{zh}", now.zh), format!("{}, {en}", now.en))
        }
        Test::Happened { dates, .. } => {
            let now = tested(&result.test, years, !wanted);
            let days: Vec<String> = dates.iter().map(ToString::to_string).collect();
            let (zh, en) = match days.as_slice() {
                [] => (String::new(), String::new()),
                days => (format!("（{}）", days.join("、")), format!(" ({})", days.join(", "))),
            };
            let (must_zh, must_en) =
                if wanted { ("须有", "there must be") } else { ("须无", "there must be none") };
            Text::new(format!("{}{zh}，{must_zh}", now.zh), format!("{}{en}, {must_en}", now.en))
        }
        _ => tested(&result.test, years, wanted),
    }
}

/// `企业规模划型现为大型，须为中型、小型或微型`
fn stands(label: &Text, now: &Text, must: &Text, wanted: bool) -> Text {
    let (zh, en) = if wanted { ("须为", "must be") } else { ("须不为", "must not be") };
    let (now_zh, must_zh) = (spaced_before(&now.zh), spaced_before(&must.zh));
    Text::new(
        format!("{}现为{now_zh}，{zh}{must_zh}", label.zh),
        format!("{} is {}, {en} {}", label.en, now.en, must.en),
    )
}

/// The same beside a gap that shows the figures: how far off, and which years are closed.
pub fn obstacle_in_short(obstacle: &Obstacle<'_>, base_year: i16, open_from: i16) -> Text {
    let Obstacle::Criterion { criterion, tests } = obstacle else {
        return self::obstacle(obstacle, base_year);
    };
    let label = &criterion.label;
    let one = tests.len() == 1;
    let parts: Vec<Text> =
        tests.iter().map(|test| shorter(test, base_year, &label.zh, one)).collect();
    let mut words = match parts.as_slice() {
        [] => label.clone(),
        parts => {
            let parts = join(parts, "；", "; ");
            Text::new(format!("{}：{}", label.zh, parts.zh), format!("{}: {}", label.en, parts.en))
        }
    };
    let years = closed_years(obstacle, base_year, open_from);
    if !years.is_empty() {
        let things = if years.len() == 1 { "fiscal year" } else { "fiscal years" };
        words.zh.push_str(&format!("；{} 年度已结账", years.join("、")));
        words.en.push_str(&format!("; {things} {} closed", years.join(", ")));
    }
    words
}

/// How far off a comparison is, named only if there are several; the rest as it is.
fn shorter(result: &ConditionResult<'_>, base_year: i16, label: &str, alone: bool) -> Text {
    let words = short(result, base_year);
    match &result.test {
        Test::Compare(compared) => {
            let (Some(distance), comparison) = (compared.distance, compared.comparison) else {
                return words;
            };
            let far = amounts::distance(&distance, comparison.operator, &comparison.measure);
            if alone {
                return far;
            }
            let left = quantity::quantity(&comparison.left, Years::From(base_year));
            Text::new(format!("{} {}", left.zh, far.zh), format!("{} {}", left.en, far.en))
        }
        _ => unnamed(result, words, label),
    }
}

/// Without the name of the fact where the criterion has the same one.
fn unnamed(result: &ConditionResult<'_>, words: Text, label: &str) -> Text {
    let named = matches!(result.test, Test::Member { .. } | Test::Flag { .. });
    match words.zh.strip_prefix(label).filter(|_| named) {
        Some(zh) => {
            let en = words.en.find(" is ").and_then(|at| words.en.get(at + 1..));
            Text::new(zh, en.unwrap_or(&words.en))
        }
        None => words,
    }
}

/// The closed fiscal years that an obstacle rests on.
fn closed_years(obstacle: &Obstacle<'_>, base_year: i16, open_from: i16) -> Vec<String> {
    let years: BTreeSet<i16> =
        closed_facts(obstacle, base_year, open_from).into_iter().map(|(_, year)| year).collect();
    years.iter().map(ToString::to_string).collect()
}

/// The figures of closed years that an obstacle rests on.
fn closed_facts<'a>(
    obstacle: &'a Obstacle<'_>,
    base_year: i16,
    open_from: i16,
) -> Vec<(&'a FactRef, i16)> {
    let Obstacle::Criterion { tests, .. } = obstacle else { return Vec::new() };
    let mut facts: Vec<&FactRef> = Vec::new();
    for test in tests {
        facts_of(&test.test, &mut facts);
    }
    let year = |fact: &FactRef| fact.offset.map(|offset| base_year.saturating_add(offset));
    let closed = |fact| year(fact).filter(|year| *year < open_from).map(|year| (fact, year));
    facts.into_iter().filter_map(closed).collect()
}

/// The closed figures that a test rests on: `2025 年度已结账，研发费用 2025 不能再改`. `open_from` is
/// the first fiscal year that is not closed.
pub fn closed(obstacle: &Obstacle<'_>, base_year: i16, open_from: i16) -> Option<Text> {
    let mut labels: Vec<Text> = Vec::new();
    for (fact, year) in closed_facts(obstacle, base_year, open_from) {
        let label = with_year(&fact.indicator.label, Some(year));
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    if labels.is_empty() {
        return None;
    }
    let years = closed_years(obstacle, base_year, open_from);
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
