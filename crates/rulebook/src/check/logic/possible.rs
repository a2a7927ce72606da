//! What must be so for a condition to hold: a normal form with one set for each subject. A quantity
//! has stretches of values, a choice or flag its options, an event the windows in which it happened.
//! It never says less than what is possible: a clash found here is a clash.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rules::Window;

use crate::check::logic::line::Line;

/// What is possible for each subject that is mentioned; anything is for all others.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Possible {
    /// Nothing is possible at all.
    never: bool,
    sets: BTreeMap<Rc<str>, Set>,
}

/// What is possible for one subject.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Set {
    Line(Line),
    Options(Options),
    Events(Events),
}

/// Some of the options of a choice, or all but some.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    pub named: BTreeSet<usize>,
    pub all_but: bool,
    pub total: usize,
}

/// Windows in which an event happened, and in which it did not.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Events {
    pub happened: Vec<Seen>,
    pub absent: Vec<Seen>,
}

/// An event seen in a window, with a qualifying number in a set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub window: Window,
    pub number: Option<(String, Line)>,
}

/// More windows of one event than any law names are not followed.
const MOST_WINDOWS: usize = 32;

impl Possible {
    /// Whatever the facts are.
    pub fn anything() -> Self {
        Self::default()
    }

    pub fn nothing() -> Self {
        Self { never: true, sets: BTreeMap::new() }
    }

    pub fn only(subject: Rc<str>, set: Set) -> Self {
        if set.is_empty() {
            return Self::nothing();
        }
        Self { never: false, sets: BTreeMap::from([(subject, set)]) }
    }

    pub fn is_nothing(&self) -> bool {
        self.never
    }

    /// The subjects of which something must be known.
    pub fn subjects(&self) -> impl Iterator<Item = &Rc<str>> {
        self.sets.keys()
    }

    pub fn mentions(&self, subject: &str) -> bool {
        self.sets.contains_key(subject)
    }

    /// What both leave possible.
    pub fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.narrow(other);
        both
    }

    /// Leaves what `other` leaves possible as well.
    pub fn narrow(&mut self, other: &Self) {
        if self.never || other.never {
            *self = Self::nothing();
            return;
        }
        for (subject, set) in &other.sets {
            let both = match self.sets.get(subject) {
                Some(known) => known.both(set),
                None => set.clone(),
            };
            if both.is_empty() {
                *self = Self::nothing();
                return;
            }
            self.sets.insert(Rc::clone(subject), both);
        }
    }

    /// Whether nothing is left where both must be so.
    pub fn clashes_with(&self, other: &Self) -> bool {
        if self.never || other.never {
            return true;
        }
        let (few, many) = if self.sets.len() < other.sets.len() {
            (&self.sets, &other.sets)
        } else {
            (&other.sets, &self.sets)
        };
        few.iter()
            .any(|(subject, set)| many.get(subject).is_some_and(|known| known.both(set).is_empty()))
    }

    /// What one or the other leaves possible; what only one of them mentions may be anything.
    pub fn or(&self, other: &Self) -> Self {
        if self.never {
            return other.clone();
        }
        if other.never {
            return self.clone();
        }
        let shared = self.sets.iter().filter_map(|(subject, set)| {
            Some((Rc::clone(subject), set.either(other.sets.get(subject)?)))
        });
        Self { never: false, sets: shared.collect() }
    }

    pub fn all<'p>(parts: impl IntoIterator<Item = &'p Self>) -> Self {
        let mut all = Self::anything();
        parts.into_iter().for_each(|part| all.narrow(part));
        all
    }

    pub fn any<'p>(parts: impl IntoIterator<Item = &'p Self>) -> Self {
        parts.into_iter().fold(Self::nothing(), |any, part| any.or(part))
    }
}

