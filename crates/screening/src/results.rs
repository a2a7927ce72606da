//! What a screening says of a batch, by columns of small numbers.

use rules::{Path, Population, Verdict};

use crate::answer::RowAnswer;
use crate::screened::Screened;

/// The answers for a batch of subjects.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// How many subjects.
    pub rows: usize,
    /// By programme, in the order in which they were added.
    pub programmes: Vec<Columns>,
    /// The choices that were asked for beside them: for each subject the option's index;
    /// [`code::NO_CLASS`] where it cannot be told.
    pub classes: Vec<Vec<u8>>,
}

/// The answers of one programme, a place for each subject. What the numbers mean: [`code`].
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// The place of the case; [`code::NO_CASE`] if none governs the subject.
    pub case: Vec<u8>,
    /// The verdict with the reasons of an undetermined one.
    pub verdict: Vec<u8>,
    /// The population.
    pub population: Vec<u8>,
    /// The path.
    pub path: Vec<u8>,
    /// The fewest points that are still possible, in hundredths; empty without a score table.
    pub low: Vec<i32>,
    /// The most.
    pub high: Vec<i32>,
    /// Leaves that are not met: a column for each 64 of them.
    pub not_met: Vec<Vec<u64>>,
    /// Leaves that are unknown.
    pub unknown: Vec<Vec<u64>>,
    /// The nearest shortfall in parts per million; [`code::NO_SHORTFALL`] if there is none. Empty, as
    /// the next, if only verdicts are asked for.
    pub shortfall: Vec<i64>,
    /// The place of its criterion at the top, else of the first that is not met;
    /// [`code::NOTHING_MISSED`] if all are.
    pub nearest: Vec<u16>,
    /// The fields that are missing, if they were asked for.
    pub missing: Option<Vec<Vec<usize>>>,
}

/// The numbers in the columns.
pub mod code {
    use rules::{Path, Population, Verdict, Why};

    /// No text of the law governs the subject.
    pub const NO_CASE: u8 = u8::MAX;
    /// No criterion is decided against.
    pub const NOTHING_MISSED: u16 = u16::MAX;
    /// Which option it is cannot be told.
    pub const NO_CLASS: u8 = u8::MAX;
    /// There is no shortfall that could be measured.
    pub const NO_SHORTFALL: i64 = i64::MAX;

    /// 0 eligible, 1 ineligible, from 2 on undetermined with the sum of its reasons.
    pub fn verdict(verdict: Verdict) -> u8 {
        match verdict {
            Verdict::Eligible => 0,
            Verdict::Ineligible => 1,
            Verdict::Undetermined(why) => 2 + reason(why),
        }
    }

    /// 1 data, 2 judgement, 4 open, added up.
    pub fn reason(why: Why) -> u8 {
        u8::from(why.data) + 2 * u8::from(why.judgement) + 4 * u8::from(why.open)
    }

    /// The verdict of a number.
    pub fn to_verdict(code: u8) -> Verdict {
        match code {
            0 => Verdict::Eligible,
            1 => Verdict::Ineligible,
            more => {
                let reason = more - 2;
                let has = |bit| reason & bit != 0;
                Verdict::Undetermined(Why { data: has(1), judgement: has(2), open: has(4) })
            }
        }
    }

    const POPULATIONS: [Population; 5] = [
        Population::Eligible,
        Population::JudgementPending,
        Population::OneShort,
        Population::LackOfData,
        Population::No,
    ];

    /// In the order in which people read them.
    pub fn population(population: Population) -> u8 {
        match population {
            Population::Eligible => 0,
            Population::JudgementPending => 1,
            Population::OneShort => 2,
            Population::LackOfData => 3,
            Population::No => 4,
        }
    }

    /// The population of a number.
    pub fn to_population(code: u8) -> Population {
        POPULATIONS.get(usize::from(code)).copied().unwrap_or(Population::No)
    }

    /// 0 none, 1 direct, 2 scored.
    pub fn path(path: Option<Path>) -> u8 {
        match path {
            None => 0,
            Some(Path::Direct) => 1,
            Some(Path::Scored) => 2,
        }
    }

    /// The path of a number.
    pub fn to_path(code: u8) -> Option<Path> {
        match code {
            1 => Some(Path::Direct),
            2 => Some(Path::Scored),
            _ => None,
        }
    }
}

impl Results {
    /// The answer for one subject and programme; none if no text of the law governs it.
    pub fn answer(&self, programme: usize, row: usize, screened: &Screened) -> Option<RowAnswer> {
        self.programmes.get(programme)?.answer(row, screened)
    }
}

