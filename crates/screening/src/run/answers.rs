//! From the statuses of a block to the answer columns of a programme. Mirrors the summary of the
//! evaluator.

use rules::{Path, Population, Why};

use super::missing::Fields;
use super::short::{FAR, NONE};
use super::{Block, Values};
use crate::bits::{BLOCK, Bits};
use crate::lanes::{Lanes, Row};
use crate::plan::{CasePlan, ProgrammePlan, TestId};
use crate::results::{Columns, code};
use crate::truths::Truths;
use crate::work::Work;

/// A plane of a status.
type Plane = fn(&Truths) -> &Bits;
/// Masks of an answer.
type Side = fn(&mut Columns) -> &mut Vec<Vec<u64>>;

impl Values {
    /// Answers a programme for the block's rows.
    pub fn answer(
        &self,
        block: &Block<'_>,
        (place, programme): (usize, &ProgrammePlan),
        of_kind: Bits,
        columns: &mut Columns,
        (work, fields): (&mut Work, &mut Fields),
    ) {
        let held = self.titles.get(programme.title).map_or(Bits::NONE, |title| title.yes);
        let rows = of_kind & block.live;
        for (index, case) in programme.cases.iter().enumerate() {
            let mut own = Bits::NONE;
            if programme.otherwise == Some(index) {
                own |= rows.but(held);
            }
            if programme.when_held == Some(index) {
                own |= rows & held;
            }
            if !own.any() {
                continue;
            }
            // Who is not of this case has to be there, too.
            if own != block.live {
                columns.extend_to(block.start + block.len, &programme.screened, block.full);
            }
            self.case(block, place, (index, case), own, columns, (&mut *work, &mut *fields));
        }
        columns.extend_to(block.start + block.len, &programme.screened, block.full);
    }

    fn case(
        &self,
        block: &Block<'_>,
        place: usize,
        (index, case): (usize, &CasePlan),
        rows: Bits,
        columns: &mut Columns,
        (work, fields): (&mut Work, &mut Fields),
    ) {
        let mut truths = *self.truths(case.verdict);
        if case.open {
            truths = Truths::all_rows(rules::Truth::Unknown(Why::OPEN));
        }
        // Nothing applies: a person has to look, since nothing was tested.
        let untested = !truths.applies();
        truths.unknown |= untested;
        truths.why.judgement |= untested;

        let lanes = self.lanes;
        let mut out = Out { block, columns, lanes, rows, all: rows == block.live };
        let Truths { met: _, not_met, unknown, why } = truths;
        let (data, judgement, open) =
            (why.data & unknown, why.judgement & unknown, why.open & unknown);
        let populations = self.populations(case, &truths);
        let direct = case.direct.iter().fold(Bits::NONE, |rows, id| rows | self.truths(*id).met);
        // Two and the sum of its reasons (see `code::verdict`), in binary; then the population; then the path.
        let mut codes: Row<u8> = [0; BLOCK];
        let planes = [
            &(not_met | data),
            &unknown.but(judgement),
            &((judgement ^ open) & unknown),
            &(judgement & open),
            &populations[0],
            &populations[1],
            &populations[2],
            &direct,
        ];
        lanes.bytes(planes, &mut codes);
        out.write(&codes, |columns| Some(&mut columns.verdict), |codes| codes & 0xF);
        out.write(&codes, |columns| Some(&mut columns.population), |codes| codes >> 4 & 0x7);
        let otherwise = code::path(case.total.map(|_| Path::Scored));
        let directly = code::path(Some(Path::Direct));
        let path = move |codes| if codes & 0x80 != 0 { directly } else { otherwise };
        out.write(&codes, |columns| Some(&mut columns.path), path);
        let index = u8::try_from(index).unwrap_or(u8::MAX);
        out.write(&codes, |columns| Some(&mut columns.case), move |_| index);
        if let Some(total) = case.total.and_then(|total| self.won(total)) {
            out.write(&total.low, |columns| Some(&mut columns.low), |points| points);
            out.write(&total.high, |columns| Some(&mut columns.high), |points| points);
        }
        self.masks(case, &mut out);
        if !block.full {
            return;
        }
        self.shortfalls(block, case, &truths, &mut out);
        let lacking = rows & truths.unknown & truths.why.data;
        self.work(block, place, case, lacking, columns, (work, fields));
    }

    /// The code of the population, in binary.
    fn populations(&self, case: &CasePlan, truths: &Truths) -> [Bits; 3] {
        let (mut once, mut twice) = (Bits::NONE, Bits::NONE);
        let (mut open, mut judged_down) = (Bits::NONE, Bits::NONE);
        for (truth, measured, _) in &case.criteria {
            let measured = self.truths(*measured);
            twice |= once & measured.not_met;
            once |= measured.not_met;
            open |= measured.unknown;
            judged_down |= self.truths(*truth).not_met.but(measured.not_met);
        }
        let lacking = if case.criteria.is_empty() { Bits::ALL } else { open | once };
        let one_short = once.but(twice | open | judged_down);
        let mut planes = [Bits::NONE; 3];
        for (rows, population) in [
            (truths.not_met & one_short, Population::OneShort),
            (truths.not_met.but(one_short), Population::No),
            (truths.unknown & lacking, Population::LackOfData),
            (truths.unknown.but(lacking), Population::JudgementPending),
            (truths.met, Population::Eligible),
        ] {
            let code = code::population(population);
            for (bit, plane) in planes.iter_mut().enumerate() {
                if code >> bit & 1 == 1 {
                    *plane |= rows;
                }
            }
        }
        planes
    }

