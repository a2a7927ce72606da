//! What is computed for every block: a list of steps, each distinct part of the law once, parts
//! before the wholes that use them. Holds no values.

mod keys;
mod once;
mod programme;

use rules::Missing;

use crate::field::Field;
pub(crate) use keys::{Edge, Fraction, TruthKey, UnitKey, WhyKey};
use once::Once;
pub(crate) use programme::{Branch, CasePlan, ProgrammePlan, Under};

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

/// What a fact without a value lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Lack {
    pub why: WhyKey,
    /// What the work list counts, for data only.
    pub field: Option<FieldId>,
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
