//! The numbers of rounds, and a round with one of them moved by a step.

use rules::Round;

use crate::example::nudge::{Knob, criteria_knobs, next_day, nudge_criteria};

/// A number of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RoundKnob {
    /// The first day of the window.
    From,
    /// The last day of the window.
    To,
    /// The first or last day of the n-th stage.
    Stage(usize, bool),
    /// The base year that it pins.
    BaseYear,
    /// A threshold or window of its criteria.
    Criterion(Knob),
}

pub(crate) fn round_knobs(round: &Round) -> Vec<RoundKnob> {
    let mut knobs = vec![RoundKnob::From, RoundKnob::To];
    let stages = 0..round.stages.len();
    knobs
        .extend(stages.flat_map(|stage| [true, false].map(|first| RoundKnob::Stage(stage, first))));
    knobs.extend(round.base_year.map(|_| RoundKnob::BaseYear));
    knobs.extend(criteria_knobs(&round.criteria).into_iter().map(RoundKnob::Criterion));
    knobs
}

pub(crate) fn nudge_round(round: &mut Round, knob: &RoundKnob, up: bool) {
    match knob {
        RoundKnob::From => round.from = next_day(round.from, up),
        RoundKnob::To => round.to = next_day(round.to, up),
        RoundKnob::Stage(index, first) => {
            let Some(stage) = round.stages.get_mut(*index) else { return };
            let day = if *first { &mut stage.from } else { &mut stage.to };
            *day = next_day(*day, up);
        }
        RoundKnob::BaseYear => {
            round.base_year = round.base_year.map(|year| year + if up { 1 } else { -1 });
        }
        RoundKnob::Criterion(knob) => nudge_criteria(&mut round.criteria, knob, up),
    }
}

impl RoundKnob {
    /// The number as people can find it.
    pub fn name(&self) -> String {
        match self {
            Self::From => "window.from".to_owned(),
            Self::To => "window.to".to_owned(),
            Self::Stage(index, true) => format!("stages[{}].from", index + 1),
            Self::Stage(index, false) => format!("stages[{}].to", index + 1),
            Self::BaseYear => "base_year".to_owned(),
            Self::Criterion(knob) => knob.name(),
        }
    }
}
