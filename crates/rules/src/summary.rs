//! What a whole evaluation comes to, read off its results: population, path, what is missing, what
//! it rests on. Tests nothing anew.

use crate::amount::Missing;
use crate::condition::FactRef;
use crate::criterion::{Body, Criterion, Group};
use crate::programme::{Assume, Version};
use crate::provenance::Status;
use crate::score::{Scale, ScoreItem};
use crate::test_score::reached;
use crate::truth::{Truth, Why};
use crate::verdict::{
    ConditionResult, CriterionResult, Finding, ItemResult, Operand, Origin, Path, Population,
    ScaleFinding, ScoreResult, Test, Verdict,
};

/// In which of the five populations of a screening a subject with this result is.
pub(crate) fn population(
    verdict: Verdict,
    criteria: &[CriterionResult<'_>],
    score: Option<&ScoreResult<'_>>,
) -> Population {
    if verdict == Verdict::Eligible {
        return Population::Eligible;
    }
    let truths: Vec<Truth> = criteria.iter().map(|result| measurable(result, score)).collect();
    let not_met = truths.iter().filter(|truth| **truth == Truth::NotMet).count();
    let unknown = truths.iter().any(|truth| truth.unknown().is_some());
    match verdict {
        Verdict::Eligible => Population::Eligible,
        Verdict::Undetermined(_) if unknown || not_met > 0 || criteria.is_empty() => {
            Population::LackOfData
        }
        Verdict::Undetermined(_) => Population::JudgementPending,
        // With a judgement against it, more than one measurable criterion stands in the way.
        Verdict::Ineligible => {
            let judged_down = criteria
                .iter()
                .zip(&truths)
                .any(|(result, truth)| result.truth == Truth::NotMet && *truth != Truth::NotMet);
            if not_met == 1 && !unknown && !judged_down {
                Population::OneShort
            } else {
                Population::No
            }
        }
    }
}

/// Whether the criteria are met as far as they can be measured: every word of a person or an outside
/// system is taken to be favourable, also one that was not.
pub(crate) fn measurable_part(
    criteria: &[CriterionResult<'_>],
    score: Option<&ScoreResult<'_>>,
) -> Truth {
    Truth::all(criteria.iter().map(|result| measurable(result, score)))
}

/// A pending word of a person or an outside system, if it were favourable.
pub(crate) fn favourable(truth: Truth) -> Truth {
    match truth {
        Truth::Unknown(why) if !why.data => Truth::Met,
        other => other,
    }
}

/// The status of a criterion if every word of a person or an outside system were favourable.
fn measurable(result: &CriterionResult<'_>, score: Option<&ScoreResult<'_>>) -> Truth {
    let body = measurable_body(result, score);
    result.when.as_ref().map_or(body, |when| body.when(favourable(when.truth)))
}

fn measurable_body(result: &CriterionResult<'_>, score: Option<&ScoreResult<'_>>) -> Truth {
    match &result.finding {
        Finding::OtherPurpose => Truth::NotApplicable,
        Finding::Condition(condition) => favourable(condition.truth),
        Finding::Judged(_) => Truth::Met,
        Finding::Score => score.map_or(result.truth, measurable_score),
        Finding::Children(children) => {
            let truths = children.iter().map(|child| measurable(child, score));
            let by_a_word = children.iter().any(chosen_by_a_word);
            match result.criterion.body {
                Body::Group(group, _) => taken_as_measured(group, truths, by_a_word),
                _ => Truth::all(truths),
            }
        }
    }
}

/// How sub-criteria are taken together as far as they can be measured.
pub(crate) fn taken_as_measured(
    group: Group,
    truths: impl Iterator<Item = Truth>,
    by_a_word: bool,
) -> Truth {
    match group {
        Group::Any => Truth::any(truths),
        Group::AtLeast(k) => Truth::at_least(k, truths),
        // Which case applies may itself be a person's word: the most favourable one counts.
        Group::Cases if by_a_word => Truth::any(truths),
        Group::All | Group::Cases => Truth::all(truths),
    }
}

/// Whether it waits for a word, and for nothing else, to know if a case applies.
fn chosen_by_a_word(case: &CriterionResult<'_>) -> bool {
    case.when.as_ref().and_then(|when| when.truth.unknown()).is_some_and(|why| !why.data)
}

fn measurable_score(score: &ScoreResult<'_>) -> Truth {
    let low = |items: &[ItemResult<'_>]| -> i64 {
        let favourable = |item: &ItemResult<'_>| {
            if item.lacking.why().data { item.low.0 } else { item.high.0 }
        };
        items.iter().map(favourable).fold(0, i64::saturating_add)
    };
    let mut total = 0i64;
    let mut truths = Vec::new();
    for group in &score.groups {
        let subtotal = low(&group.items);
        total = total.saturating_add(subtotal);
        if let Some(floor) = &group.group.floor {
            truths.push(reached(floor, crate::score::Points(subtotal), group.high, Why::DATA));
        }
    }
    let pass = reached(&score.table.pass, crate::score::Points(total), score.high, Why::DATA);
    Truth::all(truths.into_iter().chain([pass]))
}

/// The path taken, where the version has a score.
pub(crate) fn path(version: &Version, criteria: &[CriterionResult<'_>]) -> Option<Path> {
    fn direct(result: &CriterionResult<'_>) -> bool {
        let here = result.criterion.direct && result.truth == Truth::Met;
        here || matches!(&result.finding, Finding::Children(children) if children.iter().any(direct))
    }
    if criteria.iter().any(direct) {
        return Some(Path::Direct);
    }
    version.score.as_ref().map(|_| Path::Scored)
}

/// What would decide the undecided criteria, each thing once, in file order.
pub(crate) fn missing(
    criteria: &[CriterionResult<'_>],
    score: Option<&ScoreResult<'_>>,
) -> Vec<Missing> {
    let mut found = Vec::new();
    for result in criteria {
        missing_in(result, score, &mut found);
    }
    let mut once = Vec::new();
    for what in found {
        if !once.contains(&what) {
            once.push(what);
        }
    }
    once
}

fn missing_in(
    result: &CriterionResult<'_>,
    score: Option<&ScoreResult<'_>>,
    found: &mut Vec<Missing>,
) {
    if result.truth.unknown().is_none() {
        return;
    }
    if let Some(when) = &result.when {
        found.extend(when.lacking.missing.iter().cloned());
    }
    match &result.finding {
        Finding::OtherPurpose => {}
        Finding::Condition(condition) => {
            found.extend(condition.lacking.missing.iter().cloned());
        }
        Finding::Judged(None) => found.push(Missing::judgement(result.criterion)),
        Finding::Judged(Some(_)) => {}
        Finding::Score => {
            for group in score.into_iter().flat_map(|score| &score.groups) {
                for item in &group.items {
                    found.extend(item.lacking.missing.iter().cloned());
                }
            }
        }
        Finding::Children(children) => {
            for child in children {
                missing_in(child, score, found);
            }
        }
    }
}

/// The defaults that were used, each once.
pub(crate) fn assumptions<'r>(
    known: &'r [Assume],
    criteria: &[CriterionResult<'r>],
    score: Option<&ScoreResult<'r>>,
) -> Vec<&'r Assume> {
    let mut used: Vec<&'r Assume> = Vec::new();
    each_assumed(criteria, score, &mut |fact| {
        let assume = known.iter().find(|assume| assume.indicator == fact.indicator);
        used.extend(assume.filter(|assume| !used.contains(assume)));
    });
    used
}

/// Calls `each` for every fact whose value was assumed.
fn each_assumed(
    criteria: &[CriterionResult<'_>],
    score: Option<&ScoreResult<'_>>,
    each: &mut dyn FnMut(&FactRef),
) {
    for result in criteria {
        if let Some(when) = &result.when {
            assumed_in(when, each);
        }
        match &result.finding {
            Finding::Condition(condition) => assumed_in(condition, each),
            Finding::Children(children) => each_assumed(children, None, each),
            _ => {}
        }
    }
    let items = score.into_iter().flat_map(|score| &score.groups).flat_map(|group| &group.items);
    for finding in items.flat_map(|item| &item.findings) {
        match finding {
            ScaleFinding::Value(_, operands) => with_parts(operands, each),
            ScaleFinding::Entries(results) => {
                for result in results {
                    assumed_in(result, each);
                }
            }
        }
    }
}

fn assumed_in(result: &ConditionResult<'_>, each: &mut dyn FnMut(&FactRef)) {
    match &result.test {
        Test::All(parts) | Test::AtLeast(_, parts) => {
            for part in parts {
                assumed_in(part, each);
            }
        }
        Test::Not(inner) => assumed_in(inner, each),
        Test::Compare(compared) => with_parts(&compared.operands, each),
        // A value that nobody gave and nobody computed was assumed.
        Test::Flag { fact, value: Some(_), source: None } => each(fact),
        Test::Member { member, possible, source: None, classified: None }
            if !possible.is_empty() =>
        {
            each(&member.fact);
        }
        Test::Member { classified: Some(classified), .. } => {
            for (_, _, operands) in &classified.metrics {
                with_parts(operands, each);
            }
        }
        _ => {}
    }
}

fn with_parts(operands: &[Operand<'_>], each: &mut dyn FnMut(&FactRef)) {
    for operand in operands {
        match &operand.origin {
            Origin::Assumed(_) => each(operand.fact),
            Origin::Computed(parts) => with_parts(parts, each),
            _ => {}
        }
    }
}

/// Whether any threshold of an applicable criterion is one that nobody has seen.
pub(crate) fn rests_on_recalled(
    criteria: &[CriterionResult<'_>],
    score: Option<&ScoreResult<'_>>,
) -> bool {
    fn in_criterion(result: &CriterionResult<'_>) -> bool {
        if result.truth == Truth::NotApplicable {
            return false;
        }
        let own = |criterion: &Criterion| {
            criterion.limits.iter().any(|limit| limit.citation.status == Status::Recalled)
                || (criterion.limits.is_empty()
                    && criterion.is_leaf()
                    && criterion.citation.status == Status::Recalled)
        };
        own(result.criterion)
            || matches!(&result.finding, Finding::Children(children) if children.iter().any(in_criterion))
            || matches!(&result.finding, Finding::Condition(condition) if recalled_class(condition))
    }
    fn in_item(item: &ScoreItem) -> bool {
        item.citation.status == Status::Recalled || recalled_edges(&item.scale)
    }
    fn recalled_edges(scale: &Scale) -> bool {
        match scale {
            Scale::Bands { bands, .. } => bands
                .iter()
                .flat_map(|band| &band.edges)
                .any(|(_, limit)| limit.citation.status == Status::Recalled),
            Scale::Steps { each, .. } => each.citation.status == Status::Recalled,
            Scale::Best(sides) => sides.iter().any(|side| recalled_edges(&side.scale)),
            _ => false,
        }
    }
    criteria.iter().any(in_criterion)
        || score.is_some_and(|score| {
            score.table.groups.iter().flat_map(|group| &group.items).any(in_item)
        })
}

/// Whether a size class was found through a group that nobody has seen.
fn recalled_class(result: &ConditionResult<'_>) -> bool {
    match &result.test {
        Test::All(parts) | Test::AtLeast(_, parts) => parts.iter().any(recalled_class),
        Test::Not(inner) => recalled_class(inner),
        Test::Member { classified: Some(classified), .. } => {
            classified.group.is_some_and(|group| group.citation.status == Status::Recalled)
        }
        _ => false,
    }
}
