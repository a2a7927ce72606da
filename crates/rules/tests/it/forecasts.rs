//! A forecast agrees with evaluating each day over the same facts, whatever the law and the firm.

use std::sync::Arc;

use enterprise::{Fact, FactKey, Facts, Indicator, Judgement, Lack, Period, Title, Value};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use rules::forecast::{Ends, Forecast, Outlook, Stand, forecast};
use rules::{
    Applies, Body, Carry, Comparison, Condition, ElapsedUnit, Exact, Measure, Operator, Outcome,
    Programme, Purpose, Quantity, Question, Round, Rulebook, Status, Until, Verdict, Width,
    carry_over, evaluate,
};

use crate::generators::{condition, firm};
use crate::world::{AS_OF, citation, criterion, fact, limit, programme, rulebook, text};

/// How far the random forecasts look, in days.
const AHEAD: i64 = 1200;

fn day() -> impl Strategy<Value = Date> {
    (-200..AHEAD).prop_map(|days| AS_OF.saturating_add(days.days()))
}

fn applies(purpose: Purpose, from: Date, to: Option<Date>) -> Applies {
    Applies { purpose, from, to, citation: citation() }
}

/// Conditions that turn on a day of their own: time since a date, mostly against a limit that it passes.
fn timely() -> BoxedStrategy<Condition> {
    let unit = prop::sample::select(
        &[(ElapsedUnit::Years, 9), (ElapsedUnit::YearsBegun, 9), (ElapsedUnit::Days, 3500)][..],
    );
    let operator = prop::sample::select(
        &[Operator::AtLeast, Operator::MoreThan, Operator::AtMost, Operator::Equal][..],
    );
    let date = prop::sample::select(&["founded_on", "market_since"][..]);
    (unit, date, operator, 0..1000i64, any::<bool>())
        .prop_map(|((unit, most), id, operator, share, halved)| {
            let from = fact(&rulebook(), id, None);
            let left = Quantity::Elapsed { unit, from, to: Until::Today };
            let half = i64::from(halved);
            let value = Exact::scaled(most * share / 1000 * 2 + half, 2).unwrap();
            let right = Quantity::Limit(Arc::new(limit(value)));
            let measure = Measure::Other;
            let width = Width::I256;
            Condition::Compare(Comparison { left, operator, right, measure, width })
        })
        .boxed()
}

fn some_condition() -> impl Strategy<Value = Condition> {
    prop_oneof![2 => condition(), 1 => timely()]
}

/// A law of three versions that follow each other, with gaps or without an end, and a round that pins
/// the base year.
fn law() -> impl Strategy<Value = (Rulebook, Programme)> {
    let days = (day(), day(), prop::option::of(day()), 0..2i64);
    let round = (day(), 0..200i64, prop::option::of(2023..=2027i16));
    ([some_condition(), some_condition(), some_condition()], days, round, any::<bool>()).prop_map(
        |([first, second, third], (end, re_review, last, gap), round, judged)| {
            let whole = |condition: &Condition, judged: bool| {
                let mut criteria = vec![criterion("it", Body::Require(condition.clone()))];
                if judged {
                    let body = Body::Judged { by: "bureau".to_owned(), question: None };
                    criteria.push(criterion("word", body));
                }
                programme(criteria)
            };
            let mut law = whole(&first, judged);
            let begins = end.saturating_add((1 + gap * 30).days());
            let mut next = whole(&second, false).versions.remove(0);
            next.id = "next".to_owned();
            next.applies = vec![applies(Purpose::New, begins, last.filter(|day| *day > begins))];
            let mut again = whole(&third, judged).versions.remove(0);
            again.id = "again".to_owned();
            again.applies = vec![applies(Purpose::ReReview, re_review, None)];
            law.versions[0].applies[0].to = Some(end);
            law.versions.extend([next, again]);
            let mut rulebook = rulebook();
            let (from, length, base_year) = round;
            rulebook.rounds.push(Round {
                programme: law.id.clone(),
                purposes: vec![Purpose::New, Purpose::ReReview],
                label: Some(text("round")),
                from,
                to: from.saturating_add(length.days()),
                stages: Vec::new(),
                criteria: Vec::new(),
                base_year,
                document: rules::Document::default(),
                status: Status::Reposted,
                note: None,
            });
            (rulebook, law)
        },
    )
}

/// A firm that may hold the title and about which words may be said later.
fn holder() -> impl Strategy<Value = Facts> {
    let title = prop::option::of((day(), prop::option::of(day())));
    let word = prop::option::of((any::<bool>(), prop::option::of(day())));
    (firm(1.0), title, word).prop_map(|(mut facts, title, word)| {
        facts.titles.extend(title.map(|(from, to)| Title {
            programme: "pilot".to_owned(),
            from,
            to,
        }));
        facts.judgements.extend(word.map(|(met, on)| Judgement {
            owner: "pilot".to_owned(),
            criterion: "word".to_owned(),
            met,
            by: None,
            on,
            note: None,
        }));
        facts
    })
}

