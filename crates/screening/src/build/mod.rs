//! From the law to the plan: every part of a version is looked up, shared where it is the same, and
//! put in order. Mirrors the evaluator of `rules` file by file.

mod classification;
mod condition;
mod criterion;
mod quantity;
mod score;

use std::sync::Arc;

use enterprise::FactKey;
use jiff::civil::Date;
use population::Shape;
use rules::{Assume, FactRef, Missing, Programme, Question, Rulebook, governing};

use crate::plan::{CasePlan, Lack, Plan, ProgrammePlan};
use crate::screened::Screened;
use crate::screening::{Classing, Screening, Slow, SlowClass};

/// Collects the programmes that are screened together. Programmes of several rulebooks can be added:
/// what they have in common is computed once.
pub struct Builder {
    shape: Shape,
    question: Question,
    plan: Plan,
    slow: Vec<(usize, Slow)>,
    classes: Vec<Classing>,
}

/// The columns cannot say it; the simple evaluator can.
pub(crate) struct Unsupported;

/// What a part of a version is read with.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'r> {
    pub rulebook: &'r Rulebook,
    pub as_of: Date,
    pub base_year: i16,
    pub assumptions: &'r [Assume],
}

impl Builder {
    /// For populations of this shape.
    pub fn new(shape: &Shape, question: Question) -> Self {
        Self {
            shape: shape.clone(),
            question,
            plan: Plan::default(),
            slow: Vec::new(),
            classes: Vec::new(),
        }
    }

    /// Adds a programme; answers its place in the results.
    pub fn add(&mut self, rulebook: &Rulebook, programme: &Programme) -> usize {
        let screened = Screened::of(rulebook, programme, &self.question);
        let place = self.plan.programmes.len();
        let case_of = |held| {
            let governing = governing(rulebook, programme, &self.question, held);
            governing.version.and_then(|_| screened.case(governing.purpose))
        };
        let (when_held, otherwise) = (case_of(Some(true)), case_of(Some(false)));
        let (title, _) = self.plan.titles.place(programme.id.clone());
        let cases = self.cases(rulebook, programme, &screened).unwrap_or_else(|Unsupported| {
            let slow = Slow {
                rulebook: Arc::new(rulebook.clone()),
                programme: programme.clone(),
                question: self.question.clone(),
            };
            self.slow.push((place, slow));
            Vec::new()
        });
        let programme = ProgrammePlan { screened, title, when_held, otherwise, cases };
        self.plan.programmes.push(programme);
        place
    }

    /// Asks for the option of a derived choice too, such as the size class, whatever the programmes
    /// look at; answers its place in [`Results::classes`]. Nothing if no standard is in force.
    ///
    /// [`Results::classes`]: crate::Results::classes
    pub fn classify(&mut self, rulebook: &Rulebook, indicator: &str) -> Option<usize> {
        let as_of = self.question.as_of;
        let known = rulebook.classification(indicator, as_of)?;
        let base_year = self.question.base_year.unwrap_or(as_of.year().saturating_sub(1));
        let setting = Setting { rulebook, as_of, base_year, assumptions: &[] };
        let mut parts = Parts { shape: &self.shape, plan: &mut self.plan, setting };
        let class = parts.classify(known).map_err(|Unsupported| SlowClass {
            rulebook: Arc::new(rulebook.clone()),
            indicator: indicator.to_owned(),
            question: self.question.clone(),
        });
        self.classes.push(class);
        Some(self.classes.len() - 1)
    }

    /// The kernels.
    pub fn build(self) -> Screening {
        Screening::new(self.shape, self.plan, (self.slow, self.classes), &self.question)
    }

    fn cases(
        &mut self,
        rulebook: &Rulebook,
        programme: &Programme,
        screened: &Screened,
    ) -> Result<Vec<CasePlan>, Unsupported> {
        let mut cases: Vec<Option<CasePlan>> = screened.cases.iter().map(|_| None).collect();
        for held in [Some(false), Some(true)] {
            let governing = governing(rulebook, programme, &self.question, held);
            let place = screened.case(governing.purpose);
            let slot = place.and_then(|place| cases.get_mut(place));
            if let (Some(version), Some(slot @ None)) = (governing.version, slot) {
                let setting = Setting {
                    rulebook,
                    as_of: self.question.as_of,
                    base_year: governing.base_year,
                    assumptions: &version.assumptions,
                };
                let mut parts = Parts { shape: &self.shape, plan: &mut self.plan, setting };
                *slot = Some(parts.case(version, governing.purpose)?);
            }
        }
        cases.into_iter().collect::<Option<_>>().ok_or(Unsupported)
    }
}

/// Builds the parts of one version.
pub(crate) struct Parts<'b, 'r> {
    pub shape: &'b Shape,
    pub plan: &'b mut Plan,
    pub setting: Setting<'r>,
}

impl Parts<'_, '_> {
    pub fn year(&self, fact: &FactRef) -> Option<i16> {
        fact.offset.map(|offset| self.setting.base_year.saturating_add(offset))
    }

    /// The column of a fact.
    pub fn column(&self, fact: &FactRef) -> Option<usize> {
        self.shape.fact(&fact.indicator.id, self.year(fact))
    }

    /// What a fact without a value lacks.
    pub fn lack(&mut self, fact: &FactRef) -> Lack {
        let key = FactKey { indicator: fact.indicator.id.clone(), year: self.year(fact) };
        self.lack_of(Missing::Fact { key, lack: fact.indicator.lack.into() })
    }

    /// What the lack of something means, and where it is counted.
    pub fn lack_of(&mut self, missing: Missing) -> Lack {
        let why = missing.why();
        let field = why.data.then(|| self.plan.field(&missing, &self.setting.rulebook.catalogue));
        Lack { why: why.into(), field }
    }

    /// The default for a fact, if the version allows one.
    pub fn assumed(&self, fact: &FactRef) -> Option<&enterprise::Value> {
        let assumptions = self.setting.assumptions.iter();
        assumptions
            .filter(|assume| assume.indicator == fact.indicator)
            .map(|assume| &assume.value)
            .next()
    }
}

/// Days since 1970, as columns count them.
pub(crate) fn day_number(date: Date) -> i32 {
    const EPOCH: Date = Date::constant(1970, 1, 1);
    EPOCH.until(date).map_or(0, |span| span.get_days())
}
