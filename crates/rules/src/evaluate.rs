//! The evaluator that defines the meaning: clear before fast. Every faster path must agree with it.

use enterprise::{Facts, Judgement, Title};
use jiff::civil::Date;

use crate::amount::Missing;
use crate::context::Context;
use crate::criterion::{Body, Criterion, Group};
use crate::programme::{Programme, Purpose, Round, Standing, Version};
use crate::rulebook::Rulebook;
use crate::shortfall;
use crate::summary;
use crate::truth::{Truth, Why};
use crate::verdict::{
    Answer, Assessment, CriterionResult, Finding, Outcome, PurposeBecause, Verdict,
};

/// What is asked: the day, and what else the asker wants to pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The day of the verdict.
    pub as_of: Date,
    /// The last fiscal year; by default a round's, else the year before `as_of`.
    pub base_year: Option<i16>,
    /// The purpose; by default re-review for holders of the title, new for all others.
    pub purpose: Option<Purpose>,
    /// The day as of which rulebook and facts were known; later versions are left out.
    pub known_on: Option<Date>,
}

impl Question {
    /// The question as of a day, everything else by default.
    pub fn on(as_of: Date) -> Self {
        Self { as_of, base_year: None, purpose: None, known_on: None }
    }
}

/// Judges one subject under one programme.
pub fn evaluate<'r>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    facts: &Facts,
    question: &Question,
) -> Answer<'r> {
    let Setting { context, purpose, purpose_because, held, round, version } =
        setting(rulebook, programme, facts, question);
    let round_criteria = round.map_or_else(Vec::new, |round| {
        // What a version assumes is not assumed for taking part in a round.
        let context = Context { assumptions: &[], ..context };
        context.criteria(&round.criteria, purpose, Truth::NotApplicable)
    });
    let outcome = match version {
        Some(version) => Outcome::Assessed(Box::new(assess(&context, version, purpose))),
        None => no_version(programme, purpose, question),
    };
    Answer {
        programme,
        purpose,
        purpose_because,
        as_of: question.as_of,
        base_year: context.base_year,
        held: held.cloned(),
        round,
        round_criteria,
        outcome,
    }
}

/// What is settled before anything is tested: the purpose, the round, the base year, the version.
pub(crate) struct Setting<'r, 'f> {
    pub context: Context<'r, 'f>,
    pub purpose: Purpose,
    pub purpose_because: PurposeBecause,
    /// The title held on the day.
    pub held: Option<&'f Title>,
    pub round: Option<&'r Round>,
    pub version: Option<&'r Version>,
}

pub(crate) fn setting<'r, 'f>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    facts: &'f Facts,
    question: &Question,
) -> Setting<'r, 'f> {
    let as_of = question.as_of;
    let base_year = as_of.year().saturating_sub(1);
    let mut context = Context { rulebook, facts, as_of, base_year, assumptions: &[] };
    let (held, title) = context.holds(&programme.id);
    let Governing { purpose, purpose_because, round, base_year, version } =
        governing(rulebook, programme, question, held);
    context.base_year = base_year;
    if let Some(version) = version {
        context.assumptions = &version.assumptions;
    }
    let held = title.filter(|_| held == Some(true));
    Setting { context, purpose, purpose_because, held, round, version }
}

/// The title of a programme that a subject holds on the day, by itself or through another; none if it holds none, or
/// if that is not known.
pub fn title_held<'f>(
    rulebook: &Rulebook,
    programme: &Programme,
    facts: &'f Facts,
    question: &Question,
) -> Option<&'f Title> {
    setting(rulebook, programme, facts, question).held
}

/// Under which text of the law subjects are judged: all that is settled by the question and by
/// whether the title is held, without any other fact.
#[derive(Debug, Clone, Copy)]
pub struct Governing<'r> {
    /// The purpose.
    pub purpose: Purpose,
    /// How it was chosen.
    pub purpose_because: PurposeBecause,
    /// The window for applying: open, next or last.
    pub round: Option<&'r Round>,
    /// The last fiscal year.
    pub base_year: i16,
    /// The version in force.
    pub version: Option<&'r Version>,
}

