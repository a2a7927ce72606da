//! Draws programmes from the pool: about ten criteria each, in the shapes that real rules have.

use std::collections::BTreeSet;

use rules::Operator;

use crate::law::pool::Pool;
use crate::law::vocabulary::{Kind, indicator};
use crate::plain::{Amount, Body, Comparison, Criterion, Edge, Programme, Score, ScoreGroup, Test};
use crate::seed::Seed;

/// Titles that programmes can ask for: those of the first programmes.
pub(super) const TITLES: usize = 12;
/// Vetoes: kinds of events and the months in which none may have happened.
pub(super) const EVENTS: [(&str, u32); 6] = [
    ("safety-accident", 36),
    ("environmental-offence", 36),
    ("data-fraud", 36),
    ("quality-problem", 24),
    ("tax-offence", 24),
    ("dishonesty", 12),
];
/// Where revenue divides a programme's cases, in 10,000 yuan.
const CASES: [i64; 4] = [5_000, 2_000, 10_000, 20_000];
/// Masks of results have so many bits at most.
const MOST_LEAVES: usize = 16;

/// One programme in the making.
pub(super) struct Draft<'p> {
    pool: &'p mut Pool,
    seed: Seed,
    number: usize,
    used: BTreeSet<String>,
    criteria: Vec<Criterion>,
    room: usize,
}

impl<'p> Draft<'p> {
    /// A programme with exactly so many leaves.
    pub fn new(pool: &'p mut Pool, seed: Seed, number: usize, leaves: usize) -> Self {
        let room = leaves.clamp(1, MOST_LEAVES);
        Self { pool, seed, number, used: BTreeSet::new(), criteria: Vec::new(), room }
    }

    /// The finished programme.
    pub fn draw(mut self) -> Programme {
        let score = self.number.is_multiple_of(3).then(|| self.score());
        if score.is_some() {
            self.scored();
        }
        if self.number > 0 && self.seed.chance(60) {
            let title = self.seed.below(self.number.min(TITLES));
            self.leaf(Body::Require(Test::Holds(title)));
        }
        if self.seed.chance(70) {
            let event = self.seed.below(EVENTS.len());
            self.leaf(Body::Require(Test::NotHappened(event)));
        }
        if self.seed.chance(30) {
            self.leaf(Body::Judged);
        }
        if self.seed.chance(15) {
            self.cases();
        }
        while self.room > 0 {
            match self.seed.below(12) {
                0 | 1 => self.each(),
                2 => self.group(),
                3 => self.some(),
                4 => self.member(),
                5 | 6 => self.flag(),
                _ => self.single(),
            }
        }
        Programme { id: super::programme_id(self.number), criteria: self.criteria, score }
    }

    fn leaf(&mut self, body: Body) {
        if self.room > 0 {
            let criterion = self.named(body);
            self.criteria.push(criterion);
        }
    }

    fn named(&mut self, body: Body) -> Criterion {
        let criterion = Criterion { id: String::new(), direct: false, when: None, body };
        self.room = self.room.saturating_sub(criterion.leaves());
        let id = format!("c{}", self.used.len());
        self.used.insert(format!("criterion {id}"));
        Criterion { id, ..criterion }
    }

    /// A comparison of an amount that the programme has not used.
    fn comparison(&mut self) -> Option<usize> {
        for _ in 0..50 {
            let place = self.seed.below(self.pool.comparisons.len());
            let amount = self.pool.comparisons.get(place)?.amount;
            if self.used.insert(format!("amount {amount}")) {
                return Some(place);
            }
        }
        None
    }

    fn single(&mut self) {
        if let Some(place) = self.comparison() {
            self.leaf(Body::Require(Test::Compare(place)));
        } else {
            self.leaf(Body::Judged);
        }
    }

    /// The same test in each of two years; two tests of them now and then.
    fn each(&mut self) {
        let pairs: Vec<[usize; 2]> = (0..self.pool.comparisons.len())
            .filter_map(|place| Some([place, self.pool.year_before(place)?]))
            .collect();
        let mut tests = Vec::new();
        for _ in 0..1 + self.seed.below(2) {
            let Some(pair) = self.seed.pick(&pairs).copied() else { continue };
            let free = pair.iter().all(|place| {
                let amount = self.pool.comparisons.get(*place).map(|of| of.amount);
                amount.is_some_and(|amount| !self.used.contains(&format!("amount {amount}")))
            });
            if free {
                for place in pair {
                    let amount = self.pool.comparisons.get(place).map_or(0, |of| of.amount);
                    self.used.insert(format!("amount {amount}"));
                    tests.push(Test::Compare(place));
                }
            }
        }
        if !tests.is_empty() {
            self.leaf(Body::Require(Test::All(tests)));
        }
    }

    /// Two of four, or one of three, within one criterion.
    fn some(&mut self) {
        let (k, parts) = if self.seed.chance(50) { (2, 4) } else { (1, 2) };
        let tests: Vec<Test> =
            (0..parts).filter_map(|_| self.comparison()).map(Test::Compare).collect();
        if tests.len() == parts {
            self.leaf(Body::Require(Test::AtLeast(k, tests)));
        }
    }

