//! The small catalogue of the simple evaluator's tests, and what a screening has to know beside it:
//! industries, size classes, choices by year, words that count as others, figures that are only
//! computed.

use std::sync::{Arc, LazyLock};

use enterprise::{Choice, Cost, EventKind, Indicator, Kind, Lack, Moves, Period, Text, TitleKind};
use rules::{ElapsedUnit, FactRef, Quantity, Rulebook, Until};

use crate::world::{self, text};

/// The catalogue with its formulas; classifications and programmes are each law's own.
pub(crate) static LAND: LazyLock<Rulebook> = LazyLock::new(land);

/// The titles that can be held; the first is the judged programme's own.
pub(crate) const TITLES: [&str; 4] = ["pilot", "basic", "higher", "distant"];

/// The kinds of events.
pub(crate) const EVENTS: [&str; 3] = ["accident", "award", "grave-accident"];

/// Options of the size class, largest first.
pub(crate) const SIZES: [&str; 4] = ["large", "medium", "small", "micro"];

fn indicator(id: &str, kind: Kind, period: Period, range: Option<(i64, i64)>) -> Indicator {
    let lack = match id {
        _ if id.starts_with("outside") => Lack::Judgement,
        _ if id.starts_with("secret") => Lack::Open,
        _ => Lack::Data,
    };
    Indicator {
        id: id.to_owned(),
        label: text(id),
        kind,
        period,
        tax: false,
        one_off: false,
        lack,
        range,
        step: 1,
        aliases: Vec::new(),
        note: Text::default(),
        source: Text::default(),
        cost: Cost::Ask,
        effort: None,
        moves: Moves::Either,
        within: None,
        derived: false,
        given: true,
    }
}

fn options(ids: &[&str]) -> Kind {
    let option = |id: &&str| Choice { id: (*id).to_owned(), label: text(id), aliases: Vec::new() };
    Kind::Choice(ids.iter().map(option).collect())
}

fn number(decimals: u8) -> Kind {
    Kind::Number { decimals, unit: text("项") }
}

fn computed(id: &str, kind: Kind, period: Period) -> Indicator {
    Indicator { derived: true, given: false, ..indicator(id, kind, period, None) }
}

fn land() -> Rulebook {
    use Period::{State, Yearly};
    let mut rulebook = world::rulebook();
    for known in [
        indicator("industry", Kind::Industry, State, None),
        indicator("past_industry", Kind::Industry, Yearly, None),
        Indicator { derived: true, ..indicator("size_class", options(&SIZES), State, None) },
        indicator("grade", options(&["a", "b", "c"]), Yearly, None),
        indicator("outside_points", number(2), State, Some((-500, 12_000))),
        indicator("fine_points", number(4), State, Some((0, 1_200_345))),
        indicator("secret_figure", Kind::Money, Yearly, Some((0, 1_000_000))),
        indicator("secret_flag", Kind::Flag, State, None),
        indicator("closed_on", Kind::Date, Yearly, None),
        computed("margin_change", Kind::Ratio, Yearly),
        computed("age", number(0), Yearly),
        computed("age_now", number(0), State),
        // Half computed: a file may give it.
        Indicator {
            derived: true,
            ..indicator("two_years", Kind::Money, Yearly, Some((0, world::MOST_MONEY)))
        },
    ] {
        rulebook.catalogue.add(known);
    }
    rulebook.catalogue.events.push(EventKind {
        id: "grave-accident".to_owned(),
        label: text("grave-accident"),
        attributes: Vec::new(),
        counts_as: vec!["accident".to_owned()],
    });
    rulebook.catalogue.titles =
        TITLES.map(|id| TitleKind { id: id.to_owned(), label: text(id) }).into();
    let of = |id: &str, offset: Option<i16>| Quantity::Fact(world::fact(&rulebook, id, offset));
    let boxed = |id: &str, offset| Box::new(of(id, Some(offset)));
    let founded = |to| Quantity::Elapsed {
        unit: ElapsedUnit::Years,
        from: world::fact(&rulebook, "founded_on", None),
        to,
    };
    let formulas = [
        ("margin_change", Quantity::Subtract(boxed("margin", 0), boxed("margin", -1))),
        ("age", founded(Until::EndOfYear(0))),
        ("age_now", founded(Until::Today)),
        (
            "two_years",
            Quantity::SumOverYears(vec![of("revenue", Some(0)), of("revenue", Some(-1))]),
        ),
    ];
    let formulas = formulas.map(|(id, formula)| (id.to_owned(), formula));
    rulebook.formulas.extend(formulas);
    rulebook
}

/// A fact of the land as a law refers to it.
pub(crate) fn fact(id: &str, offset: Option<i16>) -> FactRef {
    world::fact(&LAND, id, offset)
}

/// The indicator with this id.
pub(crate) fn known(id: &str) -> Arc<Indicator> {
    Arc::clone(LAND.catalogue.indicator(id).unwrap())
}