impl Columns {
    /// Room for so many subjects, none of them there yet.
    pub(crate) fn new(rows: usize, screened: &Screened, (full, missing): (bool, bool)) -> Self {
        fn room<T>(rows: usize, wanted: bool) -> Vec<T> {
            if wanted { Vec::with_capacity(rows) } else { Vec::new() }
        }
        let scored = screened.is_scored();
        let masks = || (0..screened.mask_words()).map(|_| room(rows, true)).collect();
        Self {
            case: room(rows, true),
            verdict: room(rows, true),
            population: room(rows, true),
            path: room(rows, true),
            low: room(rows, scored),
            high: room(rows, scored),
            not_met: masks(),
            unknown: masks(),
            shortfall: room(rows, full),
            nearest: room(rows, full),
            missing: missing.then(|| vec![Vec::new(); rows]),
        }
    }

    /// Subjects up to so many, the new ones not answered.
    pub(crate) fn extend_to(&mut self, rows: usize, screened: &Screened, full: bool) {
        self.case.resize(rows, code::NO_CASE);
        for codes in [&mut self.verdict, &mut self.population, &mut self.path] {
            codes.resize(rows, 0);
        }
        if screened.is_scored() {
            self.low.resize(rows, 0);
            self.high.resize(rows, 0);
        }
        for mask in self.not_met.iter_mut().chain(&mut self.unknown) {
            mask.resize(rows, 0);
        }
        if full {
            self.shortfall.resize(rows, code::NO_SHORTFALL);
            self.nearest.resize(rows, code::NOTHING_MISSED);
        }
    }

    /// The answer for one subject.
    pub fn answer(&self, row: usize, screened: &Screened) -> Option<RowAnswer> {
        let at = |codes: &Vec<u8>| codes.get(row).copied();
        let case = usize::from(at(&self.case).filter(|case| *case != code::NO_CASE)?);
        let known = screened.cases.get(case)?;
        let words = known.leaves.len().div_ceil(64);
        let mask = |columns: &Vec<Vec<u64>>| {
            columns.iter().take(words).filter_map(|word| word.get(row).copied()).collect()
        };
        let points = |points: &Vec<i32>| points.get(row).map(|points| i64::from(*points));
        let ppm = self.shortfall.get(row).filter(|ppm| **ppm != code::NO_SHORTFALL);
        let nearest = self.nearest.get(row).filter(|place| **place != code::NOTHING_MISSED);
        let nearest = nearest.map(|place| usize::from(*place));
        Some(RowAnswer {
            case,
            verdict: code::to_verdict(at(&self.verdict)?),
            population: code::to_population(at(&self.population)?),
            score: points(&self.low).zip(points(&self.high)).filter(|_| known.scored),
            path: code::to_path(at(&self.path)?),
            not_met: mask(&self.not_met),
            unknown: mask(&self.unknown),
            shortfall: ppm.copied(),
            nearest,
            missing: self.missing.as_ref().and_then(|m| m.get(row)).cloned().unwrap_or_default(),
        })
    }

    /// Takes the answer of the simple evaluator.
    pub(crate) fn set(&mut self, row: usize, answer: Option<RowAnswer>) {
        let Some(answer) = answer else { return };
        fn put<T>(values: &mut [T], row: usize, value: T) {
            if let Some(own) = values.get_mut(row) {
                *own = value;
            }
        }
        put(&mut self.case, row, u8::try_from(answer.case).unwrap_or(code::NO_CASE));
        put(&mut self.verdict, row, code::verdict(answer.verdict));
        put(&mut self.population, row, code::population(answer.population));
        put(&mut self.path, row, code::path(answer.path));
        let points = |points: i64| {
            i32::try_from(points).unwrap_or(if points < 0 { i32::MIN } else { i32::MAX })
        };
        if let Some((low, high)) = answer.score {
            put(&mut self.low, row, points(low));
            put(&mut self.high, row, points(high));
        }
        for (columns, words) in
            [(&mut self.not_met, answer.not_met), (&mut self.unknown, answer.unknown)]
        {
            for (column, word) in columns.iter_mut().zip(words) {
                put(column, row, word);
            }
        }
        put(&mut self.shortfall, row, answer.shortfall.unwrap_or(code::NO_SHORTFALL));
        let place = answer.nearest.and_then(|place| u16::try_from(place).ok());
        put(&mut self.nearest, row, place.unwrap_or(code::NOTHING_MISSED));
        if let Some(missing) = &mut self.missing {
            put(missing, row, answer.missing);
        }
    }
}

/// In words that a result file uses.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "eligible",
        Verdict::Ineligible => "ineligible",
        Verdict::Undetermined(_) => "undetermined",
    }
}

/// In words that a result file uses.
pub fn population_word(population: Population) -> &'static str {
    match population {
        Population::Eligible => "eligible",
        Population::JudgementPending => "judgement-pending",
        Population::OneShort => "one-short",
        Population::LackOfData => "lack-of-data",
        Population::No => "no",
    }
}

/// In words that a result file uses.
pub fn path_word(path: Path) -> &'static str {
    match path {
        Path::Direct => "direct",
        Path::Scored => "scored",
    }
}
