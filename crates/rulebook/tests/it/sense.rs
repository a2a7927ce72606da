//! What the checker says about rules that repeat or contradict each other is never refuted by a firm:
//! random criteria, every finding turned into a claim, every claim held against random firms.

use std::collections::BTreeMap;

use enterprise::Facts;
use jiff::civil::date;
use proptest::prelude::*;
use rulebook::{Code, Compiled, Diagnostic, Sources, Span, compile};
use rules::{CriterionResult, Finding, Outcome, Purpose, Question, Rulebook, Truth, evaluate};

use crate::common::sources;
use crate::firms::{Dice, World};
use crate::meaning::small_files;

const LIMITS: &str = r#"few = "10 项", some = "20 项", many = "30 项", low = "20 %", half = "50 %", poor = "1 元", rich = "100 万元", top = "3", tail = "5""#;

/// Tests that are often about the same, and mean the same wherever they stand.
fn single() -> BoxedStrategy<String> {
    let edge = |quantity: &'static str, limits: &'static [&'static str]| {
        let signs = prop::sample::select(&[">=", ">", "<=", "<", "="][..]);
        (signs, prop::sample::select(limits))
            .prop_map(move |(sign, limit)| format!("{quantity} {sign} {limit}"))
    };
    prop_oneof![
        3 => edge("patents", &["few", "some", "many"]),
        3 => edge("share", &["low", "half"]),
        1 => edge("(revenue[base] + profit[base])", &["poor", "rich"]),
        1 => edge("(revenue[base] / profit[base])", &["low", "half"]),
        1 => edge("compound growth over 2 years (revenue)", &["low", "half"]),
        1 => edge("revenue[base]", &["profit[base]", "rich"]),
        3 => prop::sample::select(&["a", "b", "certified[base]"][..]).prop_map(str::to_owned),
        3 => prop::sample::select(&[
            "level in { first }", "level in { first, second }", "level in { second, third }",
            "size_class in { small, micro }", "size_class in { medium, small }", "size_class in { large }",
        ][..]).prop_map(str::to_owned),
        2 => prop::sample::select(&["holds(\"basic\")", "holds(\"higher\")"][..]).prop_map(str::to_owned),
        3 => prop::sample::select(&[
            "happened(\"award\", last 12 months)", "happened(\"award\", last 36 months)",
            "happened(\"award\", last 12 months, rank <= top)", "happened(\"award\", last 36 months, rank <= tail)",
            "happened(\"award\", since start of base)", "happened(\"award\", since start of base-1)",
        ][..]).prop_map(str::to_owned),
    ]
    .boxed()
}

fn condition() -> BoxedStrategy<String> {
    single()
        .prop_recursive(2, 6, 3, |inner| {
            let parts = prop::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                inner.prop_map(|part| format!("not ({part})")),
                parts.clone().prop_map(|parts| format!("all {{ {} }}", parts.join("; "))),
                parts.clone().prop_map(|parts| format!("any {{ {} }}", parts.join("; "))),
                parts.prop_map(|parts| format!("at least 2 of {{ {} }}", parts.join("; "))),
            ]
        })
        .boxed()
}

#[derive(Debug, Clone)]
struct Written {
    body: Body,
    when: Option<String>,
    purposes: &'static str,
}

