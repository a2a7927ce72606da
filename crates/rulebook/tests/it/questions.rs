//! Questions about whole firms under the rulebook of the repository: they end where the whole firm
//! ends, nothing is asked twice, and nothing that matters is left unasked.

use std::collections::BTreeMap;

use enterprise::{Completeness, Event, Fact, FactKey, Facts, Lack, Period, Source, Title, Value};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rules::inquiry::{Possible, Reply, Span, Spans, next_question, record};
use rules::{Missing, Outcome, Programme, Question, Rulebook, Standing, Verdict, evaluate};

use crate::common::{compiled, real_files, sources};
use crate::firms::{Dice, World};
use crate::monotone::edges;

const DAY: Date = date(2026, 5, 1);

/// What decides on enterprises.
fn binding(rulebook: &Rulebook) -> Vec<&Programme> {
    let decides = |programme: &&Programme| {
        programme.subject == "enterprise"
            && programme.versions.iter().any(|version| version.standing == Standing::Binding)
    };
    rulebook.programmes.iter().filter(decides).collect()
}

/// A firm of which everything that somebody can look up is known.
fn whole(world: &World<'_>, dice: &mut Dice) -> Facts {
    let mut facts = Facts::default();
    let mut set = |key: &FactKey, value| {
        facts.set(&key.indicator, key.year, Fact { value, source: Source::default() });
    };
    for indicator in world.rulebook.catalogue.indicators() {
        if !indicator.given || indicator.derived || indicator.lack != Lack::Data {
            continue;
        }
        let years: Vec<Option<i16>> = match indicator.period {
            Period::State => vec![None],
            Period::Yearly => (2018..=2026).map(Some).collect(),
        };
        for year in years {
            let key = FactKey { indicator: indicator.id.clone(), year };
            let value = match indicator.id.as_str() {
                "founded_on" => Value::Date(date(2017, 6, 1)),
                // Most firms have no stain; what follows is of interest for them only.
                id if id.starts_with("on_") => Value::Flag(dice.roll(10) == 0),
                _ => world.value(indicator, dice),
            };
            set(&key, value);
        }
    }
    for title in &world.rulebook.catalogue.titles {
        if dice.roll(3) == 0 {
            let days = |dice: &mut Dice| i64::try_from(dice.roll(1500)).unwrap().days();
            let from = DAY.saturating_sub(days(dice));
            let to = Some(from.saturating_add(days(dice)));
            facts.titles.push(Title { programme: title.id.clone(), from, to });
        }
    }
    facts.titles_complete = true;
    for kind in &world.rulebook.catalogue.events {
        if dice.roll(8) == 0 {
            let rank = i64::try_from(dice.roll(6)).unwrap();
            facts.events.push(Event {
                kind: kind.id.clone(),
                date: DAY.saturating_sub(i64::try_from(dice.roll(2000)).unwrap().days()),
                attributes: kind.attributes.iter().map(|known| (known.id.clone(), rank)).collect(),
            });
        }
    }
    facts.complete.push(Completeness { kind: "*".to_owned(), from: None, until: DAY });
    facts
}

fn reply(rulebook: &Rulebook, whole: &Facts, asked: &Missing, span: Span) -> Reply {
    match asked {
        Missing::Fact { key, .. } => {
            let known = whole.get(&key.indicator, key.year);
            Reply::Value(known.unwrap_or_else(|| panic!("{key:?} is asked")).value.clone())
        }
        Missing::Title(id) => match whole.titles.iter().find(|title| title.programme == *id) {
            Some(title) => Reply::Held { from: title.from, to: title.to },
            None => Reply::NotHeld,
        },
        Missing::Event { kind, attribute: None } => {
            let counts = |event: &&Event| {
                let known = rulebook.catalogue.event(&event.kind).unwrap();
                (event.kind == *kind || known.counts_as.contains(kind))
                    && (span.from..=span.until).contains(&event.date)
            };
            let events = whole.events.iter().filter(counts);
            Reply::Events(events.map(|event| (event.date, event.attributes.clone())).collect())
        }
        other => panic!("{other:?} is asked"),
    }
}

/// How a conversation went.
struct Went {
    questions: usize,
    decided_after_five: usize,
    decided: usize,
}

