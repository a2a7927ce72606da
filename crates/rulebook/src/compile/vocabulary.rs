//! Indicators, events and formulas: what every rule may name.

use std::collections::BTreeMap;

use rules::{CodeTable, Quantity, Rulebook};

use crate::code::Code;
use crate::compile::duplicate;
use crate::compile::tree::Tree;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::ast::{Expr, Node};
use crate::expression::parser::parse;
use crate::expression::resolve::Resolver;
use crate::expression::scope::Names;
use crate::read::indicator::{ReadIndicator, event, indicator};
use crate::read::table::{Sink, Word};

pub(crate) fn read_vocabulary<'a>(
    tree: &Tree<'a>,
    sink: &Sink,
    codes: &BTreeMap<String, CodeTable>,
    names: &mut Names,
) -> Vec<ReadIndicator<'a>> {
    let mut read: Vec<ReadIndicator<'a>> = Vec::new();
    let mut places: BTreeMap<&str, Span> = BTreeMap::new();
    let mut events: BTreeMap<String, Span> = BTreeMap::new();
    for file in &tree.indicators {
        let table = file.table();
        for value in table.list("indicator") {
            let Some(found) = indicator(&value, codes) else { continue };
            if let Some(first) = places.get(found.id.text) {
                duplicate(sink, found.id.text, found.id.span.clone(), Some(first));
                continue;
            }
            places.insert(found.id.text, found.id.span.clone());
            names.catalogue.add(found.indicator.clone());
            read.push(found);
        }
        for value in table.list("event") {
            let Some((found, span)) = event(&value) else { continue };
            if let Some(first) = events.insert(found.id.clone(), span.clone()) {
                duplicate(sink, &found.id, span, Some(&first));
                continue;
            }
            names.catalogue.events.push(found);
        }
        table.finish();
    }
    check_headings(&read, sink);
    check_wider(tree, &events, sink);
    read
}

/// A column heading must say which indicator is meant.
fn check_headings(read: &[ReadIndicator<'_>], sink: &Sink) {
    let mut known: BTreeMap<&str, &ReadIndicator<'_>> = BTreeMap::new();
    for found in read {
        let aliases = found.indicator.aliases.iter().map(String::as_str);
        for heading in aliases.chain([found.indicator.label.zh.as_str()]) {
            let first = known.insert(heading, found);
            if let Some(first) = first.filter(|first| first.id.text != found.id.text) {
                sink.report(
                    Diagnostic::new(
                        Code::DuplicateId,
                        found.id.span.clone(),
                        format!("“{heading}”也是“{}”的名称，表头分不清是哪一个", first.id.text),
                        format!(
                            "`{heading}` also names `{}`: a heading could mean either",
                            first.id.text
                        ),
                    )
                    .other(
                        first.id.span.clone(),
                        "另一个指标",
                        "the other indicator",
                    ),
                );
            }
        }
    }
}

/// The wider kinds that events count as.
fn check_wider(tree: &Tree<'_>, events: &BTreeMap<String, Span>, sink: &Sink) {
    for value in tree.indicators.iter().flat_map(|file| file.table().list("event")) {
        let words = value.table().map(|table| table.words("counts_as")).unwrap_or_default();
        for word in words.iter().filter(|word| !events.contains_key(word.text)) {
            let diagnostic = Diagnostic::new(
                Code::UnknownReference,
                word.span.clone(),
                format!("没有名为“{}”的事件", word.text),
                format!("no event is called `{}`", word.text),
            );
            sink.report(diagnostic.suggest(word.text, events.keys().map(String::as_str)));
        }
    }
}

/// Formulas may build on each other so far: more would take stack and time, and nobody would follow.
const MOST_LEVELS: usize = 5;
/// A formula may use so many facts, those of the formulas that it uses included.
const MOST_FACTS: usize = 1000;

/// Resolves formulas once everything that they need is resolved; what is left over is a cycle.
pub(crate) fn read_formulas(
    indicators: &[ReadIndicator<'_>],
    names: &Names,
    rulebook: &mut Rulebook,
    sink: &Sink,
) {
    let mut reach: BTreeMap<&str, Reach> = BTreeMap::new();
    let mut waiting: Vec<(&ReadIndicator<'_>, &Word<'_>)> =
        indicators.iter().filter_map(|read| Some((read, read.formula.as_ref()?))).collect();
    loop {
        let open: Vec<&str> = waiting.iter().map(|(read, _)| read.id.text).collect();
        let (ready, blocked): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, word)| {
            parse(word.text).map_or(true, |expr| {
                !names_in(&expr).iter().any(|name| open.contains(&name.as_str()))
            })
        });
        if ready.is_empty() {
            for (read, word) in blocked {
                sink.report(Diagnostic::new(
                    Code::FormulaCycle,
                    word.span.clone(),
                    format!("“{}”的公式最终又用到它自己", read.id.text),
                    format!("the formula of `{}` needs itself in the end", read.id.text),
                ));
            }
            return;
        }
        for (read, word) in ready {
            let limits = BTreeMap::new();
            let resolver = Resolver { names, rulebook };
            let year = (read.indicator.period == enterprise::Period::Yearly).then_some(0);
            if let Some(measured) = resolver.quantity(read.table.file, word, &limits, year) {
                let expected = crate::expression::measure::Unit::of(&read.indicator.kind);
                if expected.as_ref().is_none_or(|unit| !unit.agrees(&measured.unit)) {
                    sink.report(Diagnostic::new(
                        Code::UnitMismatch,
                        word.span.clone(),
                        format!("公式的单位是“{}”，与指标不同", measured.unit.words().zh),
                        format!(
                            "the formula is in {}, the indicator is not",
                            measured.unit.words().en
                        ),
                    ));
                }
                let found = Reach::of(&measured.quantity, &reach);
                if found.levels > MOST_LEVELS || found.facts > MOST_FACTS {
                    sink.report(Diagnostic::new(
                        Code::TooDeep,
                        word.span.clone(),
                        format!(
                            "公式层层用到别的公式，超过 {MOST_LEVELS} 层或 {MOST_FACTS} 个数据项"
                        ),
                        format!(
                            "formulas on formulas: more than {MOST_LEVELS} levels or {MOST_FACTS} facts"
                        ),
                    ));
                    continue;
                }
                reach.insert(read.id.text, found);
                rulebook.formulas.insert(read.id.text.to_owned(), measured.quantity);
            }
        }
        waiting = blocked;
    }
}

/// What a formula uses, the formulas that it uses included.
#[derive(Clone, Copy)]
struct Reach {
    levels: usize,
    facts: usize,
}

impl Reach {
    fn of(formula: &Quantity, known: &BTreeMap<&str, Self>) -> Self {
        let mut reach = Self { levels: 1, facts: 0 };
        formula.each_fact(&mut |fact| {
            let below = known.get(fact.indicator.id.as_str());
            let below = below.copied().unwrap_or(Self { levels: 0, facts: 1 });
            reach.levels = reach.levels.max(below.levels + 1);
            reach.facts = reach.facts.saturating_add(below.facts);
        });
        reach
    }
}

fn names_in(expr: &Expr) -> Vec<String> {
    match &expr.node {
        Node::Name(name) => vec![name.clone()],
        _ => expr.parts().into_iter().flat_map(names_in).collect(),
    }
}
