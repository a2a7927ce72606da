//! The loops that a good engineer would write by hand for a plain table: each distinct comparison once
//! per block of rows, as a bitmap; programmes combine bitmaps 64 rows at a time; bands by compares and
//! selects; masks by turning bit matrices. Exact, without a word about rules or expressions per row.
//! This is the practical limit that the product is held against; it serves this one table only.

#![expect(
    clippy::indexing_slicing,
    reason = "rows and words run below the fixed sizes of a block; a checked access in each loop would \
              measure the checks"
)]
#![expect(
    clippy::needless_range_loop,
    reason = "words of many planes are combined at the same place"
)]

mod amounts;
mod compare;
mod exact;
mod input;
mod lanes;
mod lists;
mod nearest;
mod output;
mod plan;
mod programme;
mod score;
mod truth;

use arrow::array::{BooleanArray, RecordBatch};
use population::Shape;

use self::amounts::{Calendar, Figure, Figures};
use self::compare::Place;
use self::input::{Facts, Input, Values, first, words};
use self::lanes::{BLOCK, Bits, Lanes, Row, WORDS};
use self::lists::Said;
use self::nearest::Shorts;
use self::plan::{Atom, Plan};
use self::programme::{Answers, Top};
use self::score::{Open, Scored};
use self::truth::Truth;
use crate::plain::Plain;

pub use self::output::{Columns, Output};

/// The loops over one law, with the memory that they work in. One for each thread.
pub struct Hand {
    plain: Plain,
    plan: Plan,
    calendar: Calendar,
    lanes: Lanes,
    figures: Figures,
    figure: Figure,
    atoms: Vec<[Truth; WORDS]>,
    short: Vec<Row<f32>>,
    points: Vec<Row<f32>>,
    open: Vec<Open>,
    said: Said,
    scored: Scored,
    top: Top,
}

impl Hand {
    /// The loops for a law.
    pub fn new(plain: &Plain) -> Self {
        let plan = Plan::of(plain);
        let none = [0; WORDS];
        Self {
            calendar: Calendar::of(plain),
            lanes: Lanes::default(),
            figures: Figures::new(plain),
            figure: Figure::empty(),
            atoms: vec![[Truth::default(); WORDS]; plan.atoms.len()],
            short: vec![[compare::NONE; BLOCK]; plain.comparisons.len()],
            points: vec![[0.0; BLOCK]; plain.bands.len()],
            open: plain.amounts.iter().map(|_| Open { data: none, judged: none }).collect(),
            said: Said::new(plain),
            scored: Scored::new(),
            top: Top::new(),
            plain: plain.clone(),
            plan,
        }
    }

    /// Screens a batch; false if it is not a batch of the law's columns.
    pub fn screen(&mut self, shape: &Shape, batch: &RecordBatch, to: &mut Output) -> bool {
        let plain = self.plain.clone();
        let Some(input) = Input::of(&plain, shape, batch) else { return false };
        let total = batch.num_rows();
        to.reset(plain.programmes.iter().map(|programme| programme.score.is_some()), total);
        for start in (0..total).step_by(BLOCK) {
            self.block(&plain, &input, start, BLOCK.min(total - start), to);
        }
        true
    }

    /// What the lists of a batch say, a column for each title, event and judged criterion: for those who
    /// ask in SQL and have no lists.
    pub fn lists(&mut self, shape: &Shape, batch: &RecordBatch) -> Option<Vec<BooleanArray>> {
        let plain = self.plain.clone();
        let input = Input::of(&plain, shape, batch)?;
        let total = batch.num_rows();
        let said = &mut self.said;
        let many = said.titles.len() + said.events.len() + said.judged.len();
        let mut columns: Vec<Vec<Option<bool>>> = vec![Vec::with_capacity(total); many];
        for start in (0..total).step_by(BLOCK) {
            let rows = BLOCK.min(total - start);
            said.read(&plain, &input, start, rows);
            let all = said.titles.iter().chain(&said.events).chain(&said.judged);
            for ([yes, no], column) in all.zip(&mut columns) {
                column.extend((0..rows).map(|row| {
                    let set = |bits: &Bits| bits[row / 64] >> (row % 64) & 1 == 1;
                    if set(yes) { Some(true) } else { set(no).then_some(false) }
                }));
            }
        }
        Some(columns.into_iter().map(BooleanArray::from).collect())
    }

