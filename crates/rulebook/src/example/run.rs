//! Worked examples: reads them, evaluates them, says what came out otherwise than expected.

use std::collections::HashMap;
use std::sync::Arc;

use enterprise::{Facts, Kind, Text};
use rules::{Programme, Question, Rulebook, classify, evaluate};
use toml::de::DeTable;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::example::expect::{Expected, compare, differs, expected};
use crate::example::facts::{base, change};
use crate::example::nudge::{Knob, is_worth_moving, knobs, nudge, nudge_tier, tier_knobs};
use crate::example::nudge_round::{nudge_round, round_knobs};
use crate::example::outcomes::{Shown, Unshown};
use crate::example::place;
use crate::read::criterion::purpose;
use crate::read::table::{File, Sink, Table};
use crate::source::{LARGEST_FILE, Sources};

/// What running the examples came to.
#[derive(Debug, Default)]
pub struct ExampleReport {
    /// Every example that could be read.
    pub results: Vec<ExampleResult>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
    /// How many times a number of the law was moved by a step.
    pub moves: usize,
    /// Moves that no example noticed.
    pub unnoticed: Vec<Unnoticed>,
    /// Criteria that no example meets, fails or leaves open.
    pub unshown: Vec<Unshown>,
}

/// A number of the law that can be moved by a step without any example noticing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unnoticed {
    /// The programme or definition, and its version.
    pub owner: String,
    /// The number.
    pub number: String,
    /// Where it stands.
    pub place: Option<Span>,
    /// Whether it was moved up.
    pub up: bool,
}

/// One example that was run.
#[derive(Debug, Clone)]
pub struct ExampleResult {
    /// The programme or definition.
    pub owner: String,
    /// The example's name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What came out otherwise than expected; empty if all is well.
    pub failures: Vec<Text>,
}

/// A worked example as people read it: a made-up subject that differs from the one of its file in what it is about.
#[derive(Debug, Clone)]
pub struct Worked {
    /// The programme or definition.
    pub owner: String,
    /// The example's name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The subject that the examples of the file begin with.
    pub base: Arc<Facts>,
    /// The subject of this one.
    pub facts: Facts,
    /// For which purpose and day.
    pub question: Question,
}

/// One example, ready to run.
struct Example {
    owner: String,
    name: String,
    span: Span,
    base: Arc<Facts>,
    facts: Facts,
    question: Question,
    expected: Expected,
}

/// Every example of the rulebook, for people to read. What comes out of each is asked of the evaluator.
pub fn worked_examples(sources: &Sources, rulebook: &Rulebook) -> Vec<Worked> {
    let all = read_all(sources, rulebook, &Sink::default());
    all.into_iter()
        .map(|example| Worked {
            owner: example.owner,
            name: example.name,
            span: example.span,
            base: example.base,
            facts: example.facts,
            question: example.question,
        })
        .collect()
}

/// Runs every example of the rulebook.
pub fn run_examples(sources: &Sources, rulebook: &Rulebook) -> ExampleReport {
    let sink = Sink::default();
    let mut report = ExampleReport::default();
    let examples = read_all(sources, rulebook, &sink);
    check_inputs(&examples, &sink);
    (report.moves, report.unnoticed) = unnoticed(sources, rulebook, &examples);
    report.unshown = unshown(rulebook, &examples);
    for example in examples {
        let failures = run(rulebook, rulebook.programme(&example.owner), &example);
        report.results.push(ExampleResult {
            owner: example.owner,
            name: example.name,
            span: example.span,
            failures,
        });
    }
    report.diagnostics = sink.take();
    report.diagnostics.sort_by(|a, b| a.span.cmp(&b.span));
    report
}

fn unshown(rulebook: &Rulebook, examples: &[Example]) -> Vec<Unshown> {
    let mut shown = Shown::default();
    for example in examples {
        if let Some(programme) = rulebook.programme(&example.owner) {
            shown.see(&evaluate(rulebook, programme, &example.facts, &example.question));
        }
    }
    shown.missing(rulebook)
}

/// Reads every example without running it, and holds those with the same input against each other.
pub fn check_examples(sources: &Sources, rulebook: &Rulebook) -> Vec<Diagnostic> {
    let sink = Sink::default();
    check_inputs(&read_all(sources, rulebook, &sink), &sink);
    let mut diagnostics = sink.take();
    diagnostics.sort_by(|a, b| a.span.cmp(&b.span));
    diagnostics
}

