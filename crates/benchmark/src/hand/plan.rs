//! The plain table with every question numbered: what is computed once per block, and the programmes
//! over it.

use crate::plain::{Amount, Body, Criterion, Plain, Programme, Test};

/// A question that is answered once per block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Atom {
    Compare(usize),
    Flag(usize, bool),
    Member(usize, Vec<u16>),
    Holds(usize),
    NotHappened(usize),
    Judged(usize),
}

/// A condition over questions.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Atom(usize),
    All(Vec<Node>),
    AtLeast(usize, Vec<Node>),
}

/// A criterion over questions.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub when: Option<Node>,
    pub direct: bool,
    pub body: Content,
}

/// What must hold.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Test(Node),
    Judged(usize),
    Score,
    AtLeast(usize, Vec<Asked>),
    Cases(Vec<Asked>),
}

/// The law as the loops run through it.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub atoms: Vec<Atom>,
    /// For each amount, the comparisons and the tables of bands that use it.
    pub uses: Vec<(Vec<usize>, Vec<usize>)>,
    /// For each comparison: whether somebody asks how far short it falls.
    pub measured: Vec<bool>,
    /// Columns of numbers that are read.
    pub numbers: Vec<usize>,
    pub programmes: Vec<Vec<Asked>>,
}

impl Plan {
    pub fn of(plain: &Plain) -> Self {
        let comparisons = 0..plain.comparisons.len();
        let mut plan = Self {
            atoms: comparisons.clone().map(Atom::Compare).collect(),
            uses: vec![(Vec::new(), Vec::new()); plain.amounts.len()],
            measured: vec![false; plain.comparisons.len()],
            numbers: Vec::new(),
            programmes: Vec::new(),
        };
        for (place, of) in plain.comparisons.iter().enumerate() {
            if let Some((comparisons, _)) = plan.uses.get_mut(of.amount) {
                comparisons.push(place);
            }
        }
        for (place, of) in plain.bands.iter().enumerate() {
            if let Some((_, bands)) = plan.uses.get_mut(of.amount) {
                bands.push(place);
            }
        }
        for amount in &plain.amounts {
            match *amount {
                Amount::Value(column) | Amount::Years(column) => plan.numbers.push(column),
                Amount::Sum(a, b) | Amount::Ratio(a, b) | Amount::Growth(a, b) => {
                    plan.numbers.extend([a, b]);
                }
            }
        }
        plan.numbers.sort_unstable();
        plan.numbers.dedup();
        let mut judged = 0;
        for programme in &plain.programmes {
            let asked = plan.programme(programme, &mut judged);
            plan.programmes.push(asked);
        }
        plan
    }

    fn programme(&mut self, programme: &Programme, judged: &mut usize) -> Vec<Asked> {
        programme.criteria.iter().map(|criterion| self.criterion(criterion, judged)).collect()
    }

    fn criterion(&mut self, criterion: &Criterion, judged: &mut usize) -> Asked {
        let when = criterion.when.as_ref().map(|when| self.node(when, false));
        let body = match &criterion.body {
            Body::Require(test) => Content::Test(self.node(test, true)),
            Body::Judged => {
                *judged += 1;
                Content::Judged(self.atom(Atom::Judged(*judged - 1)))
            }
            Body::Score => Content::Score,
            Body::AtLeast(k, children) => Content::AtLeast(
                *k,
                children.iter().map(|child| self.criterion(child, judged)).collect(),
            ),
            Body::Cases(children) => {
                Content::Cases(children.iter().map(|child| self.criterion(child, judged)).collect())
            }
        };
        Asked { when, direct: criterion.direct, body }
    }

    fn node(&mut self, test: &Test, measured: bool) -> Node {
        match test {
            Test::Compare(place) => {
                if let Some(asked) = self.measured.get_mut(*place) {
                    *asked |= measured;
                }
                Node::Atom(*place)
            }
            Test::All(parts) => {
                Node::All(parts.iter().map(|part| self.node(part, measured)).collect())
            }
            Test::AtLeast(k, parts) => {
                Node::AtLeast(*k, parts.iter().map(|part| self.node(part, measured)).collect())
            }
            Test::Flag(column, wanted) => Node::Atom(self.atom(Atom::Flag(*column, *wanted))),
            Test::Member(column, options) => {
                Node::Atom(self.atom(Atom::Member(*column, options.clone())))
            }
            Test::Holds(title) => Node::Atom(self.atom(Atom::Holds(*title))),
            Test::NotHappened(event) => Node::Atom(self.atom(Atom::NotHappened(*event))),
        }
    }

    fn atom(&mut self, atom: Atom) -> usize {
        let known = self.atoms.iter().position(|known| *known == atom);
        known.unwrap_or_else(|| {
            self.atoms.push(atom);
            self.atoms.len() - 1
        })
    }
}
