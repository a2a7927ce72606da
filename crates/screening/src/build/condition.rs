//! Conditions as tests of the plan.

use enterprise::Value;
use rules::{
    Comparison, Condition, Exact, FactRef, Happened, Holds, Member, Missing, Operator, Quantity,
    Truth,
};

use super::{Parts, Unsupported, day_number};
use crate::plan::{
    Edge, Event, Fraction, Number, NumberId, OtherChoice, Otherwise, Short, ShortId, Test, TestId,
};

/// A test with the shortfall of those who fail it, where it can be measured.
pub(crate) type Tested = (TestId, Option<ShortId>);

impl<'r> Parts<'_, 'r> {
    pub fn condition(&mut self, condition: &'r Condition) -> Result<Tested, Unsupported> {
        match condition {
            Condition::All(parts) => {
                let parts = self.conditions(parts)?;
                let test = self.plan.test(Test::All(tests(&parts)));
                Ok((test, self.every(parts)))
            }
            Condition::Any(parts) => self.enough(1, parts),
            Condition::AtLeast(k, parts) => self.enough(*k, parts),
            Condition::Not(inner) => {
                let (inner, _) = self.condition(inner)?;
                Ok((self.plan.test(Test::Not(inner)), None))
            }
            Condition::Compare(comparison) => self.comparison(comparison),
            Condition::Member(member) => Ok((self.member(member)?, None)),
            Condition::Flag(fact) => Ok((self.flag(fact), None)),
            Condition::Holds(holds) => Ok((self.holds(holds), None)),
            Condition::Happened(happened) => Ok((self.happened(happened), None)),
        }
    }

    fn conditions(&mut self, parts: &'r [Condition]) -> Result<Vec<Tested>, Unsupported> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn enough(&mut self, k: usize, parts: &'r [Condition]) -> Result<Tested, Unsupported> {
        let parts = self.conditions(parts)?;
        let test = self.plan.test(Test::AtLeast(k, tests(&parts)));
        Ok((test, self.some(k, parts)))
    }

    /// What is lacking where all of these are needed.
    pub fn every(&mut self, parts: Vec<Tested>) -> Option<ShortId> {
        parts.iter().any(|part| part.1.is_some()).then(|| self.plan.short(Short::Every(parts)))
    }

    /// What is lacking where so many of these are needed.
    pub fn some(&mut self, k: usize, parts: Vec<Tested>) -> Option<ShortId> {
        parts.iter().any(|part| part.1.is_some()).then(|| self.plan.short(Short::Enough(k, parts)))
    }

    fn comparison(&mut self, comparison: &'r Comparison) -> Result<Tested, Unsupported> {
        let edge = Edge::from(comparison.operator);
        if let Quantity::CompoundGrowth { end, start, years } = &comparison.left {
            let rate = constant(&comparison.right).ok_or(Unsupported)?;
            let (ratio, test) = self.growth(end, start, *years, edge, rate)?;
            let rate = Fraction::of(rate);
            let short = Short::Growth { ratio, years: *years, edge, rate, test };
            return Ok((test, Some(self.plan.short(short))));
        }
        let left = self.number(&comparison.left)?;
        let right = self.number(&comparison.right)?;
        let test = self.plan.test(Test::Compare { left, edge, right });
        Ok((test, Some(self.plan.short(Short::Compare { left, edge, right, test }))))
    }

    /// A rate over years is held against a limit by its ratio against `(1 + limit)^years`.
    pub fn growth(
        &mut self,
        end: &'r Quantity,
        start: &'r Quantity,
        years: u32,
        edge: Edge,
        rate: Exact,
    ) -> Result<(NumberId, TestId), Unsupported> {
        let (end, start) = (self.number(end)?, self.number(start)?);
        let ratio = self.plan.number(Number::Ratio(end, start));
        let factor = Exact::whole(1).plus(rate).ok_or(Unsupported)?;
        // A ratio is never negative: it lies above whatever stands for a negative factor.
        let limit = if factor.is_negative() {
            Exact::whole(-1)
        } else {
            factor.power(years).ok_or(Unsupported)?
        };
        let right = self.plan.number(Number::Constant(Fraction::of(limit)));
        Ok((ratio, self.plan.test(Test::Compare { left: ratio, edge, right })))
    }

    fn flag(&mut self, fact: &FactRef) -> TestId {
        let year = self.year(fact);
        let otherwise = match self.assumed(fact) {
            Some(Value::Flag(flag)) => Otherwise::Assumed(*flag, year),
            _ => Otherwise::Missing(year, self.lack(fact)),
        };
        let column = self.column(fact);
        self.plan.test(Test::Flag { column, otherwise })
    }

    fn member(&mut self, member: &'r Member) -> Result<TestId, Unsupported> {
        let fact = &member.fact;
        let year = self.year(fact);
        let assumed = match self.assumed(fact) {
            Some(Value::Choice(choice)) => Some(*choice),
            _ => None,
        };
        let classification =
            self.setting.rulebook.classification(&fact.indicator.id, self.setting.as_of);
        let otherwise = match (assumed, classification) {
            (Some(choice), None) => OtherChoice::Plain(Otherwise::Assumed(choice, year)),
            (None, None) => OtherChoice::Plain(Otherwise::Missing(year, self.lack(fact))),
            (None, Some(known)) => OtherChoice::Class(self.classify(known)?),
            (Some(choice), Some(known)) => {
                OtherChoice::AssumedClass(choice, year, self.classify(known)?)
            }
        };
        let column = self.column(fact);
        let admitted = member.options.clone();
        Ok(self.plan.test(Test::Member { column, admitted, otherwise }))
    }

    fn holds(&mut self, holds: &'r Holds) -> TestId {
        let mut titles = Vec::new();
        for programme in &holds.any_of {
            let (title, _) = self.plan.titles.place(programme.clone());
            // So that the work list knows it.
            self.lack_of(Missing::Title(programme.clone()));
            titles.push(self.plan.test(Test::Title(title)));
        }
        self.plan.test(Test::AtLeast(1, titles))
    }

    fn happened(&mut self, happened: &'r Happened) -> TestId {
        let kind = happened.event.id.clone();
        let narrower = self.setting.rulebook.catalogue.events.iter();
        let narrower = narrower.filter(|known| known.counts_as.contains(&kind));
        let mut kinds: Vec<String> = narrower.map(|known| known.id.clone()).collect();
        if !kinds.contains(&kind) {
            kinds.push(kind.clone());
        }
        let attribute = happened.attribute.as_ref().map(|(attribute, operator, limit)| {
            (attribute.id.clone(), Edge::from(*operator), Fraction::of(limit.value))
        });
        let mut field = |attribute: Option<String>| {
            let missing = Missing::Event { kind: kind.clone(), attribute };
            self.lack_of(missing).field.unwrap_or_default()
        };
        let fields = (field(None), attribute.as_ref().map(|(id, ..)| field(Some(id.clone()))));
        let start = happened.window.start(self.setting.as_of, self.setting.base_year);
        let event = Event { kinds, kind, from: day_number(start), attribute, fields };
        let (event, _) = self.plan.events.place(event);
        self.plan.test(Test::Event(event))
    }

    /// The same status everywhere.
    pub fn same(&mut self, truth: Truth) -> TestId {
        self.plan.test(Test::Same(truth.into()))
    }
}

pub(crate) fn tests(parts: &[Tested]) -> Vec<TestId> {
    parts.iter().map(|part| part.0).collect()
}

/// The value of a quantity that needs no facts.
fn constant(quantity: &Quantity) -> Option<Exact> {
    match quantity {
        Quantity::Limit(limit) => Some(limit.value),
        Quantity::Constant(value) => Some(Exact::whole(*value)),
        _ => None,
    }
}

impl Edge {
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        Operator::from(self).holds(order)
    }
}