fn check_inputs(examples: &[Example], sink: &Sink) {
    let mut known: HashMap<String, Vec<&Example>> = HashMap::new();
    for example in examples {
        let input = format!("{} {:?} {:?}", example.owner, example.question, example.facts);
        let same = known.entry(input).or_default();
        let contradiction = same
            .iter()
            .find_map(|other| Some((*other, example.expected.contradicts(&other.expected)?)));
        let found = match (contradiction, same.first()) {
            (Some((other, what)), _) => Some((
                other,
                Diagnostic::new(
                    Code::ContradictingExamples,
                    example.span.clone(),
                    format!("“{}”与“{}”输入相同，期望的 {what} 不同", example.name, other.name),
                    format!(
                        "`{}` and `{}` have the same input and expect another `{what}`",
                        example.name, other.name
                    ),
                ),
            )),
            (None, Some(other)) => Some((
                *other,
                Diagnostic::new(
                    Code::DuplicateExample,
                    example.span.clone(),
                    format!("“{}”与“{}”输入相同", example.name, other.name),
                    format!("`{}` and `{}` have the same input", example.name, other.name),
                )
                .help("把期望合到一个示例里", "put what is expected into one example"),
            )),
            (None, None) => None,
        };
        if let Some((other, diagnostic)) = found {
            sink.report(diagnostic.other(other.span.clone(), "另一个在此", "the other one"));
        }
        same.push(example);
    }
}

fn read_all(sources: &Sources, rulebook: &Rulebook, sink: &Sink) -> Vec<Example> {
    let mut examples = Vec::new();
    for (path, text) in sources.iter() {
        let parts: Vec<&str> = path.split('/').collect();
        let owner = match parts.as_slice() {
            ["programmes", _, id, "examples", _] | ["definitions", id, "examples", _] => *id,
            _ => continue,
        };
        if text.len() > LARGEST_FILE {
            continue;
        }
        // Broken TOML has been reported by the compiler.
        let Ok(root) = DeTable::parse(text) else { continue };
        let file = File { path, text, sink };
        read_file(rulebook, owner, &Table::of(file, &root), &mut examples);
    }
    examples
}

fn read_file(rulebook: &Rulebook, owner: &str, table: &Table<'_>, examples: &mut Vec<Example>) {
    let catalogue = &rulebook.catalogue;
    let as_of = table.get("as_of").and_then(|value| value.date());
    let default_purpose = table.word("purpose").and_then(|word| purpose(table.file, &word));
    let firm = table
        .get("base")
        .and_then(|value| value.table())
        .map(|table| base(catalogue, owner, &table))
        .unwrap_or_default();
    let firm = Arc::new(firm);
    let list = table.list("example");
    if list.is_empty() {
        table.need("example");
    }
    table.text("note");
    table.finish();
    for value in list {
        let Some(table) = value.table() else { continue };
        let Some(name) = table.need_word("name") else { continue };
        let mut facts = Facts::clone(&firm);
        change(catalogue, owner, &table, &mut facts);
        let own_day = table.get("as_of").and_then(|value| value.date());
        let own_purpose = table.word("purpose").and_then(|word| purpose(table.file, &word));
        let base_year = table.get("base_year").and_then(|value| value.whole());
        let expected = table.need("expect").and_then(|value| expected(rulebook, owner, &value));
        table.finish();
        let Some(day) = own_day.or(as_of) else {
            table.need("as_of");
            continue;
        };
        let Some(expected) = expected else { continue };
        examples.push(Example {
            owner: owner.to_owned(),
            name: name.text.to_owned(),
            span: name.span,
            base: Arc::clone(&firm),
            facts,
            question: Question {
                purpose: own_purpose.or(default_purpose),
                base_year: base_year.and_then(|year| i16::try_from(year).ok()),
                ..Question::on(day)
            },
            expected,
        });
    }
}

