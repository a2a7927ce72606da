//! Plans against brute force: a small world in which every choice of values can be tried.

use std::sync::Arc;

use enterprise::{Catalogue, Choice, Facts, Indicator, Kind, Moves, Period, Value};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rules::plan::{Plan, Reach, Wish, plan};
use rules::{
    Band, Body, Comparison, Condition, ConditionResult, Criterion, CriterionResult, Entry, Exact,
    Finding, Group, Mark, Measure, Member, Operator, Outcome, Points, Programme, Quantity,
    Question, Rulebook, Scale, ScaleFinding, ScoreGroup, ScoreItem, ScoreResult, ScoreTable, Test,
    Truth, Why, Width, evaluate,
};

use crate::world::{self, citation, criterion, fact, limit, programme, text};

const TODAY: Date = date(2026, 5, 1);
const TARGET: Date = date(2027, 3, 1);

/// Counts go from 0 to this.
const MOST: i64 = 4;
const COUNTS: [&str; 4] = ["a", "b", "c", "d"];

/// What can change: id, year, the greatest value, effort, which way.
const VARIABLES: [(&str, Option<i16>, i64, u32, Moves); 7] = [
    ("a", None, MOST, 3, Moves::Up),
    ("b", None, MOST, 2, Moves::Either),
    ("c", Some(2026), MOST, 4, Moves::Up),
    ("d", None, MOST, 3, Moves::Down),
    ("flag", None, 1, 2, Moves::Up),
    ("level", None, 2, 5, Moves::Either),
    ("closed", Some(2025), MOST, 1, Moves::Either),
];

fn rulebook() -> Rulebook {
    let mut catalogue = Catalogue::default();
    let count = Kind::Number { decimals: 0, unit: text("项") };
    let option = |id: &str| Choice { id: id.to_owned(), label: text(id), aliases: Vec::new() };
    for (id, year, most, effort, moves) in VARIABLES {
        catalogue.add(Indicator {
            id: id.to_owned(),
            label: text(id),
            kind: match id {
                "flag" => Kind::Flag,
                "level" => Kind::Choice(["first", "second", "third"].map(option).into()),
                _ => count.clone(),
            },
            period: if year.is_some() { Period::Yearly } else { Period::State },
            range: Some((0, most)),
            effort: Some(effort),
            moves,
            // A part: it cannot outgrow `a`, unless it stands above it already.
            within: (id == "b").then(|| "a".to_owned()),
            ..world::rulebook().catalogue.indicator("staff").unwrap().as_ref().clone()
        });
    }
    Rulebook { catalogue, ..Rulebook::default() }
}

fn count(id: &str) -> Quantity {
    let offset = if id == "c" { Some(0) } else { None };
    Quantity::Fact(fact(&rulebook(), id, offset))
}

fn any_count() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        9 => prop::sample::select(&COUNTS[..]).prop_map(count),
        1 => Just(Quantity::Fact(fact(&rulebook(), "closed", Some(-1)))),
    ]
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let two = || (any_count(), any_count()).prop_map(|(x, y)| (Box::new(x), Box::new(y)));
    prop_oneof![
        5 => any_count(),
        2 => two().prop_map(|(x, y)| Quantity::Divide(x, y)),
        2 => two().prop_map(|(x, y)| Quantity::Add(x, y)),
        1 => two().prop_map(|(x, y)| Quantity::Subtract(x, y)),
        1 => two().prop_map(|(x, y)| Quantity::Multiply(x, y)),
        1 => two().prop_map(|(x, y)| Quantity::Least(vec![*x, *y])),
        1 => two().prop_map(|(x, y)| Quantity::Greatest(vec![*x, *y])),
        1 => two().prop_map(|(x, y)| Quantity::Growth(x, y)),
    ]
}

fn operator() -> impl Strategy<Value = Operator> {
    prop_oneof![
        6 => Just(Operator::AtLeast),
        2 => Just(Operator::MoreThan),
        2 => Just(Operator::AtMost),
        1 => Just(Operator::LessThan),
        1 => Just(Operator::Equal),
    ]
}

fn threshold() -> impl Strategy<Value = Exact> {
    prop_oneof![
        3 => (0..=MOST + 1).prop_map(Exact::whole),
        1 => (0..12i64).prop_map(|halves| Exact::scaled(halves, 4).unwrap()),
    ]
}