/// Settles under which text of the law those are judged who hold the title, who do not, or of whom
/// that is not known.
pub fn governing<'r>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    question: &Question,
    held: Option<bool>,
) -> Governing<'r> {
    let as_of = question.as_of;
    let (purpose, purpose_because) = purpose(programme, question, held);
    let round = rulebook.round(&programme.id, purpose, as_of);
    let pinned = round
        .filter(|round| round.from <= as_of && as_of <= round.to)
        .and_then(|round| round.base_year);
    let by_default = as_of.year().saturating_sub(1);
    Governing {
        purpose,
        purpose_because,
        round,
        base_year: question.base_year.or(pinned).unwrap_or(by_default),
        version: version_on(programme, purpose, question),
    }
}

/// The value of a derived choice for one subject on a day: the indices of the options that are
/// still possible, none if no standard applies or the industry is unknown.
pub fn classify(
    rulebook: &Rulebook,
    indicator: &str,
    facts: &Facts,
    question: &Question,
) -> Vec<usize> {
    let Some(classification) = rulebook.classification(indicator, question.as_of) else {
        return Vec::new();
    };
    let base_year = question.base_year.unwrap_or(question.as_of.year().saturating_sub(1));
    let context = Context { rulebook, facts, as_of: question.as_of, base_year, assumptions: &[] };
    context.classify(classification).1
}

fn purpose(
    programme: &Programme,
    question: &Question,
    held: Option<bool>,
) -> (Purpose, PurposeBecause) {
    if let Some(purpose) = question.purpose {
        return (purpose, PurposeBecause::Asked);
    }
    let (wanted, because) = match held {
        Some(true) => (Purpose::ReReview, PurposeBecause::TitleHeld),
        Some(false) => (Purpose::New, PurposeBecause::NotHeld),
        None => (Purpose::New, PurposeBecause::TitlesUnknown),
    };
    (known_purpose(programme, wanted), because)
}

/// The purpose that the programme knows in place of the one that is wanted.
pub(crate) fn known_purpose(programme: &Programme, wanted: Purpose) -> Purpose {
    let knows = |purpose: Purpose| {
        programme.versions.iter().any(|v| v.applies.iter().any(|a| a.purpose == purpose))
    };
    // A programme that is evaluated every year knows neither new nor re-review.
    let purpose = [wanted, Purpose::Yearly, Purpose::New].into_iter().find(|p| knows(*p));
    purpose.unwrap_or(wanted)
}

/// The versions that were known on the day that the question names.
fn known_versions<'r>(
    programme: &'r Programme,
    question: &Question,
) -> impl Iterator<Item = &'r Version> {
    let day = question.known_on;
    programme.versions.iter().filter(move |version| match (day, version.published) {
        (Some(day), Some(published)) => published <= day,
        _ => true,
    })
}

fn version_on<'r>(
    programme: &'r Programme,
    purpose: Purpose,
    question: &Question,
) -> Option<&'r Version> {
    known_versions(programme, question).find(|version| {
        version
            .applies
            .iter()
            .any(|applies| applies.purpose == purpose && applies.covers(question.as_of))
    })
}

fn no_version<'r>(programme: &'r Programme, purpose: Purpose, question: &Question) -> Outcome<'r> {
    let as_of = question.as_of;
    let periods = || {
        known_versions(programme, question).flat_map(move |version| {
            let applies = version.applies.iter().filter(move |a| a.purpose == purpose);
            applies.map(move |applies| (applies, version))
        })
    };
    Outcome::NoVersion {
        next: periods()
            .filter(|(applies, _)| applies.from > as_of)
            .min_by_key(|(applies, _)| applies.from)
            .map(|(applies, version)| (applies.from, version)),
        previous: periods()
            .filter_map(|(applies, version)| Some((applies.to?, version)))
            .filter(|(to, _)| *to < as_of)
            .max_by_key(|(to, _)| *to),
    }
}