    fn block(
        &mut self,
        plain: &Plain,
        input: &Input<'_>,
        start: usize,
        rows: usize,
        to: &mut Output,
    ) {
        let (lanes, all) = (self.lanes, first(rows));
        self.figures.read(lanes, input, &self.calendar, &self.plan.numbers, start, rows);
        self.said.read(plain, input, start, rows);
        let place = Place { plain, input, start, lanes };
        for (number, amount) in plain.amounts.iter().enumerate() {
            self.figures.amount(lanes, plain, *amount, &all, &mut self.figure);
            self.amount(place, number);
        }
        for number in plain.comparisons.len()..self.plan.atoms.len() {
            let truth = self.answer(place, number, &all, rows);
            self.atoms[number] = truth;
        }
        for (number, programme) in self.plan.programmes.iter().enumerate() {
            let Some(columns) = to.programmes.get_mut(number) else { continue };
            let table = plain.programmes.get(number).and_then(|of| of.score.as_ref());
            if let Some(table) = table {
                self.scored.add_up(lanes, plain, table, &self.points, &self.open);
                for (from, slots) in
                    [(&self.scored.low, &mut columns.low), (&self.scored.high, &mut columns.high)]
                {
                    if let Some(slots) = slots.get_mut(start..start + rows) {
                        slots.iter_mut().zip(from).for_each(|(slot, won)| *slot = *won as i32);
                    }
                }
            }
            let score = table.map(|_| (&self.scored.truth, &self.scored.measured));
            let answers = Answers { atoms: &self.atoms, score };
            answers.judge(lanes, programme, start, rows, columns, &mut self.top);
            let shorts = Shorts {
                lanes,
                atoms: &self.plan.atoms,
                short: &self.short,
                score: table.map(|_| &self.scored),
                answers,
            };
            shorts.write(place, programme, &self.top, (start, rows), columns);
        }
    }

    /// Everything that an amount is asked for, while it is in the nearest cache.
    fn amount(&mut self, place: Place<'_>, number: usize) {
        let figure = &self.figure;
        let (comparisons, bands) = &self.plan.uses[number];
        for comparison in comparisons {
            let of = place.plain.comparisons[*comparison];
            let met = compare::met(place, figure, number, of.operator, of.edge);
            for word in 0..WORDS {
                self.atoms[*comparison][word] = Truth {
                    met: met[word] & figure.known[word],
                    not_met: figure.known[word] & !met[word],
                    data: figure.data[word],
                    judged: figure.judged[word],
                };
            }
            if self.plan.measured[*comparison] {
                compare::short(place, figure, of, &met, &mut self.short[*comparison]);
            }
        }
        for table in bands {
            compare::points(place, figure, &place.plain.bands[*table], &mut self.points[*table]);
        }
        if !bands.is_empty() {
            self.open[number] = Open { data: figure.data, judged: figure.judged };
        }
    }

    /// What is no comparison.
    fn answer(&self, place: Place<'_>, number: usize, all: &Bits, rows: usize) -> [Truth; WORDS] {
        let Place { input, start, .. } = place;
        let decided = |[yes, no]: [Bits; 2], judged: bool| {
            let mut truth = [Truth::default(); WORDS];
            for word in 0..WORDS {
                let open = all[word] & !yes[word] & !no[word];
                let (data, judged) = if judged { (0, open) } else { (open, 0) };
                truth[word] = Truth { met: yes[word], not_met: no[word], data, judged };
            }
            truth
        };
        let of_fact = |facts: &Facts<'_>, set: Bits| {
            let known = facts.known(start, rows);
            let (mut yes, mut no) = ([0; WORDS], [0; WORDS]);
            for word in 0..WORDS {
                yes[word] = known[word] & set[word];
                no[word] = known[word] & !set[word];
            }
            decided([yes, no], false)
        };
        let mut truth = match &self.plan.atoms[number] {
            Atom::Compare(_) => self.atoms[number],
            Atom::Flag(column, wanted) => {
                let facts = &input.facts[*column];
                let mut set = match facts.values {
                    Values::Flags(flags) => words(flags, start, rows),
                    _ => [0; WORDS],
                };
                if !wanted {
                    set.iter_mut().for_each(|word| *word = !*word);
                }
                of_fact(facts, set)
            }
            Atom::Member(column, options) => {
                let facts = &input.facts[*column];
                let mut row = [u16::MAX; BLOCK];
                if let Values::Options(values) = facts.values
                    && let Some(part) = values.get(start..start + rows)
                {
                    row.iter_mut().zip(part).for_each(|(row, option)| *row = *option);
                }
                let admitted =
                    options.iter().fold(0u64, |set, option| set | 1 << (u32::from(*option) & 63));
                let within = move |option: u16| option < 64 && admitted >> (u32::from(option) & 63) & 1 == 1;
                of_fact(facts, place.lanes.rows(&row, within))
            }
            Atom::Holds(title) => decided(self.said.titles[*title], false),
            Atom::NotHappened(event) => decided(self.said.events[*event], false),
            Atom::Judged(judged) => decided(self.said.judged[*judged], true),
        };
        for (truth, all) in truth.iter_mut().zip(all) {
            truth.met &= all;
            truth.not_met &= all;
        }
        truth
    }
}
