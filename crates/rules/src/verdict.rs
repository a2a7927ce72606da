//! Verdicts and the explanation that every evaluation yields. Values only: words for them are
//! another crate's business.

use enterprise::{Judgement, Source, Title};
use jiff::civil::Date;

use crate::amount::{Amount, Lacking, Missing};
use crate::classification::{Classification, IndustryGroup};
use crate::condition::{Comparison, FactRef, Happened, Holds, Member};
use crate::criterion::Criterion;
use crate::exact::Exact;
use crate::programme::{Assume, Benefit, Programme, Purpose, Round, Version};
use crate::score::{Points, ScoreGroup, ScoreItem, ScoreTable};
use crate::shortfall::Nearest;
use crate::summary;
use crate::truth::{Truth, Why};

/// The answer to: does this subject qualify for this programme on this day, and why?
#[derive(Debug, Clone)]
pub struct Answer<'r> {
    /// The programme.
    pub programme: &'r Programme,
    /// The purpose that it was judged for.
    pub purpose: Purpose,
    /// How the purpose was chosen.
    pub purpose_because: PurposeBecause,
    /// The day.
    pub as_of: Date,
    /// The last fiscal year.
    pub base_year: i16,
    /// The title held on the day, if one is known.
    pub held: Option<Title>,
    /// The window for applying: open, next or last.
    pub round: Option<&'r Round>,
    /// Who may take part in that round, beside the verdict.
    pub round_criteria: Vec<CriterionResult<'r>>,
    /// The result.
    pub outcome: Outcome<'r>,
}

/// How the purpose was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PurposeBecause {
    /// The question named it.
    Asked,
    /// The title is held on the day.
    TitleHeld,
    /// The title is not held.
    NotHeld,
    /// It is not known whether the title is held; a new application is assumed.
    TitlesUnknown,
}

/// The result for one programme.
#[derive(Debug, Clone)]
pub enum Outcome<'r> {
    /// A version is in force and was evaluated.
    Assessed(Box<Assessment<'r>>),
    /// No version is in force for the purpose on the day.
    NoVersion {
        /// The first day of the next one.
        next: Option<(Date, &'r Version)>,
        /// The last day of the one before.
        previous: Option<(Date, &'r Version)>,
    },
}

/// The evaluation of one version.
#[derive(Debug, Clone)]
pub struct Assessment<'r> {
    /// The version.
    pub version: &'r Version,
    /// The verdict.
    pub verdict: Verdict,
    /// In which of the five populations of a screening the subject is.
    pub population: Population,
    /// Every criterion, also after the first failure.
    pub criteria: Vec<CriterionResult<'r>>,
    /// What makes a subject preferred; never decides.
    pub preferences: Vec<CriterionResult<'r>>,
    /// What a recognition would grant.
    pub benefits: Vec<BenefitResult<'r>>,
    /// The score, also beside a direct path.
    pub score: Option<ScoreResult<'r>>,
    /// The path taken, where there is a score.
    pub path: Option<Path>,
    /// The criterion at the top that lacks least, unless the verdict is eligible.
    pub nearest: Option<Nearest<'r>>,
    /// What would decide an undetermined verdict.
    pub missing: Vec<Missing>,
    /// Defaults that were used: the verdict is conditional on them.
    pub assumptions: Vec<&'r Assume>,
    /// Whether it rests on a number that nobody has seen.
    pub rests_on_recalled: bool,
}

/// What a benefit comes to: its amount within its cap and ceilings, before earlier payments and
/// other benefits are looked at.
#[derive(Debug, Clone)]
pub struct BenefitResult<'r> {
    /// The benefit.
    pub benefit: &'r Benefit,
    /// Money; `None` while the amount is not public.
    pub amount: Option<Amount>,
    /// The most that one grant can be, if a cap or a ceiling says so.
    pub most: Option<Exact>,
    /// The facts used for it.
    pub operands: Vec<Operand<'r>>,
}

/// The verdict (结论).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 符合
    Eligible,
    /// 不符合
    Ineligible,
    /// 待定, and why.
    Undetermined(Why),
}

/// The five populations of a screening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Population {
    /// Eligible.
    Eligible,
    /// All measurable criteria met, a judgement pending.
    JudgementPending,
    /// One measurable criterion short.
    OneShort,
    /// Cannot be told for lack of data.
    LackOfData,
    /// No.
    No,
}

/// How a scored programme was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// A direct condition is met (直通).
    Direct,
    /// By score (评分).
    Scored,
}

/// The result of one criterion.
#[derive(Debug, Clone)]
pub struct CriterionResult<'r> {
    /// The criterion.
    pub criterion: &'r Criterion,
    /// Its status.
    pub truth: Truth,
    /// Whether it applies, where that depends on facts.
    pub when: Option<ConditionResult<'r>>,
    /// What was found.
    pub finding: Finding<'r>,
}

/// What was found for a criterion.
#[derive(Debug, Clone)]
pub enum Finding<'r> {
    /// It does not apply to this purpose.
    OtherPurpose,
    /// A condition over facts.
    Condition(ConditionResult<'r>),
    /// A person's decision, if there is one.
    Judged(Option<Judgement>),
    /// See the score.
    Score,
    /// Sub-criteria.
    Children(Vec<CriterionResult<'r>>),
}

/// The result of a condition.
#[derive(Debug, Clone)]
pub struct ConditionResult<'r> {
    /// Its status.
    pub truth: Truth,
    /// What keeps it from being told.
    pub lacking: Lacking,
    /// What was tested.
    pub test: Test<'r>,
}