#[derive(Debug, Clone)]
enum Body {
    Require(String),
    Group(&'static str, Vec<Written>),
}

fn criterion() -> BoxedStrategy<Written> {
    let finish = |body: BoxedStrategy<Body>| {
        let when = prop::option::weighted(0.25, single());
        let purposes = prop::sample::select(&["", "", "", "", "\"new\"", "\"re-review\""][..]);
        (body, when, purposes)
            .prop_map(|(body, when, purposes)| Written { body, when, purposes })
            .boxed()
    };
    finish(condition().prop_map(Body::Require).boxed())
        .prop_recursive(2, 6, 3, move |inner| {
            let kinds = prop::sample::select(&["all", "any", "of"][..]);
            let group = (kinds, prop::collection::vec(inner, 2..4));
            finish(group.prop_map(|(kind, parts)| Body::Group(kind, parts)).boxed())
        })
        .boxed()
}

fn write(written: &Written, header: &str, id: &str, out: &mut String) {
    let top = if id.contains('-') { String::new() } else { format!("limits = {{ {LIMITS} }}\n") };
    out.push_str(&format!(
        "\n[[{header}]]\nid = \"{id}\"\nclause = \"一\"\nlabel = {{ zh = \"{id}\", en = \"{id}\" }}\n{top}"
    ));
    if !written.purposes.is_empty() {
        out.push_str(&format!("purposes = [{}]\n", written.purposes));
    }
    if let Some(when) = &written.when {
        out.push_str(&format!("when = '{when}'\n"));
    }
    match &written.body {
        Body::Require(condition) => out.push_str(&format!("require = '{condition}'\n")),
        Body::Group(kind, parts) => {
            if *kind == "of" {
                out.push_str("at_least = 2\n");
            }
            for (index, part) in parts.iter().enumerate() {
                write(part, &format!("{header}.{kind}"), &format!("{id}-{index}"), out);
            }
        }
    }
}

/// A rulebook whose one version has this text behind its head.
fn rulebook(text: &str) -> (Sources, Compiled) {
    let mut files = small_files();
    let (_, version) = files.last_mut().unwrap();
    version.truncate(version.find("[[criterion]]").unwrap());
    version.push_str(text);
    let sources = sources(files);
    let compiled = compile(&sources);
    (sources, compiled)
}

/// What a finding claims of a firm.
#[derive(Debug)]
enum Claim {
    /// These are never all met.
    NotTogether(Vec<String>),
    /// The first is met wherever the second is.
    Follows(String, String),
    Never(String),
    Always(String),
}

/// The underlined text as a condition, or the criterion whose id is underlined.
fn place(sources: &Sources, span: &Span) -> String {
    sources.text(&span.file).unwrap()[span.start..span.end].to_owned()
}

fn claim(sources: &Sources, found: &Diagnostic) -> Option<Claim> {
    // Where the underlined words are meant the other way round, the claim is about their opposite.
    let meant = |span: &Span, label: &str| {
        let text = place(sources, span);
        if label.contains("negated") { format!("not ({text})") } else { text }
    };
    let here = meant(&found.span, &found.label.en);
    let others: Vec<String> =
        found.others.iter().map(|(span, label)| meant(span, &label.en)).collect();
    let all = |parts: &[String]| match parts {
        [single] => single.clone(),
        parts => format!("all {{ {} }}", parts.join("; ")),
    };
    match found.code {
        Code::Contradiction => Some(Claim::NotTogether([vec![here], others].concat())),
        Code::NeverTrue if others.is_empty() => Some(Claim::Never(here)),
        Code::NeverTrue => Some(Claim::NotTogether([vec![here], others].concat())),
        Code::NeverFalse => Some(Claim::Always(here)),
        Code::Redundant if found.message.en.contains("alternative") => {
            Some(Claim::Follows(all(&others), here))
        }
        Code::Redundant => Some(Claim::Follows(here, all(&others))),
        Code::DuplicateCondition => Some(Claim::Follows(here, all(&others))),
        _ => None,
    }
}

/// The conditions of claims, each alone in a rulebook.
type Alone = BTreeMap<String, Compiled>;

fn is_criterion(part: &str) -> Option<&str> {
    part.strip_prefix('"')?.strip_suffix('"')
}

fn alone(claims: &[(&Diagnostic, Claim)]) -> Alone {
    let parts = claims.iter().flat_map(|(_, claim)| match claim {
        Claim::NotTogether(parts) => parts.clone(),
        Claim::Follows(a, b) => vec![a.clone(), b.clone()],
        Claim::Never(part) | Claim::Always(part) => vec![part.clone()],
    });
    let parts = parts.filter(|part| is_criterion(part).is_none());
    parts
        .map(|part| {
            let written = Written { body: Body::Require(part.clone()), when: None, purposes: "" };
            let mut text = String::new();
            write(&written, "criterion", "it", &mut text);
            (part, rulebook(&text).1)
        })
        .collect()
}

/// What was found of a part: a criterion of the version by its id in quotes, else a condition.
fn truth(
    part: &str,
    facts: &Facts,
    law: &Rulebook,
    alone: &Alone,
    purpose: Purpose,
) -> Option<Truth> {
    let question = Question { purpose: Some(purpose), ..Question::on(date(2026, 5, 1)) };
    let (rulebook, id) = match is_criterion(part) {
        Some(id) => (law, id),
        None => (&alone[part].rulebook, "it"),
    };
    let answer = evaluate(rulebook, rulebook.programme("pilot").unwrap(), facts, &question);
    let Outcome::Assessed(assessment) = answer.outcome else { return None };
    body(&assessment.criteria, id)
}

/// The truth of a criterion's body: what it comes to where it applies.
fn body(results: &[CriterionResult<'_>], id: &str) -> Option<Truth> {
    results.iter().find_map(|result| {
        let children = match &result.finding {
            Finding::Children(children) => children.as_slice(),
            _ => &[],
        };
        if result.criterion.id != id {
            return body(children, id);
        }
        match result.when.as_ref().map(|when| when.truth) {
            None | Some(Truth::Met) => Some(result.truth),
            Some(_) => None,
        }
    })
}

fn holds(claim: &Claim, truth: impl Fn(&str) -> Option<Truth>) -> bool {
    match claim {
        Claim::NotTogether(parts) => !parts.iter().all(|part| truth(part) == Some(Truth::Met)),
        Claim::Never(part) => truth(part) != Some(Truth::Met),
        Claim::Always(part) => truth(part) != Some(Truth::NotMet),
        Claim::Follows(weaker, stronger) => {
            truth(stronger) != Some(Truth::Met)
                || matches!(truth(weaker), Some(Truth::Met | Truth::NotApplicable) | None)
        }
    }
}

fn check(criteria: &[Written], seed: u64) -> Result<usize, TestCaseError> {
    let mut text = String::new();
    for (index, criterion) in criteria.iter().enumerate() {
        write(criterion, "criterion", &format!("c{index}"), &mut text);
    }
    let (sources, compiled) = rulebook(&text);
    let claims: Vec<(&Diagnostic, Claim)> = compiled
        .diagnostics
        .iter()
        .filter_map(|found| Some((found, claim(&sources, found)?)))
        .collect();
    let alone = alone(&claims);
    let as_of = date(2026, 5, 1);
    let edges = vec![10, 20, 30, 100, 100_000_000, 200_000, 500_000];
    let world = World { rulebook: &compiled.rulebook, as_of, edges };
    let mut dice = Dice(seed);
    for _ in 0..if claims.is_empty() { 0 } else { 12 } {
        let facts = world.firm(2021..=2026, &mut dice);
        for (found, claim) in &claims {
            for purpose in [Purpose::New, Purpose::ReReview] {
                let truth = |part: &str| truth(part, &facts, &compiled.rulebook, &alone, purpose);
                prop_assert!(
                    holds(claim, truth),
                    "{}: {} — {claim:?}\n{text}",
                    found.code.as_str(),
                    found.message.en
                );
            }
        }
    }
    Ok(claims.len())
}

#[test]
fn no_firm_refutes_a_finding() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(500));
    let found = std::cell::Cell::new(0);
    let criteria = prop::collection::vec(criterion(), 2..5);
    runner
        .run(&(criteria, any::<u64>()), |(criteria, seed)| {
            found.set(found.get() + check(&criteria, seed)?);
            Ok(())
        })
        .unwrap();
    assert!(found.get() > 300, "only {} findings", found.get());
}

