//! What is computed for every block: a list of steps, each distinct part of the law once, parts
//! before the wholes that use them. Holds no values.

use std::collections::HashMap;
use std::hash::Hash;

use ethnum::I256;
use rules::{ElapsedUnit, Exact, Missing, Operator, Truth, Why};

use crate::field::Field;
use crate::screened::Screened;

/// The place of a number in the plan. Others likewise.
pub(crate) type NumberId = usize;
pub(crate) type TestId = usize;
pub(crate) type PointsId = usize;
pub(crate) type ShortId = usize;
pub(crate) type ClassId = usize;
pub(crate) type TitleId = usize;
pub(crate) type EventId = usize;
pub(crate) type JudgedId = usize;
pub(crate) type FieldId = usize;

/// A fraction in lowest terms, so that equal values are one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Fraction {
    numerator: I256,
    denominator: I256,
}

/// What a fact without a value lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Lack {
    pub why: WhyKey,
    /// What the work list counts, for data only.
    pub field: Option<FieldId>,
}

/// [`Why`] as part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WhyKey {
    data: bool,
    judgement: bool,
    open: bool,
}

/// What stands where a column gives no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Otherwise<T> {
    /// A default, except for years before the founding.
    Assumed(T, Option<i16>),
    /// Nothing: absent before the founding, missing otherwise.
    Missing(Option<i16>, Lack),
}

/// A number for each row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Number {
    /// The same everywhere.
    Constant(Fraction),
    /// It has no meaning: a person decides.
    Undefined,
    /// A column of whole numbers over a scale.
    Fact {
        column: Option<usize>,
        scale: i64,
        otherwise: Otherwise<i64>,
    },
    /// A column where it has a value, else what a formula comes to.
    Derived {
        given: Option<(usize, i64)>,
        formula: NumberId,
    },
    Add(NumberId, NumberId),
    Subtract(NumberId, NumberId),
    Multiply(NumberId, NumberId),
    Divide(NumberId, NumberId),
    /// End over start of a growth over years.
    Ratio(NumberId, NumberId),
    Least(Vec<NumberId>),
    Greatest(Vec<NumberId>),
    /// Absent years count zero.
    Sum(Vec<NumberId>),
    Mean(Vec<NumberId>),
    /// Time from a date to a day.
    Elapsed {
        column: Option<usize>,
        assumed: Option<i32>,
        unit: UnitKey,
        until: i32,
        lack: Lack,
    },
}

/// [`ElapsedUnit`] as part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum UnitKey {
    Years,
    YearsBegun,
    Days,
}

/// A comparison's operator as part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Edge {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Equal,
}

/// A status for each row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    Same(TruthKey),
    Compare {
        left: NumberId,
        edge: Edge,
        right: NumberId,
    },
    All(Vec<TestId>),
    AtLeast(usize, Vec<TestId>),
    Not(TestId),
    When {
        body: TestId,
        condition: TestId,
    },
    /// Nothing that applies is not "does not apply", but left to a person.
    Cases(TestId),
    Favourable(TestId),
    /// `some` in the rows where one of `waits` only waits for a word, `all` elsewhere.
    CasesMeasured {
        all: TestId,
        some: TestId,
        waits: Vec<TestId>,
    },
    Flag {
        column: Option<usize>,
        otherwise: Otherwise<bool>,
    },
    Member {
        column: Option<usize>,
        admitted: Vec<usize>,
        otherwise: OtherChoice,
    },
    Title(TitleId),
    Event(EventId),
    Judged(JudgedId),
    /// Points against a mark, as soon as the bounds decide.
    Reached {
        points: PointsId,
        edge: Edge,
        mark: i32,
    },
    /// The same with every pending word taken as favourable.
    ReachedMeasured {
        points: PointsId,
        edge: Edge,
        mark: i32,
    },
}

/// What stands where a choice is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum OtherChoice {
    Plain(Otherwise<usize>),
    Class(ClassId),
    /// A default stands before the classification is asked.
    AssumedClass(usize, Option<i16>, ClassId),
}

/// [`Truth`] as part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TruthKey {
    Met,
    NotMet,
    NotApplicable,
    Unknown(WhyKey),
}

