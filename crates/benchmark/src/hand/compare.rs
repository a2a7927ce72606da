//! Comparisons with edges and points by bands, for a block of rows.
//!
//! A quotient of two exact numbers, rounded once, never changes sides with a rounded edge; it can only
//! fall on it. Where the divisor is small enough even that cannot happen, so one comparison in floating
//! point is exact. A block with larger numbers is decided row by row in whole numbers.

use std::cmp::Ordering;

use rules::Operator;

use super::amounts::{EXACT, Figure};
use super::exact;
use super::input::Input;
use super::lanes::{BLOCK, Bits, Lanes, Row, WORDS, each_row};
use crate::plain::{Amount, Bands, Comparison, Edge, Plain, common};

/// Shortfalls from here on are not exact in the narrow numbers that they are kept in.
pub(super) const FAR: f32 = 16_777_216.0;
/// Nothing that could be measured.
pub(super) const NONE: f32 = f32::INFINITY;
/// Rounding moves a relative shortfall by less than this.
const DOUBT: f64 = 1e-7;

/// A block as it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Place<'i> {
    pub plain: &'i Plain,
    pub input: &'i Input<'i>,
    /// The first row of the block within the batch.
    pub start: usize,
    pub lanes: Lanes,
}

/// The rows in which a known amount satisfies an edge.
pub(super) fn met(
    place: Place<'_>,
    figure: &Figure,
    amount: usize,
    operator: Operator,
    edge: Edge,
) -> Bits {
    if !is_exact(place.plain, figure, amount, edge) {
        let mut bits = [0; WORDS];
        each_row(&figure.known, |row| {
            let order = exact::compare(place.plain, place.input, amount, edge, place.start + row);
            if order.is_some_and(|order: Ordering| operator.holds(order)) {
                bits[row / 64] |= 1 << (row % 64);
            }
        });
        return bits;
    }
    let at = edge.numerator as f64 / edge.denominator as f64;
    let lanes = place.lanes;
    match operator {
        Operator::AtLeast => lanes.rows(&figure.values, move |value| value >= at),
        Operator::MoreThan => lanes.rows(&figure.values, move |value| value > at),
        Operator::AtMost => lanes.rows(&figure.values, move |value| value <= at),
        Operator::LessThan => lanes.rows(&figure.values, move |value| value < at),
        Operator::Equal => lanes.rows(&figure.values, move |value| value == at),
    }
}

/// Whether floating point decides exactly in this block.
fn is_exact(plain: &Plain, figure: &Figure, amount: usize, edge: Edge) -> bool {
    let factor = match plain.amounts.get(amount) {
        Some(Amount::Ratio(..) | Amount::Growth(..)) => edge.numerator.unsigned_abs().max(1),
        _ => 1,
    };
    let bound = figure.used.checked_next_power_of_two().unwrap_or(u64::MAX);
    bound.checked_mul(factor).is_some_and(|bound| bound <= EXACT)
}

/// By how much the rows that are not met fall short.
pub(super) fn short(
    place: Place<'_>,
    figure: &Figure,
    comparison: Comparison,
    met: &Bits,
    to: &mut Row<f32>,
) {
    let Comparison { amount, operator, edge } = comparison;
    let whole = matches!(
        place.plain.amounts.get(amount),
        Some(Amount::Value(_) | Amount::Sum(..) | Amount::Years(_))
    );
    if edge.numerator <= 0 {
        to.fill(NONE);
        return;
    }
    let lanes = place.lanes;
    // Turned so that what is short lies below the edge.
    let sign = match operator {
        Operator::AtMost | Operator::LessThan => -1.0,
        _ => 1.0,
    };
    let strict = matches!(operator, Operator::MoreThan | Operator::LessThan);
    let at = edge.numerator as f64 / edge.denominator as f64;
    let slow = if whole {
        let shared = common(1_000_000, edge.numerator.unsigned_abs());
        let (parts, size) = (1_000_000 / shared, edge.numerator.unsigned_abs() / shared);
        let bound = figure.used.checked_next_power_of_two().unwrap_or(u64::MAX);
        let widest = bound.saturating_add(edge.numerator.unsigned_abs()).saturating_mul(parts);
        let (parts, size, sum) = (parts as f64, size as f64, widest.saturating_add(size));
        let (share, half) = (1.0 / size, size - 0.5);
        lanes.map(&figure.values, to, move |value| {
            let below = (at - value) * sign;
            let ppm = ((below * parts + half) * share).floor() as f32;
            if below > 0.0 || (strict && below == 0.0) { ppm } else { NONE }
        });
        sum > EXACT
    } else {
        let scale = 1e6 * edge.denominator as f64 / edge.numerator as f64;
        lanes.map(&figure.values, to, move |value| {
            let below = (at - value) * sign;
            let ppm = ((1e6 - value * scale) * sign).ceil() as f32;
            if below > 0.0 || (strict && below == 0.0) { ppm } else { NONE }
        });
        let doubt = lanes.rows(&figure.values, move |value| {
            let ppm = 1e6 - value * scale;
            (ppm - ppm.round_ties_even()).abs() < DOUBT && value != 0.0
        });
        let mut rows = [0; WORDS];
        for (word, bits) in rows.iter_mut().enumerate() {
            *bits = doubt[word] & figure.known[word] & !met[word];
        }
        mend(place, comparison, &rows, to);
        !is_exact(place.plain, figure, amount, edge)
    };
    if slow {
        to.fill(NONE);
        let mut rows = [0; WORDS];
        for (word, bits) in rows.iter_mut().enumerate() {
            *bits = figure.known[word] & !met[word];
        }
        mend(place, comparison, &rows, to);
    }
}

fn mend(place: Place<'_>, comparison: Comparison, rows: &Bits, to: &mut Row<f32>) {
    each_row(rows, |row| {
        let exact = exact::shortfall(place.plain, place.input, comparison, place.start + row);
        to[row] = exact.map_or(NONE, |ppm| ppm as f32);
    });
}

/// Points by bands; the fewest where the amount is not known.
pub(super) fn points(place: Place<'_>, figure: &Figure, bands: &Bands, to: &mut Row<f32>) {
    *to = [bands.base as f32; BLOCK];
    for (edge, more) in &bands.edges {
        let more = *more as f32;
        if is_exact(place.plain, figure, bands.amount, *edge) {
            let at = edge.numerator as f64 / edge.denominator as f64;
            if bands.operator == Operator::AtMost {
                place.lanes.fold(&figure.values, to, move |won: f32, value| {
                    won + if value <= at { more } else { 0.0 }
                });
            } else {
                place.lanes.fold(&figure.values, to, move |won: f32, value| {
                    won + if value >= at { more } else { 0.0 }
                });
            }
        } else {
            let reached = met(place, figure, bands.amount, bands.operator, *edge);
            each_row(&reached, |row| to[row] += more);
        }
    }
}
