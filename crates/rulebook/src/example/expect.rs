//! What an example expects, and how what came out differs from it.

use std::collections::BTreeMap;

use enterprise::Text;
use rules::{
    Answer, Assessment, BenefitResult, Criterion, CriterionResult, Exact, Outcome, Path, Points,
    Round, Rulebook, Truth, Verdict, Why,
};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::expression::measure::quantity;
use crate::read::cite::points;
use crate::read::indicator::one_of;
use crate::read::table::{Table, Value, Word};

/// What an example expects; what it does not mention may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Expected {
    verdict: Option<String>,
    why: Option<Vec<String>>,
    not_met: Option<Vec<String>>,
    unknown: Option<Vec<String>>,
    preferred: Option<Vec<String>>,
    round_not_met: Option<Vec<String>>,
    window: Option<String>,
    stages: Option<Vec<String>>,
    score: Option<(Points, Points)>,
    path: Option<String>,
    validity: Option<String>,
    benefits: BTreeMap<String, String>,
    /// By derived choice: its options.
    pub derived: Vec<(String, String)>,
}

impl Expected {
    /// The first thing of which both say something, and not the same.
    pub fn contradicts(&self, other: &Self) -> Option<&'static str> {
        fn differ<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
            matches!((one, other), (Some(one), Some(other)) if one != other)
        }
        let benefits = self
            .benefits
            .iter()
            .any(|(id, amount)| other.benefits.get(id).is_some_and(|known| known != amount));
        let derived = self.derived.iter().any(|(id, class)| {
            other.derived.iter().any(|(known, other)| known == id && other != class)
        });
        [
            ("verdict", differ(&self.verdict, &other.verdict)),
            ("why", differ(&self.why, &other.why)),
            ("not_met", differ(&self.not_met, &other.not_met)),
            ("unknown", differ(&self.unknown, &other.unknown)),
            ("preferred", differ(&self.preferred, &other.preferred)),
            ("round_not_met", differ(&self.round_not_met, &other.round_not_met)),
            ("window", differ(&self.window, &other.window)),
            ("stages", differ(&self.stages, &other.stages)),
            ("score", differ(&self.score, &other.score)),
            ("path", differ(&self.path, &other.path)),
            ("validity", differ(&self.validity, &other.validity)),
            ("benefits", benefits),
            ("class", derived),
        ]
        .into_iter()
        .find_map(|(what, differs)| differs.then_some(what))
    }
}

const KEYS: [&str; 12] = [
    "verdict",
    "why",
    "not_met",
    "unknown",
    "preferred",
    "round_not_met",
    "window",
    "stages",
    "score",
    "path",
    "validity",
    "benefits",
];

pub(crate) fn expected(rulebook: &Rulebook, owner: &str, value: &Value<'_>) -> Option<Expected> {
    let table = value.table()?;
    check_ids(rulebook, owner, &table);
    if table.entries().is_empty() {
        table.file.sink.report(Diagnostic::new(
            Code::BadExample,
            value.span(),
            "示例什么也不期望",
            "the example expects nothing",
        ));
    }
    let words = |key: &'static str| -> Option<Vec<String>> {
        table.get(key)?;
        let mut words: Vec<String> =
            table.words(key).iter().map(|word| word.text.to_owned()).collect();
        words.sort();
        Some(words)
    };
    let one = |key, known: &[&str]| -> Option<String> {
        let known: Vec<(&str, &str)> = known.iter().map(|word| (*word, *word)).collect();
        one_of(&table, key, &known).map(str::to_owned)
    };
    let mut expected = Expected {
        verdict: one("verdict", &["eligible", "ineligible", "undetermined", "none"]),
        why: words("why"),
        not_met: words("not_met"),
        unknown: words("unknown"),
        preferred: words("preferred"),
        round_not_met: words("round_not_met"),
        window: one("window", &["open", "before", "closed", "none"]),
        stages: words("stages"),
        score: table.get("score").and_then(|value| bounds(&value)),
        path: one("path", &["direct", "scored"]),
        validity: table.get("validity").and_then(|value| written(&value)),
        benefits: benefits(&table),
        derived: Vec::new(),
    };
    let derived: Vec<&str> = rulebook.classifications.keys().map(String::as_str).collect();
    for (key, value) in table.entries() {
        if derived.contains(&key.text) {
            let class = value.word()?;
            expected.derived.push((key.text.to_owned(), class.text.to_owned()));
        } else if !KEYS.contains(&key.text) {
            let diagnostic = Diagnostic::new(
                Code::BadExample,
                key.span.clone(),
                format!("不能期望“{}”", key.text),
                format!("`{}` cannot be expected", key.text),
            );
            value.file.sink.report(
                diagnostic.suggest(key.text, KEYS.into_iter().chain(derived.iter().copied())),
            );
        }
    }
    Some(expected)
}