    fn shortfalls(
        &self,
        block: &Block<'_>,
        case: &CasePlan,
        truths: &Truths,
        out: &mut Out<'_, '_>,
    ) {
        let missed = |truth: TestId| self.truths(truth).not_met.but(truths.met);
        let criteria = case.criteria.iter().zip(0..).filter_map(|((truth, _, short), index)| {
            let short = (*short).and_then(|id| self.shorts.get(id))?;
            let rows = missed(*truth) & block.live;
            rows.any().then(|| (short.row(), rows, index))
        });
        let criteria: Vec<(&Row<i32>, Bits, i32)> = criteria.collect();
        let none = (NONE, i32::from(code::NOTHING_MISSED));
        let [best, mut which] = self.lanes.nearest(&criteria, none);
        let far = self.lanes.rows(&best, |ppm| ppm == FAR);
        // Where nothing can be measured, the first that is not met.
        let mut left = self.lanes.rows(&best, |ppm| ppm == NONE).but(truths.met) & out.rows;
        for ((truth, ..), index) in case.criteria.iter().zip(0..) {
            let rows = missed(*truth) & left;
            if rows.any() {
                self.lanes.put(&rows, index, &mut which);
                left = left.but(rows);
            }
        }
        let widened = |ppm| if ppm == NONE { code::NO_SHORTFALL } else { i64::from(ppm) };
        out.write(&best, |columns| Some(&mut columns.shortfall), widened);
        out.write(&which, |columns| Some(&mut columns.nearest), |place| place as u16);
        for row in (far & out.rows).rows() {
            let exact =
                case.criteria.iter().zip(0u16..).filter_map(|((truth, _, short), index)| {
                    let short = short.filter(|_| missed(*truth).get(row))?;
                    Some((self.short_exactly(block, short, row)?, index))
                });
            let (ppm, index) = exact.min().unwrap_or((code::NO_SHORTFALL, code::NOTHING_MISSED));
            let row = block.start + row;
            if let (Some(short), Some(nearest)) =
                (out.columns.shortfall.get_mut(row), out.columns.nearest.get_mut(row))
            {
                (*short, *nearest) = (ppm, index);
            }
        }
    }

    /// One bit for each leaf: planes of rows become words of leaves.
    fn masks(&self, case: &CasePlan, out: &mut Out<'_, '_>) {
        let sides: [(Plane, Side); 2] = [
            (|truths| &truths.not_met, |columns| &mut columns.not_met),
            (|truths| &truths.unknown, |columns| &mut columns.unknown),
        ];
        for (plane, side) in sides {
            for (word, leaves) in case.leaves.chunks(64).enumerate() {
                let half = |leaves: &[TestId]| {
                    let mut words: Row<i32> = [0; BLOCK];
                    for (leaf, bit) in leaves.iter().zip(0..) {
                        let own = 1i32.wrapping_shl(bit);
                        self.lanes.mark(plane(self.truths(*leaf)), own, &mut words);
                    }
                    words
                };
                let (low, high) = leaves.split_at(leaves.len().min(32));
                let wide = |half: i32| u64::from(half as u32);
                if high.is_empty() {
                    out.write(&half(low), |columns| side(columns).get_mut(word), wide);
                    continue;
                }
                let mut words: Row<u64> = [0; BLOCK];
                self.lanes.zip(&half(low), &mut words, move |half, _| wide(half));
                self.lanes.zip(&half(high), &mut words, move |half, low| wide(half) << 32 | low);
                out.write(&words, |columns| side(columns).get_mut(word), |word| word);
            }
        }
    }

    fn work(
        &self,
        block: &Block<'_>,
        place: usize,
        case: &CasePlan,
        rows: Bits,
        columns: &mut Columns,
        (work, fields): (&mut Work, &mut Fields),
    ) {
        if !rows.any() {
            return;
        }
        fields.clear();
        self.missing(block, &case.tree, rows, fields);
        if columns.missing.is_some() {
            fields.sort();
        }
        let (mut once, mut twice) = (Bits::NONE, Bits::NONE);
        for (_, bits) in fields.missing() {
            twice |= once & *bits;
            once |= *bits;
        }
        let alone = once.but(twice);
        let (mut lists, mut others) = (Bits::NONE, Bits::NONE);
        for (field, bits) in fields.missing() {
            if work.is_list(field) {
                lists |= *bits;
            } else {
                others |= *bits;
            }
            let [alone, together] = self.lanes.count([*bits & alone, bits.but(alone)]);
            work.add(place, field, alone, together);
            if let Some(missing) = &mut columns.missing {
                for row in bits.rows() {
                    if let Some(own) = missing.get_mut(block.start + row) {
                        own.push(field);
                    }
                }
            }
        }
        let [alone, together] = self.lanes.count([lists.but(others), lists & others]);
        work.add_lists(place, alone, together);
    }
}

/// Where the rows of a block are written to.
struct Out<'a, 'b> {
    block: &'a Block<'a>,
    columns: &'b mut Columns,
    lanes: Lanes,
    rows: Bits,
    /// Every row of the block is answered by this case.
    all: bool,
}

impl Out<'_, '_> {
    /// Writes a value for each row of the case.
    fn write<T: Copy, U: Copy>(
        &mut self,
        values: &Row<T>,
        to: impl FnOnce(&mut Columns) -> Option<&mut Vec<U>>,
        turn: impl Fn(T) -> U + Copy,
    ) {
        let here = self.block.start..self.block.start + self.block.len;
        let Some(to) = to(self.columns) else { return };
        if self.all && to.len() == here.start {
            return self.lanes.push(values, here.len(), to, turn);
        }
        let Some(to) = to.get_mut(here) else { return };
        if self.all {
            return self.lanes.zip(values, to, move |value, _| turn(value));
        }
        for row in self.rows.rows() {
            if let (Some(to), Some(value)) = (to.get_mut(row), values.get(row)) {
                *to = turn(*value);
            }
        }
    }
}