fn leaf() -> impl Strategy<Value = Condition> {
    let compare = (quantity(), operator(), threshold()).prop_map(|(left, operator, value)| {
        Condition::Compare(Comparison {
            left,
            operator,
            right: Quantity::Limit(Arc::new(limit(value))),
            measure: Measure::Other,
            width: Width::I256,
        })
    });
    let member = prop::sample::subsequence(vec![0usize, 1, 2], 1..=2).prop_map(|options| {
        let fact = fact(&rulebook(), "level", None);
        Condition::Member(Member { fact, options })
    });
    prop_oneof![
        6 => compare,
        1 => member,
        1 => Just(Condition::Flag(fact(&rulebook(), "flag", None))),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    leaf().prop_recursive(2, 6, 3, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            parts().prop_map(Condition::All),
            parts().prop_map(Condition::Any),
            (parts(), 1..3usize).prop_map(|(p, k)| Condition::AtLeast(k.min(p.len()), p)),
            inner.clone().prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

fn rule() -> impl Strategy<Value = Criterion> {
    let plain = (condition(), prop::option::weighted(0.15, condition()))
        .prop_map(|(body, when)| Criterion { when, ..criterion("plain", Body::Require(body)) });
    plain.prop_recursive(1, 4, 3, |inner| {
        let children = prop::collection::vec(inner, 1..4);
        let group = prop_oneof![
            Just(Group::All),
            Just(Group::Any),
            Just(Group::Any),
            Just(Group::AtLeast(2))
        ];
        (group, children)
            .prop_map(|(group, children)| criterion("group", Body::Group(group, children)))
    })
}

fn scale() -> impl Strategy<Value = Scale> {
    let points = || (0..6i64).prop_map(|points| Points(points * 100));
    let bands =
        (quantity(), 1..=MOST, points(), points(), points()).prop_map(|(value, edge, x, y, z)| {
            let at = |edge: i64| limit(Exact::whole(edge));
            let band = |edges, points| Band { edges, points };
            let bands = vec![
                band(vec![(Operator::AtLeast, at(edge + 1))], z),
                band(vec![(Operator::AtLeast, at(edge)), (Operator::LessThan, at(edge + 1))], y),
                band(vec![(Operator::LessThan, at(edge))], x),
            ];
            Scale::Bands { value, bands }
        });
    let steps = (quantity(), 1..4i64, 1..5i64).prop_map(|(value, each, cap)| Scale::Steps {
        value,
        each: Box::new(limit(Exact::whole(each))),
        points: Points(100),
        cap: Points(cap * 100),
    });
    let entries = || {
        prop::collection::vec((leaf(), -1..5i64), 1..4).prop_map(|entries| {
            let entry = |(when, points): (Condition, i64)| Entry {
                id: "entry".to_owned(),
                label: text("entry"),
                when,
                points: Points(points * 100),
            };
            entries.into_iter().map(entry).collect::<Vec<_>>()
        })
    };
    prop_oneof![
        3 => bands,
        2 => steps,
        1 => (entries(), 1..8i64)
            .prop_map(|(entries, cap)| Scale::Tally { entries, cap: Points(cap * 100) }),
        1 => entries().prop_map(|entries| Scale::Levels { entries, otherwise: Points(0) }),
    ]
}

fn table() -> impl Strategy<Value = ScoreTable> {
    let item = |scale| ScoreItem {
        id: "item".to_owned(),
        label: text("item"),
        max: Points(1_000),
        limits: Vec::new(),
        scale,
        citation: citation(),
    };
    let mark = |points: i64| Mark {
        operator: Operator::AtLeast,
        points: Points(points * 100),
        citation: citation(),
    };
    let group = (prop::collection::vec(scale(), 1..4), prop::option::weighted(0.4, 1..5i64))
        .prop_map(move |(scales, floor)| ScoreGroup {
            id: "group".to_owned(),
            label: text("group"),
            max: Points(10_000),
            floor: floor.map(mark),
            items: scales.into_iter().map(item).collect(),
        });
    (prop::collection::vec(group, 1..3), 1..14i64)
        .prop_map(move |(groups, pass)| ScoreTable { pass: mark(pass), groups })
}

fn law() -> impl Strategy<Value = Law> {
    let rules = prop::collection::vec(rule(), 0..4);
    (rules, prop::option::of((table(), prop::option::of(condition())))).prop_map(
        |(mut rules, score)| {
            let mut table = None;
            if let Some((known, direct)) = score {
                let score = criterion("score", Body::Score);
                rules.push(match direct {
                    Some(direct) => {
                        let direct = criterion("direct", Body::Require(direct));
                        criterion("path", Body::Group(Group::Any, vec![score, direct]))
                    }
                    None => score,
                });
                table = Some(known);
            }
            if rules.is_empty() {
                rules.push(criterion(
                    "none",
                    Body::Judged { by: "reviewer".to_owned(), question: None },
                ));
            }
            let mut programme = programme(rules);
            programme.versions[0].score = table;
            Law(programme)
        },
    )
}

/// A law that says what it says in a few lines when a test fails.
struct Law(Programme);

impl std::fmt::Debug for Law {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let version = &self.0.versions[0];
        for rule in &version.criteria {
            writeln!(out, "\n  {}", rule_in_short(rule))?;
        }
        for group in version.score.iter().flat_map(|table| &table.groups) {
            writeln!(out, "  floor {:?}", group.floor.as_ref().map(|mark| mark.points.0))?;
            for item in &group.items {
                writeln!(out, "    {}", scale_in_short(&item.scale))?;
            }
        }
        writeln!(out, "  pass {:?}", version.score.as_ref().map(|table| table.pass.points.0))
    }
}

fn rule_in_short(rule: &Criterion) -> String {
    let when = rule.when.as_ref().map(|when| format!(" when {}", in_short(when)));
    let body = match &rule.body {
        Body::Require(condition) => in_short(condition),
        Body::Group(group, children) => {
            let children: Vec<String> = children.iter().map(rule_in_short).collect();
            format!("{group:?}[{}]", children.join(" ; "))
        }
        Body::Score => "score".to_owned(),
        Body::Judged { .. } => "judged".to_owned(),
    };
    body + &when.unwrap_or_default()
}

fn scale_in_short(scale: &Scale) -> String {
    let entries = |entries: &[Entry]| -> String {
        entries.iter().map(|e| format!("{} → {}; ", in_short(&e.when), e.points.0)).collect()
    };
    match scale {
        Scale::Bands { value, bands } => {
            let bands = bands.iter().map(|band| {
                let edges: Vec<String> = band
                    .edges
                    .iter()
                    .map(|(operator, limit)| {
                        format!("{} {:?}", operator.sign(), limit.value.floor_at(1))
                    })
                    .collect();
                format!("{} → {}; ", edges.join(", "), band.points.0)
            });
            format!("bands of {}: {}", sum_in_short(value), bands.collect::<String>())
        }
        Scale::Steps { value, each, points, cap } => format!(
            "steps of {} each {:?} → {} to {}",
            sum_in_short(value),
            each.value.floor_at(1),
            points.0,
            cap.0
        ),
        Scale::Tally { entries: known, cap } => format!("tally to {}: {}", cap.0, entries(known)),
        Scale::Levels { entries: known, .. } => format!("levels: {}", entries(known)),
        Scale::Best(_) | Scale::Given(_) => String::new(),
    }
}

fn in_short(condition: &Condition) -> String {
    let list = |parts: &[Condition]| parts.iter().map(in_short).collect::<Vec<_>>().join(", ");
    match condition {
        Condition::All(parts) => format!("all({})", list(parts)),
        Condition::Any(parts) => format!("any({})", list(parts)),
        Condition::AtLeast(k, parts) => format!("at least {k}({})", list(parts)),
        Condition::Not(inner) => format!("not({})", in_short(inner)),
        Condition::Compare(Comparison { left, operator, right, .. }) => {
            format!("{} {} {}", sum_in_short(left), operator.sign(), sum_in_short(right))
        }
        Condition::Flag(fact) => fact.indicator.id.clone(),
        Condition::Member(member) => format!("level in {:?}", member.options),
        Condition::Holds(_) | Condition::Happened(_) => String::new(),
    }
}

fn sum_in_short(quantity: &Quantity) -> String {
    let two = |sign: &str, x: &Quantity, y: &Quantity| {
        format!("({} {sign} {})", sum_in_short(x), sum_in_short(y))
    };
    match quantity {
        Quantity::Fact(fact) => fact.indicator.id.clone(),
        Quantity::Limit(limit) => {
            format!("{}/4", limit.value.floor_at(4).unwrap_or_default())
        }
        Quantity::Add(x, y) => two("+", x, y),
        Quantity::Subtract(x, y) => two("-", x, y),
        Quantity::Multiply(x, y) => two("*", x, y),
        Quantity::Divide(x, y) => two("/", x, y),
        Quantity::Growth(x, y) => two("grown from", x, y),
        Quantity::Least(parts) => two("min", &parts[0], &parts[1]),
        Quantity::Greatest(parts) => two("max", &parts[0], &parts[1]),
        _ => String::new(),
    }
}

fn value(id: &str, number: i64) -> Value {
    match id {
        "flag" => Value::Flag(number != 0),
        "level" => Value::Choice(usize::try_from(number).unwrap()),
        _ => Value::Number(number),
    }
}

fn firm(values: &[i64]) -> Facts {
    let mut facts = Facts::default();
    facts.titles_complete = true;
    for ((id, year, ..), number) in VARIABLES.into_iter().zip(values) {
        world::state(&mut facts, id, year, value(id, *number));
    }
    facts
}

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
fn meaningless(rulebook: &Rulebook, programme: &Programme, facts: &Facts) -> bool {
    let mut judge = Judge { before: Vec::new(), seen: Vec::new() };
    judge.passes(rulebook, programme, facts);
    judge.seen.contains(&true)
}

fn passes(rulebook: &Rulebook, programme: &Programme, facts: &Facts) -> bool {
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
fn brute_force(rulebook: &Rulebook, programme: &Programme, start: &[i64]) -> Option<(u64, u64)> {
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

fn wish() -> Wish {
    Wish { today: TODAY, target: Some(TARGET), base_year: None, purpose: None, alternatives: 4 }
}

fn plans<'r>(rulebook: &'r Rulebook, programme: &'r Programme, facts: &Facts) -> Vec<Plan<'r>> {
    match plan(rulebook, programme, facts, &wish()).reach {
        Reach::Plans(plans) => plans,
        Reach::NotByThen { .. } => Vec::new(),
        other => panic!("the one version is in force and public: {other:?}"),
    }
}

fn values() -> impl Strategy<Value = Vec<i64>> {
    VARIABLES.map(|(_, _, most, ..)| 0..=most).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_plan_is_cheaper_than_the_best_one(
        law in law(), start in values()
    ) {
        let (rulebook, programme) = (rulebook(), &law.0);
        let plans = plans(&rulebook, programme, &firm(&start));
        let best = plans.first().map(|plan| (plan.effort, plan.relative));
        // A value without a meaning gives no direction: the plan says that it is not proven.
        let unproven = plans.first().is_some_and(|plan| !plan.proven);
        if unproven || meaningless(&rulebook, programme, &firm(&start)) {
            return Ok(());
        }
        let cheapest = brute_force(&rulebook, programme, &start);
        let effort = |cost: Option<(u64, u64)>| cost.map(|(effort, _)| effort);
        prop_assert_eq!(effort(best), effort(cheapest));
        // How several values share the work can be settled otherwise at the same effort; hardly ever.
        prop_assert!(best >= cheapest);
        let law = format!("{law:?}");
        let shares = [" + ", " - ", " / ", " * ", " grown "].iter().any(|sign| law.contains(sign));
        prop_assert!(shares || best == cheapest, "{best:?} {cheapest:?}");
    }

    #[test]
    fn every_plan_passes_and_none_merely_adds_to_another(
        law in law(), start in values()
    ) {
        let (rulebook, programme) = (rulebook(), &law.0);
        let facts = firm(&start);
        let plans = plans(&rulebook, programme, &facts);
        for plan in &plans {
            prop_assert!(passes(&rulebook, programme, &plan.facts));
            prop_assert!(plan.trusted.is_empty() && plan.titles.is_empty());
        }
        if passes(&rulebook, programme, &facts) {
            prop_assert_eq!(plans.len(), 1);
            prop_assert!(plans[0].steps.is_empty());
        }
        let touched = |plan: &Plan<'_>| -> Vec<String> {
            plan.steps.iter().map(|step| step.key.indicator.clone()).collect()
        };
        for (place, plan) in plans.iter().enumerate() {
            for other in &plans[place + 1..] {
                let (one, two) = (touched(plan), touched(other));
                prop_assert!(!one.iter().all(|id| two.contains(id)), "{one:?} within {two:?}");
                let cost = |plan: &Plan<'_>| (plan.effort, plan.relative);
                prop_assert!(cost(plan) <= cost(other));
            }
        }
    }
}