/// Ids that are expected must exist somewhere in the programme.
fn check_ids(rulebook: &Rulebook, owner: &str, table: &Table<'_>) {
    let Some(programme) = rulebook.programme(owner) else { return };
    let ids = |criteria: &mut dyn Iterator<Item = &Criterion>| -> Vec<String> {
        criteria.map(|criterion| criterion.id.clone()).collect()
    };
    let versions = || programme.versions.iter();
    let criteria = ids(&mut versions().flat_map(|version| &version.criteria));
    let preferences = ids(&mut versions().flat_map(|version| &version.preferences));
    let rounds = rulebook.rounds.iter().filter(|round| round.programme == owner);
    let asked = ids(&mut rounds.flat_map(|round| &round.criteria));
    let benefits: Vec<String> =
        versions().flat_map(|version| &version.benefits).map(|known| known.id.clone()).collect();
    let check = |word: &Word<'_>, known: &[String]| {
        if !known.iter().any(|id| id == word.text) {
            let diagnostic = Diagnostic::new(
                Code::BadExample,
                word.span.clone(),
                format!("此项目没有“{}”", word.text),
                format!("the programme has no `{}`", word.text),
            );
            let near = diagnostic.suggest(word.text, known.iter().map(String::as_str));
            table.file.sink.report(near);
        }
    };
    for (key, known) in [
        ("not_met", &criteria),
        ("unknown", &criteria),
        ("preferred", &preferences),
        ("round_not_met", &asked),
    ] {
        table.words(key).iter().for_each(|word| check(word, known));
    }
    if let Some(inner) = table.get("benefits").and_then(|value| value.table()) {
        inner.entries().iter().for_each(|(word, _)| check(word, &benefits));
    }
}

fn bounds(value: &Value<'_>) -> Option<(Points, Points)> {
    if value.is_list() {
        let list = value.list()?;
        let points: Vec<Points> = list.iter().filter_map(points).collect();
        return match points.as_slice() {
            [low, high] => Some((*low, *high)),
            _ => None,
        };
    }
    let points = points(value)?;
    Some((points, points))
}

/// A quantity in one way of writing, so that 1 亿元 and 10000 万元 are the same.
fn written(value: &Value<'_>) -> Option<String> {
    let word = value.word()?;
    let (sign, rest) = match word.text.strip_prefix("<=") {
        Some(rest) => ("<= ", rest.trim()),
        None => ("", word.text),
    };
    if rest == "unknown" {
        return Some(rest.to_owned());
    }
    let Ok(read) = quantity(rest) else {
        value.file.sink.report(Diagnostic::new(
            Code::BadExample,
            word.span.clone(),
            format!("“{rest}”不是数量"),
            format!("`{rest}` is not a quantity"),
        ));
        return None;
    };
    Some(format!("{sign}{}", plain(read.value)))
}

fn benefits(table: &Table<'_>) -> BTreeMap<String, String> {
    let Some(inner) = table.get("benefits").and_then(|value| value.table()) else {
        return BTreeMap::new();
    };
    inner
        .entries()
        .into_iter()
        .filter_map(|(id, value)| Some((id.text.to_owned(), written(&value)?)))
        .collect()
}

fn plain(value: Exact) -> String {
    match value.exactly_at(1_000_000) {
        Some(millionths) => enterprise::format_decimal(millionths, 1_000_000),
        None => format!("{}/{}", value.numerator(), value.denominator()),
    }
}