/// Points for each row, as bounds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Points {
    /// The first band that holds: a test for each, with its points.
    Bands {
        number: NumberId,
        bands: Vec<(TestId, i32)>,
        reach: (i32, i32),
    },
    Steps {
        number: NumberId,
        each: Fraction,
        points: i32,
        cap: i32,
        reach: (i32, i32),
    },
    Tally {
        entries: Vec<(TestId, i32)>,
        cap: i32,
    },
    Levels {
        entries: Vec<(TestId, i32)>,
        otherwise: i32,
    },
    Best(Vec<PointsId>),
    Given {
        number: NumberId,
        reach: (i32, i32),
    },
    /// Items together; what an item lacks counts only while its bounds differ.
    Sum(Vec<PointsId>),
    /// Subtotals together.
    Total(Vec<PointsId>),
}

/// A relative shortfall for each row that is not met.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Short {
    Compare {
        left: NumberId,
        edge: Edge,
        right: NumberId,
        test: TestId,
    },
    /// A compound growth: the ratio, its years, and the rate that it is held against.
    Growth {
        ratio: NumberId,
        years: u32,
        edge: Edge,
        rate: Fraction,
        test: TestId,
    },
    Every(Vec<(TestId, Option<ShortId>)>),
    Enough(usize, Vec<(TestId, Option<ShortId>)>),
    /// The most points still possible below a mark.
    Mark {
        points: PointsId,
        mark: i32,
    },
}

/// An ordered choice by industry and metrics.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Class {
    pub column: Option<usize>,
    pub classification: rules::Classification,
    /// By group: its metrics as numbers.
    pub metrics: Vec<Vec<NumberId>>,
    pub lack: Lack,
}

/// Whether such events happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Event {
    /// The kind, and the narrower ones that count as it.
    pub kinds: Vec<String>,
    pub kind: String,
    pub from: i32,
    pub attribute: Option<(String, Edge, Fraction)>,
    /// For a list that is not complete, and for an event without the attribute.
    pub fields: (FieldId, Option<FieldId>),
}

/// A step of the plan.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    Number(NumberId),
    Test(TestId),
    Points(PointsId),
    Short(ShortId),
    Class(ClassId),
}

/// Things by their keys, each once, in order of first use.
#[derive(Debug)]
pub(crate) struct Once<T> {
    list: Vec<T>,
    places: HashMap<T, usize>,
}

/// Everything that is computed for a block.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub steps: Vec<Step>,
    pub numbers: Once<Number>,
    pub tests: Once<Test>,
    pub points: Once<Points>,
    pub shorts: Once<Short>,
    pub classes: Vec<Class>,
    pub titles: Once<String>,
    pub events: Once<Event>,
    /// Owner and criterion.
    pub judged: Once<(String, String)>,
    pub fields: Vec<Field>,
    pub programmes: Vec<ProgrammePlan>,
}

/// What of the plan makes up a programme's answer.
#[derive(Debug)]
pub(crate) struct ProgrammePlan {
    pub screened: Screened,
    /// The own title, which chooses the case.
    pub title: TitleId,
    /// The case of holders, and of all others.
    pub when_held: Option<usize>,
    pub otherwise: Option<usize>,
    pub cases: Vec<CasePlan>,
}

/// What of the plan makes up the answer under one text of the law.
#[derive(Debug)]
pub(crate) struct CasePlan {
    /// All criteria together.
    pub verdict: TestId,
    /// The criteria are not public: the verdict stays undetermined.
    pub open: bool,
    /// Top criteria: truth, truth as far as measured, shortfall.
    pub criteria: Vec<(TestId, TestId, Option<ShortId>)>,
    /// Leaves in file order.
    pub leaves: Vec<TestId>,
    /// Criteria that are a direct path.
    pub direct: Vec<TestId>,
    pub total: Option<PointsId>,
    /// The criteria again, as a tree along which missing fields are found.
    pub tree: Vec<Branch>,
}

/// A criterion as far as missing fields are concerned.
#[derive(Debug)]
pub(crate) struct Branch {
    pub truth: TestId,
    pub when: Option<TestId>,
    pub under: Under,
}