/// A version whose every criterion is refuted by nobody is eligible for somebody: what is sound stays
/// without a finding.
#[test]
fn sound_rules_have_no_finding() {
    let sound = [
        "patents >= few and patents < many",
        "patents < few or patents >= many",
        "share >= low or a",
        "level in { first, second } and not level in { first }",
        "holds(\"basic\") and not holds(\"higher\")",
        "happened(\"award\", last 36 months) and not happened(\"award\", last 12 months)",
        "happened(\"award\", last 36 months, rank <= tail) and not happened(\"award\", last 36 months, rank <= top)",
        "each of last 2 years { certified }",
        "some of last 2 years { certified; revenue >= rich }",
        "at least 2 of { patents >= few; patents >= many; a }",
        "revenue[base] >= profit[base] and revenue[base-1] < profit[base-1]",
    ];
    for condition in sound {
        let written = Written { body: Body::Require(condition.into()), when: None, purposes: "" };
        let mut text = String::new();
        write(&written, "criterion", "it", &mut text);
        let codes = told(&text);
        assert!(codes.is_empty(), "{condition}: {codes:?}");
    }
}

/// Apart from limits that are left over.
fn told(text: &str) -> Vec<&'static str> {
    let (_, compiled) = rulebook(text);
    let left_over = [Code::UnusedLimit, Code::Unused];
    let found = compiled.diagnostics.iter().filter(|found| !left_over.contains(&found.code));
    found.map(|found| found.code.as_str()).collect()
}

/// A way among others may be closed to firms of one case: the other ways are open to them.
#[test]
fn a_way_that_a_case_closes_is_no_contradiction() {
    let text = r#"
[[criterion]]
id = "split"
clause = "一"
label = { zh = "分情形", en = "Cases" }

[[criterion.case]]
id = "listed"
label = { zh = "是", en = "Yes" }
when = 'a'
require = 'level in { first }'

[[criterion.case]]
id = "not-listed"
label = { zh = "否", en = "No" }
when = 'not a'
require = 'b'

[[criterion]]
id = "either"
clause = "二"
label = { zh = "任一", en = "Either" }

[[criterion.any]]
id = "level"
label = { zh = "等级", en = "Level" }
require = 'level in { second }'

[[criterion.any]]
id = "other"
label = { zh = "其他", en = "Other" }
require = 'b'
"#;
    let codes = told(text);
    assert!(codes.is_empty(), "{codes:?}");
}
