//! Charts, drawn here and not in the browser. Each has a title, a unit, words for those who do not see it, and its
//! numbers as a table. Lengths are shares of the width at hand, so that text keeps its size on a phone.

mod axis;
mod bars;
mod heat;
mod lines;
mod ring;

pub(crate) use bars::{Bar, Bars};
pub(crate) use heat::{Heat, HeatCell};
pub(crate) use lines::{Line, Lines};
pub(crate) use ring::{Ring, Slice};

use super::figure::{Figure, amount, short};
use crate::Lang;
use crate::lang::Say;

/// What the numbers of a chart are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unit {
    /// How many, with the key of the message that says of what.
    Count(&'static str),
    /// Amounts in fen; axes say 万元 and 亿元.
    Money,
}

impl Unit {
    /// A number in full.
    pub fn full(self, number: i64, say: Say) -> String {
        match self {
            Self::Count(_) => Figure::count(number).to_string(),
            Self::Money => amount(number, say),
        }
    }

    /// A number in few signs.
    pub fn short(self, number: i64, say: Say) -> String {
        match self {
            Self::Count(_) => short(number, say),
            Self::Money => match say.0 {
                Lang::Zh => format!("{}元", short(number / 100, say)),
                Lang::En => format!("CNY {}", short(number / 100, say)),
            },
        }
    }

    /// What it is called beside the title.
    pub fn name(self, say: Say) -> String {
        match self {
            Self::Count(key) => say.t(key),
            Self::Money => say.t("unit.yuan"),
        }
    }
}

/// A part of a whole in thousandths; whatever is there at all is at least visible.
fn share(part: i64, whole: i64) -> i64 {
    if part <= 0 || whole <= 0 {
        return 0;
    }
    let share = i128::from(part) * 1000 / i128::from(whole);
    i64::try_from(share).unwrap_or(1000).clamp(3, 1000)
}
