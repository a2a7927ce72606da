//! What a plan may change, each as one whole number: a value in stored units, a flag as 0 or 1, a
//! choice by its place. Holds no rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use enterprise::{FactKey, Indicator, Kind, Moves, Value};

use crate::condition::{Condition, Holds};
use crate::plan::cost::Cost;
use crate::score::ScoreItem;

/// A place in the table of variables.
pub(in crate::plan) type Place = usize;

/// The values of all variables.
pub(in crate::plan) type Values = Vec<i64>;

/// A trusted test is left alone, taken as met, or taken as not met.
pub(in crate::plan) const LEFT: i64 = 0;
pub(in crate::plan) const TAKEN_MET: i64 = 1;
pub(in crate::plan) const TAKEN_NOT_MET: i64 = 2;

/// Points that nobody vouches for yet.
pub(in crate::plan) const NO_POINTS: i64 = i64::MIN;

/// What may change.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Variable<'r> {
    pub what: What<'r>,
    /// Where it stands if nothing is done.
    pub start: i64,
    /// What counts as touched once: variables of one indicator share this.
    pub touch: usize,
}

/// What kind of thing may change.
#[derive(Debug, Clone)]
pub(in crate::plan) enum What<'r> {
    /// A fact that the firm can change.
    Fact { key: FactKey, indicator: Arc<Indicator>, low: i64, high: i64 },
    /// A title to be won.
    Title(&'r Holds),
    /// A test that nobody can tell for lack of data.
    Test(&'r Condition),
    /// Points that nobody can tell for lack of data.
    Points(&'r ScoreItem),
}

/// The table of variables, in the order in which the law names them.
#[derive(Debug, Default)]
pub(in crate::plan) struct Variables<'r> {
    list: Vec<Variable<'r>>,
    facts: BTreeMap<FactKey, Place>,
    titles: BTreeMap<String, Place>,
    touches: BTreeMap<String, usize>,
    touched: usize,
}

impl<'r> Variables<'r> {
    pub fn list(&self) -> &[Variable<'r>] {
        &self.list
    }

    pub fn get(&self, place: Place) -> Option<&Variable<'r>> {
        self.list.get(place)
    }

    /// The variable of a fact that is in the table.
    pub fn place(&self, key: &FactKey) -> Option<Place> {
        self.facts.get(key).copied()
    }

    pub fn start(&self) -> Values {
        self.list.iter().map(|variable| variable.start).collect()
    }

    pub fn fact(&mut self, key: FactKey, indicator: &Arc<Indicator>, start: i64) -> Place {
        let touch = match self.touches.get(&indicator.id) {
            Some(touch) => *touch,
            None => {
                let touch = self.fresh();
                self.touches.insert(indicator.id.clone(), touch);
                touch
            }
        };
        let (low, high) = bounds(indicator);
        let what = What::Fact { key: key.clone(), indicator: Arc::clone(indicator), low, high };
        let place = self.add(Variable { what, start, touch });
        self.facts.insert(key, place);
        place
    }

    pub fn title(&mut self, holds: &'r Holds) -> Place {
        if let Some(place) = self.titles.get(&holds.programme) {
            return *place;
        }
        let touch = self.fresh();
        let place = self.add(Variable { what: What::Title(holds), start: 0, touch });
        self.titles.insert(holds.programme.clone(), place);
        place
    }

    pub fn test(&mut self, condition: &'r Condition) -> Place {
        let same =
            |known: &Variable<'r>| matches!(known.what, What::Test(other) if other == condition);
        if let Some(place) = self.list.iter().position(same) {
            return place;
        }
        let touch = self.fresh();
        self.add(Variable { what: What::Test(condition), start: LEFT, touch })
    }

    pub fn points(&mut self, item: &'r ScoreItem) -> Place {
        let touch = self.fresh();
        self.add(Variable { what: What::Points(item), start: NO_POINTS, touch })
    }

    /// What these values cost.
    pub fn cost(&self, values: impl Iterator<Item = (Place, i64)>) -> Cost {
        let mut touched = Vec::new();
        let mut sum = Cost::NONE;
        for (place, value) in values {
            let Some(variable) = self.get(place).filter(|known| known.start != value) else {
                continue;
            };
            sum = sum + variable.distance(value);
            if !touched.contains(&variable.touch) {
                touched.push(variable.touch);
                sum = sum + variable.touching(value);
            }
        }
        sum
    }

    fn fresh(&mut self) -> usize {
        self.touched += 1;
        self.touched - 1
    }

    fn add(&mut self, variable: Variable<'r>) -> Place {
        self.list.push(variable);
        self.list.len() - 1
    }
}

impl Variable<'_> {
    /// Whether touching it only takes something on trust.
    pub fn is_trust(&self) -> bool {
        matches!(self.what, What::Test(_) | What::Points(_))
    }

    /// Whether the value hopes for something out of the ordinary: that an event happened. Of bad
    /// events one may trust that there were none, of good ones not that there was one.
    pub fn is_hope(&self, value: i64) -> bool {
        matches!(self.what, What::Test(Condition::Happened(_))) && value == TAKEN_MET
    }

    /// What it costs to touch it at all.
    fn touching(&self, value: i64) -> Cost {
        match &self.what {
            _ if self.is_hope(value) => Cost::TITLE,
            What::Fact { indicator, .. } => Cost::effort(indicator.effort.unwrap_or(0)),
            What::Title(_) => Cost::TITLE,
            What::Test(_) | What::Points(_) => Cost::TRUSTED,
        }
    }

    /// How far `value` is from where it stands: the difference as a part of the larger of the two.
    pub fn distance(&self, value: i64) -> Cost {
        const WHOLE: i128 = 1_000_000;
        if value == self.start {
            return Cost::NONE;
        }
        let (now, start) = (i128::from(value), i128::from(self.start));
        let part = match &self.what {
            What::Fact { indicator, high, .. } => {
                let size = match indicator.kind {
                    Kind::Flag | Kind::Choice(_) => i128::from(*high),
                    _ => start.abs().max(now.abs()),
                };
                ((now - start).abs() * WHOLE + size - 1).checked_div(size).unwrap_or(WHOLE)
            }
            // The fewer points are taken on trust, the better.
            What::Points(item) => now.max(0) * WHOLE / i128::from(item.max.0.max(1)),
            What::Title(_) | What::Test(_) => 0,
        };
        Cost::relative(u64::try_from(part).unwrap_or(u64::MAX))
    }

    /// Which way it may move from where it is now: a change is never taken back.
    pub fn may_move(&self, from: i64) -> (bool, bool) {
        let What::Fact { indicator, .. } = &self.what else { return (true, true) };
        (
            indicator.moves != Moves::Down && from >= self.start,
            indicator.moves != Moves::Up && from <= self.start,
        )
    }
}

fn bounds(indicator: &Indicator) -> (i64, i64) {
    match &indicator.kind {
        Kind::Flag => (0, 1),
        Kind::Choice(options) => (0, i64::try_from(options.len()).unwrap_or(1) - 1),
        _ => indicator.range.unwrap_or((0, i64::MAX / 1_000_000)),
    }
}

/// A value as the whole number of a variable.
pub(super) fn stored(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Flag(flag) => Some(i64::from(*flag)),
        Value::Choice(choice) => i64::try_from(*choice).ok(),
        Value::Date(_) | Value::Code(_) => None,
    }
}