    /// Sub-criteria of which so many must hold.
    fn group(&mut self) {
        let (k, parts) = if self.seed.chance(60) { (1, 2) } else { (2, 3) };
        if self.room < parts {
            return;
        }
        let mut children = Vec::new();
        for _ in 0..parts {
            if let Some(place) = self.comparison() {
                children.push(self.named(Body::Require(Test::Compare(place))));
            }
        }
        if children.len() > k {
            let id = format!("g{}", self.used.len());
            let body = Body::AtLeast(k, children);
            self.criteria.push(Criterion { id, direct: false, when: None, body });
        } else {
            self.room += children.len();
        }
    }

    fn flag(&mut self) {
        let flags: Vec<usize> = self.columns_of(Kind::Flag);
        if let Some(column) = self.seed.pick(&flags).copied()
            && self.used.insert(format!("flag {column}"))
        {
            let wanted = self.seed.chance(80);
            self.leaf(Body::Require(Test::Flag(column, wanted)));
        }
    }

    fn member(&mut self) {
        let choices: Vec<usize> = self.columns_of(Kind::Choice(10));
        if let Some(column) = self.seed.pick(&choices).copied()
            && self.used.insert(format!("choice {column}"))
        {
            let options: Vec<u16> = (0..10).filter(|_| self.seed.chance(70)).collect();
            if (1..10).contains(&options.len()) {
                self.leaf(Body::Require(Test::Member(column, options)));
            }
        }
    }

    fn columns_of(&self, kind: Kind) -> Vec<usize> {
        let columns = self.pool.columns.iter().enumerate();
        let wanted = |id| indicator(id).is_some_and(|of| of.kind == kind);
        columns.filter(|(_, column)| wanted(column.indicator)).map(|(place, _)| place).collect()
    }

    /// What must be reached depends on revenue.
    fn cases(&mut self) {
        let edge = |at: i64| Edge::of(at * 1_000_000, 1);
        let base =
            |column: &crate::plain::Column| column.indicator == "revenue" && column.year.is_some();
        let Some(revenue) = self.pool.columns.iter().position(base) else { return };
        let known = |of: &Amount| *of == Amount::Value(revenue);
        let Some(amount) = self.pool.amounts.iter().position(known) else { return };
        let ratio = |of: &Comparison| matches!(self.pool.amounts.get(of.amount), Some(Amount::Ratio(_, under)) if *under == revenue);
        let ratios: Vec<usize> = (0..self.pool.comparisons.len())
            .filter(|place| self.pool.comparisons.get(*place).is_some_and(ratio))
            .collect();
        let at = self.seed.pick(&CASES).copied().unwrap_or(5_000);
        let (Some(low), Some(high)) =
            (self.seed.pick(&ratios).copied(), self.seed.pick(&ratios).copied())
        else {
            return;
        };
        if self.room < 2 || low == high || !self.used.insert(format!("amount {amount}")) {
            return;
        }
        let mut children = Vec::new();
        for (operator, place) in [(Operator::AtLeast, high), (Operator::LessThan, low)] {
            let when = Comparison { amount, operator, edge: edge(at) };
            let comparisons = &mut self.pool.comparisons;
            let known = comparisons.iter().position(|of| *of == when);
            let known = known.unwrap_or_else(|| {
                comparisons.push(when);
                comparisons.len() - 1
            });
            let child = self.named(Body::Require(Test::Compare(place)));
            children.push(Criterion { when: Some(Test::Compare(known)), ..child });
        }
        let id = format!("g{}", self.used.len());
        self.criteria.push(Criterion {
            id,
            direct: false,
            when: None,
            body: Body::Cases(children),
        });
    }

    /// The score must pass; a direct path stands beside it in every other programme.
    fn scored(&mut self) {
        let score = self.named(Body::Score);
        if self.number.is_multiple_of(2)
            && let Some(place) = self.comparison()
        {
            let direct = self.named(Body::Require(Test::Compare(place)));
            let direct = Criterion { direct: true, ..direct };
            let body = Body::AtLeast(1, vec![score, direct]);
            let id = format!("g{}", self.used.len());
            self.criteria.push(Criterion { id, direct: false, when: None, body });
        } else {
            self.criteria.push(score);
        }
    }

    /// Two to four parts with two or three items each; some parts have a floor.
    fn score(&mut self) -> Score {
        let mut groups = Vec::new();
        let mut total = 0;
        let mut amounts = BTreeSet::new();
        for _ in 0..2 + self.seed.below(3) {
            let mut items = Vec::new();
            let mut most = 0;
            for _ in 0..20 {
                let place = self.seed.below(self.pool.bands.len());
                if let Some(bands) = self.pool.bands.get(place)
                    && items.len() < 3
                    && amounts.insert(bands.amount)
                {
                    items.push(place);
                    most += bands.most();
                }
            }
            total += most;
            let floor = self.seed.chance(40).then_some(whole(most * 4 / 10));
            groups.push(ScoreGroup { floor, items });
        }
        Score { pass: whole(total * 6 / 10), groups }
    }
}

/// Hundredths of points without a fraction.
fn whole(points: i64) -> i64 {
    points / 100 * 100
}