/// Adds to `failures` whatever of the answer is not as expected.
pub(crate) fn compare(answer: &Answer<'_>, expected: &Expected, failures: &mut Vec<Text>) {
    let mut check = |what: &str, wanted: &str, found: &str| {
        if wanted != found {
            failures.push(differs(what, wanted, found));
        }
    };
    let (verdict, why) = match answer.verdict() {
        None => ("none", Why::NONE),
        Some(Verdict::Eligible) => ("eligible", Why::NONE),
        Some(Verdict::Ineligible) => ("ineligible", Why::NONE),
        Some(Verdict::Undetermined(why)) => ("undetermined", why),
    };
    if let Some(wanted) = &expected.verdict {
        check("verdict", wanted, verdict);
    }
    if let Some(wanted) = &expected.why {
        let found: Vec<&str> =
            [("data", why.data), ("judgement", why.judgement), ("open", why.open)]
                .into_iter()
                .filter_map(|(word, holds)| holds.then_some(word))
                .collect();
        check("why", &wanted.join(", "), &found.join(", "));
    }
    if let Some(wanted) = &expected.window {
        check("window", wanted, window(answer));
    }
    if let Some(wanted) = &expected.stages {
        check("stages", &wanted.join("、"), &stages(answer));
    }
    if let Some(wanted) = &expected.round_not_met {
        let found = ids(&answer.round_criteria, |truth| truth == Truth::NotMet);
        check("round_not_met", &wanted.join(", "), &found);
    }
    if let Outcome::Assessed(assessment) = &answer.outcome {
        compare_assessment(assessment, expected, &mut check);
    }
}

fn compare_assessment(
    assessment: &Assessment<'_>,
    expected: &Expected,
    check: &mut dyn FnMut(&str, &str, &str),
) {
    let not_met = |truth| truth == Truth::NotMet;
    let unknown = |truth: Truth| truth.unknown().is_some();
    if let Some(wanted) = &expected.not_met {
        check("not_met", &wanted.join(", "), &ids(&assessment.criteria, not_met));
    }
    if let Some(wanted) = &expected.unknown {
        check("unknown", &wanted.join(", "), &ids(&assessment.criteria, unknown));
    }
    if let Some(wanted) = &expected.preferred {
        let found = ids(&assessment.preferences, |truth| truth == Truth::Met);
        check("preferred", &wanted.join(", "), &found);
    }
    if let Some((low, high)) = expected.score {
        let shown = |low: Points, high: Points| {
            let [low, high] = [low, high].map(|points| enterprise::format_decimal(points.0, 100));
            if low == high { low } else { format!("{low}–{high}") }
        };
        let found = assessment.score.as_ref().map(|score| shown(score.low, score.high));
        check("score", &shown(low, high), &found.unwrap_or_default());
    }
    if let Some(wanted) = &expected.path {
        let found = match assessment.path {
            Some(Path::Direct) => "direct",
            Some(Path::Scored) => "scored",
            None => "",
        };
        check("path", wanted, found);
    }
    if let Some(wanted) = &expected.validity {
        let found = assessment.version.validity.as_ref().map(|limit| plain(limit.value));
        check("validity", wanted, &found.unwrap_or_default());
    }
    for (id, wanted) in &expected.benefits {
        let found = assessment.benefits.iter().find(|known| known.benefit.id == *id);
        check(&format!("benefits.{id}"), wanted, &found.map(granted).unwrap_or_default());
    }
}

/// Fen, `<=` fen while only the most is known, or `unknown`.
fn granted(result: &BenefitResult<'_>) -> String {
    match (&result.amount, result.most) {
        (Some(amount), _) => amount.as_exact().map_or_else(|| "unknown".to_owned(), plain),
        (None, Some(most)) => format!("<= {}", plain(most)),
        (None, None) => "unknown".to_owned(),
    }
}

/// How the window for applying lies to the day.
fn window(answer: &Answer<'_>) -> &'static str {
    match answer.round {
        None => "none",
        Some(Round { from, .. }) if answer.as_of < *from => "before",
        Some(Round { to, .. }) if answer.as_of > *to => "closed",
        Some(_) => "open",
    }
}

/// The stages of the round that run on the day, by their Chinese labels: they have no ids.
fn stages(answer: &Answer<'_>) -> String {
    let stages = answer.round.into_iter().flat_map(|round| &round.stages);
    let running = stages.filter(|stage| stage.from <= answer.as_of && answer.as_of <= stage.to);
    let mut labels: Vec<&str> = running.map(|stage| stage.label.zh.as_str()).collect();
    labels.sort_unstable();
    labels.join("、")
}

fn ids(results: &[CriterionResult<'_>], wanted: impl Fn(Truth) -> bool) -> String {
    let mut ids: Vec<&str> = results
        .iter()
        .filter(|result| wanted(result.truth))
        .map(|result| result.criterion.id.as_str())
        .collect();
    ids.sort_unstable();
    ids.join(", ")
}

pub(crate) fn differs(what: &str, wanted: &str, found: &str) -> Text {
    Text::new(
        format!("{what}：应为“{wanted}”，实为“{found}”"),
        format!("{what}: expected `{wanted}`, found `{found}`"),
    )
}
