//! One value, made as its column says.

use crate::cast::Cast;
use crate::column::{Column, Make};
use crate::draw::{ratio, spread};
use crate::ranks::EntityKind;

/// The value of a row in a column. `made` gives what other columns came to.
pub(crate) fn value(column: &Column, cast: &Cast, today: i32, made: impl Fn(usize) -> i64) -> i64 {
    let class = cast.class;
    let firm = || column.firm.of(cast.row);
    let year = || column.year.of(cast.row);
    let drawn = match &column.make {
        Make::EntityKind(options) => {
            let place = match cast.kind {
                EntityKind::SoleTrader => 0,
                EntityKind::Cooperative => 1,
                EntityKind::Enterprise => 2,
            };
            return options.get(place).copied().unwrap_or(0);
        }
        Make::District(options) => {
            return options.get(cast.district).copied().flatten().unwrap_or(0);
        }
        Make::Industry => return i64::try_from(cast.industry).unwrap_or(0),
        Make::Founded => return i64::from(cast.founded),
        Make::Since { early } => {
            let mut dice = firm();
            let founded = i64::from(cast.founded);
            if dice.chance(early.of(class)) {
                return founded - dice.between(1, 1_500);
            }
            // Most firms do from the first year on what they do now.
            let age = i64::from(today) - founded;
            let latest = if dice.chance(600) { age.min(400) } else { age };
            return founded + dice.between(0, latest.max(0));
        }
        Make::Log { unit, median, spread: doublings, none } => {
            let mut dice = if column.indicator.one_off { year() } else { firm() };
            if dice.chance(none.of(class)) {
                0
            } else {
                let median = median.of(class).saturating_mul(*unit);
                spread(median, doublings.of(class), dice.normal())
            }
        }
        Make::Before { later, growth, swing } => {
            // Firms that grow do so for years.
            let lasting = firm().about(0, swing.of(class) / 2);
            let rate = year().about(growth.of(class).saturating_add(lasting), swing.of(class));
            ratio(made(*later), 1_000, 1_000 + rate.clamp(-700, 4_000))
        }
        Make::Part { of, share, spread, low, high } => {
            let deviation = spread.of(class).saturating_mul(1_000);
            let lasting = firm().about(share.of(class).saturating_mul(1_000), deviation);
            let share = year().about(lasting, deviation / 5);
            ratio(made(*of), share.clamp(low * 1_000, high * 1_000), 1_000_000)
        }
        Make::Times { of, ratio: per_mille, spread: doublings } => {
            let factor = lasting(column, cast, per_mille.of(class) * 1_000, doublings.of(class));
            ratio(made(*of), factor, 1_000_000)
        }
        Make::Per { of, unit, each, spread: doublings } => {
            let each =
                lasting(column, cast, each.of(class).saturating_mul(*unit), doublings.of(class));
            ratio(made(*of), 1, each).max(1)
        }
        Make::Normal { unit, mean, spread } => {
            let deviation = spread.of(class).saturating_mul(*unit);
            let lasting = firm().about(mean.of(class).saturating_mul(*unit), deviation);
            year().about(lasting, deviation / 4)
        }
        Make::Yes { share } => return i64::from(firm().chance(share.of(class))),
        Make::Option { weights, options } => {
            let drawn = weights.draw(class, &mut firm());
            return options.get(drawn).copied().unwrap_or(0);
        }
    };
    drawn.clamp(column.range.0, column.range.1)
}

/// A log-normal figure that is the firm's and moves a little from year to year.
fn lasting(column: &Column, cast: &Cast, median: i64, doublings: i64) -> i64 {
    let lasting = spread(median, doublings, column.firm.of(cast.row).normal());
    spread(lasting, doublings / 8, column.year.of(cast.row).normal())
}
