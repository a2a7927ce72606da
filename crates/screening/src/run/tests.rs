//! The statuses of a block's rows, test by test. Mirrors `test_condition` of the evaluator.

use rules::Truth;

use super::input::{valid, window};
use super::numbers::missing;
use super::{Block, Values};
use crate::bits::{BLOCK, Bits};
use crate::plan::{Edge, OtherChoice, Otherwise, PointsId, Test, TestId};
use crate::truths::{Truths, Whys};

impl Values {
    pub(super) fn test(&mut self, block: &Block<'_>, id: TestId) {
        let Some(test) = block.plan.tests.get(id) else { return };
        let truths = match test {
            Test::Same(truth) => Truths::all_rows(Truth::from(*truth)),
            Test::Compare { left, edge, right } => self.compare(block, id, (*left, *edge, *right)),
            Test::All(parts) => Truths::all(parts.iter().map(|part| self.truths(*part))),
            Test::AtLeast(k, parts) => {
                Truths::at_least(*k, parts.iter().map(|part| self.truths(*part)))
            }
            Test::Not(inner) => self.truths(*inner).opposite(),
            Test::When { body, condition } => self.truths(*body).when(self.truths(*condition)),
            Test::Cases(all) => {
                let mut truths = *self.truths(*all);
                let none = !truths.applies();
                truths.unknown |= none;
                truths.why.judgement |= none;
                truths
            }
            Test::Favourable(inner) => self.truths(*inner).favourable(),
            Test::CasesMeasured { all, some, waits } => {
                let by_a_word = waits.iter().fold(Bits::NONE, |rows, wait| {
                    let wait = self.truths(*wait);
                    rows | wait.unknown.but(wait.why.data)
                });
                self.truths(*some).chosen(by_a_word, self.truths(*all))
            }
            Test::Flag { column, otherwise } => flag(block, *column, *otherwise),
            Test::Member { column, admitted, otherwise } => {
                self.member(block, *column, admitted, *otherwise)
            }
            Test::Title(title) => match self.titles.get(*title) {
                Some(held) => {
                    let known = held.yes | held.no;
                    Truths::decided(held.yes, known, Whys { data: Bits::ALL, ..Whys::NONE })
                }
                None => Truths::NONE,
            },
            Test::Event(event) => {
                let of = |planes: &Vec<Bits>| planes.get(*event).copied().unwrap_or(Bits::NONE);
                let met = of(&self.events.met);
                let no = of(&self.events.complete).but(of(&self.events.unqualified));
                Truths::decided(met, met | no, Whys { data: Bits::ALL, ..Whys::NONE })
            }
            Test::Judged(judged) => {
                let of = |planes: &Vec<Bits>| planes.get(*judged).copied().unwrap_or(Bits::NONE);
                let (met, not_met) = (of(&self.judged.met), of(&self.judged.not_met));
                let why = Whys { judgement: Bits::ALL, ..Whys::NONE };
                Truths::decided(met, met | not_met, why)
            }
            Test::Reached { points, edge, mark } => self.reached(*points, *edge, *mark, false),
            Test::ReachedMeasured { points, edge, mark } => {
                self.reached(*points, *edge, *mark, true)
            }
        };
        if let Some(own) = self.tests.get_mut(id) {
            *own = truths;
        }
    }

    /// Whether a mark is reached, as soon as the bounds decide.
    fn reached(&self, points: PointsId, edge: Edge, mark: i32, as_measured: bool) -> Truths {
        let Some(points) = self.won(points) else { return Truths::NONE };
        let holds = |values| match edge {
            Edge::AtLeast => self.lanes.rows(
                values,
                #[inline(always)]
                |points| points >= mark,
            ),
            Edge::MoreThan => self.lanes.rows(
                values,
                #[inline(always)]
                |points| points > mark,
            ),
            Edge::AtMost => self.lanes.rows(
                values,
                #[inline(always)]
                |points| points <= mark,
            ),
            Edge::LessThan => self.lanes.rows(
                values,
                #[inline(always)]
                |points| points < mark,
            ),
            Edge::Equal => self.lanes.rows(
                values,
                #[inline(always)]
                |points| points == mark,
            ),
        };
        let (low, why) = match as_measured {
            false => (holds(&points.low), points.why),
            true => (holds(&points.measured), Whys { data: Bits::ALL, ..Whys::NONE }),
        };
        let high = holds(&points.high);
        let known = !(low ^ high);
        Truths::decided(low, known, why)
    }
}

