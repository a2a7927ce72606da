//! From the statuses of a block to the answer columns of a programme. Mirrors the summary of the
//! evaluator.

use rules::{Path, Population, Verdict, Why};

use super::missing::Fields;
use super::short::{FAR, NONE};
use super::{Block, Values};
use crate::bits::{BLOCK, Bits};
use crate::lanes::Row;
use crate::plan::{CasePlan, ProgrammePlan, TestId};
use crate::results::{Columns, code};
use crate::truths::Truths;
use crate::work::Work;

impl Values {
    /// Answers a programme for the block's rows.
    pub fn answer(
        &self,
        block: &Block<'_>,
        (place, programme): (usize, &ProgrammePlan),
        of_kind: Bits,
        columns: &mut Columns,
        work: &mut Work,
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
            if own.any() {
                self.case(block, place, (index, case), own, columns, work);
            }
        }
    }

    fn case(
        &self,
        block: &Block<'_>,
        place: usize,
        (index, case): (usize, &CasePlan),
        rows: Bits,
        columns: &mut Columns,
        work: &mut Work,
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
        let mut out = Out { block, columns, rows, all: rows == block.live };
        let mut codes: Row<u8> = [0; BLOCK];
        lanes.put(&truths.not_met, code::verdict(Verdict::Ineligible), &mut codes);
        lanes.put(&truths.unknown, code::verdict(Verdict::Undetermined(Why::NONE)), &mut codes);
        for (bits, why) in [
            (truths.why.data, Why::DATA),
            (truths.why.judgement, Why::JUDGEMENT),
            (truths.why.open, Why::OPEN),
        ] {
            let reason = code::reason(why);
            let rows = bits & truths.unknown;
            if rows.any() {
                lanes.merge(
                    &rows,
                    &[reason; BLOCK],
                    &mut codes,
                    #[inline(always)]
                    |a, b| a.wrapping_add(b),
                );
            }
        }
        out.write(&codes, |columns| &mut columns.verdict);

        lanes.put(&Bits::ALL, u8::try_from(index).unwrap_or(u8::MAX), &mut codes);
        out.write(&codes, |columns| &mut columns.case);
        out.write(&self.populations(case, &truths), |columns| &mut columns.population);

        let direct = case.direct.iter().fold(Bits::NONE, |rows, id| rows | self.truths(*id).met);
        let scored = case.total.map(|_| Path::Scored);
        lanes.put(&Bits::ALL, code::path(scored), &mut codes);
        lanes.put(&direct, code::path(Some(Path::Direct)), &mut codes);
        out.write(&codes, |columns| &mut columns.path);
        if let Some(total) = case.total.and_then(|total| self.won(total)) {
            out.write(&total.low, |columns| &mut columns.low);
            out.write(&total.high, |columns| &mut columns.high);
        }
        self.shortfalls(case, &truths, &mut out);
        self.masks(case, &mut out);
        self.work(block, place, case, rows & truths.unknown & truths.why.data, columns, work);
    }

    fn populations(&self, case: &CasePlan, truths: &Truths) -> Row<u8> {
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
        let mut codes = [code::population(Population::No); BLOCK];
        let lanes = self.lanes;
        for (rows, population) in [
            (truths.not_met & one_short, Population::OneShort),
            (truths.unknown & lacking, Population::LackOfData),
            (truths.unknown.but(lacking), Population::JudgementPending),
            (truths.met, Population::Eligible),
        ] {
            if rows.any() {
                lanes.put(&rows, code::population(population), &mut codes);
            }
        }
        codes
    }

    fn shortfalls(&self, case: &CasePlan, truths: &Truths, out: &mut Out<'_, '_>) {
        let mut best: Row<i32> = [NONE; BLOCK];
        let mut which: Row<u16> = [u16::MAX; BLOCK];
        let missed = |truth: TestId| self.truths(truth).not_met.but(truths.met) & out.rows;
        for (index, (truth, _, short)) in case.criteria.iter().enumerate() {
            let Some(short) = short.and_then(|short| self.shorts.get(short)) else { continue };
            let rows = missed(*truth);
            if !rows.any() {
                continue;
            }
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            self.lanes.nearest(&rows, short.row(), index, &mut best, &mut which);
        }
        let far = self.lanes.rows(&best, |ppm| ppm == FAR);
        let mut wide: Row<i64> = [code::NO_SHORTFALL; BLOCK];
        self.lanes.zip(&best, &mut wide, |ppm, none| if ppm == NONE { none } else { i64::from(ppm) });
        for row in far.rows() {
            let exact = case.criteria.iter().zip(0u16..).filter_map(|((truth, _, short), index)| {
                let short = short.filter(|_| missed(*truth).get(row))?;
                Some((self.short_exactly(out.block, short, row)?, index))
            });
            if let (Some((ppm, index)), Some(wide), Some(which)) =
                (exact.min(), wide.get_mut(row), which.get_mut(row))
            {
                (*wide, *which) = (ppm, index);
            }
        }
        out.write(&wide, |columns| &mut columns.shortfall);
        out.write(&which, |columns| &mut columns.nearest);
    }

    /// One bit for each leaf: planes of rows become words of leaves.
    fn masks(&self, case: &CasePlan, out: &mut Out<'_, '_>) {
        for (word, leaves) in case.leaves.chunks(64).enumerate() {
            let mut not_met: Row<u64> = [0; BLOCK];
            let mut unknown: Row<u64> = [0; BLOCK];
            let planes =
                |pick: fn(&Truths) -> &Bits| leaves.iter().map(move |id| pick(self.truths(*id)));
            if leaves.len() <= 32 {
                let both = planes(|truths| &truths.not_met)
                    .chain((leaves.len()..32).map(|_| &Bits::NONE))
                    .chain(planes(|truths| &truths.unknown));
                self.lanes.turn(both, &mut not_met);
                self.lanes.zip(
                    &not_met,
                    &mut unknown,
                    #[inline(always)]
                    |both, _| both >> 32,
                );
                self.lanes.zip(
                    &[(); BLOCK],
                    &mut not_met,
                    #[inline(always)]
                    |(), both| both & 0xFFFF_FFFF,
                );
            } else {
                self.lanes.turn(planes(|truths| &truths.not_met), &mut not_met);
                self.lanes.turn(planes(|truths| &truths.unknown), &mut unknown);
            }
            out.write_word(&not_met, |columns| columns.not_met.get_mut(word));
            out.write_word(&unknown, |columns| columns.unknown.get_mut(word));
        }
    }

    fn work(
        &self,
        block: &Block<'_>,
        place: usize,
        case: &CasePlan,
        rows: Bits,
        columns: &mut Columns,
        work: &mut Work,
    ) {
        if !rows.any() {
            return;
        }
        let mut fields = Fields::new(block.plan.fields.len());
        self.missing(block, &case.tree, rows, &mut fields);
        let (mut once, mut twice) = (Bits::NONE, Bits::NONE);
        for bits in &fields.0 {
            twice |= once & *bits;
            once |= *bits;
        }
        let alone = once.but(twice);
        for (field, bits) in fields.0.iter().enumerate().filter(|(_, bits)| bits.any()) {
            work.add(place, field, (*bits & alone).count(), bits.but(alone).count());
            if let Some(missing) = &mut columns.missing {
                for row in bits.rows() {
                    if let Some(own) = missing.get_mut(block.start + row) {
                        own.push(field);
                    }
                }
            }
        }
    }
}