fn period_of<'a, 'r>(forecast: &'a Forecast<'r>, day: Date) -> &'a rules::forecast::Period<'r> {
    let mut covering =
        forecast.periods.iter().filter(|period| period.from <= day && day <= period.to);
    let period = covering.next().expect("every day is told");
    assert!(covering.next().is_none(), "{day} is told twice");
    period
}

/// What a year without a value of its own is taken to bring, after a year that brought `last`.
fn expected(indicator: &Indicator, last: Option<&Fact>) -> Option<Value> {
    let last = last.filter(|_| indicator.lack == Lack::Data)?;
    Some(if indicator.one_off { Value::Number(0) } else { last.value.clone() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn open_years_repeat_the_year_before_and_bring_nothing_of_what_is_one_off(
        facts in firm(0.5),
    ) {
        let rulebook = rulebook();
        let until = AS_OF.saturating_add(3.years());
        let carried = carry_over(&rulebook, &facts, AS_OF, until);
        let given = |one: &&Arc<Indicator>| !rulebook.formulas.contains_key(&one.id);
        for indicator in rulebook.catalogue.indicators().iter().filter(given) {
            for year in 2015..=2035 {
                let known = facts.get(&indicator.id, Some(year));
                let told = carried.facts.get(&indicator.id, Some(year)).map(|fact| &fact.value);
                let open = (AS_OF.year()..=until.year()).contains(&year);
                let last = carried.facts.get(&indicator.id, Some(year - 1));
                let key = FactKey { indicator: indicator.id.clone(), year: Some(year) };
                let nothing = carried.assumed.contains(&Carry::Nothing { key });
                if known.is_some() || !open || indicator.period == Period::State {
                    prop_assert_eq!(told, known.map(|fact| &fact.value));
                    prop_assert!(!nothing);
                } else {
                    let expected = expected(indicator, last);
                    prop_assert_eq!(told, expected.as_ref(), "{} {}", &indicator.id, year);
                    prop_assert_eq!(nothing, expected.is_some() && indicator.one_off);
                }
            }
        }
    }

    #[test]
    fn agrees_with_evaluating_each_day(
        (rulebook, programme) in law(),
        facts in holder(),
        purpose in prop::option::of(Just(Purpose::New)),
    ) {
        let until = AS_OF.saturating_add(AHEAD.days());
        let outlook = Outlook { today: AS_OF, until: Some(until), purpose };
        let told = forecast(&rulebook, &programme, &facts, &outlook);
        let carried = carry_over(&rulebook, &facts, AS_OF, until);
        let on = |day| {
            let question = Question { purpose, ..Question::on(day) };
            evaluate(&rulebook, &programme, &carried.facts, &question)
        };
        prop_assert_eq!(told.periods[0].from, AS_OF);
        for day in AS_OF.series(1.day()).take_while(|day| *day <= until) {
            let answer = on(day);
            if day > told.until {
                // What is not told has no known version.
                let nothing = matches!(answer.outcome, Outcome::NoVersion { next: None, .. });
                prop_assert!(nothing && matches!(told.ends, Ends::NoVersion(_)), "{}", day);
                continue;
            }
            let period = period_of(&told, day);
            prop_assert_eq!(Stand::of(&period.answer), Stand::of(&answer), "{}", day);
            let steps = period.steps.iter().filter(|step| step.from == day).count();
            let undetermined = matches!(answer.verdict(), Some(Verdict::Undetermined(_)));
            let expected = if period.from < day && undetermined {
                let before = Some(Box::new(on(day.yesterday().unwrap())));
                let (answer, steps) = (answer.clone(), Vec::new());
                let step = rules::forecast::Period { from: day, to: day, answer, before, steps };
                usize::from(!step.turned().is_empty())
            } else {
                0
            };
            prop_assert_eq!(steps, expected, "{}", day);
            if period.from == day {
                prop_assert_eq!(format!("{:?}", period.answer), format!("{answer:?}"));
                let before = period.before.as_ref().map(|before| format!("{before:?}"));
                let eve = (day > AS_OF).then(|| format!("{:?}", on(day.yesterday().unwrap())));
                prop_assert_eq!(before, eve);
            }
        }
        for pair in told.periods.windows(2) {
            prop_assert_ne!(Stand::of(&pair[0].answer), Stand::of(&pair[1].answer));
        }
    }
}
