//! The answers of one programme for every row, as far as lists and counts ask for them.

use rules::{Population, Verdict};
use screening::{Columns, code};

/// What a row's shortfall is where there is none that could be measured.
const NO_SHORTFALL: i32 = i32::MAX;

/// The answers of one programme, a place for each row.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    case: Vec<u8>,
    verdict: Vec<u8>,
    pub(crate) population: Vec<u8>,
    nearest: Vec<u16>,
    shortfall: Vec<i32>,
    /// Empty without a score.
    low: Vec<i32>,
    high: Vec<i32>,
}

/// Where a row stands in a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The place of the case in [`screening::Screened::cases`].
    pub case: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// The population.
    pub population: Population,
    /// The place of the nearest criterion that is missed.
    pub nearest: Option<usize>,
    /// By how much of its edge it is missed, in parts per million; the largest number stands for all above it.
    pub shortfall: Option<i32>,
    /// The lowest and the highest total that are still possible, in hundredths of a point.
    pub score: Option<(i32, i32)>,
}

impl Answers {
    /// Adds the answers of the next rows.
    pub(crate) fn add(&mut self, columns: Columns) {
        let Columns { case, verdict, population, low, high, shortfall, nearest, .. } = columns;
        self.case.extend(case);
        self.verdict.extend(verdict);
        self.population.extend(population);
        self.nearest.extend(nearest);
        self.shortfall.extend(shortfall.into_iter().map(|ppm| {
            if ppm == code::NO_SHORTFALL {
                NO_SHORTFALL
            } else {
                i32::try_from(ppm).unwrap_or(NO_SHORTFALL - 1)
            }
        }));
        self.low.extend(low);
        self.high.extend(high);
    }

    /// Where a row stands; none if no text of the law governs it.
    pub fn of(&self, row: u32) -> Option<Standing> {
        let row = usize::try_from(row).ok()?;
        let case = self.case.get(row).copied().filter(|case| *case != code::NO_CASE)?;
        let nearest = self.nearest.get(row).filter(|place| **place != code::NOTHING_MISSED);
        let score = self.low.get(row).copied().zip(self.high.get(row).copied());
        Some(Standing {
            case: usize::from(case),
            verdict: code::to_verdict(*self.verdict.get(row)?),
            population: code::to_population(*self.population.get(row)?),
            nearest: nearest.map(|place| usize::from(*place)),
            shortfall: self.shortfall.get(row).copied().filter(|ppm| *ppm != NO_SHORTFALL),
            score,
        })
    }

    /// The number of a row's population in the order in which people read them, if it is governed.
    pub(crate) fn population_of(&self, row: u32) -> Option<u8> {
        let row = usize::try_from(row).ok()?;
        self.case.get(row).filter(|case| **case != code::NO_CASE)?;
        self.population.get(row).copied()
    }
}