fn assess<'r>(context: &Context<'r, '_>, version: &'r Version, purpose: Purpose) -> Assessment<'r> {
    let score = version.score.as_ref().map(|table| context.score(table));
    let score_truth = score.as_ref().map_or(Truth::NotApplicable, |score| score.truth);
    let criteria = context.criteria(&version.criteria, purpose, score_truth);
    let verdict = if version.standing == Standing::Open {
        Verdict::Undetermined(Why::OPEN)
    } else {
        match Truth::all(criteria.iter().map(|result| result.truth)) {
            Truth::Met => Verdict::Eligible,
            Truth::NotMet => Verdict::Ineligible,
            Truth::Unknown(why) => Verdict::Undetermined(why),
            // Nothing applies: a person has to look, since nothing was tested.
            Truth::NotApplicable => Verdict::Undetermined(Why::JUDGEMENT),
        }
    };
    Assessment {
        version,
        verdict,
        population: summary::population(verdict, &criteria, score.as_ref()),
        path: summary::path(version, &criteria),
        nearest: shortfall::nearest(verdict, &criteria, score.as_ref()),
        missing: match verdict {
            Verdict::Undetermined(_) => summary::missing(&criteria, score.as_ref()),
            _ => Vec::new(),
        },
        assumptions: summary::assumptions(&version.assumptions, &criteria, score.as_ref()),
        rests_on_recalled: summary::rests_on_recalled(&criteria, score.as_ref()),
        preferences: context.criteria(&version.preferences, purpose, score_truth),
        benefits: version.benefits.iter().map(|benefit| context.benefit(benefit)).collect(),
        criteria,
        score,
    }
}

impl<'r> Context<'r, '_> {
    fn criteria(
        &self,
        criteria: &'r [Criterion],
        purpose: Purpose,
        score: Truth,
    ) -> Vec<CriterionResult<'r>> {
        criteria.iter().map(|criterion| self.criterion(criterion, purpose, score)).collect()
    }

    fn criterion(
        &self,
        criterion: &'r Criterion,
        purpose: Purpose,
        score: Truth,
    ) -> CriterionResult<'r> {
        if !criterion.purposes.is_empty() && !criterion.purposes.contains(&purpose) {
            return CriterionResult {
                criterion,
                truth: Truth::NotApplicable,
                when: None,
                finding: Finding::OtherPurpose,
            };
        }
        let (body, finding) = match &criterion.body {
            Body::Require(condition) => {
                let result = self.test(condition);
                (result.truth, Finding::Condition(result))
            }
            Body::Judged { .. } => {
                let judgement = self.judgement(criterion);
                let truth = judgement
                    .as_ref()
                    .map_or(Truth::Unknown(Why::JUDGEMENT), |judgement| judgement.met.into());
                (truth, Finding::Judged(judgement))
            }
            Body::Score => (score, Finding::Score),
            Body::Group(group, children) => {
                let results = self.criteria(children, purpose, score);
                (taken_together(*group, &results), Finding::Children(results))
            }
        };
        let when = criterion.when.as_ref().map(|when| self.test(when));
        let truth = when.as_ref().map_or(body, |when| body.when(when.truth));
        CriterionResult { criterion, truth, when, finding }
    }

    /// The newest decision on a judged criterion that was made by the day.
    fn judgement(&self, criterion: &Criterion) -> Option<Judgement> {
        self.facts
            .judgements
            .iter()
            .filter(|known| known.owner == criterion.owner && known.criterion == criterion.id)
            .filter(|known| known.on.is_none_or(|on| on <= self.as_of))
            .max_by_key(|known| known.on)
            .cloned()
    }
}

/// How a group's sub-criteria are taken together.
pub(crate) fn taken_together(group: Group, results: &[CriterionResult<'_>]) -> Truth {
    let truths = results.iter().map(|result| result.truth);
    match group {
        Group::All => Truth::all(truths),
        Group::Any => Truth::any(truths),
        Group::AtLeast(k) => Truth::at_least(k, truths),
        // The checker proves that the cases leave no hole; if one is found all the same, nobody
        // may conclude from it.
        Group::Cases => match Truth::all(truths) {
            Truth::NotApplicable => Truth::Unknown(Why::JUDGEMENT),
            other => other,
        },
    }
}

impl Missing {
    /// The judgement that a judged criterion waits for.
    pub(crate) fn judgement(criterion: &Criterion) -> Self {
        Self::Judgement { owner: criterion.owner.clone(), criterion: criterion.id.clone() }
    }
}
