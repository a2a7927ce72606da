//! The next question, on random programmes and firms: it is never asked twice, never without effect,
//! never in another order for another way of putting the same, and the answers lead where the whole
//! firm leads.

use std::collections::BTreeMap;

use enterprise::{Completeness, Facts, Source, Title, Value};
use jiff::ToSpan;
use proptest::prelude::*;
use rules::inquiry::{
    Inquiry, Possible, Reply, Span, Spans, further_question, next_question, not_known, record,
    unqualified,
};
use rules::{Condition, Missing, Programme, Rulebook, Verdict, evaluate};

use crate::determinism::reversed;
use crate::generators::{condition, firm};
use crate::world::{AS_OF, fact, question, require, rulebook, state};

/// A firm of which everything is known, each thing once.
fn whole(mut firm: Facts) -> Facts {
    for (key, _) in facts_of(&firm) {
        if ["margin", "per_head"].contains(&key.indicator.as_str()) {
            firm.unset(&key.indicator, key.year);
        }
    }
    if let Some(Value::Date(founded)) = firm.get("founded_on", None).map(|fact| fact.value.clone())
    {
        for (key, _) in facts_of(&firm) {
            if key.year.is_some_and(|year| year < founded.year()) {
                firm.unset(&key.indicator, key.year);
            }
        }
    }
    let mut titles: BTreeMap<String, Title> = BTreeMap::new();
    for title in std::mem::take(&mut firm.titles) {
        let to = title.to.unwrap_or(AS_OF.saturating_add(30.days()));
        titles.insert(title.programme.clone(), Title { to: Some(to), ..title });
    }
    firm.titles = titles.into_values().collect();
    firm.titles_denied.clear();
    firm.titles_complete = true;
    for event in &mut firm.events {
        if event.kind == "award" {
            event.attributes.entry("rank".to_owned()).or_insert(2);
        }
    }
    firm.complete = vec![Completeness { kind: "*".to_owned(), from: None, until: AS_OF }];
    firm
}

fn facts_of(facts: &Facts) -> Vec<(enterprise::FactKey, Value)> {
    facts.iter().map(|(key, fact)| (key, fact.value.clone())).collect()
}

/// What the whole firm replies; nothing where not even it knows.
fn reply(whole: &Facts, known: &Facts, asked: &Missing, span: Span) -> Option<Reply> {
    Some(match asked {
        Missing::Fact { key, .. } => {
            Reply::Value(whole.get(&key.indicator, key.year)?.value.clone())
        }
        Missing::Title(id) => match whole.titles.iter().find(|title| title.programme == *id) {
            Some(title) => Reply::Held { from: title.from, to: title.to },
            None => Reply::NotHeld,
        },
        Missing::Event { kind, attribute: None } => {
            let asked = |event: &&enterprise::Event| {
                event.kind == *kind && (span.from..=span.until).contains(&event.date)
            };
            let events = whole.events.iter().filter(asked);
            Reply::Events(events.map(|event| (event.date, event.attributes.clone())).collect())
        }
        Missing::Event { kind, attribute: Some(attribute) } => {
            let catalogue = rulebook().catalogue;
            let lacking = unqualified(&catalogue, known, kind, attribute, span).len();
            Reply::Numbers(vec![2; lacking])
        }
        Missing::Judgement { .. } => panic!("a judgement is never asked for"),
    })
}

fn programmes(conditions: &[Condition]) -> Vec<Programme> {
    let named =
        |(index, condition)| Programme { id: format!("pilot-{index}"), ..require(condition) };
    conditions.iter().enumerate().map(named).collect()
}

fn possible(rulebook: &Rulebook, programme: &Programme, facts: &Facts) -> Possible {
    Possible::of(&evaluate(rulebook, programme, facts, &question()))
}

fn learn(rulebook: &Rulebook, facts: &mut Facts, asked: &Missing, reply: Reply, span: Span) {
    record(&rulebook.catalogue, facts, asked, reply, span, Source::default());
}

/// That the witness of a question is one.
fn has_effect(
    rulebook: &Rulebook,
    programmes: &[&Programme],
    facts: &Facts,
    asked: &Inquiry<'_>,
) -> bool {
    let spans = Spans::new(rulebook, programmes, &question());
    let witness = &asked.witness;
    let programme = programmes.iter().find(|known| known.id == witness.programme).unwrap();
    let mut facts = facts.clone();
    for (other, reply) in &witness.given {
        assert_ne!(*other, asked.what);
        learn(rulebook, &mut facts, other, reply.clone(), spans.of(other));
    }
    let mut before = possible(rulebook, programme, &facts);
    assert!(!before.is_decided() && before.missing.remove(&asked.what));
    learn(rulebook, &mut facts, &asked.what, witness.reply.clone(), asked.span);
    let mut after = possible(rulebook, programme, &facts);
    after.missing.remove(&asked.what);
    before != after
}

