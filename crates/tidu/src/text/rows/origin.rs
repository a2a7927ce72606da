//! Where a fact came from, or what can be said about its lack.

use enterprise::Text;
use rules::{Lacking, Missing, Operand, Origin};

use super::Rows;
use crate::words::quantity::{self, Years};
use crate::words::{gap, provenance};

impl Rows<'_> {
    /// Where an operand came from.
    pub(crate) fn origin(&self, operand: &Operand<'_>) -> Text {
        let indicator = &operand.fact.indicator;
        match &operand.origin {
            Origin::Given(source) | Origin::GivenDate(_, source) => provenance::source(source),
            Origin::Computed(_) => match self.rulebook.formulas.get(&indicator.id) {
                Some(formula) => {
                    let words = quantity::quantity(formula, Years::Unsaid);
                    Text::new(format!("= {}", words.zh), format!("= {}", words.en))
                }
                None => Text::new("计算得出", "computed"),
            },
            Origin::Assumed(assume) => Text::new(
                format!("假定：{}", assume.reason.zh),
                format!("assumed: {}", assume.reason.en),
            ),
            Origin::BeforeFounding => Text::new("当年尚未成立", "before the founding"),
            Origin::Missing { older: Some(older) } => {
                let year = operand.year.map(|year| year.to_string()).unwrap_or_default();
                Text::new(
                    format!("{older} 年有数据，但不能代替 {year} 年"),
                    format!("{older} is known but cannot stand for {year}"),
                )
            }
            Origin::Missing { older: None } => from_whom(&indicator.source),
        }
    }

    /// Where to find what is lacking first.
    pub(super) fn where_to_find(&self, lacking: &Lacking) -> Text {
        if let Some(pending) = lacking.pending.first() {
            return gap::pending(pending);
        }
        let Some(Missing::Fact { key, .. }) = lacking.missing.first() else {
            return Text::default();
        };
        let indicator = self.rulebook.catalogue.indicator(&key.indicator);
        indicator.map(|indicator| from_whom(&indicator.source)).unwrap_or_default()
    }
}

fn from_whom(source: &Text) -> Text {
    if source.zh.is_empty() {
        return Text::default();
    }
    Text::new(format!("来自{}", source.zh), format!("from: {}", source.en))
}
