//! A small catalogue, a programme around one condition, and helpers to state facts.

use std::sync::Arc;

use enterprise::{
    Catalogue, Choice, Cost, EventAttribute, EventKind, Fact, Facts, Indicator, Kind, Lack, Period,
    Source, Text, Value,
};
use jiff::civil::{Date, date};
use rules::{
    Answer, Applies, Body, Citation, Condition, Criterion, CriterionResult, Document, Exact,
    FactRef, Limit, Measure, Outcome, Programme, Purpose, Quantity, Question, Rulebook, Standing,
    Status, Version, evaluate,
};

pub(crate) const AS_OF: Date = date(2026, 5, 1);
pub(crate) const BASE_YEAR: i16 = 2025;
/// Far beyond any enterprise: 9 × 10^16 yuan in fen.
pub(crate) const MOST_MONEY: i64 = 9_000_000_000_000_000_000;

pub(crate) fn text(word: &str) -> Text {
    Text::new(word, word)
}

fn indicator(id: &str, kind: Kind, period: Period, range: Option<(i64, i64)>) -> Indicator {
    Indicator {
        id: id.to_owned(),
        label: text(id),
        kind,
        period,
        // What is called so is paid once, and says nothing of the year after.
        tax: false,
        one_off: id == "profit",
        lack: if id.starts_with("outside") { Lack::Judgement } else { Lack::Data },
        range,
        step: 1,
        aliases: Vec::new(),
        note: Text::default(),
        source: Text::default(),
        cost: Cost::Ask,
        effort: None,
        moves: enterprise::Moves::Either,
        within: None,
        derived: false,
        given: true,
    }
}

/// Every kind of indicator and event, and formulas over them.
pub(crate) fn rulebook() -> Rulebook {
    let mut catalogue = Catalogue::default();
    let count = |decimals| Kind::Number { decimals, unit: text("项") };
    let level = |id: &str| Choice { id: id.to_owned(), label: text(id), aliases: Vec::new() };
    let levels = Kind::Choice(vec![level("first"), level("second"), level("third")]);
    let money = Some((-MOST_MONEY, MOST_MONEY));
    for known in [
        indicator("revenue", Kind::Money, Period::Yearly, Some((0, MOST_MONEY))),
        indicator("profit", Kind::Money, Period::Yearly, money),
        indicator("capital", Kind::Money, Period::State, money),
        indicator("share", Kind::Ratio, Period::State, Some((0, 1_000_000))),
        indicator("intensity", Kind::Ratio, Period::Yearly, Some((-5_000_000, 5_000_000))),
        indicator("staff", count(0), Period::Yearly, Some((0, 10_000_000))),
        indicator("outside_score", count(1), Period::State, Some((0, 1000))),
        indicator("margin", Kind::Ratio, Period::Yearly, Some((-1_000_000, 1_000_000))),
        indicator("per_head", count(2), Period::Yearly, None),
        indicator("flag", Kind::Flag, Period::State, None),
        indicator("certified", Kind::Flag, Period::Yearly, None),
        indicator("level", levels, Period::State, None),
        indicator("founded_on", Kind::Date, Period::State, None),
        indicator("market_since", Kind::Date, Period::State, None),
    ] {
        catalogue.add(known);
    }
    let rank = EventAttribute { id: "rank".to_owned(), label: text("rank") };
    catalogue.events = vec![
        EventKind {
            id: "accident".to_owned(),
            label: text("accident"),
            attributes: Vec::new(),
            counts_as: Vec::new(),
        },
        EventKind {
            id: "award".to_owned(),
            label: text("award"),
            attributes: vec![rank],
            counts_as: Vec::new(),
        },
    ];
    catalogue.titles = ["basic", "higher"]
        .map(|id| enterprise::TitleKind { id: id.to_owned(), label: text(id) })
        .into();
    let mut rulebook = Rulebook { catalogue, ..Rulebook::default() };
    let ratio = |above: &str, below: &str| {
        let [above, below] = [above, below].map(|id| Quantity::Fact(fact(&rulebook, id, Some(0))));
        Quantity::Divide(Box::new(above), Box::new(below))
    };
    let formulas =
        [("margin", ratio("profit", "revenue")), ("per_head", ratio("revenue", "staff"))];
    rulebook.formulas = formulas.map(|(id, formula)| (id.to_owned(), formula)).into();
    rulebook
}

pub(crate) fn fact(rulebook: &Rulebook, id: &str, offset: Option<i16>) -> FactRef {
    FactRef { indicator: Arc::clone(rulebook.catalogue.indicator(id).unwrap()), offset }
}

pub(crate) fn citation() -> Citation {
    Citation {
        document: Arc::new(Document::default()),
        clause: "一".to_owned(),
        status: Status::Reposted,
        note: None,
    }
}

pub(crate) fn limit(value: Exact) -> Limit {
    Limit {
        name: "limit".to_owned(),
        value,
        measure: Measure::Other,
        written: String::new(),
        citation: citation(),
    }
}

pub(crate) fn criterion(id: &str, body: Body) -> Criterion {
    Criterion {
        id: id.to_owned(),
        owner: "pilot".to_owned(),
        label: text(id),
        citation: citation(),
        note: None,
        purposes: Vec::new(),
        when: None,
        direct: false,
        limits: Vec::new(),
        body,
    }
}

pub(crate) fn programme(criteria: Vec<Criterion>) -> Programme {
    let version = Version {
        id: "2026".to_owned(),
        standing: Standing::Binding,
        document: Arc::new(Document::default()),
        applies: vec![Applies {
            purpose: Purpose::New,
            from: date(2000, 1, 1),
            to: None,
            citation: citation(),
        }],
        published: None,
        note: None,
        criteria,
        score: None,
        assumptions: Vec::new(),
        validity: None,
        benefits: Vec::new(),
        preferences: Vec::new(),
        steps: Vec::new(),
        duties: Vec::new(),
        open_points: Vec::new(),
        materials: Vec::new(),
        process: None,
    };
    Programme {
        id: "pilot".to_owned(),
        title: text("pilot"),
        authority: text("test"),
        subject: "enterprise".to_owned(),
        kind: "tier".to_owned(),
        held_through: Vec::new(),
        versions: vec![version],
    }
}

pub(crate) fn require(condition: &Condition) -> Programme {
    programme(vec![criterion("it", Body::Require(condition.clone()))])
}

pub(crate) fn question() -> Question {
    Question { purpose: Some(Purpose::New), ..Question::on(AS_OF) }
}

pub(crate) fn answer<'r>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    facts: &Facts,
) -> Answer<'r> {
    evaluate(rulebook, programme, facts, &question())
}

pub(crate) fn results<'a, 'r>(answer: &'a Answer<'r>) -> &'a [CriterionResult<'r>] {
    match &answer.outcome {
        Outcome::Assessed(assessment) => &assessment.criteria,
        Outcome::NoVersion { .. } => panic!("the one version is always in force"),
    }
}

pub(crate) fn state(facts: &mut Facts, id: &str, year: Option<i16>, value: Value) {
    facts.set(id, year, Fact { value, source: Source::default() });
}
