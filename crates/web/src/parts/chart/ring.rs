//! A ring: parts of one whole, a handful of them.

use askama::Template;

use super::Unit;
use crate::lang::Say;
use crate::parts::Tone;
use crate::parts::figure::Figure;

/// A ring with its parts, beginning at the top.
#[derive(Template)]
#[template(path = "parts/ring.html")]
pub(crate) struct Ring {
    pub say: Say,
    pub title: String,
    pub unit: Unit,
    pub slices: Vec<Slice>,
}

/// A part.
#[derive(Clone, Debug)]
pub(crate) struct Slice {
    pub label: String,
    pub value: i64,
    pub tone: Tone,
    pub to: Option<String>,
}

/// A part as it is drawn, in thousandths of the way round.
struct Arc {
    tone: Tone,
    from: i64,
    length: i64,
    said: String,
}

impl Ring {
    fn whole(&self) -> i64 {
        self.slices.iter().fold(0, |sum, slice| sum.saturating_add(slice.value.max(0)))
    }

    fn arcs(&self) -> Vec<Arc> {
        let whole = i128::from(self.whole().max(1));
        let mut before: i128 = 0;
        let mut arcs = Vec::new();
        for slice in &self.slices {
            let from = before * 1000 / whole;
            before += i128::from(slice.value.max(0));
            let length = before * 1000 / whole - from;
            if length > 0 {
                arcs.push(Arc {
                    tone: slice.tone,
                    from: i64::try_from(from).unwrap_or_default(),
                    length: i64::try_from(length).unwrap_or_default(),
                    said: format!("{} {}", slice.label, self.unit.full(slice.value, self.say)),
                });
            }
        }
        arcs
    }

    fn total(&self) -> String {
        self.unit.short(self.whole(), self.say)
    }

    fn full(&self, value: &i64) -> String {
        self.unit.full(*value, self.say)
    }

    fn percent(&self, value: &i64) -> String {
        let whole = i128::from(self.whole().max(1));
        let ppm = i128::from((*value).max(0)) * 1_000_000 / whole;
        format!("{}%", Figure::percent(i64::try_from(ppm).unwrap_or_default()).shown(1))
    }

    fn unit_name(&self) -> String {
        self.unit.name(self.say)
    }
}
