//! Every choice of values, tried one by one and judged anew from the evaluator's results.

use enterprise::{Facts, Moves};
use rules::{
    Body, ConditionResult, CriterionResult, Finding, Group, Outcome, Programme, Question, Rulebook,
    ScaleFinding, ScoreResult, Test, Truth, Why, evaluate,
};

use super::small::{TARGET, VARIABLES, firm};

/// Whether the measurable part passes: by the evaluator's results, put together anew. What had a
/// meaning where things stood and has lost it counts as not known, since nobody is told to make a
/// ratio meaningless so that a person would have to decide.
struct Judge {
    /// By test and value, in order: whether it has no meaning where things stand.
    before: Vec<bool>,
    seen: Vec<bool>,
}

impl Judge {
    fn passes(&mut self, rulebook: &Rulebook, programme: &Programme, facts: &Facts) -> bool {
        self.seen.clear();
        let question = Question::on(TARGET);
        let Outcome::Assessed(found) = evaluate(rulebook, programme, facts, &question).outcome
        else {
            return false;
        };
        let score = found.score.as_ref().is_some_and(|score| self.score(score));
        let mut truths = Vec::new();
        for result in &found.criteria {
            truths.push(self.criterion(result, score));
        }
        matches!(Truth::all(truths), Truth::Met | Truth::NotApplicable)
    }

    /// Notes whether something has no meaning; tells whether it lost it.
    fn lost(&mut self, meaningless: bool) -> bool {
        let before = self.before.get(self.seen.len()).copied().unwrap_or(meaningless);
        self.seen.push(meaningless);
        meaningless && !before
    }

    fn score(&mut self, score: &ScoreResult<'_>) -> bool {
        let (mut total, mut floors) = (0, true);
        for group in &score.groups {
            let mut subtotal = 0;
            for item in &group.items {
                let mut lost = false;
                for finding in &item.findings {
                    match finding {
                        ScaleFinding::Value(amount, _) => {
                            lost |= self.lost(amount.as_exact().is_none());
                        }
                        ScaleFinding::Entries(results) => {
                            for result in results {
                                let truth = self.condition(result);
                                lost |= truth.unknown().is_some_and(|why| why.data);
                            }
                        }
                    }
                }
                subtotal += if lost { item.low.0 } else { item.high.0 };
            }
            floors &= group.group.floor.as_ref().is_none_or(|floor| subtotal >= floor.points.0);
            total += subtotal;
        }
        floors && total >= score.table.pass.points.0
    }

    fn criterion(&mut self, result: &CriterionResult<'_>, score: bool) -> Truth {
        let when = result.when.as_ref().map(|when| self.condition(when));
        let body = match &result.finding {
            Finding::Condition(condition) => favourable(self.condition(condition)),
            Finding::Children(children) => {
                let mut truths = Vec::new();
                for child in children {
                    truths.push(self.criterion(child, score));
                }
                match result.criterion.body {
                    Body::Group(Group::Any, _) => Truth::any(truths),
                    Body::Group(Group::AtLeast(k), _) => Truth::at_least(k, truths),
                    _ => Truth::all(truths),
                }
            }
            Finding::Score => Truth::from(score),
            _ => Truth::Met,
        };
        when.map_or(body, |when| body.when(favourable(when)))
    }

    fn condition(&mut self, result: &ConditionResult<'_>) -> Truth {
        match &result.test {
            Test::All(parts) => {
                let truths: Vec<Truth> = parts.iter().map(|part| self.condition(part)).collect();
                Truth::all(truths)
            }
            Test::AtLeast(k, parts) => {
                let truths: Vec<Truth> = parts.iter().map(|part| self.condition(part)).collect();
                Truth::at_least(*k, truths)
            }
            Test::Not(inner) => !self.condition(inner),
            _ if self.lost(result.truth.unknown().is_some()) => Truth::Unknown(Why::DATA),
            _ => result.truth,
        }
    }
}

fn favourable(truth: Truth) -> Truth {
    match truth {
        Truth::Unknown(why) if !why.data => Truth::Met,
        other => other,
    }
}

/// Whether some value has no meaning where things stand.
pub(super) fn meaningless(rulebook: &Rulebook, programme: &Programme, facts: &Facts) -> bool {
    let mut judge = Judge { before: Vec::new(), seen: Vec::new() };
    judge.passes(rulebook, programme, facts);
    judge.seen.contains(&true)
}

pub(super) fn passes(rulebook: &Rulebook, programme: &Programme, facts: &Facts) -> bool {
    Judge { before: Vec::new(), seen: Vec::new() }.passes(rulebook, programme, facts)
}

/// Effort and relative amounts of going from one set of values to another.
fn cost(from: &[i64], to: &[i64]) -> (u64, u64) {
    let mut sum = (0, 0);
    for ((id, _, most, effort, _), (from, to)) in VARIABLES.into_iter().zip(from.iter().zip(to)) {
        if from == to {
            continue;
        }
        let size = if ["flag", "level"].contains(&id) { most } else { *from.max(to) };
        let part = (from - to).unsigned_abs() * 1_000_000;
        sum.0 += u64::from(effort);
        sum.1 += part.div_ceil(size.unsigned_abs());
    }
    sum
}

/// Every choice of values that the catalogue allows, tried one by one.
pub(super) fn brute_force(
    rulebook: &Rulebook,
    programme: &Programme,
    start: &[i64],
) -> Option<(u64, u64)> {
    let mut judge = Judge { before: Vec::new(), seen: Vec::new() };
    judge.passes(rulebook, programme, &firm(start));
    judge.before = judge.seen.clone();
    let mut best = None;
    let mut values = vec![0; VARIABLES.len()];
    values[VARIABLES.len() - 1] = start[VARIABLES.len() - 1];
    'all: loop {
        let allowed = VARIABLES.iter().zip(&values).zip(start).all(|((known, value), start)| {
            let (id, moves) = (known.0, known.4);
            let way = moves == Moves::Either || (value > start) == (moves == Moves::Up);
            value == start || (id != "closed" && way)
        });
        let allowed = allowed && (start[1] > start[0] || values[1] <= values[0]);
        let cost = cost(start, &values);
        let cheaper = best.is_none_or(|best| cost < best);
        if allowed && cheaper && judge.passes(rulebook, programme, &firm(&values)) {
            best = Some(cost);
        }
        // What is closed is not tried.
        for (place, value) in values.iter_mut().enumerate().take(VARIABLES.len() - 1) {
            if *value < VARIABLES[place].2 {
                *value += 1;
                continue 'all;
            }
            *value = 0;
        }
        return best;
    }
}
