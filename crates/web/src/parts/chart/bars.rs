//! Bars, one below the other, of one part or of several: for what is compared by length.

use askama::Template;

use super::{Unit, share};
use crate::lang::Say;
use crate::parts::Tone;

/// Bars. With several series their parts stand behind one another.
#[derive(Template)]
#[template(path = "parts/bars.html")]
pub(crate) struct Bars {
    pub say: Say,
    pub title: String,
    pub unit: Unit,
    /// What the parts of each bar are, with their colours; of one part, what the bars are.
    pub series: Vec<(String, Tone)>,
    pub bars: Vec<Bar>,
    /// Whether every bar fills the width, so that shares are compared and not sizes.
    pub filled: bool,
}

/// A bar.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    pub label: String,
    pub to: Option<String>,
    /// One for each of the series.
    pub values: Vec<i64>,
}

/// A part as it is drawn.
struct Piece {
    from: i64,
    width: i64,
    tone: Tone,
    said: String,
}

impl Bar {
    fn total(&self) -> i64 {
        self.values.iter().fold(0, |sum, value| sum.saturating_add((*value).max(0)))
    }
}

impl Bars {
    fn most(&self, bar: &Bar) -> i64 {
        if self.filled {
            return bar.total();
        }
        self.bars.iter().map(Bar::total).max().unwrap_or_default()
    }

    fn pieces(&self, bar: &Bar) -> Vec<Piece> {
        let most = self.most(bar);
        let mut from = 0;
        let mut pieces = Vec::new();
        for ((name, tone), value) in self.series.iter().zip(&bar.values) {
            let width = share(*value, most).min(1000 - from);
            if width > 0 {
                let said = format!("{name} {}", self.unit.full(*value, self.say));
                pieces.push(Piece { from, width, tone: *tone, said });
            }
            from += width;
        }
        pieces
    }

    fn total(&self, bar: &Bar) -> String {
        self.unit.short(bar.total(), self.say)
    }

    fn full(&self, value: &i64) -> String {
        self.unit.full(*value, self.say)
    }

    fn unit_name(&self) -> String {
        self.unit.name(self.say)
    }

    fn is_stacked(&self) -> bool {
        self.series.len() > 1
    }
}
