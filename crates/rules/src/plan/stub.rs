//! A stand-in for the solver while the pages are made.

use enterprise::{Fact, FactKey, Facts, Source, Value};
use jiff::civil::{Date, date};

use super::*;
use crate::carry::carry_over;
use crate::condition::Quantity;
use crate::criterion::Body;
use crate::evaluate::{Question, evaluate};
use crate::programme::Standing;
use crate::rulebook::Rulebook;
use crate::score::Scale;
use crate::turn::ways_to_turn;
use crate::verdict::{Assessment, Finding, Outcome, Population, Test};

pub fn plan<'r>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    facts: &Facts,
    wish: &Wish,
) -> Planning<'r> {
    let question = |day: Date| Question {
        as_of: day,
        base_year: wish.base_year,
        purpose: wish.purpose,
        known_on: None,
    };
    let now = evaluate(rulebook, programme, facts, &question(wish.today));
    let end = date(wish.today.year(), 12, 31);
    let (target, because) = match (wish.target, now.round) {
        (Some(day), _) => (day, TargetBecause::Asked),
        (None, Some(round)) if round.to >= wish.today => (round.to, TargetBecause::Round(round)),
        _ => (end, TargetBecause::EndOfYear),
    };
    let carried = carry_over(rulebook, facts, wish.today, target);
    let unchanged = evaluate(rulebook, programme, &carried.facts, &question(target));
    let reach = match &unchanged.outcome {
        Outcome::NoVersion { .. } => Reach::NoVersion,
        Outcome::Assessed(found) if found.version.standing == Standing::Open => Reach::NotPublic,
        Outcome::Assessed(found) => {
            match plans(rulebook, programme, facts, &carried.facts, wish, &question(target), found)
            {
                plans if plans.is_empty() => {
                    let obstacles = found
                        .criteria
                        .iter()
                        .filter(|r| r.truth == crate::truth::Truth::NotMet)
                        .map(|r| match (&r.finding, &found.score) {
                            (Finding::Score, Some(score)) => Obstacle::Score {
                                most: score.high,
                                needed: score.table.pass.points,
                            },
                            _ => Obstacle::Criterion { criterion: r.criterion, tests: tests(r) },
                        })
                        .collect();
                    let later = date(target.year() + 1, target.month(), 28);
                    let again = carry_over(rulebook, facts, wish.today, later);
                    let then = evaluate(rulebook, programme, &again.facts, &question(later));
                    let earliest = match &then.outcome {
                        Outcome::Assessed(found) => {
                            let plans = self::plans(
                                rulebook,
                                programme,
                                facts,
                                &again.facts,
                                wish,
                                &question(later),
                                found,
                            );
                            (!plans.is_empty()).then(|| {
                                Box::new(Later {
                                    day: later,
                                    unchanged: then.clone(),
                                    carried: again.assumed.clone(),
                                    plans,
                                })
                            })
                        }
                        _ => None,
                    };
                    Reach::NotByThen {
                        obstacles,
                        earliest,
                        looked_until: date(target.year() + 3, 12, 31),
                    }
                }
                plans => Reach::Plans(plans),
            }
        }
    };
    Planning {
        programme,
        today: wish.today,
        target,
        target_because: because,
        carried: carried.assumed,
        reach,
        unchanged,
    }
}

fn tests<'r>(result: &crate::verdict::CriterionResult<'r>) -> Vec<ConditionResult<'r>> {
    fn leaf<'r>(c: &ConditionResult<'r>, found: &mut Vec<ConditionResult<'r>>) {
        if c.truth != crate::truth::Truth::NotMet {
            return;
        }
        match &c.test {
            Test::All(parts) | Test::AtLeast(_, parts) => {
                parts.iter().for_each(|part| leaf(part, found));
            }
            _ => found.push(c.clone()),
        }
    }
    let mut found = Vec::new();
    match &result.finding {
        Finding::Condition(c) => leaf(c, &mut found),
        Finding::Children(children) => {
            found.extend(
                children.iter().filter(|c| c.truth == crate::truth::Truth::NotMet).flat_map(tests),
            );
        }
        _ => {}
    }
    found
}