/// What lies under a criterion.
#[derive(Debug)]
pub(crate) enum Under {
    Nothing,
    Condition(TestId),
    /// The items of the score table.
    Score(Vec<PointsId>),
    Children(Vec<Branch>),
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { list: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Once<T> {
    /// The place of a thing, and whether it is new.
    pub fn place(&mut self, thing: T) -> (usize, bool) {
        if let Some(place) = self.places.get(&thing) {
            return (*place, false);
        }
        let place = self.list.len();
        self.list.push(thing.clone());
        self.places.insert(thing, place);
        (place, true)
    }

    pub fn get(&self, place: usize) -> Option<&T> {
        self.list.get(place)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.list.iter()
    }
}

impl Plan {
    pub fn number(&mut self, number: Number) -> NumberId {
        let (place, new) = self.numbers.place(number);
        if new {
            self.steps.push(Step::Number(place));
        }
        place
    }

    pub fn test(&mut self, test: Test) -> TestId {
        let (place, new) = self.tests.place(test);
        if new {
            self.steps.push(Step::Test(place));
        }
        place
    }

    pub fn points(&mut self, points: Points) -> PointsId {
        let (place, new) = self.points.place(points);
        if new {
            self.steps.push(Step::Points(place));
        }
        place
    }

    pub fn short(&mut self, short: Short) -> ShortId {
        let (place, new) = self.shorts.place(short);
        if new {
            self.steps.push(Step::Short(place));
        }
        place
    }

    pub fn class(&mut self, class: Class) -> ClassId {
        if let Some(place) = self.classes.iter().position(|known| *known == class) {
            return place;
        }
        self.classes.push(class);
        self.steps.push(Step::Class(self.classes.len() - 1));
        self.classes.len() - 1
    }

    pub fn field(&mut self, missing: &Missing, catalogue: &enterprise::Catalogue) -> FieldId {
        if let Some(place) = self.fields.iter().position(|field| field.missing == *missing) {
            return place;
        }
        self.fields.push(Field::of(missing, catalogue));
        self.fields.len() - 1
    }
}

impl Fraction {
    /// In lowest terms.
    pub fn of(exact: Exact) -> Self {
        let (mut a, mut b) = (exact.numerator().abs(), exact.denominator());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = if a == 0 { I256::ONE } else { a };
        Self { numerator: exact.numerator() / common, denominator: exact.denominator() / common }
    }

    pub fn exact(self) -> Exact {
        Exact::fraction(self.numerator, self.denominator).unwrap_or(Exact::ZERO)
    }

    /// The nearest floating-point number, and a bound of what that loses.
    pub fn approximately(self) -> (f64, f64) {
        let value = self.numerator.as_f64() / self.denominator.as_f64();
        (value, value.abs() * 2.0 * f64::EPSILON)
    }
}

impl From<Why> for WhyKey {
    fn from(why: Why) -> Self {
        Self { data: why.data, judgement: why.judgement, open: why.open }
    }
}

impl From<WhyKey> for Why {
    fn from(why: WhyKey) -> Self {
        Self { data: why.data, judgement: why.judgement, open: why.open }
    }
}

impl From<Truth> for TruthKey {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Met => Self::Met,
            Truth::NotMet => Self::NotMet,
            Truth::NotApplicable => Self::NotApplicable,
            Truth::Unknown(why) => Self::Unknown(why.into()),
        }
    }
}

impl From<TruthKey> for Truth {
    fn from(truth: TruthKey) -> Self {
        match truth {
            TruthKey::Met => Self::Met,
            TruthKey::NotMet => Self::NotMet,
            TruthKey::NotApplicable => Self::NotApplicable,
            TruthKey::Unknown(why) => Self::Unknown(why.into()),
        }
    }
}

impl From<ElapsedUnit> for UnitKey {
    fn from(unit: ElapsedUnit) -> Self {
        match unit {
            ElapsedUnit::Years => Self::Years,
            ElapsedUnit::YearsBegun => Self::YearsBegun,
            ElapsedUnit::Days => Self::Days,
        }
    }
}

impl From<Operator> for Edge {
    fn from(operator: Operator) -> Self {
        match operator {
            Operator::AtLeast => Self::AtLeast,
            Operator::MoreThan => Self::MoreThan,
            Operator::AtMost => Self::AtMost,
            Operator::LessThan => Self::LessThan,
            Operator::Equal => Self::Equal,
        }
    }
}

impl From<Edge> for Operator {
    fn from(edge: Edge) -> Self {
        match edge {
            Edge::AtLeast => Self::AtLeast,
            Edge::MoreThan => Self::MoreThan,
            Edge::AtMost => Self::AtMost,
            Edge::LessThan => Self::LessThan,
            Edge::Equal => Self::Equal,
        }
    }
}