/// What was tested.
#[derive(Debug, Clone)]
pub enum Test<'r> {
    /// All of these.
    All(Vec<ConditionResult<'r>>),
    /// At least so many of these.
    AtLeast(usize, Vec<ConditionResult<'r>>),
    /// The opposite of this.
    Not(Box<ConditionResult<'r>>),
    /// One quantity against another.
    Compare(Box<Compared<'r>>),
    /// A choice against options.
    Member {
        /// The test.
        member: &'r Member,
        /// The options that are still possible; one if it is known.
        possible: Vec<usize>,
        /// Where the choice came from, if it was given.
        source: Option<Source>,
        /// How it was classified, if it was computed.
        classified: Option<Box<Classified<'r>>>,
    },
    /// A yes-or-no fact.
    Flag {
        /// The fact.
        fact: &'r FactRef,
        /// Its value.
        value: Option<bool>,
        /// Where it came from.
        source: Option<Source>,
    },
    /// A title as prerequisite.
    Holds {
        /// The test.
        holds: &'r Holds,
        /// The title that decided, if one did.
        title: Option<Title>,
    },
    /// An event in a window.
    Happened {
        /// The test.
        happened: &'r Happened,
        /// First day of the window.
        from: Date,
        /// Days of the events that count.
        dates: Vec<Date>,
        /// Up to when the list of events is complete, if that falls short of the day.
        complete_until: Option<Date>,
    },
}

/// One quantity held against another.
#[derive(Debug, Clone)]
pub struct Compared<'r> {
    /// The test.
    pub comparison: &'r Comparison,
    /// What the left side comes to.
    pub left: Amount,
    /// What the right side comes to.
    pub right: Amount,
    /// The facts used.
    pub operands: Vec<Operand<'r>>,
    /// How far from the edge.
    pub distance: Option<Distance>,
}

/// A fact used in a quantity.
#[derive(Debug, Clone)]
pub struct Operand<'r> {
    /// The fact.
    pub fact: &'r FactRef,
    /// Its fiscal year.
    pub year: Option<i16>,
    /// Its value.
    pub amount: Amount,
    /// Where it came from.
    pub origin: Origin<'r>,
}

/// Where an operand came from.
#[derive(Debug, Clone)]
pub enum Origin<'r> {
    /// It was given.
    Given(Source),
    /// It is a date that was given.
    GivenDate(Date, Source),
    /// It was computed from these.
    Computed(Vec<Operand<'r>>),
    /// It was assumed.
    Assumed(&'r Assume),
    /// The year lies before the founding.
    BeforeFounding,
    /// It is missing; an older year is known, if one is named.
    Missing {
        /// The newest older year for which it is known.
        older: Option<i16>,
    },
}

/// How far a value is from an edge. Positive: short by so much; zero or negative: to spare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// In the measure of the comparison.
    pub absolute: Exact,
    /// Relative to the threshold in parts per million, rounded up; none for a threshold of zero.
    pub ppm: Option<i64>,
}

/// How a choice was computed.
#[derive(Debug, Clone)]
pub struct Classified<'r> {
    /// The classification used.
    pub classification: &'r Classification,
    /// The industry code.
    pub code: Option<String>,
    /// The group that it falls in.
    pub group: Option<&'r IndustryGroup>,
    /// Per metric of the group: its value and the options that are still possible.
    pub metrics: Vec<(Amount, Vec<usize>, Vec<Operand<'r>>)>,
}

/// The result of a score table. Bounds are equal once every item is known.
#[derive(Debug, Clone)]
pub struct ScoreResult<'r> {
    /// The table.
    pub table: &'r ScoreTable,
    /// Lowest total that is still possible.
    pub low: Points,
    /// Highest total that is still possible.
    pub high: Points,
    /// Whether the pass mark and all floors are reached.
    pub truth: Truth,
    /// Its parts.
    pub groups: Vec<GroupResult<'r>>,
}

/// The result of a part of a score table.
#[derive(Debug, Clone)]
pub struct GroupResult<'r> {
    /// The part.
    pub group: &'r ScoreGroup,
    /// Lowest subtotal that is still possible.
    pub low: Points,
    /// Highest subtotal that is still possible.
    pub high: Points,
    /// Whether its floor is reached, if it has one.
    pub floor: Option<Truth>,
    /// Its items.
    pub items: Vec<ItemResult<'r>>,
}

/// The result of one item of a score table.
#[derive(Debug, Clone)]
pub struct ItemResult<'r> {
    /// The item.
    pub item: &'r ScoreItem,
    /// Fewest points that are still possible.
    pub low: Points,
    /// Most points that are still possible.
    pub high: Points,
    /// What keeps it from being told.
    pub lacking: Lacking,
    /// What was found, scale by scale (more than one for the better of several).
    pub findings: Vec<ScaleFinding<'r>>,
}

/// What was found for a scale.
#[derive(Debug, Clone)]
pub enum ScaleFinding<'r> {
    /// A value and the facts used for it.
    Value(Amount, Vec<Operand<'r>>),
    /// Conditions, in the order of the entries.
    Entries(Vec<ConditionResult<'r>>),
}

impl Assessment<'_> {
    /// Everything that is not known or not decided, whatever the verdict: also what could not turn it.
    pub fn lacking(&self) -> Vec<Missing> {
        summary::missing(&self.criteria, self.score.as_ref())
    }
}

impl Answer<'_> {
    /// The verdict, if a version is in force.
    pub fn verdict(&self) -> Option<Verdict> {
        match &self.outcome {
            Outcome::Assessed(assessment) => Some(assessment.verdict),
            Outcome::NoVersion { .. } => None,
        }
    }
}
