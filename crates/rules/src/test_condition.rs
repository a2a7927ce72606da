//! The meaning of conditions: each kind of test, and what it leaves unknown.

use enterprise::{Completeness, Value, months_before};
use jiff::civil::Date;

use crate::amount::{Amount, Lacking, Missing, Number, Pending};
use crate::classification::{Classification, Grouped, Metric};
use crate::condition::{Comparison, Condition, FactRef, Happened, Holds, Member, Operator, Window};
use crate::context::Context;
use crate::exact::Exact;
use crate::relative::relative_shortfall;
use crate::truth::Truth;
use crate::verdict::{Classified, Compared, ConditionResult, Distance, Test};

impl<'r> Context<'r, '_> {
    /// Tests a condition.
    pub(crate) fn test(&self, condition: &'r Condition) -> ConditionResult<'r> {
        match condition {
            Condition::All(parts) => {
                let parts = self.test_each(parts);
                group(Truth::all(parts.iter().map(|part| part.truth)), Test::All(parts))
            }
            Condition::Any(parts) => self.at_least(1, parts),
            Condition::AtLeast(k, parts) => self.at_least(*k, parts),
            Condition::Not(inner) => {
                let inner = self.test(inner);
                ConditionResult {
                    truth: !inner.truth,
                    lacking: inner.lacking.clone(),
                    test: Test::Not(Box::new(inner)),
                }
            }
            Condition::Compare(comparison) => self.compare(comparison),
            Condition::Member(member) => self.member(member),
            Condition::Flag(fact) => self.flag(fact),
            Condition::Holds(holds) => self.test_holds(holds),
            Condition::Happened(happened) => self.happened(happened),
        }
    }

    fn test_each(&self, parts: &'r [Condition]) -> Vec<ConditionResult<'r>> {
        parts.iter().map(|part| self.test(part)).collect()
    }

    fn at_least(&self, k: usize, parts: &'r [Condition]) -> ConditionResult<'r> {
        let parts = self.test_each(parts);
        group(Truth::at_least(k, parts.iter().map(|part| part.truth)), Test::AtLeast(k, parts))
    }

    fn compare(&self, comparison: &'r Comparison) -> ConditionResult<'r> {
        let left = self.amount(&comparison.left).judged_if_absent();
        let right = self.amount(&comparison.right).judged_if_absent();
        let mut operands = self.operands(&comparison.left);
        operands.extend(self.operands(&comparison.right));
        let (truth, lacking) = held_against(comparison.operator, &left, &right);
        let distance = distance(comparison.operator, &left, &right);
        let compared = Compared { comparison, left, right, operands, distance };
        ConditionResult { truth, lacking, test: Test::Compare(Box::new(compared)) }
    }

    fn flag(&self, fact: &'r FactRef) -> ConditionResult<'r> {
        let known = self.facts.get(&fact.indicator.id, self.year(fact));
        let assumed = || self.assumed(fact).map(|assume| &assume.value);
        let value = match known.map(|known| &known.value).or_else(assumed) {
            Some(Value::Flag(flag)) => Some(*flag),
            _ => None,
        };
        let (truth, lacking) = match value {
            Some(flag) => (Truth::from(flag), Lacking::default()),
            None => unknown(self.without_value(fact)),
        };
        let source = known.map(|known| known.source.clone());
        ConditionResult { truth, lacking, test: Test::Flag { fact, value, source } }
    }

    /// What a fact without a value lacks: a year before the founding has nothing to ask for.
    fn without_value(&self, fact: &FactRef) -> Lacking {
        match self.before_founding(self.year(fact)) {
            Some(year) => Amount::pending(Pending::BeforeFounding(year)).lacking(),
            None => Lacking::missing(self.missing(fact)),
        }
    }

    fn member(&self, member: &'r Member) -> ConditionResult<'r> {
        let fact = &member.fact;
        let known = self.facts.get(&fact.indicator.id, self.year(fact));
        let assumed = || self.assumed(fact).map(|assume| &assume.value);
        let mut classified = None;
        let (possible, lacking) = match known.map(|known| &known.value).or_else(assumed) {
            Some(Value::Choice(choice)) => (vec![*choice], Lacking::default()),
            _ => match self.rulebook.classification(&fact.indicator.id, self.as_of) {
                Some(classification) => {
                    let (found, possible, lacking) = self.classify(classification);
                    classified = Some(Box::new(found));
                    (possible, lacking)
                }
                None => (Vec::new(), self.without_value(fact)),
            },
        };
        let (truth, lacking) = match inside(&possible, &member.options) {
            Some(inside) => (Truth::from(inside), Lacking::default()),
            None => unknown(lacking),
        };
        let source = known.map(|known| known.source.clone());
        ConditionResult {
            truth,
            lacking,
            test: Test::Member { member, possible, source, classified },
        }
    }

    /// The options that are still possible (none if no standard applies), and what is lacking.
    pub(crate) fn classify(
        &self,
        classification: &'r Classification,
    ) -> (Classified<'r>, Vec<usize>, Lacking) {
        let mut found = Classified { classification, code: None, group: None, metrics: Vec::new() };
        let by = &classification.by;
        let code = match self.facts.get(&by.indicator.id, self.year(by)).map(|fact| &fact.value) {
            Some(Value::Code(code)) => code.clone(),
            _ => return (found, Vec::new(), Lacking::missing(self.missing(by))),
        };
        let grouped = classification.group_of(&code);
        found.code = Some(code.clone());
        let reason = match grouped {
            Grouped::In(group) => {
                found.group = classification.groups.get(group);
                None
            }
            Grouped::TooCoarse => Some(Pending::CoarseIndustry(code)),
            Grouped::Nowhere => Some(Pending::NoStandard(code)),
        };
        let (Some(group), None) = (found.group, &reason) else {
            let pending = reason.into_iter().collect();
            return (found, Vec::new(), Lacking { missing: Vec::new(), pending });
        };
        let amount = |metric: &'r Metric| self.amount(&metric.value).judged_if_absent();
        let amounts: Vec<Amount> = group.metrics.iter().map(amount).collect();
        let (options, lacking) = classification.possible(group, &amounts);
        for (metric, amount) in group.metrics.iter().zip(amounts) {
            let options = classification.options_of(metric, &amount);
            found.metrics.push((amount, options, self.operands(&metric.value)));
        }
        (found, options, lacking)
    }

    fn test_holds(&self, holds: &'r Holds) -> ConditionResult<'r> {
        let mut lacking = Lacking::default();
        let mut title = None;
        let truths: Vec<Truth> = holds
            .any_of
            .iter()
            .map(|programme| {
                let (held, listed) = self.holds(programme);
                if held == Some(true) || title.is_none() {
                    title = listed.cloned().or(title.take());
                }
                match held {
                    Some(held) => Truth::from(held),
                    None => {
                        let what = Lacking::missing(Missing::Title(programme.clone()));
                        let why = what.why();
                        lacking = std::mem::take(&mut lacking).and(what);
                        Truth::Unknown(why)
                    }
                }
            })
            .collect();
        let truth = Truth::any(truths);
        if truth.unknown().is_none() {
            lacking = Lacking::default();
        }
        ConditionResult { truth, lacking, test: Test::Holds { holds, title } }
    }

    fn happened(&self, happened: &'r Happened) -> ConditionResult<'r> {
        let from = happened.window.start(self.as_of, self.base_year);
        let kind = &happened.event.id;
        let mut dates = Vec::new();
        let mut unqualified = None;
        for event in &self.facts.events {
            if !self.counts_as(&event.kind, kind) || event.date < from || event.date > self.as_of {
                continue;
            }
            match &happened.attribute {
                None => dates.push(event.date),
                Some((attribute, operator, limit)) => match event.attributes.get(&attribute.id) {
                    None => unqualified = Some(attribute.id.clone()),
                    Some(value) => {
                        let order = Exact::whole(*value).compare(limit.value);
                        if order.is_some_and(|order| operator.holds(order)) {
                            dates.push(event.date);
                        }
                    }
                },
            }
        }
        let complete_until = complete_until(&self.facts.complete, kind, from);
        let complete = complete_until.is_some_and(|until| until >= self.as_of);
        let missing =
            |attribute| unknown(Lacking::missing(Missing::Event { kind: kind.clone(), attribute }));
        let (truth, lacking) = if !dates.is_empty() {
            (Truth::Met, Lacking::default())
        } else if unqualified.is_some() {
            missing(unqualified)
        } else if complete {
            (Truth::NotMet, Lacking::default())
        } else {
            missing(None)
        };
        let complete_until = complete_until.filter(|_| !complete);
        ConditionResult {
            truth,
            lacking,
            test: Test::Happened { happened, from, dates, complete_until },
        }
    }

    /// Whether an event of the kind is one of the wanted kind, itself or as a narrower one.
    fn counts_as(&self, kind: &str, wanted: &str) -> bool {
        let wider = || self.rulebook.catalogue.event(kind).map(|event| &event.counts_as);
        kind == wanted || wider().is_some_and(|wider| wider.iter().any(|id| id == wanted))
    }
}

impl Window {
    /// The first day on which an event counts.
    pub fn start(self, as_of: Date, base_year: i16) -> Date {
        match self {
            Self::Months(months) => months_before(as_of, months),
            Self::SinceStartOf(offset) => {
                let year = base_year.saturating_add(offset);
                Date::new(year, 1, 1).unwrap_or(Date::MIN)
            }
        }
    }
}

/// The last day up to which, from `from` on without a hole, all events of the kind are listed.
pub fn complete_until(declared: &[Completeness], kind: &str, from: Date) -> Option<Date> {
    let mut declared: Vec<_> =
        declared.iter().filter(|complete| complete.kind == kind || complete.kind == "*").collect();
    declared.sort_by_key(|complete| complete.from);
    let mut until: Option<Date> = None;
    for complete in declared {
        let joins = match (complete.from, until) {
            (None, _) => true,
            (Some(start), None) => start <= from,
            (Some(start), Some(until)) => until.tomorrow().is_ok_and(|next| start <= next),
        };
        if joins && complete.until >= from {
            until = until.max(Some(complete.until));
        }
    }
    until
}

/// One amount held against another.
pub(crate) fn held_against(operator: Operator, left: &Amount, right: &Amount) -> (Truth, Lacking) {
    match (left, right) {
        (Amount::Known(number), Amount::Known(limit)) => {
            let order = match limit {
                Number::Exact(limit) => number.compare(*limit),
                Number::Growth { .. } => None,
            };
            match order {
                Some(order) => (Truth::from(operator.holds(order)), Lacking::default()),
                None => unknown(Lacking { missing: Vec::new(), pending: vec![Pending::TooWide] }),
            }
        }
        (left, right) => unknown(left.lacking().and(right.lacking())),
    }
}

/// Whether a choice of which these options are possible is one of the admitted; `None` if that is open.
pub(crate) fn inside(possible: &[usize], admitted: &[usize]) -> Option<bool> {
    let inside = possible.iter().filter(|option| admitted.contains(option)).count();
    (inside == possible.len() || inside == 0).then_some(inside > 0).filter(|_| !possible.is_empty())
}

fn unknown(lacking: Lacking) -> (Truth, Lacking) {
    (Truth::Unknown(lacking.why()), lacking)
}

/// A group's truth; it lacks what its unknown parts lack, as long as it is unknown itself.
fn group<'r>(truth: Truth, test: Test<'r>) -> ConditionResult<'r> {
    let mut lacking = Lacking::default();
    if truth.unknown().is_some()
        && let Test::All(parts) | Test::AtLeast(_, parts) = &test
    {
        for part in parts.iter().filter(|part| part.truth.unknown().is_some()) {
            lacking = lacking.and(part.lacking.clone());
        }
    }
    ConditionResult { truth, lacking, test }
}

/// How far the left side is from the edge.
fn distance(operator: Operator, left: &Amount, right: &Amount) -> Option<Distance> {
    let (Amount::Known(left), Amount::Known(right)) = (left, right) else { return None };
    let (value, edge) = (left.shown()?, right.shown()?);
    let short = match operator {
        Operator::AtLeast | Operator::MoreThan => edge.minus(value)?,
        Operator::AtMost | Operator::LessThan => value.minus(edge)?,
        Operator::Equal => {
            let difference = value.minus(edge)?;
            if difference.is_negative() { difference.negated()? } else { difference }
        }
    };
    Some(Distance { absolute: short, ppm: relative_shortfall(operator, value, edge) })
}