/// Where the rows of a block are written to.
struct Out<'a, 'b> {
    block: &'a Block<'a>,
    columns: &'b mut Columns,
    rows: Bits,
    /// Every row of the block is answered by this case.
    all: bool,
}

impl Out<'_, '_> {
    fn write<T: Copy>(&mut self, values: &Row<T>, to: impl Fn(&mut Columns) -> &mut Vec<T>) {
        let Self { block, rows, all, .. } = *self;
        copy(block, &rows, all, values, to(self.columns));
    }

    fn write_word(
        &mut self,
        values: &Row<u64>,
        to: impl Fn(&mut Columns) -> Option<&mut Vec<u64>>,
    ) {
        let Self { block, rows, all, .. } = *self;
        if let Some(to) = to(self.columns) {
            copy(block, &rows, all, values, to);
        }
    }
}

fn copy<T: Copy>(block: &Block<'_>, rows: &Bits, all: bool, values: &Row<T>, to: &mut [T]) {
    let Some(to) = to.get_mut(block.start..block.start + block.len) else { return };
    if all {
        if let Some(values) = values.get(..to.len()) {
            to.copy_from_slice(values);
        }
        return;
    }
    for row in rows.rows() {
        if let (Some(to), Some(value)) = (to.get_mut(row), values.get(row)) {
            *to = *value;
        }
    }
}