/// What is known at the beginning: the founding, as whoever asks begins with it, and some of the rest.
fn beginning(whole: &Facts, known: &[bool]) -> Facts {
    let mut facts = Facts::default();
    let mut known = known.iter().cycle();
    for (key, value) in facts_of(whole) {
        if key.indicator == "founded_on" || *known.next().unwrap() {
            state(&mut facts, &key.indicator, key.year, value);
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn questions_end_where_the_whole_firm_ends(
        conditions in prop::collection::vec(condition(), 1..5),
        firm in firm(1.0),
        known in prop::collection::vec(prop::bool::weighted(0.3), 12),
    ) {
        let (rulebook, whole) = (rulebook(), whole(firm));
        let programmes = programmes(&conditions);
        let programmes: Vec<&Programme> = programmes.iter().collect();
        let mut facts = beginning(&whole, &known);
        let (mut asked, mut skipped) = (Vec::new(), Vec::new());
        while let Some(next) =
            next_question(&rulebook, &programmes, &facts, &question(), &skipped)
        {
            prop_assert!(!asked.contains(&next.what), "{:?} is asked twice", next.what);
            prop_assert!(!next.missing_in.is_empty());
            prop_assert!(has_effect(&rulebook, &programmes, &facts, &next), "{:?}", next.witness);
            asked.push(next.what.clone());
            let Some(reply) = reply(&whole, &facts, &next.what, next.span) else {
                skipped.push(next.what);
                continue;
            };
            let before = facts.clone();
            learn(&rulebook, &mut facts, &next.what, reply, next.span);
            for programme in &programmes {
                let decided = |facts| possible(&rulebook, programme, facts).is_decided();
                let by_it = !decided(&before) && decided(&facts);
                prop_assert!(
                    !by_it || next.decides.iter().any(|known| known.id == programme.id),
                    "{} was decided unexpectedly by {:?}",
                    programme.id,
                    next.what
                );
            }
        }
        for programme in &programmes {
            let (at_end, in_truth) =
                (possible(&rulebook, programme, &facts), possible(&rulebook, programme, &whole));
            if at_end.is_decided() {
                prop_assert_eq!(at_end.verdict, in_truth.verdict);
                continue;
            }
            for what in at_end.askable().filter(|what| !skipped.contains(what)) {
                // What is left unasked cannot matter, whatever else comes to be known.
                let mut without = whole.clone();
                if let Missing::Fact { key, .. } = what {
                    without.unset(&key.indicator, key.year);
                    let mut without = possible(&rulebook, programme, &without);
                    without.missing.remove(what);
                    prop_assert_eq!(&without, &in_truth, "{:?} mattered", what);
                }
            }
        }
    }

    #[test]
    fn questions_after_the_verdict_end_when_everything_in_the_way_is_known(
        conditions in prop::collection::vec(condition(), 1..5),
        firm in firm(1.0),
        known in prop::collection::vec(prop::bool::weighted(0.3), 12),
    ) {
        let (rulebook, whole) = (rulebook(), whole(firm));
        let programmes = programmes(&conditions);
        let known_before: Vec<&Programme> = programmes.iter().collect();
        let spans = Spans::new(&rulebook, &known_before, &question());
        let mut facts = beginning(&whole, &known);
        let (mut asked, mut skipped) = (Vec::new(), Vec::new());
        loop {
            let answers: Vec<_> = programmes
                .iter()
                .map(|programme| evaluate(&rulebook, programme, &facts, &question()))
                .collect();
            let all: Vec<_> = answers.iter().collect();
            let Some(next) = further_question(&rulebook, &all, &spans, &skipped) else { break };
            prop_assert!(!asked.contains(&next.what), "{:?} is asked twice", next.what);
            prop_assert!(!next.missing_in.is_empty());
            for answer in &answers {
                let is_missing = not_known(answer).contains(&next.what);
                let named = next.missing_in.iter().any(|one| one.id == answer.programme.id);
                prop_assert_eq!(is_missing, named);
                prop_assert!(!is_missing || answer.verdict() != Some(Verdict::Eligible));
            }
            asked.push(next.what.clone());
            match reply(&whole, &facts, &next.what, next.span) {
                Some(reply) => learn(&rulebook, &mut facts, &next.what, reply, next.span),
                None => skipped.push(next.what),
            }
        }
        for programme in &programmes {
            let at_end = evaluate(&rulebook, programme, &facts, &question());
            prop_assert!(not_known(&at_end).iter().all(|what| skipped.contains(what)));
            if skipped.is_empty() && Possible::of(&at_end).is_decided() {
                let in_truth = evaluate(&rulebook, programme, &whole, &question());
                prop_assert_eq!(at_end.verdict(), in_truth.verdict());
            }
        }
    }

    #[test]
    fn any_order_ends_in_the_same_verdicts(
        conditions in prop::collection::vec(condition(), 1..4),
        firm in firm(1.0),
        order in prop::collection::vec(any::<prop::sample::Index>(), 200),
    ) {
        let (rulebook, whole) = (rulebook(), whole(firm));
        let programmes = programmes(&conditions);
        let programmes: Vec<&Programme> = programmes.iter().collect();
        let spans = Spans::new(&rulebook, &programmes, &question());
        let mut facts = beginning(&whole, &[false]);
        let mut skipped: Vec<Missing> = Vec::new();
        for choice in order {
            let open = programmes.iter().map(|programme| possible(&rulebook, programme, &facts));
            let mut askable: Vec<Missing> = Vec::new();
            for possible in open.filter(|possible| !possible.is_decided()) {
                askable.extend(possible.askable().filter(|what| !skipped.contains(what)).cloned());
            }
            if askable.is_empty() {
                break;
            }
            let what = choice.get(&askable);
            match reply(&whole, &facts, what, spans.of(what)) {
                Some(reply) => learn(&rulebook, &mut facts, what, reply, spans.of(what)),
                None => skipped.push(what.clone()),
            }
        }
        for programme in &programmes {
            let verdict = |facts| possible(&rulebook, programme, facts).verdict;
            match verdict(&facts) {
                Some(Verdict::Undetermined(_)) => {}
                decided => {
                    let end = verdict(&whole);
                    prop_assert_eq!(decided, end);
                }
            }
        }
    }

    #[test]
    fn the_question_does_not_depend_on_the_order_of_anything(
        conditions in prop::collection::vec(condition(), 1..5),
        facts in firm(0.3),
    ) {
        let rulebook = rulebook();
        let programmes = programmes(&conditions);
        let forth: Vec<&Programme> = programmes.iter().collect();
        let back: Vec<&Programme> = programmes.iter().rev().collect();
        let ask = |programmes: &[&Programme], facts: &Facts| {
            let next = next_question(&rulebook, programmes, facts, &question(), &[])?;
            let ids = |known: &[&Programme]| {
                let mut ids: Vec<String> = known.iter().map(|known| known.id.clone()).collect();
                ids.sort();
                ids
            };
            Some((next.what, next.span, ids(&next.decides), ids(&next.missing_in)))
        };
        let first = ask(&forth, &facts);
        prop_assert_eq!(&ask(&forth, &facts), &first);
        prop_assert_eq!(&ask(&back, &facts), &first);
        prop_assert_eq!(&ask(&forth, &reversed(&facts)), &first);
    }
}

#[test]
fn after_a_verdict_what_else_could_be_in_the_way_is_asked_for() {
    let rulebook = rulebook();
    let flag = |year: Option<i16>| {
        let id = if year.is_some() { "certified" } else { "flag" };
        Condition::Flag(fact(&rulebook, id, year))
    };
    let (fails, this, last) = (|| flag(None), || flag(Some(0)), || flag(Some(-1)));
    let table = [
        (Condition::All(vec![fails(), this(), last()]), vec![2024, 2025]),
        // Neither way is open, and the first lacks something beside what fails.
        (Condition::Any(vec![Condition::All(vec![fails(), this()]), fails()]), vec![2025]),
        // What is met needs nothing more.
        (Condition::Any(vec![Condition::Not(Box::new(fails())), this()]), vec![]),
        (fails(), vec![]),
    ];
    for (condition, expected) in table {
        let programme = require(&condition);
        let mut facts = Facts::default();
        state(&mut facts, "flag", None, Value::Flag(false));
        let answer = evaluate(&rulebook, &programme, &facts, &question());
        let open = not_known(&answer);
        let years = open.iter().map(|what| match what {
            Missing::Fact { key, .. } => key.year.unwrap(),
            other => panic!("{other:?}"),
        });
        assert_eq!(years.collect::<Vec<_>>(), expected, "{:?}", programme.versions);
        assert!(next_question(&rulebook, &[&programme], &facts, &question(), &[]).is_none());
    }
}
