//! What the loops say, column by column, in buffers that are used again for the next batch.

use rules::{Path, Population, Verdict, Why};
use screening::RowAnswer;

/// No criterion is decided against.
pub(super) const NOTHING: u8 = u8::MAX;

/// The results of a batch.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// By programme.
    pub programmes: Vec<Columns>,
}

/// The results of one programme, row by row.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Bits: eligible, ineligible, undetermined for lack of data, for a pending word.
    pub verdict: Vec<u8>,
    /// The population, from 0 in the order of the law's words; bit 3: a direct path.
    pub population: Vec<u8>,
    /// Hundredths of points; empty without a score.
    pub low: Vec<i32>,
    /// Likewise.
    pub high: Vec<i32>,
    /// One bit per leaf.
    pub not_met: Vec<u16>,
    /// Likewise.
    pub unknown: Vec<u16>,
    /// Parts per million; negative: none.
    pub shortfall: Vec<i32>,
    /// The criterion at the top that lacks least, else the first that is not met; 255 if none.
    pub nearest: Vec<u8>,
    /// Rows whose shortfall needs more room: row and parts per million.
    pub far: Vec<(usize, i64)>,
    scored: bool,
}

impl Output {
    /// Makes room for the results of so many rows.
    pub(super) fn reset(&mut self, scored: impl Iterator<Item = bool>, rows: usize) {
        let mut at = 0;
        for scored in scored {
            if self.programmes.len() == at {
                self.programmes.push(Columns::default());
            }
            if let Some(columns) = self.programmes.get_mut(at) {
                columns.reset(scored, rows);
            }
            at += 1;
        }
        self.programmes.truncate(at);
    }

    /// The answer for one row, to be held against others'.
    pub fn answer(&self, programme: usize, row: usize) -> Option<RowAnswer> {
        let columns = self.programmes.get(programme)?;
        let verdict = *columns.verdict.get(row)?;
        let population = *columns.population.get(row)?;
        let bit = |bit: u8| verdict >> bit & 1 == 1;
        let direct = population & 8 != 0;
        let short = match *columns.shortfall.get(row)? {
            i32::MAX => columns.far.iter().find(|(of, _)| *of == row).map(|(_, ppm)| *ppm),
            ppm => (ppm >= 0).then(|| i64::from(ppm)),
        };
        let score =
            || Some((i64::from(*columns.low.get(row)?), i64::from(*columns.high.get(row)?)));
        Some(RowAnswer {
            case: 0,
            verdict: match (bit(0), bit(1)) {
                (true, _) => Verdict::Eligible,
                (_, true) => Verdict::Ineligible,
                _ => Verdict::Undetermined(Why { data: bit(2), judgement: bit(3), open: false }),
            },
            population: match population & 7 {
                0 => Population::Eligible,
                1 => Population::JudgementPending,
                2 => Population::OneShort,
                3 => Population::LackOfData,
                _ => Population::No,
            },
            score: score().filter(|_| columns.scored),
            path: if direct { Some(Path::Direct) } else { columns.scored.then_some(Path::Scored) },
            not_met: vec![u64::from(*columns.not_met.get(row)?)],
            unknown: vec![u64::from(*columns.unknown.get(row)?)],
            shortfall: short,
            nearest: columns.nearest.get(row).filter(|of| **of != NOTHING).map(|of| (*of).into()),
            missing: Vec::new(),
        })
    }

    /// A number that depends on every verdict and every bit of a mask: to hold two runs against each other.
    pub fn digest(&self) -> u64 {
        self.programmes.iter().fold(0, |sum, columns| {
            let rows = columns.verdict.iter().zip(&columns.not_met).zip(&columns.unknown);
            rows.fold(sum, |sum, ((verdict, not_met), unknown)| {
                let row =
                    u64::from(*verdict) << 32 | u64::from(*not_met) << 16 | u64::from(*unknown);
                sum.rotate_left(5).wrapping_add(row)
            })
        })
    }
}

impl Columns {
    fn reset(&mut self, scored: bool, rows: usize) {
        self.scored = scored;
        self.verdict.resize(rows, 0);
        self.population.resize(rows, 0);
        self.not_met.resize(rows, 0);
        self.unknown.resize(rows, 0);
        self.shortfall.resize(rows, 0);
        self.nearest.resize(rows, 0);
        self.low.resize(if scored { rows } else { 0 }, 0);
        self.high.resize(if scored { rows } else { 0 }, 0);
        self.far.clear();
    }
}
