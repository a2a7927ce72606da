//! An indicator for tests; each says what matters to it.

use enterprise::{Cost, Indicator, Kind, Lack, Moves, Period, Text};

pub(crate) fn indicator(id: &str, label: Text, kind: Kind) -> Indicator {
    Indicator {
        id: id.to_owned(),
        label,
        kind,
        period: Period::Yearly,
        tax: false,
        one_off: false,
        lack: Lack::Data,
        range: None,
        step: 1,
        aliases: Vec::new(),
        note: Text::default(),
        source: Text::default(),
        cost: Cost::Ask,
        effort: Some(1),
        moves: Moves::Either,
        within: None,
        derived: false,
        given: true,
    }
}