/// Moves every number of the law by a step, up and down, and looks for an example that notices.
fn unnoticed(
    sources: &Sources,
    rulebook: &Rulebook,
    examples: &[Example],
) -> (usize, Vec<Unnoticed>) {
    let mut moves = 0;
    // Shared criteria stand in several versions: it is enough if one of them notices.
    let mut open: Vec<Unnoticed> = Vec::new();
    let mut noticed: Vec<(String, bool)> = Vec::new();
    for programme in &rulebook.programmes {
        let own: Vec<&Example> =
            examples.iter().filter(|known| known.owner == programme.id).collect();
        for (index, version) in programme.versions.iter().enumerate() {
            for knob in knobs(version) {
                for up in [true, false] {
                    if !is_worth_moving(&programme.versions, index, &knob, up) {
                        continue;
                    }
                    let shared = matches!(&knob, Knob::Limit(owner, ..) | Knob::Months(owner, _)
                        if **owner != *programme.id && &**owner != "score");
                    if shared && noticed.contains(&(knob.name(), up)) {
                        continue;
                    }
                    moves += 1;
                    let mut changed = programme.clone();
                    if let Some(version) = changed.versions.get_mut(index) {
                        nudge(version, &knob, up);
                    }
                    if own.iter().any(|example| !run(rulebook, Some(&changed), example).is_empty())
                    {
                        open.retain(|known| {
                            !shared || known.number != knob.name() || known.up != up
                        });
                        noticed.push((knob.name(), up));
                        continue;
                    }
                    let owner = format!("{}@{}", programme.id, version.id);
                    let place = place::in_version(sources, &programme.id, &version.id, &knob);
                    open.push(Unnoticed { owner, number: knob.name(), place, up });
                }
            }
        }
    }
    for (index, round) in rulebook.rounds.iter().enumerate() {
        let programme = rulebook.programme(&round.programme);
        let own: Vec<&Example> =
            examples.iter().filter(|known| known.owner == round.programme).collect();
        for knob in round_knobs(round) {
            for up in [true, false] {
                moves += 1;
                let mut changed = rulebook.clone();
                if let Some(round) = changed.rounds.get_mut(index) {
                    nudge_round(round, &knob, up);
                }
                if !own.iter().any(|example| !run(&changed, programme, example).is_empty()) {
                    let owner = format!("{}@{}–{}", round.programme, round.from, round.to);
                    let place = place::in_round(sources, rulebook, index, &knob);
                    open.push(Unnoticed { owner, number: knob.name(), place, up });
                }
            }
        }
    }
    for (indicator, versions) in &rulebook.classifications {
        for (index, version) in versions.iter().enumerate() {
            let own: Vec<&Example> =
                examples.iter().filter(|known| known.owner == version.id).collect();
            for knob in tier_knobs(version) {
                for up in [true, false] {
                    moves += 1;
                    let mut changed = rulebook.clone();
                    let known = changed.classifications.get_mut(indicator);
                    if let Some(version) = known.and_then(|versions| versions.get_mut(index)) {
                        nudge_tier(version, &knob, up);
                    }
                    if !own.iter().any(|example| !run(&changed, None, example).is_empty()) {
                        let owner = format!("{}@{}", version.id, version.version);
                        let place =
                            place::in_classification(sources, &version.id, &version.version, &knob);
                        open.push(Unnoticed { owner, number: knob.name(), place, up });
                    }
                }
            }
        }
    }
    (moves, open)
}

fn run(rulebook: &Rulebook, programme: Option<&Programme>, example: &Example) -> Vec<Text> {
    let expected = &example.expected;
    let mut failures = Vec::new();
    for (indicator, class) in &expected.derived {
        let found = classes(rulebook, indicator, &example.facts, &example.question);
        if found != *class {
            failures.push(differs(indicator, class, &found));
        }
    }
    let Some(programme) = programme else { return failures };
    let answer = evaluate(rulebook, programme, &example.facts, &example.question);
    compare(&answer, expected, &mut failures);
    failures
}

/// The options that are possible, joined with `|`; `unknown` if none is.
fn classes(rulebook: &Rulebook, indicator: &str, facts: &Facts, question: &Question) -> String {
    let Some(known) = rulebook.catalogue.indicator(indicator) else { return String::new() };
    let Kind::Choice(choices) = &known.kind else { return String::new() };
    let possible = classify(rulebook, indicator, facts, question);
    let ids: Vec<&str> = possible
        .iter()
        .filter_map(|index| choices.get(*index))
        .map(|choice| choice.id.as_str())
        .collect();
    if ids.is_empty() { "unknown".to_owned() } else { ids.join("|") }
}
