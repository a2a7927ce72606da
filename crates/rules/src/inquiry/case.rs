//! One programme while it is asked about: what is possible now, what could be replied, and what
//! would be possible then.

use std::collections::BTreeMap;
use std::rc::Rc;

use enterprise::{FactKey, Facts, IndustryCode, Kind, Source, Value};
use jiff::ToSpan;

use super::law::Places;
use super::possible::Possible;
use super::reply::{Reply, Span, endless, record, unqualified};
use super::turns::Line;
use crate::amount::Missing;
use crate::condition::Happened;
use crate::context::Context;
use crate::evaluate::{Question, evaluate};
use crate::programme::{Programme, Version};
use crate::rulebook::Rulebook;
use crate::verdict::{Answer, Outcome};

/// A number beyond every rank.
const LAST: i64 = 1_000_000;

/// One programme while it is asked about.
pub(super) struct Case<'r, 'f> {
    pub programme: &'r Programme,
    pub answer: Answer<'r>,
    pub possible: Possible,
    question: &'f Question,
    version: Option<&'r Version>,
    context: Context<'r, 'f>,
    /// Read off the law once for all facts that are tried.
    places: Rc<Places<'r>>,
}

impl<'r, 'f> Case<'r, 'f> {
    pub fn new(
        rulebook: &'r Rulebook,
        programme: &'r Programme,
        facts: &'f Facts,
        question: &'f Question,
    ) -> Self {
        Self::beside(rulebook, programme, facts, question, None)
    }

    /// The same beside a case whose version may be in force here, too.
    fn beside(
        rulebook: &'r Rulebook,
        programme: &'r Programme,
        facts: &'f Facts,
        question: &'f Question,
        other: Option<(&'r Version, &Rc<Places<'r>>)>,
    ) -> Self {
        let answer = evaluate(rulebook, programme, facts, question);
        let version = match &answer.outcome {
            Outcome::Assessed(assessment) => Some(assessment.version),
            Outcome::NoVersion { .. } => None,
        };
        Self {
            programme,
            possible: Possible::of(&answer),
            question,
            context: Context {
                rulebook,
                facts,
                as_of: question.as_of,
                base_year: answer.base_year,
                assumptions: version.map_or(&[], |version| &version.assumptions),
            },
            places: match (version, other) {
                (Some(version), Some((same, places))) if std::ptr::eq(version, same) => {
                    Rc::clone(places)
                }
                (Some(version), _) => Rc::new(Places::of(rulebook, version)),
                (None, _) => Rc::default(),
            },
            version,
            answer,
        }
    }