fn plans<'r>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    known: &Facts,
    facts: &Facts,
    wish: &Wish,
    question: &Question,
    found: &Assessment<'r>,
) -> Vec<Plan<'r>> {
    let ways: Vec<Vec<_>> =
        if matches!(found.population, Population::Eligible | Population::JudgementPending) {
            vec![Vec::new()]
        } else {
            ways_to_turn(found, 64)
        };
    let base = question.base_year.unwrap_or(question.as_of.year() - 1);
    let mut plans = Vec::new();
    'ways: for way in ways {
        let mut facts = facts.clone();
        let (mut steps, mut titles, mut trusted) = (Vec::new(), Vec::new(), Vec::new());
        for turn in &way {
            let mut step = |fact: &crate::condition::FactRef, to: Value, bound, serves| {
                let year = fact.offset.map(|o| base + o);
                if year.is_some_and(|y| y < wish.today.year()) || fact.indicator.effort.is_none() {
                    return false;
                }
                let key = FactKey { indicator: fact.indicator.id.clone(), year };
                let from = facts.get(&key.indicator, year).map(|f| f.value.clone());
                facts.set(
                    &key.indicator,
                    year,
                    Fact { value: to.clone(), source: Source::default() },
                );
                let by = year.map_or(question.as_of, |y| date(y, 12, 31).min(question.as_of));
                steps.push(Step {
                    carried_from: year.filter(|_| from.is_some()).map(|_| wish.today.year() - 1),
                    key,
                    indicator: fact.indicator.clone(),
                    from,
                    to,
                    bound,
                    by,
                    serves: vec![serves],
                });
                true
            };
            let serves = Serves::Criterion(turn.criterion);
            let done = match turn.test.map(|t| (&t.test, t)) {
                Some((_, t)) if t.truth.unknown().is_some() => {
                    trusted.push(Trusted {
                        criterion: Some(turn.criterion),
                        item: None,
                        points: None,
                        test: Some(t.clone()),
                        to_met: turn.to_met,
                    });
                    true
                }
                Some((Test::Compare(c), _)) => match (&c.comparison.left, &c.right) {
                    (Quantity::Fact(f), right) => match right.as_exact() {
                        Some(edge) => {
                            edge.floor_at(f.indicator.kind.scale().max(1)).is_some_and(|to| {
                                let to = match f.indicator.kind {
                                    enterprise::Kind::Money => edge.floor_at(1).unwrap_or(to),
                                    _ => to,
                                };
                                step(f, Value::Number(to), c.comparison.operator, serves)
                            })
                        }
                        None => false,
                    },
                    _ => false,
                },
                Some((Test::Flag { fact, .. }, _)) => {
                    step(fact, Value::Flag(turn.to_met), Operator::Equal, serves)
                }
                Some((Test::Holds { holds, title }, _)) => {
                    titles.push(TitleStep {
                        programme: holds.programme.clone(),
                        criterion: turn.criterion,
                        held_until: title.as_ref().and_then(|t| t.to),
                    });
                    true
                }
                Some(_) => false,
                None if matches!(turn.criterion.body, Body::Score) => {
                    let score = found.score.as_ref().unwrap();
                    let mut need = score.table.pass.points.0 - score.low.0;
                    for item in score.groups.iter().flat_map(|g| &g.items) {
                        if need <= 0 {
                            break;
                        }
                        let Scale::Bands { value: Quantity::Fact(f), bands } = &item.item.scale
                        else {
                            continue;
                        };
                        let Some(band) =
                            bands.iter().filter(|b| b.points > item.low).min_by_key(|b| b.points.0)
                        else {
                            continue;
                        };
                        let Some((op, edge)) = band.edges.first() else { continue };
                        let scale = match f.indicator.kind {
                            enterprise::Kind::Money => 1,
                            _ => f.indicator.kind.scale(),
                        };
                        let Some(to) = edge.value.floor_at(scale) else { continue };
                        let serves =
                            Serves::Item { item: item.item, from: item.low, to: band.points };
                        if step(f, Value::Number(to), *op, serves) {
                            need -= band.points.0 - item.low.0;
                        }
                    }
                    true
                }
                None => true,
            };
            if !done {
                continue 'ways;
            }
        }
        let mut answer_facts = facts.clone();
        for title in &titles {
            answer_facts.titles.push(enterprise::Title {
                programme: title.programme.clone(),
                from: question.as_of,
                to: question.as_of.checked_add(jiff::Span::new().years(1)).ok(),
            });
        }
        let answer = evaluate(rulebook, programme, &answer_facts, question);
        let pending = match &answer.outcome {
            Outcome::Assessed(a) => a.missing.iter().filter(|m| !m.why().data).cloned().collect(),
            _ => Vec::new(),
        };
        let _ = known;
        plans.push(Plan {
            effort: steps.iter().map(|s| u64::from(s.indicator.effort.unwrap_or(0))).sum(),
            relative: 0,
            steps,
            titles,
            trusted,
            pending,
            overruled: Vec::new(),
            proven: plans.is_empty(),
            facts: answer_facts,
            answer,
        });
        if plans.len() > wish.alternatives {
            break;
        }
    }
    plans
}
