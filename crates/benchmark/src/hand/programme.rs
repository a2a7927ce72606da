//! A programme over a block: 64 rows at a time through its criteria, then its columns of results.

use super::lanes::{Lanes, WORDS};
use super::output::Columns;
use super::plan::{Asked, Content, Node};
use super::truth::{Group, Truth};

/// The answers of a block that criteria are put together from.
#[derive(Clone, Copy)]
pub(super) struct Answers<'a> {
    pub atoms: &'a [[Truth; WORDS]],
    pub score: Option<(&'a [Truth; WORDS], &'a [Truth; WORDS])>,
}

/// What is found for 64 rows of a programme on the way through its criteria.
#[derive(Default)]
struct Found {
    not_met: [u64; 16],
    unknown: [u64; 16],
    leaf: usize,
    direct: u64,
}

/// The truth of each criterion at the top, word by word: which rows fall short there.
pub(super) type Top = Vec<[Truth; WORDS]>;

impl Answers<'_> {
    /// Verdict, population, path and masks of the rows from `start` on.
    pub fn judge(
        self,
        lanes: Lanes,
        programme: &[Asked],
        start: usize,
        rows: usize,
        to: &mut Columns,
        top: &mut Top,
    ) {
        top.clear();
        top.resize(programme.len(), [Truth::default(); WORDS]);
        for word in 0..rows.div_ceil(64) {
            let mut found = Found::default();
            let mut verdict = Group::default();
            let (mut unknown, mut once, mut twice, mut judged_down) = (0u64, 0u64, 0u64, 0u64);
            for (criterion, top) in programme.iter().zip(top.iter_mut()) {
                let (truth, measured) = self.criterion(criterion, word, &mut found);
                top[word] = truth;
                verdict.add(truth);
                unknown |= measured.unknown();
                twice |= once & measured.not_met;
                once |= measured.not_met;
                judged_down |= truth.not_met & !measured.not_met;
            }
            let verdict = verdict.all();
            let lacking = verdict.unknown() & (unknown | once);
            let pending = verdict.unknown() & !lacking;
            let one_short = verdict.not_met & once & !twice & !unknown & !judged_down;
            let no = verdict.not_met & !one_short;
            let codes = lanes.bytes(&[
                verdict.met,
                verdict.not_met,
                verdict.data,
                verdict.judged,
                // The population's number, bit by bit.
                pending | lacking,
                one_short | lacking,
                no,
                found.direct,
            ]);
            let here = start + word * 64..start + rows.min(word * 64 + 64);
            let halves = |planes: &[u64; 16]| {
                let (low, high) = planes.split_at(8);
                let bytes = |half: &[u64]| lanes.bytes(half.first_chunk().unwrap_or(&[0; 8]));
                (bytes(low), bytes(high))
            };
            let (not_met, open) = (halves(&found.not_met), halves(&found.unknown));
            if let Some(slots) = to.verdict.get_mut(here.clone()) {
                slots.iter_mut().zip(&codes).for_each(|(slot, code)| *slot = code & 15);
            }
            if let Some(slots) = to.population.get_mut(here.clone()) {
                slots.iter_mut().zip(&codes).for_each(|(slot, code)| *slot = code >> 4);
            }
            for (slots, (low, high)) in [(&mut to.not_met, not_met), (&mut to.unknown, open)] {
                if let Some(slots) = slots.get_mut(here.clone()) {
                    for ((slot, low), high) in slots.iter_mut().zip(&low).zip(&high) {
                        *slot = u16::from(*low) | u16::from(*high) << 8;
                    }
                }
            }
        }
    }

    /// What is so, and what would be so if every pending word were favourable.
    fn criterion(self, criterion: &Asked, word: usize, found: &mut Found) -> (Truth, Truth) {
        let when = criterion.when.as_ref().map(|when| self.node(when, word));
        let (mut truth, mut measured) = match &criterion.body {
            Content::Test(node) => {
                let truth = self.node(node, word);
                (truth, truth.favourable())
            }
            Content::Judged(atom) => {
                (self.atom(*atom, word), Truth { met: u64::MAX, ..Truth::default() })
            }
            Content::Score => self
                .score
                .map_or_else(Default::default, |(truth, measured)| (truth[word], measured[word])),
            Content::AtLeast(k, children) => {
                let (mut truth, mut measured) = (Group::default(), Group::default());
                for child in children {
                    let (so, if_so) = self.criterion(child, word, found);
                    truth.add(so);
                    measured.add(if_so);
                }
                (truth.at_least(*k), measured.at_least(*k))
            }
            Content::Cases(children) => {
                let (mut truth, mut measured, mut by_a_word) =
                    (Group::default(), Group::default(), 0);
                for child in children {
                    let (so, if_so) = self.criterion(child, word, found);
                    truth.add(so);
                    measured.add(if_so);
                    if let Some(when) = &child.when {
                        let when = self.node(when, word);
                        by_a_word |= when.judged & !when.data;
                    }
                }
                let mut truth = truth.all();
                // A hole between the cases, of which nobody may conclude anything.
                truth.judged |= !(truth.met | truth.not_met | truth.unknown());
                let (all, any) = (measured.all(), measured.at_least(1));
                let pick = |all: u64, any: u64| all & !by_a_word | any & by_a_word;
                let measured = Truth {
                    met: pick(all.met, any.met),
                    not_met: pick(all.not_met, any.not_met),
                    data: pick(all.data, any.data),
                    judged: pick(all.judged, any.judged),
                };
                (truth, measured)
            }
        };
        if let Some(when) = when {
            truth = truth.when(when);
            measured = measured.when(when.favourable());
        }
        if !matches!(criterion.body, Content::AtLeast(..) | Content::Cases(_)) {
            if let (Some(not_met), Some(unknown)) =
                (found.not_met.get_mut(found.leaf), found.unknown.get_mut(found.leaf))
            {
                (*not_met, *unknown) = (truth.not_met, truth.unknown());
            }
            found.leaf += 1;
        }
        if criterion.direct {
            found.direct |= truth.met;
        }
        (truth, measured)
    }

    pub fn node(self, node: &Node, word: usize) -> Truth {
        let together = |parts: &[Node]| {
            let mut group = Group::default();
            parts.iter().for_each(|part| group.add(self.node(part, word)));
            group
        };
        match node {
            Node::Atom(atom) => self.atom(*atom, word),
            Node::All(parts) => together(parts).all(),
            Node::AtLeast(k, parts) => together(parts).at_least(*k),
        }
    }

    fn atom(self, atom: usize, word: usize) -> Truth {
        self.atoms.get(atom).map_or_else(Truth::default, |words| words[word])
    }
}
