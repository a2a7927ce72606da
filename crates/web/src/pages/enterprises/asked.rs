//! What an address asks of the list of firms. What cannot be read is told at its field, never left out in silence.

use app::Words;
use app::enterprises::Wish;
use enterprise::SECTIONS;
use rules::Population;
use snapshot::{City, Filter, NO_SECTION, NO_SIZE, NOT_TOLD, Order, Populations};
use words::verdict::population_code;

use super::words::{POPULATIONS, options};
use crate::ask::Ask;
use crate::failure::Wrong;
use crate::parts::list::Sort;

/// What stands for firms of whom something is not told.
pub(crate) const NOBODY_TOLD: &str = "none";

/// What is so of the firms: that they hold the title of the programme, that they miss a figure; and what is not.
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

/// What is asked, and what of it cannot be read.
pub(super) fn asked(ask: &Ask, city: &City) -> (Filter, Wrong) {
    let catalogue = city.snapshot().shape().catalogue();
    let mut wrong = Wrong::default();
    let mut told = |field: &'static str| {
        let words = Words::new(
            "没有这一选项，请从列表中选择",
            "there is no such option: choose one of the list",
        );
        wrong.add(Wrong::one(field, &words, ask.say));
    };
    let mut filter = Filter { words: ask.query.text("q").map(str::to_owned), ..Filter::default() };
    if let Some(code) = ask.query.text("district") {
        let places = options(catalogue, "district").iter().zip(0u16..);
        let mut found = places.filter(|(one, _)| one.id == code).map(|(_, place)| place);
        match found.next() {
            Some(place) => filter.district = Some(place),
            None if code == NOBODY_TOLD => filter.district = Some(NOT_TOLD),
            None => told("district"),
        }
    }
    if let Some(letter) = ask.query.text("section") {
        let mut letters = letter.chars();
        match (letters.next().filter(|one| SECTIONS.contains(one)), letters.next()) {
            (Some(letter), None) => filter.section = Some(letter),
            _ if ask.query.text("section") == Some(NOBODY_TOLD) => {
                filter.section = Some(NO_SECTION)
            }
            _ => told("section"),
        }
    }
    if let Some(code) = ask.query.text("size") {
        let mut places = options(catalogue, "size_class").iter().zip(0u8..);
        match places.find(|(one, _)| one.id == code) {
            Some((_, place)) => filter.size = Some(place),
            None if code == NOBODY_TOLD => filter.size = Some(NO_SIZE),
            None => told("size"),
        }
    }
    let stand = match ask.query.text("stand") {
        None => Populations::ALL,
        Some(code) => match of_code(code) {
            Some(population) => Populations::of([population]),
            None => {
                told("stand");
                Populations::ALL
            }
        },
    };
    let mut yes_or_no = |field: &'static str| match ask.query.text(field) {
        None => None,
        Some(YES) => Some(true),
        Some(NO) => Some(false),
        Some(_) => {
            told(field);
            None
        }
    };
    filter.held = yes_or_no("held");
    filter.measured = yes_or_no("measured");
    match ask.query.text("programme") {
        Some(id) if city.programme(id).is_some() => filter.programme = Some((id.to_owned(), stand)),
        Some(_) => told("programme"),
        None if stand != Populations::ALL => {
            let words = Words::new(
                "先选择项目，再按结论筛选",
                "choose a programme first: a conclusion is one about a programme",
            );
            wrong.add(Wrong::one("stand", &words, ask.say));
        }
        None if filter.held.is_some() => {
            let words = Words::new(
                "先选择项目，再按是否持有其称号筛选",
                "choose a programme first: a title is that of a programme",
            );
            wrong.add(Wrong::one("held", &words, ask.say));
        }
        None if filter.measured.is_some() => {
            let words = Words::new(
                "先选择项目，再按所差条件筛选",
                "choose a programme first: what is missed is a criterion of it",
            );
            wrong.add(Wrong::one("measured", &words, ask.say));
        }
        None => {}
    }
    (filter, wrong)
}

/// The population with a code.
pub(super) fn of_code(code: &str) -> Option<Population> {
    POPULATIONS.into_iter().find(|one| population_code(*one) == code)
}

/// The whole wish, with the order of the list. Of those who are one short the nearest come first: they are a list of
/// cases to work on.
pub(super) fn wish(filter: Filter, sort: Option<&Sort>) -> Wish {
    let programme = filter.programme.as_ref().map(|(id, _)| id.clone());
    let one_short = filter
        .programme
        .as_ref()
        .is_some_and(|(_, stand)| *stand == Populations::of([Population::OneShort]));
    let order = match (sort.map(|sort| sort.key.as_str()), programme) {
        (Some("name"), _) => Order::Name,
        (Some("revenue"), _) => Order::Revenue,
        (Some("shortfall"), Some(id)) => Order::Shortfall(id),
        (Some("score"), Some(id)) => Order::Score(id),
        (None, Some(id)) if one_short => Order::Shortfall(id),
        _ => Order::Code,
    };
    Wish { filter, order, down: sort.is_some_and(|sort| sort.down) }
}
