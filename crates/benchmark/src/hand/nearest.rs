//! The nearest shortfall of a programme over a block: the smallest over its criteria that are not met.

use super::compare::{FAR, NONE, Place};
use super::exact;
use super::lanes::{BLOCK, Lanes, Row, WORDS, each_row};
use super::output::{Columns, NOTHING};
use super::plan::{Asked, Atom, Content, Node};
use super::programme::{Answers, Top};
use super::score::Scored;

/// What the shortfalls are put together from.
#[derive(Clone, Copy)]
pub(super) struct Shorts<'a> {
    pub lanes: Lanes,
    pub atoms: &'a [Atom],
    /// By comparison.
    pub short: &'a [Row<f32>],
    pub score: Option<&'a Scored>,
    pub answers: Answers<'a>,
}

impl Shorts<'_> {
    /// Writes the nearest shortfall of the rows from `start` on.
    pub fn write(
        self,
        place: Place<'_>,
        programme: &[Asked],
        top: &Top,
        (start, rows): (usize, usize),
        to: &mut Columns,
    ) {
        let lanes = self.lanes;
        let (mut best, mut nearest) = ([NONE; BLOCK], [i32::from(NOTHING); BLOCK]);
        let mut held = [NONE; BLOCK];
        for (number, criterion) in programme.iter().enumerate() {
            let number = i32::try_from(number).unwrap_or_default();
            let known = match &criterion.body {
                Content::Test(Node::Atom(atom)) => match self.atoms.get(*atom) {
                    Some(Atom::Compare(comparison)) => self.short.get(*comparison),
                    _ => None,
                },
                _ => {
                    if self.criterion(criterion, &mut held) {
                        // What is not decided against does not fall short, whatever its parts do.
                        for (word, chunk) in held.as_chunks_mut::<64>().0.iter_mut().enumerate() {
                            let wanted = top.get(number as usize).map_or(0, |of| of[word].not_met);
                            if wanted != u64::MAX {
                                keep(lanes, wanted, chunk);
                            }
                        }
                        Some(&held)
                    } else {
                        None
                    }
                }
            };
            if let Some(short) = known {
                nearer(lanes, short, number, &mut best, &mut nearest);
            }
        }
        // Where nothing can be measured, the first that is not met.
        let unmeasured = lanes.rows(&best, move |ppm: f32| ppm == NONE);
        for (word, left) in unmeasured.iter().enumerate() {
            let mut left = *left;
            for (number, of) in (0..).zip(top.iter().take(programme.len())) {
                let mut first = left & of[word].not_met;
                left &= !first;
                while first != 0 {
                    nearest[word * 64 + first.trailing_zeros() as usize] = number;
                    first &= first - 1;
                }
            }
        }
        let far = lanes.rows(&best, move |ppm: f32| (FAR..NONE).contains(&ppm));
        let here = start..start + rows;
        if let Some(slots) = to.shortfall.get_mut(here.clone()) {
            let best = &best;
            lanes.0.run(
                #[inline(always)]
                move || {
                    for (slot, ppm) in slots.iter_mut().zip(best) {
                        *slot = if *ppm < FAR { *ppm as i32 } else { -1 };
                    }
                },
            );
        }
        if let Some(slots) = to.nearest.get_mut(here) {
            let nearest = &nearest;
            lanes.0.run(
                #[inline(always)]
                move || {
                    for (slot, number) in slots.iter_mut().zip(nearest) {
                        *slot = *number as u8;
                    }
                },
            );
        }
        each_row(&far, |row| {
            if row < rows {
                let exact = self.exactly(place, programme, row);
                if let Some((ppm, number)) = exact {
                    to.far.push((start + row, ppm));
                    to.nearest[start + row] = number;
                }
                to.shortfall[start + row] = if exact.is_some() { i32::MAX } else { -1 };
            }
        });
    }

    /// A criterion that is more than one comparison; false if nothing of it can be measured.
    fn criterion(self, criterion: &Asked, to: &mut Row<f32>) -> bool {
        match &criterion.body {
            Content::Test(node) => self.node(node, to),
            Content::Judged(_) => false,
            Content::Score => {
                if let Some(score) = self.score {
                    *to = score.short;
                }
                self.score.is_some()
            }
            Content::AtLeast(k, children) => {
                let met =
                    |word: usize| children.iter().fold(0, |met, child| met | self.met(child, word));
                self.enough(
                    *k,
                    children.iter().map(|child| |to: &mut Row<f32>| self.criterion(child, to)),
                    met,
                    to,
                )
            }
            Content::Cases(children) => {
                // Only the case that applies can fall short.
                let mut part = [NONE; BLOCK];
                let mut any = false;
                to.fill(NONE);
                for child in children {
                    if self.criterion(child, &mut part) {
                        any = true;
                        for (word, chunk) in part.as_chunks_mut::<64>().0.iter_mut().enumerate() {
                            let when = child.when.as_ref();
                            let applies =
                                when.map_or(u64::MAX, |when| self.answers.node(when, word).met);
                            keep(self.lanes, applies, chunk);
                        }
                        self.lanes.fold(
                            &part,
                            to,
                            move |least: f32, ppm: f32| if ppm < least { ppm } else { least },
                        );
                    }
                }
                any
            }
        }
    }

    fn met(self, child: &Asked, word: usize) -> u64 {
        match &child.body {
            Content::Test(node) => self.answers.node(node, word).met,
            Content::Score => self.answers.score.map_or(0, |(truth, _)| truth[word].met),
            _ => 0,
        }
    }

    fn node(self, node: &Node, to: &mut Row<f32>) -> bool {
        match node {
            Node::Atom(atom) => match self.atoms.get(*atom) {
                Some(Atom::Compare(comparison)) => {
                    if let Some(short) = self.short.get(*comparison) {
                        *to = *short;
                    }
                    true
                }
                _ => false,
            },
            Node::All(parts) => {
                // The part that lacks most.
                let mut part = [NONE; BLOCK];
                to.fill(-1.0);
                for node in parts {
                    if !self.node(node, &mut part) {
                        continue;
                    }
                    self.lanes.fold(
                        &part,
                        to,
                        move |most: f32, ppm: f32| {
                            if ppm < NONE && ppm > most { ppm } else { most }
                        },
                    );
                }
                let to = &mut *to;
                self.lanes.0.run(
                    #[inline(always)]
                    move || {
                        for ppm in to.iter_mut() {
                            *ppm = if *ppm < 0.0 { NONE } else { *ppm };
                        }
                    },
                );
                true
            }
            Node::AtLeast(k, parts) => {
                let met = |word: usize| {
                    parts.iter().fold(0, |met, part| met | self.answers.node(part, word).met)
                };
                self.enough(
                    *k,
                    parts.iter().map(|part| |to: &mut Row<f32>| self.node(part, to)),
                    met,
                    to,
                )
            }
        }
    }

    /// One of the parts must be met, or two: the smallest, or the second as long as none is met.
    fn enough<F: Fn(&mut Row<f32>) -> bool>(
        self,
        k: usize,
        parts: impl Iterator<Item = F>,
        met: impl Fn(usize) -> u64,
        to: &mut Row<f32>,
    ) -> bool {
        let mut part = [NONE; BLOCK];
        let mut second = [NONE; BLOCK];
        let mut any = false;
        to.fill(NONE);
        for write in parts {
            if !write(&mut part) {
                continue;
            }
            any = true;
            let (first, second, part) = (&mut *to, &mut second, &part);
            self.lanes.0.run(
                #[inline(always)]
                move || {
                    for ((least, next), ppm) in first.iter_mut().zip(second.iter_mut()).zip(part) {
                        let more = if *ppm > *least { *ppm } else { *least };
                        *next = if more < *next { more } else { *next };
                        *least = if *ppm < *least { *ppm } else { *least };
                    }
                },
            );
        }
        if k > 1 {
            let chunks = to.as_chunks_mut::<64>().0.iter_mut().zip(second.as_chunks::<64>().0);
            for (word, (to, second)) in chunks.enumerate() {
                let met = met(word);
                for (row, (to, second)) in to.iter_mut().zip(second).enumerate() {
                    *to = if met >> row & 1 == 1 { *to } else { *second };
                }
            }
        }
        any
    }

    /// The same for one row in whole numbers.
    fn exactly(self, place: Place<'_>, programme: &[Asked], row: usize) -> Option<(i64, u8)> {
        let short = programme.iter().enumerate().filter_map(|(number, criterion)| {
            let ppm = self.exact_criterion(place, criterion, row)?;
            Some((ppm, u8::try_from(number).unwrap_or_default()))
        });
        short.min()
    }

    fn exact_criterion(self, place: Place<'_>, criterion: &Asked, row: usize) -> Option<i64> {
        match &criterion.body {
            Content::Test(node) => self.exact_node(place, node, row),
            Content::Judged(_) => None,
            Content::Score => {
                let short = self.score.map(|score| score.short[row])?;
                (short < NONE).then_some(short as i64)
            }
            Content::AtLeast(k, children) => {
                let (word, bit) = (row / 64, row % 64);
                // As in the law: only where the whole is decided against.
                let mut group = super::truth::Group::default();
                children.iter().for_each(|child| group.add(self.child(child, word)));
                if group.at_least(*k).not_met >> bit & 1 == 0 {
                    return None;
                }
                let met =
                    children.iter().filter(|child| self.child(child, word).met >> bit & 1 == 1);
                let needed = k.checked_sub(met.count())?.checked_sub(1)?;
                let mut short: Vec<i64> = children
                    .iter()
                    .filter_map(|child| self.exact_criterion(place, child, row))
                    .collect();
                short.sort_unstable();
                short.get(needed).copied()
            }
            Content::Cases(children) => children
                .iter()
                .filter(|child| {
                    child.when.as_ref().is_none_or(|when| {
                        self.answers.node(when, row / 64).met >> (row % 64) & 1 == 1
                    })
                })
                .filter_map(|child| self.exact_criterion(place, child, row))
                .max(),
        }
    }

    fn child(self, child: &Asked, word: usize) -> super::truth::Truth {
        match &child.body {
            Content::Test(node) => self.answers.node(node, word),
            Content::Score => {
                self.answers.score.map_or_else(Default::default, |(truth, _)| truth[word])
            }
            _ => Default::default(),
        }
    }

    fn exact_node(self, place: Place<'_>, node: &Node, row: usize) -> Option<i64> {
        let bit = |bits: u64| bits >> (row % 64) & 1 == 1;
        if !bit(self.answers.node(node, row / 64).not_met) {
            return None;
        }
        match node {
            Node::Atom(atom) => match self.atoms.get(*atom) {
                Some(Atom::Compare(comparison)) => {
                    let short = self.short.get(*comparison)?[row];
                    if short < FAR {
                        return Some(short as i64);
                    }
                    let of = *place.plain.comparisons.get(*comparison)?;
                    exact::shortfall(place.plain, place.input, of, place.start + row)
                }
                _ => None,
            },
            Node::All(parts) => {
                let not_met = parts
                    .iter()
                    .filter(|part| bit(self.answers.node(part, row / 64).not_met))
                    .map(|part| self.exact_node(place, part, row));
                not_met.collect::<Option<Vec<_>>>()?.into_iter().max()
            }
            Node::AtLeast(k, parts) => {
                let met =
                    parts.iter().filter(|part| bit(self.answers.node(part, row / 64).met)).count();
                let mut short: Vec<i64> =
                    parts.iter().filter_map(|part| self.exact_node(place, part, row)).collect();
                short.sort_unstable();
                short.get(k.checked_sub(met)?.checked_sub(1)?).copied()
            }
        }
    }
}

/// Takes what is nearer; of equals the first stays.
fn nearer(
    lanes: Lanes,
    short: &Row<f32>,
    number: i32,
    best: &mut Row<f32>,
    nearest: &mut Row<i32>,
) {
    lanes.0.run(
        #[inline(always)]
        move || {
            for ((short, best), nearest) in
                short.iter().zip(best.iter_mut()).zip(nearest.iter_mut())
            {
                let less = *short < *best;
                *best = if less { *short } else { *best };
                *nearest = if less { number } else { *nearest };
            }
        },
    );
}

/// Leaves the rows that are set; nothing can be measured in the others.
fn keep(lanes: Lanes, wanted: u64, rows: &mut [f32; 64]) {
    lanes.0.run(
        #[inline(always)]
        move || {
            for (row, ppm) in rows.iter_mut().enumerate() {
                *ppm = if wanted >> row & 1 == 1 { *ppm } else { NONE };
            }
        },
    );
}

const _: () = assert!(WORDS * 64 == BLOCK);