impl Set {
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Line(line) => line.is_empty(),
            Self::Options(options) => options.is_empty(),
            Self::Events(events) => events.is_empty(),
        }
    }

    fn both(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Line(a), Self::Line(b)) => Self::Line(a.both(b)),
            (Self::Options(a), Self::Options(b)) => Self::Options(a.both(b)),
            (Self::Events(a), Self::Events(b)) => Self::Events(a.both(b)),
            // Sets of different kinds are never about the same subject.
            (known, _) => known.clone(),
        }
    }

    fn either(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Line(a), Self::Line(b)) => Self::Line(a.either(b)),
            (Self::Options(a), Self::Options(b)) => {
                Self::Options(a.outside().both(&b.outside()).outside())
            }
            (Self::Events(a), Self::Events(b)) => Self::Events(a.either(b)),
            (known, _) => known.clone(),
        }
    }

    /// The set in one way of writing.
    pub fn written(&self) -> String {
        match self {
            Self::Line(line) => line.written(),
            Self::Options(options) => {
                let named = if options.all_but { options.listed() } else { options.named.clone() };
                format!("{named:?}")
            }
            Self::Events(events) => {
                let each = |seen: &[Seen]| -> Vec<String> {
                    seen.iter().map(Seen::written).collect::<Vec<_>>()
                };
                format!("{:?}{:?}", each(&events.happened), each(&events.absent))
            }
        }
    }
}

impl Options {
    pub fn some(options: impl IntoIterator<Item = usize>, total: usize) -> Self {
        Self { named: options.into_iter().collect(), all_but: false, total }
    }

    pub fn outside(&self) -> Self {
        Self { all_but: !self.all_but, ..self.clone() }
    }

    fn is_empty(&self) -> bool {
        if self.all_but { self.named.len() >= self.total } else { self.named.is_empty() }
    }

    fn both(&self, other: &Self) -> Self {
        let (named, all_but) = match (self.all_but, other.all_but) {
            (false, false) => (&self.named & &other.named, false),
            (false, true) => (&self.named - &other.named, false),
            (true, false) => (&other.named - &self.named, false),
            (true, true) => (&self.named | &other.named, true),
        };
        Self { named, all_but, total: self.total }
    }

    fn listed(&self) -> BTreeSet<usize> {
        (0..self.total).filter(|option| !self.named.contains(option)).collect()
    }
}

impl Events {
    fn is_empty(&self) -> bool {
        self.happened.iter().any(|seen| self.absent.iter().any(|wide| seen.lies_within(wide)))
    }

    fn both(&self, other: &Self) -> Self {
        let join = |a: &[Seen], b: &[Seen]| {
            let mut all = a.to_vec();
            for seen in b {
                if all.len() < MOST_WINDOWS && !all.contains(seen) {
                    all.push(seen.clone());
                }
            }
            all
        };
        Self {
            happened: join(&self.happened, &other.happened),
            absent: join(&self.absent, &other.absent),
        }
    }

    /// What follows from either.
    fn either(&self, other: &Self) -> Self {
        let wider = |a: &[Seen], b: &[Seen]| -> Vec<Seen> {
            a.iter().filter(|wide| b.iter().any(|seen| seen.lies_within(wide))).cloned().collect()
        };
        let narrower = |a: &[Seen], b: &[Seen]| -> Vec<Seen> {
            a.iter().filter(|seen| b.iter().any(|wide| seen.lies_within(wide))).cloned().collect()
        };
        let mut happened = wider(&self.happened, &other.happened);
        happened.extend(wider(&other.happened, &self.happened));
        let mut absent = narrower(&self.absent, &other.absent);
        absent.extend(narrower(&other.absent, &self.absent));
        Self { happened, absent }
    }
}

impl Seen {
    /// Whether whatever is seen here is seen there too.
    fn lies_within(&self, wide: &Self) -> bool {
        let window = match (self.window, wide.window) {
            (Window::Months(months), Window::Months(wide)) => months <= wide,
            (Window::SinceStartOf(start), Window::SinceStartOf(wide)) => start >= wide,
            _ => false,
        };
        let number = match (&self.number, &wide.number) {
            (_, None) => true,
            (Some((name, line)), Some((wide_name, wide))) => {
                name == wide_name && line.both(&wide.outside()).is_empty()
            }
            (None, Some(_)) => false,
        };
        window && number
    }

    fn written(&self) -> String {
        let number = self.number.as_ref().map(|(name, line)| format!("{name} {}", line.written()));
        format!("{:?} {}", self.window, number.unwrap_or_default())
    }
}