fn converse(
    rulebook: &Rulebook,
    programmes: &[&Programme],
    question: &Question,
    whole: &Facts,
    mut choose: impl FnMut(&Facts) -> Option<(Missing, Span)>,
) -> Result<Went, TestCaseError> {
    let mut facts = Facts::default();
    facts.set("founded_on", None, whole.get("founded_on", None).unwrap().clone());
    let possible = |programme: &Programme, facts: &Facts| {
        Possible::of(&evaluate(rulebook, programme, facts, question))
    };
    let decided = |facts: &Facts| {
        programmes.iter().filter(|programme| possible(programme, facts).is_decided()).count()
    };
    let mut asked = Vec::new();
    let mut decided_after_five = 0;
    while let Some((what, span)) = choose(&facts) {
        prop_assert!(!asked.contains(&what), "{what:?} is asked twice");
        let reply = reply(rulebook, whole, &what, span);
        record(&rulebook.catalogue, &mut facts, &what, reply, span, Source::default());
        asked.push(what);
        if asked.len() == 5 {
            decided_after_five = decided(&facts);
        }
    }
    for programme in programmes {
        let (end, truth) = (possible(programme, &facts), possible(programme, whole));
        prop_assert_eq!(end.purpose, truth.purpose, "{}", programme.id);
        match end.verdict {
            Some(Verdict::Undetermined(why)) => {
                let open: Vec<&Missing> = end.askable().collect();
                prop_assert!(!why.data, "{}: {open:?} is left", programme.id);
                prop_assert_eq!(&end.verdict, &truth.verdict, "{}", programme.id);
            }
            decided => prop_assert_eq!(decided, truth.verdict, "{}", programme.id),
        }
    }
    Ok(Went { questions: asked.len(), decided_after_five, decided: decided(&facts) })
}

fn law() -> Rulebook {
    let files = real_files();
    compiled(&sources(files.iter().map(|(path, text)| (path, text))))
}

#[test]
fn questions_end_where_the_whole_firm_ends() {
    let rulebook = law();
    let programmes = binding(&rulebook);
    let world = World { rulebook: &rulebook, as_of: DAY, edges: edges(&rulebook) };
    let question = Question::on(DAY);
    let spans = Spans::new(&rulebook, &programmes, &question);
    let assumed = programmes.iter().flat_map(|programme| &programme.versions);
    assert!(assumed.into_iter().all(|version| version.assumptions.is_empty()));
    let check = |seed: u64| -> Result<(), TestCaseError> {
        let whole = whole(&world, &mut Dice(seed));
        let in_order = converse(&rulebook, &programmes, &question, &whole, |facts| {
            let next = next_question(&rulebook, &programmes, facts, &question, &[])?;
            Some((next.what, next.span))
        })?;
        let mut dice = Dice(seed);
        let at_random = converse(&rulebook, &programmes, &question, &whole, |facts| {
            let mut open: BTreeMap<Missing, ()> = BTreeMap::new();
            for programme in &programmes {
                let answer = evaluate(&rulebook, programme, facts, &question);
                let possible = Possible::of(&answer);
                if !possible.is_settled() {
                    open.extend(possible.askable().map(|what| (what.clone(), ())));
                }
            }
            let open: Vec<Missing> = open.into_keys().collect();
            let what = (!open.is_empty()).then(|| dice.pick(&open).clone())?;
            let span = spans.of(&what);
            Some((what, span))
        })?;
        if std::env::var_os("TIDU_COUNT").is_some() {
            eprintln!(
                "of {}: in order {} questions ({} decided after five, {} at the end), at random {} ({})",
                programmes.len(),
                in_order.questions,
                in_order.decided_after_five,
                in_order.decided,
                at_random.questions,
                at_random.decided_after_five,
            );
        }
        prop_assert_eq!(in_order.decided, at_random.decided);
        Ok(())
    };
    // What is left can only decide together, each in a criterion of its own.
    check(23_307_732_720_765_464).unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(6));
    runner.run(&any::<u64>(), check).unwrap();
}

#[test]
fn nothing_is_asked_where_the_standard_is_not_public() {
    let rulebook = law();
    let question = Question::on(date(2027, 6, 1));
    for programme in binding(&rulebook) {
        let answer = evaluate(&rulebook, programme, &Facts::default(), &question);
        let Outcome::Assessed(assessment) = &answer.outcome else { continue };
        if assessment.version.standing == Standing::Open {
            let possible = Possible::of(&answer);
            assert!(possible.askable().all(|what| matches!(what, Missing::Title(_))));
        }
    }
}
