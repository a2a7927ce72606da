//! Where a fact came from, or what can be said about its lack.

use std::collections::BTreeMap;

use enterprise::{Facts, Source, Text};
use jiff::civil::Date;
use rules::{Lacking, Missing, Operand, Origin};

use super::rows::Explainer;
use crate::quantity::{self, Years};
use crate::{gap, provenance};

impl Explainer<'_> {
    /// Where an operand came from.
    pub(super) fn origin(&self, operand: &Operand<'_>) -> Text {
        let indicator = &operand.fact.indicator;
        match &operand.origin {
            Origin::Given(source) | Origin::GivenDate(_, source) => self.source(source),
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
            Origin::Missing { .. } if self.withheld.contains(&indicator.id) => withheld(),
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

    /// A source that is not the common one.
    pub(super) fn source(&self, source: &Source) -> Text {
        if self.common.as_ref() == Some(source) {
            return Text::default();
        }
        provenance::source(source)
    }

    /// Where to find what is lacking first.
    pub(super) fn where_to_find(&self, lacking: &Lacking) -> Text {
        if let Some(pending) = lacking.pending.first() {
            return gap::pending(pending);
        }
        let Some(Missing::Fact { key, .. }) = lacking.missing.first() else {
            return Text::default();
        };
        if self.withheld.contains(&key.indicator) {
            return withheld();
        }
        let indicator = self.rulebook.catalogue.indicator(&key.indicator);
        indicator.map(|indicator| from_whom(&indicator.source)).unwrap_or_default()
    }
}

/// The source that more than half of the facts share.
pub fn common_source(facts: &Facts) -> Option<&Source> {
    let sources = || facts.iter().map(|(_, fact)| &fact.source);
    let mut counted: BTreeMap<(&str, Option<Date>), usize> = BTreeMap::new();
    for source in sources() {
        let name = source.name.as_deref().unwrap_or_default();
        *counted.entry((name, source.known)).or_default() += 1;
    }
    let ((name, known), count) = counted.into_iter().max_by_key(|(_, count)| *count)?;
    let is_it = |source: &&Source| source.name.as_deref() == Some(name) && source.known == known;
    (count * 2 > sources().count()).then(|| sources().find(is_it)).flatten()
}

fn withheld() -> Text {
    Text::new("税务数据，不向您显示", "a tax figure, not shown to you")
}

fn from_whom(source: &Text) -> Text {
    if source.zh.is_empty() {
        return Text::default();
    }
    Text::new(format!("来自{}", source.zh), format!("from: {}", source.en))
}
