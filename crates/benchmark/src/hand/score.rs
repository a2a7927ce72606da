//! Score tables for a block: bounds, whether marks are reached, and how far they are.

use super::compare::NONE;
use super::lanes::{BLOCK, Bits, Lanes, Row, WORDS, each_row};
use super::truth::{Group, Truth};
use crate::plain::{Bands, Plain, Score};

/// A score table's results for a block.
pub(super) struct Scored {
    pub low: Row<f32>,
    pub high: Row<f32>,
    pub truth: [Truth; WORDS],
    pub measured: [Truth; WORDS],
    /// Parts per million by which the farthest mark is missed.
    pub short: Row<f32>,
}

/// What is known of an amount, for score items.
pub(super) struct Open {
    pub data: Bits,
    pub judged: Bits,
}

/// The bounds of a part of the table.
#[derive(Clone, Copy)]
struct Bounds {
    low: Row<f32>,
    high: Row<f32>,
    /// As low as it gets if every pending word were favourable.
    favourable: Row<f32>,
    data: Bits,
    judged: Bits,
}

const NOTHING: Bounds = Bounds {
    low: [0.0; BLOCK],
    high: [0.0; BLOCK],
    favourable: [0.0; BLOCK],
    data: [0; WORDS],
    judged: [0; WORDS],
};

impl Scored {
    pub fn new() -> Self {
        let none = [Truth::default(); WORDS];
        Self {
            low: [0.0; BLOCK],
            high: [0.0; BLOCK],
            truth: none,
            measured: none,
            short: [NONE; BLOCK],
        }
    }

    /// Adds up a table. `points` has the points of each table of bands, `open` each amount's holes.
    pub fn add_up(
        &mut self,
        lanes: Lanes,
        plain: &Plain,
        score: &Score,
        points: &[Row<f32>],
        open: &[Open],
    ) {
        let mut total = NOTHING;
        let mut truth = [Group::default(); WORDS];
        let mut measured = [Group::default(); WORDS];
        let mut farthest = [-1.0; BLOCK];
        for group in &score.groups {
            let mut part = NOTHING;
            for item in &group.items {
                let (Some(bands), Some(points)) = (plain.bands.get(*item), points.get(*item))
                else {
                    continue;
                };
                if let Some(open) = open.get(bands.amount) {
                    part.add(lanes, bands, points, open);
                }
            }
            if let Some(floor) = group.floor {
                part.hold(lanes, floor, &mut truth, &mut measured, &mut farthest);
            }
            total.join(lanes, &part);
        }
        total.hold(lanes, score.pass, &mut truth, &mut measured, &mut farthest);
        self.low = total.low;
        self.high = total.high;
        self.truth = truth.map(Group::all);
        self.measured = measured.map(Group::all);
        lanes.map(&farthest, &mut self.short, move |ppm: f32| if ppm < 0.0 { NONE } else { ppm });
    }
}

impl Bounds {
    fn add(&mut self, lanes: Lanes, bands: &Bands, points: &Row<f32>, open: &Open) {
        let span = (bands.most() - bands.base) as f32;
        lanes.fold(points, &mut self.low, move |sum: f32, won| sum + won);
        lanes.fold(points, &mut self.high, move |sum: f32, won| sum + won);
        lanes.fold(points, &mut self.favourable, move |sum: f32, won| sum + won);
        for word in 0..WORDS {
            self.data[word] |= open.data[word];
            self.judged[word] |= open.judged[word];
        }
        let mut all = [0; WORDS];
        let mut pending = [0; WORDS];
        for word in 0..WORDS {
            all[word] = open.data[word] | open.judged[word];
            pending[word] = open.judged[word] & !open.data[word];
        }
        each_row(&all, |row| self.high[row] += span);
        each_row(&pending, |row| self.favourable[row] += span);
    }

    fn join(&mut self, lanes: Lanes, part: &Self) {
        lanes.fold(&part.low, &mut self.low, move |sum: f32, more| sum + more);
        lanes.fold(&part.high, &mut self.high, move |sum: f32, more| sum + more);
        lanes.fold(&part.favourable, &mut self.favourable, move |sum: f32, more| sum + more);
        for word in 0..WORDS {
            self.data[word] |= part.data[word];
            self.judged[word] |= part.judged[word];
        }
    }

    /// Holds the bounds against a mark.
    fn hold(
        &self,
        lanes: Lanes,
        mark: i64,
        truth: &mut [Group; WORDS],
        measured: &mut [Group; WORDS],
        farthest: &mut Row<f32>,
    ) {
        let at = mark as f32;
        let reached = lanes.rows(&self.low, move |points| points >= at);
        let possible = lanes.rows(&self.high, move |points| points >= at);
        let favourable = lanes.rows(&self.favourable, move |points| points >= at);
        for word in 0..WORDS {
            let open = possible[word] & !reached[word];
            truth[word].add(Truth {
                met: reached[word],
                not_met: !possible[word],
                data: open & self.data[word],
                judged: open & self.judged[word],
            });
            measured[word].add(Truth {
                met: favourable[word],
                not_met: !possible[word],
                data: possible[word] & !favourable[word],
                judged: 0,
            });
        }
        let scale = f64::from(at);
        lanes.fold(&self.high, farthest, move |most: f32, high| {
            // Both are small whole numbers: the quotient is rounded once, and never up to a whole number.
            let ppm = ((scale - f64::from(high)) * 1e6 / scale).ceil() as f32;
            if high < at && ppm > most { ppm } else { most }
        });
    }
}
