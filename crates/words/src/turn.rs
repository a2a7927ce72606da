//! What would turn a verdict, in words.

use enterprise::Text;
use rules::{Assessment, Test, Turn, ways_to_turn};

use crate::condition::{compare, tested};
use crate::quantity::Years;
use crate::{amounts, join};

/// Ways that are looked at for the tightest ones.
const MOST: usize = 64;

/// A way to turn a verdict: `营业收入 2025 ≥ 5000 万元 ＋ …`.
pub fn way(way: &[Turn<'_, '_>], base_year: i16) -> Text {
    let parts: Vec<Text> = way
        .iter()
        .map(|turn| match turn.test {
            Some(result) => tested(&result.test, Years::From(base_year), turn.to_met),
            None => {
                let label = &turn.criterion.label;
                if turn.to_met {
                    Text::new(format!("{}：符合", label.zh), format!("{}: met", label.en))
                } else {
                    Text::new(format!("{}：不符合", label.zh), format!("{}: not met", label.en))
                }
            }
        })
        .collect();
    join(&parts, "  ＋  ", "  +  ")
}

/// The comparisons that alone would end an eligible verdict, the nearest to their edges first; at most so many.
pub fn least_to_spare(assessment: &Assessment<'_>, base_year: i16, most: usize) -> Vec<Text> {
    let ways = ways_to_turn(assessment, MOST);
    let alone = ways.iter().filter_map(|way| match way.as_slice() {
        [turn] => turn.test,
        _ => None,
    });
    let mut compared: Vec<(i64, Text)> = alone
        .filter_map(|result| match &result.test {
            Test::Compare(compared) => Some(compared),
            _ => None,
        })
        .filter_map(|compared| {
            let (distance, comparison) = (compared.distance?, compared.comparison);
            let words = compare(comparison, Years::From(base_year));
            let far = amounts::distance(&distance, comparison.operator, &comparison.measure);
            let words =
                Text::new(format!("{}：{}", words.zh, far.zh), format!("{}: {}", words.en, far.en));
            Some((distance.ppm?.saturating_abs(), words))
        })
        .collect();
    compared.sort_by_key(|(ppm, _)| *ppm);
    compared.into_iter().take(most).map(|(_, words)| words).collect()
}