fn flag(block: &Block<'_>, column: Option<usize>, otherwise: Otherwise<bool>) -> Truths {
    let (mut met, mut known) = (Bits::NONE, Bits::NONE);
    if let Some(column) = block.input.flag(column) {
        known = valid(column, block.start, block.len);
        met = window(column.values(), block.start, block.len);
    }
    known_or_else(block, met & known, known, otherwise, |flag| flag)
}

/// Where nothing is given: the default, or what its lack means.
pub(super) fn known_or_else<T: Copy>(
    block: &Block<'_>,
    met: Bits,
    given: Bits,
    otherwise: Otherwise<T>,
    holds: impl Fn(T) -> bool,
) -> Truths {
    let not_given = !given;
    match otherwise {
        Otherwise::Assumed(value, year) => {
            let absent = block.before_founding(year) & not_given;
            let assumed = not_given.but(absent);
            let met = if holds(value) { met | assumed } else { met };
            Truths::decided(met, given | assumed, Whys { judgement: absent, ..Whys::NONE })
        }
        Otherwise::Missing(year, lack) => {
            let absent = block.before_founding(year) & not_given;
            let mut why = missing(lack, not_given.but(absent));
            why.judgement |= absent;
            Truths::decided(met, given, why)
        }
    }
}

impl Values {
    /// The rows whose choice is one of those admitted.
    fn among(&self, values: &[u16], admitted: &[usize]) -> Bits {
        let mut row = [u16::MAX; BLOCK];
        row.iter_mut().zip(values).for_each(|(own, value)| *own = *value);
        // Choices are few: mostly one word has a bit for each.
        if admitted.iter().all(|choice| *choice < 64) {
            let set = admitted.iter().fold(0u64, |set, choice| set | 1 << choice);
            let within = move |choice: u16| choice < 64 && set >> (choice & 63) & 1 == 1;
            return self.lanes.rows(&row, within);
        }
        let mut met = Bits::NONE;
        for choice in admitted.iter().filter_map(|choice| u16::try_from(*choice).ok()) {
            met |= self.lanes.rows(&row, move |own| own == choice);
        }
        met
    }

    fn member(
        &self,
        block: &Block<'_>,
        column: Option<usize>,
        admitted: &[usize],
        otherwise: OtherChoice,
    ) -> Truths {
        let (mut met, mut given) = (Bits::NONE, Bits::NONE);
        if let Some(column) = block.input.choice(column) {
            given = valid(column, block.start, block.len);
            let values = super::input::slice(column.values(), block.start, block.len);
            met = self.among(values, admitted);
            met &= given;
        }
        let admits = |choice| admitted.contains(&choice);
        let class = |id| {
            self.classes
                .get(id)
                .map(|chosen: &super::choice::Chosen| chosen.member(block, id, admitted))
        };
        match otherwise {
            OtherChoice::Plain(otherwise) => known_or_else(block, met, given, otherwise, admits),
            OtherChoice::Class(id) => match class(id) {
                Some(class) => {
                    let given_truths = Truths::decided(met, given, Whys::NONE);
                    given_truths.chosen(given, &class)
                }
                None => Truths::NONE,
            },
            OtherChoice::AssumedClass(choice, year, id) => {
                let absent = block.before_founding(year);
                let assumed = (!given).but(absent);
                let met = if admits(choice) { met | assumed } else { met };
                let own = Truths::decided(met, given | assumed, Whys::NONE);
                class(id).map_or(own, |class| own.chosen(given | assumed, &class))
            }
        }
    }
}
