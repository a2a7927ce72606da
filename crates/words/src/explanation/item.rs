//! An item of a score table: the value that was scored, and the band it fell in or the entries that hold.

use enterprise::Text;
use rules::{Amount, ItemResult, ScaleFinding, Truth};

use super::rows::Explainer;
use super::value_of;
use crate::amounts::points;
use crate::score::{Part, parts};
use crate::{gap, join};

/// What was found for an item by one of its scales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The value that was scored; empty for a scale over conditions.
    pub value: Text,
    /// The band it fell in, the entries that hold, or what is missing.
    pub reason: Text,
}

impl Explainer<'_> {
    /// What was found for an item, scale by scale; scales that do not matter any more are left out.
    pub fn item(&self, item: &ItemResult<'_>) -> Vec<Scored> {
        let open = item.low != item.high;
        let all = parts(item);
        // The better scale has decided; the other one is of no interest.
        let told = all.iter().enumerate().filter(|(at, part)| open || *at == 0 || is_known(part));
        told.map(|(_, part)| {
            let mut scored = self.scored(part, item);
            if let Some(label) = part.label {
                scored.reason.zh.insert_str(0, &format!("{}：", label.zh));
                scored.reason.en.insert_str(0, &format!("{}: ", label.en));
            }
            scored
        })
        .collect()
    }

    fn scored(&self, part: &Part<'_, '_>, item: &ItemResult<'_>) -> Scored {
        match part.finding {
            ScaleFinding::Value(amount, operands) => {
                let value = match part.quantity() {
                    Some((_, measure)) => value_of(amount, &measure),
                    None => Text::default(),
                };
                let band = part.band().unwrap_or_else(|| {
                    let pending = item.lacking.pending.first().map(gap::pending);
                    pending.unwrap_or_else(|| self.missing(item))
                });
                let origin = operands.first().filter(|_| operands.len() == 1);
                let origin = origin.map(|operand| self.origin(operand)).unwrap_or_default();
                let known = matches!(amount, Amount::Known(_));
                let reason = if known && !origin.zh.is_empty() {
                    join(&[band, origin], " · ", " · ")
                } else {
                    band
                };
                Scored { value, reason }
            }
            ScaleFinding::Entries(results) => {
                let named = |truth: fn(Truth) -> bool| {
                    let entries = part.entries().iter().zip(results);
                    let found = entries.filter(|(_, result)| truth(result.truth));
                    found
                        .map(|(entry, _)| {
                            let points = points(entry.points);
                            Text::new(
                                format!("{}（{points}）", entry.label.zh),
                                format!("{} ({points})", entry.label.en),
                            )
                        })
                        .collect::<Vec<_>>()
                };
                let met = named(|truth| truth == Truth::Met);
                let open = named(|truth| truth.unknown().is_some());
                let mut parts = Vec::new();
                if !met.is_empty() {
                    parts.push(join(&met, "、", ", "));
                }
                if !open.is_empty() && item.low != item.high {
                    let open = join(&open, "、", ", ");
                    parts.push(Text::new(
                        format!("待定：{}", open.zh),
                        format!("undecided: {}", open.en),
                    ));
                }
                if parts.is_empty() {
                    parts.push(Text::new("均不满足", "none holds"));
                }
                Scored { value: Text::default(), reason: join(&parts, "；", "; ") }
            }
        }
    }

    fn missing(&self, item: &ItemResult<'_>) -> Text {
        let missing: Vec<Text> =
            item.lacking.missing.iter().map(|one| gap::missing(one, self.rulebook)).collect();
        if missing.is_empty() {
            return Text::default();
        }
        if !item.lacking.why().data && item.lacking.why().open {
            return Text::new("标准未公开", "standard not public");
        }
        let list = join(&missing, "、", ", ");
        Text::new(format!("缺 {}", list.zh), format!("missing: {}", list.en))
    }
}

fn is_known(part: &Part<'_, '_>) -> bool {
    !matches!(part.finding, ScaleFinding::Value(Amount::Lacking(_), _))
}