    /// The same programme with other facts.
    pub fn with<'g>(&self, facts: &'g Facts) -> Case<'r, 'g>
    where
        'f: 'g,
    {
        let known = self.version.map(|version| (version, &self.places));
        Case::beside(self.context.rulebook, self.programme, facts, self.question, known)
    }

    /// What would be possible after this reply.
    pub fn after(&self, what: &Missing, reply: &Reply, span: Span) -> Possible {
        let mut facts = self.context.facts.clone();
        self.put(&mut facts, what, reply, span);
        Possible::of(&evaluate(self.context.rulebook, self.programme, &facts, self.question))
    }

    /// The facts as they are known.
    pub fn facts(&self) -> &'f Facts {
        self.context.facts
    }

    /// Puts a reply into facts.
    pub fn put(&self, facts: &mut Facts, what: &Missing, reply: &Reply, span: Span) {
        let catalogue = &self.context.rulebook.catalogue;
        record(catalogue, facts, what, reply.clone(), span, Source::default());
    }

    /// Replies to `what`, one at least of every sort that this programme tells apart; with `spread`, also
    /// replies that count only together with others.
    pub fn replies(&self, what: &Missing, span: Span, spread: bool) -> Vec<Reply> {
        match what {
            Missing::Fact { key, .. } => self.values(key, spread),
            Missing::Title(programme) => {
                let begun = endless(self.context.facts, programme);
                let day = span.until;
                let from = begun.map_or(day.saturating_sub(1.years()), |title| title.from);
                let held = |to| Reply::Held { from, to: Some(to) };
                let expired = held(from.max(day.saturating_sub(1.days())));
                let valid = held(day.saturating_add(1.years()));
                vec![valid, if begun.is_some() { expired } else { Reply::NotHeld }]
            }
            Missing::Event { kind, attribute: None } => self.events(kind, span),
            Missing::Event { kind, attribute: Some(attribute) } => {
                let facts = self.context.facts;
                let catalogue = &self.context.rulebook.catalogue;
                let lacking = unqualified(catalogue, facts, kind, attribute, span).len();
                self.ranks(kind)
                    .into_iter()
                    .map(|rank| Reply::Numbers(vec![rank; lacking]))
                    .collect()
            }
            Missing::Judgement { .. } => Vec::new(),
        }
    }

    fn values(&self, key: &FactKey, spread: bool) -> Vec<Reply> {
        let catalogue = &self.context.rulebook.catalogue;
        let Some(indicator) = catalogue.indicator(&key.indicator) else { return Vec::new() };
        let values: Vec<Value> = match &indicator.kind {
            Kind::Flag => vec![Value::Flag(true), Value::Flag(false)],
            Kind::Choice(options) => (0..options.len()).map(Value::Choice).collect(),
            Kind::Industry => self.industries(),
            _ => {
                let times = (self.context.as_of, self.context.base_year);
                let Some(line) = Line::of(indicator, key, self.context.facts, times) else {
                    return Vec::new();
                };
                let mut points = line.turns(&self.places.places, &self.context);
                if spread {
                    points.extend(line.spread());
                }
                points.into_iter().map(|point| line.value(point)).collect()
            }
        };
        values.into_iter().map(Reply::Value).collect()
    }

    /// A code of every group, and one that no standard covers.
    fn industries(&self) -> Vec<Value> {
        let groups = self.places.classifications.iter().flat_map(|known| &known.groups);
        let codes = groups.flat_map(|group| group.codes.iter().map(String::as_str));
        let read = codes.chain(["P", "S"]).filter_map(IndustryCode::parse);
        let mut codes: Vec<String> = read.map(|code| code.to_string()).collect();
        codes.sort();
        codes.dedup();
        codes.into_iter().map(Value::Code).collect()
    }

    fn events(&self, kind: &str, span: Span) -> Vec<Reply> {
        let mut days = vec![span.until, span.from];
        for happened in self.tests_of(kind) {
            let start = happened.window.start(self.context.as_of, self.context.base_year);
            days.extend([start, start.saturating_sub(1.days())]);
        }
        days.retain(|day| (span.from..=span.until).contains(day));
        days.sort();
        days.dedup();
        let known = self.context.rulebook.catalogue.event(kind);
        let attributes = known.map(|known| known.attributes.as_slice()).unwrap_or_default();
        let mut replies = vec![Reply::Events(Vec::new())];
        for day in days {
            replies.push(Reply::Events(vec![(day, BTreeMap::new())]));
            if attributes.is_empty() {
                continue;
            }
            for rank in self.ranks(kind) {
                let all = attributes.iter().map(|attribute| (attribute.id.clone(), rank));
                replies.push(Reply::Events(vec![(day, all.collect())]));
            }
        }
        replies
    }

    /// Qualifying numbers on both sides of every edge.
    fn ranks(&self, kind: &str) -> Vec<i64> {
        let mut ranks = vec![0, 1, LAST];
        for happened in self.tests_of(kind) {
            let edge = happened.attribute.as_ref().and_then(|(_, _, edge)| edge.value.floor_at(1));
            if let Some(edge) = edge {
                ranks.extend([edge.saturating_sub(1), edge, edge.saturating_add(1)]);
            }
        }
        ranks.retain(|rank| *rank >= 0);
        ranks.sort_unstable();
        ranks.dedup();
        ranks
    }

    /// The tests for which an event of the kind counts.
    fn tests_of(&self, kind: &str) -> impl Iterator<Item = &'r Happened> {
        let known = self.context.rulebook.catalogue.event(kind);
        let wider = known.map(|known| known.counts_as.as_slice()).unwrap_or_default();
        let counts = move |happened: &&&Happened| {
            happened.event.id == kind || wider.contains(&happened.event.id)
        };
        let found: Vec<&'r Happened> =
            self.places.happened.iter().filter(counts).copied().collect();
        found.into_iter()
    }
}
