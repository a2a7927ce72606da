//! Values in the second column: an amount, a date, or the word for its lack.

use enterprise::Text;
use rules::{Amount, Exact, Lacking, Measure, Operand, Origin};

use crate::amounts;

/// The value of an amount without an edge beside it.
pub fn value_of(amount: &Amount, measure: &Measure) -> Text {
    value_beside(amount, None, measure)
}

/// The value of an amount beside the edge that it is held against.
pub(super) fn value_beside(amount: &Amount, edge: Option<Exact>, measure: &Measure) -> Text {
    match amount {
        Amount::Known(number) => match number.shown() {
            Some(shown) => amounts::readable_beside(shown, edge, measure),
            None => Text::default(),
        },
        Amount::Absent(_) => Text::new("无", "none"),
        Amount::Lacking(lacking) => missing_word(lacking),
    }
}

/// The value of an operand: a date for a dated fact.
pub(super) fn operand_value(operand: &Operand<'_>) -> Text {
    match (&operand.origin, &operand.amount) {
        (Origin::GivenDate(date, _), _) => Text::new(date.to_string(), date.to_string()),
        (_, amount) => value_of(amount, &Measure::of(&operand.fact.indicator.kind)),
    }
}

/// The word for a lack: missing for what can be looked up, pending for what somebody has to say.
pub(super) fn missing_word(lacking: &Lacking) -> Text {
    let why = lacking.why();
    if why.data || (!why.judgement && !why.open) {
        Text::new("缺", "missing")
    } else if why.open {
        Text::new("未公开", "not public")
    } else {
        Text::new("待定", "pending")
    }
}
